import { describe, expect, test } from 'vitest';
import { BrokenJson, itemsOf, membersOf, parseSlice, wholeOf } from './json-slices.ts';

const keysOf = (text: string) => [...membersOf(text, wholeOf(text))].map(({ key }) => key);
const valuesOf = (text: string) => [...itemsOf(text, wholeOf(text))].map((slice) => parseSlice(text, slice));

test('members and items are told one by one, whatever stands in texts', () => {
  expect(keysOf(' { "a" : "}],{\\"" ,\n"b":[{"c":1}], "d": -1.5e3 } ')).toEqual(['a', 'b', 'd']);
  expect(valuesOf('["\\\\", "\\\\\\"x", [1, [2]], {"a": null}, true]')).toEqual([
    '\\',
    '\\"x',
    [1, [2]],
    { a: null },
    true,
  ]);
  expect(keysOf('{}')).toEqual([]);
  expect(valuesOf('[ ]')).toEqual([]);
});

test('what is no object has no members, and what is no list no items', () => {
  expect(keysOf('[1]')).toEqual([]);
  expect(valuesOf('"text"')).toEqual([]);
});

test('any depth of nesting is gone through without a stack', () => {
  const deep = `{"a": ${'['.repeat(300_000)}${']'.repeat(300_000)}, "b": 1}`;
  expect(keysOf(deep)).toEqual(['a', 'b']);
});

describe('a broken text is told with its place', () => {
  test.each([
    ['', 0],
    ['{"a": 1', 7],
    ['{"a": "x', 8],
    ['{} {}', 2],
    ['{"a" 1}', 5],
    ['{a: 1}', 1],
    ['{"a": 1 "b": 2}', 8],
    ['{"a": }', 6],
  ])('%j', (text, offset) => {
    expect(() => keysOf(text)).toThrow(new BrokenJson(offset));
    try {
      keysOf(text);
    } catch (thrown) {
      expect((thrown as BrokenJson).offset).toBe(offset);
    }
  });
});
