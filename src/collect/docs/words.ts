const ACCENTS = /[\u0300-\u036f]/g;
const ASCII = /^[\0-\x7f]*$/;
const WORD = /[a-z0-9]+/g;
const LONGEST = 2_000;

/** Words in lower case without accents: `Dépôts ECR :` gives `depots`, `ecr`. Reads the first 2,000 characters. */
export function wordsOf(text: string): string[] {
  const short = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const bare = ASCII.test(short) ? short : short.normalize('NFD').replace(ACCENTS, '');
  return bare.toLowerCase().match(WORD) ?? [];
}

/** A word without the mark of its plural, French or English; for comparison only (`redis` gives `redi`). */
export function singular(word: string): string {
  if (word.length < 4 || word.endsWith('ss')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  if (word.endsWith('s') || word.endsWith('x')) return word.slice(0, -1);
  return word;
}

/** The words of a text between single spaces, with one at each end, so that ` a phrase ` can be looked for. */
export const phraseOf = (text: string): string => ` ${wordsOf(text).join(' ')} `;
