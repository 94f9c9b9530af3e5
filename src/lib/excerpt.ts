import { maskSecrets } from './mask.ts';

const LONGEST_LINE_MASKED = 1_000;
const LONGEST_EXCERPT_LINE = 200;

/** A line for people, secrets masked: cut before masking only where no value can be cut in two. */
export function excerpt(line: string): string {
  let text = line.trimEnd();
  if (text.length > LONGEST_LINE_MASKED) {
    const start = text.slice(0, LONGEST_LINE_MASKED);
    text = `${start.slice(0, Math.max(0, start.search(/[\s,;"'&|][^\s,;"'&|]*$/)))}…`;
  }
  const masked = maskSecrets(text);
  return masked.length > LONGEST_EXCERPT_LINE ? `${masked.slice(0, LONGEST_EXCERPT_LINE - 1)}…` : masked;
}
