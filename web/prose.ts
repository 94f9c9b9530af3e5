import { type Language, visible } from '#model/text.ts';

/** A piece of a text: words, or a name that stood between backticks. */
export interface Piece {
  code: boolean;
  text: string;
}

const STRAIGHT_QUOTE = /'/g;
/** No sentence of ours is as long; a longer one holds what it should not. */
const LONGEST = 2000;

/** The spaces and apostrophes that the language's typography asks for. Only for words, never for names. */
export function typeset(words: string, lang: Language): string {
  const curled = words.replace(STRAIGHT_QUOTE, '’');
  if (lang === 'en') return curled;
  return curled
    .replace(/ (?=[;!?%])/g, '\u202f')
    .replace(/ (?=:)/g, '\u00a0')
    .replace(/«[ \u00a0\u202f]?/g, '«\u00a0')
    .replace(/[ \u00a0\u202f]?»/g, '\u00a0»');
}

/** A text in its language, taken apart at its backticks. A backtick without a partner is shown as it is. */
export function pieces(text: string, lang: Language): Piece[] {
  const parts = text.replace(/\s*\n\s*/g, ' ').split('`');
  const last = parts.length - 1;
  const paired = last % 2 === 0;
  return parts
    .map((part, index) => {
      const code = index % 2 === 1 && (paired || index < last);
      const stray = !paired && index === last ? '`' : '';
      const shown = visible(stray + part, LONGEST);
      return { code, text: code ? shown : typeset(shown, lang) };
    })
    .filter((piece) => piece.text !== '');
}

/** A text as it stands where no markup can: an attribute, an option of a list. */
export const plain = (text: string, lang: Language): string =>
  pieces(text, lang)
    .map((piece) => piece.text)
    .join('');
