import { type KindWords, list } from './kind-forms.ts';
import { singular, wordsOf } from './words.ts';
import { aws } from './words-of-aws.ts';
import { others } from './words-of-others.ts';

export interface Phrase {
  words: KindWords;
  /** The phrase alone does not say the provider: `cluster`, `bucket`. */
  weak: boolean;
}

const table = new Map<string, Phrase[]>();

for (const [words, strong, weak = ''] of [...aws, ...others])
  for (const [text, isWeak] of [
    [strong, false],
    [weak, true],
  ] as const)
    for (const phrase of list(text).filter(Boolean)) {
      const key = wordsOf(phrase).map(singular).join(' ');
      table.set(key, [...(table.get(key) ?? []), { words, weak: isWeak }]);
    }

/** What the last words of a text (singular, no accents) name, the longest phrase first. */
export function phrasesAtEnd(
  words: readonly string[],
): { phrases: readonly Phrase[]; length: number } | undefined {
  for (let length = Math.min(4, words.length); length > 0; length -= 1) {
    const phrases = table.get(words.slice(-length).join(' '));
    if (phrases) return { phrases, length };
  }
  return undefined;
}

/** What the first words of a text name, the longest phrase first. */
export function phrasesAtStart(words: readonly string[]): readonly Phrase[] | undefined {
  for (let length = Math.min(4, words.length); length > 0; length -= 1) {
    const phrases = table.get(words.slice(0, length).join(' '));
    if (phrases) return phrases;
  }
  return undefined;
}
