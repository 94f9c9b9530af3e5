import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from './values.ts';

const VALUES: (Json | undefined)[] = [
  undefined,
  null,
  '',
  'a',
  0,
  7,
  true,
  [],
  ['a', 1],
  [{ a: 1 }, null, []],
  { a: 1 },
];

test.each([
  [asText, [undefined, undefined, undefined, 'a', ...Array(7).fill(undefined)]],
  [asNumber, [...Array(4).fill(undefined), 0, 7, ...Array(5).fill(undefined)]],
  [asTexts, [...Array(8).fill([]), ['a'], [], []]],
  [asObjects, [...Array(9).fill([]), [{ a: 1 }], []]],
  [isObject, [...Array(10).fill(false), true]],
])('%o takes what it is for and leaves the rest', (read, expected) => {
  expect(VALUES.map((value) => read(value))).toEqual(expected);
});
