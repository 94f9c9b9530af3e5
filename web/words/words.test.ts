import { describe, expect, test } from 'vitest';
import type { Text } from '#model/text.ts';
import * as inventory from './inventory.ts';
import * as labels from './labels.ts';
import * as maturity from './maturity.ts';
import * as page from './page.ts';
import * as patches from './patches.ts';
import * as path from './path.ts';
import * as plan from './plan.ts';
import * as sections from './sections.ts';

const all = Object.entries({
  ...inventory,
  ...labels,
  ...maturity,
  ...page,
  ...patches,
  ...path,
  ...plan,
  ...sections,
}).flatMap(([table, words]) =>
  Object.entries(words as Record<string, Text>).map(([key, text]) => ({ name: `${table}.${key}`, text })),
);
const placeholders = (words: string) => (words.match(/\{\w+\}/g) ?? []).sort();

describe('the words', () => {
  test.each(all)('$name says the same in both languages', ({ text: { fr, en } }) => {
    expect(fr.trim()).not.toBe('');
    expect(en.trim()).not.toBe('');
    expect(placeholders(fr)).toEqual(placeholders(en));
    expect(fr.split('`').length).toBe(en.split('`').length);
  });

  test('none uses a straight apostrophe, an exclamation mark or three dots', () => {
    const poor = all.filter(({ text }) => /['!]|\.\.\./.test(text.fr + text.en)).map(({ name }) => name);
    expect(poor).toEqual([]);
  });
});
