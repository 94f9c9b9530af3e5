import type { Text } from '#model/text.ts';
import { Say } from '../speech.tsx';

/** A drawing of the sprite, by name. Says nothing on its own: words always stand beside it. */
export const Glyph = ({ name }: { name: string }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <use href={`#m-${name}`} />
  </svg>
);

/** A mark: a drawing and the word it stands for. `tone` gives the colour when it is not the drawing's own. */
export function Mark({
  glyph,
  tone,
  text,
  tint,
}: {
  glyph: string;
  tone?: string;
  text: Text;
  tint?: boolean;
}) {
  return (
    <span class={`mk ${tone ?? glyph}${tint ? ' tint' : ''}`}>
      <Glyph name={glyph} />
      <Say text={text} class="w" />
    </span>
  );
}
