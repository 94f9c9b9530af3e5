/** A text that a person reads, in both languages. Names that can be copied stand between backticks. */
export interface Text {
  fr: string;
  en: string;
}

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const LONGEST_NAME = 160;
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes a string from an audited repository safe to show on one line: control characters, line breaks and
 * characters that change the direction of the text are written as `\u{…}` escapes, and the rest is cut at `most`.
 */
export function visible(text: string, most = LONGEST_NAME): string {
  const shown = text.replace(INVISIBLE, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}

/** A name inside a {@link Text}: between backticks, with nothing in it that could end them. */
export function code(name: string | number): string {
  return `\`${visible(String(name)).replaceAll('`', 'ˋ')}\``;
}

/** Several names inside a {@link Text}; past `most` only their number is given. */
export function codes(names: Iterable<string>, most = 5): Text {
  const all = [...names];
  const shown = all.slice(0, most).map(code).join(', ');
  const left = all.length - most;
  return left > 0
    ? { fr: `${shown} et ${left} autre${left > 1 ? 's' : ''}`, en: `${shown} and ${left} more` }
    : { fr: shown, en: shown };
}

/** When a page was last changed, as reports say it: “changed on 2025-11-03”. */
export const changedOn = ({ date, orBefore }: { date: string; orBefore?: true | undefined }): Text => ({
  fr: `modifié le ${date}${orBefore ? ' ou avant' : ''}`,
  en: `changed on ${date}${orBefore ? ' or before' : ''}`,
});
