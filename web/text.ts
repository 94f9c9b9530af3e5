import type { Language, Text } from '#model/text.ts';

const NARROW = '\u202f';
const NO_BREAK = '\u00a0';
const MONTHS: Record<Language, readonly string[]> = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A number with its thousands apart: `10 000` in French, `10,000` in English. */
export function digits(value: number, lang: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, lang === 'fr' ? NARROW : ',');
}

/** A text with each `{name}` replaced by its value in the same language. */
export function fill(template: Text, values: Record<string, string | number | Text>): Text {
  const inLanguage = (lang: Language) =>
    template[lang].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (typeof value === 'number') return digits(value, lang);
      return typeof value === 'string' ? value : value[lang];
    });
  return { fr: inLanguage('fr'), en: inLanguage('en') };
}

/** `{n}` of something, in the singular or plural that each language asks for (0 is singular in French). */
export function counted(n: number, one: Text, many: Text): Text {
  return fill({ fr: n < 2 ? one.fr : many.fr, en: n === 1 ? one.en : many.en }, { n });
}

/** Texts in a row, between them a separator that is the same in both languages. */
export function joined(texts: readonly Text[], separator: string): Text {
  return {
    fr: texts.map((text) => text.fr).join(separator),
    en: texts.map((text) => text.en).join(separator),
  };
}

/** A text whose first letter is a capital. */
export function capital(text: Text): Text {
  const raise = (words: string) => words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  return { fr: raise(text.fr), en: raise(text.en) };
}

/** A text that ends as a sentence does. */
export function sentence(text: Text): Text {
  const close = (words: string) => (/[.!?…]$/.test(words) ? words : `${words}.`);
  return { fr: close(text.fr), en: close(text.en) };
}

/** The same words in both languages: a name, a number that needs no separator. */
export const same = (words: string | number): Text => ({ fr: String(words), en: String(words) });

/** A date and time in UTC, from RFC 3339: “3 janvier 2026, 14 h 12 UTC”. */
export function moment(iso: string): Text {
  const [, year = '', month = '1', day = '', hour = '', minute = ''] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(iso) ?? [];
  const name = (lang: Language) => MONTHS[lang][Number(month) - 1] ?? '';
  const nth = Number(day) === 1 ? '1er' : String(Number(day));
  return {
    fr: `${nth}${NO_BREAK}${name('fr')} ${year}, ${Number(hour)}${NO_BREAK}h${NO_BREAK}${minute} UTC`,
    en: `${Number(day)}${NO_BREAK}${name('en')} ${year}, ${hour}:${minute} UTC`,
  };
}

/** The word of a table for a value; the value itself where the table has none. */
export const wordOf = (words: Readonly<Record<string, Text>>, value: string): Text =>
  (Object.hasOwn(words, value) ? words[value] : undefined) ?? same(value);
