import { expect, test } from 'vitest';
import { literal, select, withItems } from './jmespath.ts';

test.each(['plain', "it's", 'back`tick', 'back\\slash', '"quoted"', '\n', '${x}', "');drop", ''])(
  'a text stays itself inside an expression: %j',
  (text) => {
    expect(select(null, literal(text))).toBe(text);
    expect(select([{ a: text }, { a: 'other' }], `[?a==${literal(text)}].a`)).toEqual([text]);
  },
);

test('items are added to a list once, and to what is no list', () => {
  expect(select(['a', 'b'], withItems(['c']))).toEqual(['a', 'b', 'c']);
  expect(select(['c', 'b'], withItems(['c']))).toEqual(['b', 'c']);
  expect(select(null, withItems(['c', 'd']))).toEqual(['c', 'd']);
});
