import { maskSecrets } from '#lib/mask.ts';

/** A text with the marks of its template taken out, and those that may make more, or less, of it. */
export interface Untemplated {
  text: string;
  marks: { what: string; line: number }[];
}

/** Jinja, Twig and Liquid; Go, Handlebars and Mustache; ERB and EJS. */
const MARKS: readonly { open: string; close: string; kind: 'code' | 'value' | 'comment' }[] = [
  { open: '{#', close: '#}', kind: 'comment' },
  { open: '{%', close: '%}', kind: 'code' },
  { open: '{{', close: '}}', kind: 'value' },
  { open: '<%', close: '%>', kind: 'code' },
];
/** Words that decide and repeat, in Go's and Handlebars' templates. */
const WORDS =
  /^(?:[#/^>!]|(?:if|else|end|range|with|define|template|block|include|partial|each|unless|break|continue)\b|\$\w{1,60}\s{0,4}:?=|\/\*)/;
/** What only ends or turns what another mark began. */
const TURNS = /^(?:else|elif|elsif|end\w{0,12}|\/\w{0,40}|-?\s?\}|set\b|\/\*|!)/;
const MOST_MARKS = 5_000;
const LONGEST_MARK = 4_000;

/** Whether a text bears marks of a template: nginx and HAProxy write none of them themselves. */
export const hasMarks = (text: string): boolean =>
  /\{%|\{\{|<%|^[ \t]{0,40}\$\{?[A-Z_]{1,60}\}?[ \t]{0,40}$/m.test(text);

/**
 * Takes the marks of templates out: a value becomes a variable that nobody knows (`${name}`), what decides or repeats goes
 * away and is told, and so does a value that is a line of its own. Lines stay where they are.
 */
export function untemplated(text: string): Untemplated {
  if (!hasMarks(text)) return { text, marks: [] };
  const marks: Untemplated['marks'] = [];
  const parts: string[] = [];
  let at = 0;
  let line = 1;
  const nextMark = marksOf(text);
  const count = (part: string) => part.split('\n').length - 1;
  for (let number = 0; number < MOST_MARKS; number += 1) {
    const start = nextMark(at);
    if (start < 0) break;
    const mark = MARKS.find(({ open }) => text.startsWith(open, start)) as (typeof MARKS)[number];
    const close = text.indexOf(mark.close, start + 2);
    const before = text.slice(at, start);
    if (close < 0 || close - start > LONGEST_MARK) {
      parts.push(before, text.slice(start, start + 2));
      line += count(before);
      at = start + 2;
      continue;
    }
    const end = close + mark.close.length;
    const whole = text.slice(start, end);
    const inner = text.slice(start + 2, close);
    const words = inner.replace(/^[-~=+]/, '').trim();
    const isValue = mark.open === '<%' ? /^[=-]?=/.test(inner) : mark.kind === 'value' && !WORDS.test(words);
    line += count(before);
    const isAlone = isAloneOnLine(text, start, end);
    if (isValue && !isAlone) parts.push(before, `\${${nameOf(words)}}`);
    else parts.push(before, '\n'.repeat(count(whole)));
    if (mark.kind !== 'comment' && (isValue ? isAlone : !TURNS.test(words)))
      marks.push({ what: maskSecrets(whole.replace(/\s+/g, ' ').slice(0, 80)), line });
    line += count(whole);
    at = end;
  }
  parts.push(text.slice(at));
  const plain = parts
    .join('')
    .split('\n')
    .map((one, index) => {
      const name = /^\s{0,40}\$\{?([A-Z_][A-Z0-9_]{0,60})\}?\s{0,40}$/.exec(one)?.[1];
      if (name === undefined) return one;
      marks.push({ what: `\${${name}}`, line: index + 1 });
      return '';
    });
  return { text: plain.join('\n'), marks: marks.sort((a, b) => a.line - b.line) };
}

/** Where the next mark begins; each sort is searched for once past the last one found. */
function marksOf(text: string): (from: number) => number {
  const next = new Map(MARKS.map(({ open }) => [open, text.indexOf(open)]));
  return (from) => {
    let first = -1;
    for (const [open, known] of next) {
      const at = known >= 0 && known < from ? text.indexOf(open, from) : known;
      next.set(open, at);
      if (at >= 0 && (first < 0 || at < first)) first = at;
    }
    return first;
  };
}

function isAloneOnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start);
  const after = text.slice(end, end + 200);
  return /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\r?\n|$)/.test(after);
}

const nameOf = (words: string): string =>
  (words.split('|')[0] ?? '')
    .trim()
    .replace(/^\./, '')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60) || 'value';
