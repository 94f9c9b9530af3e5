import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language, Text } from '#model/text.ts';
import { type Piece, pieces, plain } from './prose.ts';

/**
 * The language a page is rendered in. On the server it also keeps the other language of every text, so that the
 * page's script can change the language in place: `register` gives the number under which a text is kept.
 */
export interface Speech {
  lang: Language;
  register?(text: Text): number;
}

export const SpeechContext = createContext<Speech>({ lang: 'en' });

/** A speech that keeps the other language of what it says, each text once. */
export function keepingSpeech(lang: Language): Speech & { others(): string[] } {
  const numbers = new Map<string, number>();
  const others: string[] = [];
  return {
    lang,
    register({ fr, en }) {
      const key = `${fr}\0${en}`;
      const number = numbers.get(key) ?? others.length;
      if (number === others.length) {
        numbers.set(key, number);
        others.push(lang === 'fr' ? en : fr);
      }
      return number;
    },
    others: () => others,
  };
}

/** What a text becomes where only a string can stand, with the attributes by which its language can be changed. */
export function useSpeech() {
  const { lang, register } = useContext(SpeechContext);
  const mark = (text: Text) => (register && text.fr !== text.en ? register(text) : undefined);
  return {
    lang,
    /** Attributes that hold a text: `{...label(text, 'aria-label')}`. */
    label(text: Text, ...names: string[]): Record<string, string | number> {
      const number = mark(text);
      return {
        ...Object.fromEntries(names.map((name) => [name, plain(text[lang], lang)])),
        ...(number !== undefined && { 'data-a': names.join(' '), 'data-i': number }),
      };
    },
    /** The content of an element that takes no markup, such as `option`. */
    content(text: Text) {
      const number = mark(text);
      return {
        attributes: number === undefined ? {} : { 'data-t': number },
        text: plain(text[lang], lang),
      };
    },
  };
}

const shown = (piece: Piece, index: number) =>
  piece.code ? <code key={index}>{piece.text}</code> : piece.text;

/** A text in the page's language; names between backticks become `code`. */
export function Say({ text, class: className }: { text: Text; class?: string }) {
  const { lang, register } = useContext(SpeechContext);
  const content = pieces(text[lang], lang).map(shown);
  const number = register && text.fr !== text.en ? register(text) : undefined;
  if (number === undefined && !className) return <>{content}</>;
  return (
    <span class={className} data-t={number}>
      {content}
    </span>
  );
}
