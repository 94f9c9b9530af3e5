import { expect, test } from 'vitest';
import { capital, counted, digits, fill, moment, sentence, wordOf } from './text.ts';

test('thousands stand apart as the language asks', () => {
  expect(digits(1234567, 'fr')).toBe('1\u202f234\u202f567');
  expect(digits(1234567, 'en')).toBe('1,234,567');
  expect(digits(999, 'fr')).toBe('999');
});

test('zero is singular in French and plural in English', () => {
  const [one, many] = [
    { fr: '{n} écart', en: '{n} gap' },
    { fr: '{n} écarts', en: '{n} gaps' },
  ] as const;
  expect(counted(0, one, many)).toEqual({ fr: '0 écart', en: '0 gaps' });
  expect(counted(1, one, many)).toEqual({ fr: '1 écart', en: '1 gap' });
  expect(counted(2000, one, many)).toEqual({ fr: '2\u202f000 écarts', en: '2,000 gaps' });
});

test('a value is put in as it is, even when it looks like a placeholder or a replacement pattern', () => {
  const template = { fr: '{a} et {b}', en: '{a} and {b}' };
  expect(fill(template, { a: '$& {b}', b: 'B' }).en).toBe('$& {b} and B');
  expect(fill(template, { a: 'A' }).fr).toBe('A et {b}');
});

test('a moment is told in UTC, the first of the month as French says it', () => {
  expect(moment('2026-01-01T09:05:59Z')).toEqual({
    fr: '1er\u00a0janvier 2026, 9\u00a0h\u00a005 UTC',
    en: '1\u00a0January 2026, 09:05 UTC',
  });
});

test('a sentence ends with one full stop, and a capital is only raised where there is a letter', () => {
  expect(sentence({ fr: 'Oui', en: 'Yes?' })).toEqual({ fr: 'Oui.', en: 'Yes?' });
  expect(capital({ fr: 'état', en: '`x` is' })).toEqual({ fr: 'État', en: '`x` is' });
});

test('a value without a word is shown as itself, also one that every object has', () => {
  expect(wordOf({}, '__proto__')).toEqual({ fr: '__proto__', en: '__proto__' });
  expect(wordOf({ a: { fr: 'à', en: 'ay' } }, 'a').fr).toBe('à');
});
