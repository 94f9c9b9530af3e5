import type { Text } from '#model/text.ts';
import { useSpeech } from '../speech.tsx';

export interface Choice {
  value: string;
  text: Text;
}

/** A list to choose from, its first line choosing all. */
export function OptionList(props: {
  label: Text;
  all: Text;
  choices: readonly Choice[];
  name: string;
  value?: string;
  onChange?: (value: string) => void;
}) {
  const speech = useSpeech();
  const option = ({ value, text }: Choice) => {
    const { attributes, text: shown } = speech.content(text);
    return (
      <option key={value} value={value} selected={value === props.value} {...attributes}>
        {shown}
      </option>
    );
  };
  return (
    <select
      name={props.name}
      {...speech.label(props.label, 'aria-label')}
      onChange={(event) => props.onChange?.(event.currentTarget.value)}
    >
      {[{ value: '', text: props.all }, ...props.choices].map(option)}
    </select>
  );
}
