import { visible } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { pageWords } from '../words/page.ts';

const LONGEST_LINE = 8000;

/** Lines of a file or command as they are, with what could disturb the page made visible. */
export const lines = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => visible(line.replaceAll('\t', '  '), LONGEST_LINE));

/** A command that can be copied. */
export const Command = ({ text }: { text: string }) => (
  <div class="cmd">
    <pre dir="ltr">{lines(text).join('\n')}</pre>
    <button class="btn js-only" type="button" data-copy>
      <Say text={pageWords.copy} />
    </button>
  </div>
);
