import type { Language, Text } from '#model/text.ts';
import { plain } from '../prose.ts';

export const all = <E extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): E[] => [...within.querySelectorAll<E>(selector)];

export const language = (): Language => (document.documentElement.lang === 'fr' ? 'fr' : 'en');

/** A text in the page's present language. */
export const spoken = (text: Text): string => plain(text[language()], language());

/** Says something to those who do not see the page change. */
export function announce(text: Text): void {
  const live = document.getElementById('live');
  if (live) live.textContent = spoken(text);
}
