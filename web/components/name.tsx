import { visible } from '#model/text.ts';

const BREAKS = /(?<=::|[/@:_.-])/;

/** A name of the audited estate: in mono, on one line where it fits, breaking after its separators where it does not. */
export function Name({ text, most = 200 }: { text: string; most?: number }) {
  return (
    <code dir="ltr">
      {visible(text, most)
        .split(BREAKS)
        .flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))}
    </code>
  );
}
