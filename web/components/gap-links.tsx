import { Say } from '../speech.tsx';
import { counted } from '../text.ts';
import type { Finding } from '../vocabulary.ts';
import { pageWords } from '../words/page.ts';

/** Links to findings by their gap ids; past `most` only their number is given. */
export function GapLinks({ findings, most = 6 }: { findings: readonly Finding[]; most?: number }) {
  const left = findings.length - most;
  return (
    <>
      {findings.slice(0, most).map(({ gap }, index) => [
        index > 0 && ', ',
        <a key={gap} class="ref-id" href={`#${gap}`}>
          {gap}
        </a>,
      ])}
      {left > 0 && [' ', <Say key="more" text={counted(left, pageWords.other, pageWords.others)} />]}
    </>
  );
}
