import { type Text, visible } from '#model/text.ts';

/** A line of the report at the place of an evidence, longest that is shown. */
const LONGEST = 400;
const PUNCTUATION = /[\\`*_{}[\]<>#|~!&$@]|:(?=\/\/)|(?<=www)\./gi;

/**
 * Prose as Markdown: every character that could start something is escaped (CommonMark 2.4, backslash escapes),
 * those of GFM's automatic links included.
 */
export const escapeMarkdown = (text: string): string =>
  visible(text, LONGEST).replace(PUNCTUATION, (c) => `\\${c}`);

/** A code span that holds any text on one line. In a table a bar ends the cell even inside code (GFM 4.10). */
export function codeSpan(text: string, inTable = false): string {
  const clean = visible(text, LONGEST).replaceAll('`', 'ˋ').trim();
  if (clean === '') return '';
  return `\`${inTable ? clean.replaceAll('|', '\\|') : clean}\``;
}

/** A text of the report in one language: prose escaped, what stands between backticks as code. */
export function say(text: Text, lang: 'fr' | 'en', inTable = false): string {
  return text[lang]
    .split('`')
    .map((part, index) => (index % 2 ? codeSpan(part, inTable) : escapeMarkdown(part)))
    .join('');
}

/** A table; cells are Markdown already. Without rows, nothing. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * A fenced block: the fence is longer than any run of backticks inside.
 * @param keepTabs a tab stays what it is: a diff in which it is written out is another diff
 */
export function block(text: string, language: string, keepTabs = false): string {
  const shown = (line: string) => visible(line, 2000);
  const lines = text
    .split('\n')
    .map((line) => (keepTabs ? line.split('\t').map(shown).join('\t') : shown(line)));
  const runs = lines.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** Parts of a page with an empty line between those that are not empty. */
export const paragraphs = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');
