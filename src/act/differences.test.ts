import { expect, test } from 'vitest';
import { differences, isSame, properties } from './differences.ts';

test('what differs is told property by property', () => {
  expect(
    differences(
      { Port: 80, Actions: [{ Type: 'forward' }], Old: 1 },
      { Port: 443, Actions: [{ Type: 'redirect' }, { Type: 'x' }], New: null },
    ),
  ).toEqual([
    { path: 'Port', from: 80, to: 443 },
    { path: 'Actions[0].Type', from: 'forward', to: 'redirect' },
    { path: 'Actions[1]', from: undefined, to: { Type: 'x' } },
    { path: 'Old', from: 1, to: undefined },
    { path: 'New', from: undefined, to: null },
  ]);
  expect(differences(null, [1])).toEqual([{ path: '', from: null, to: [1] }]);
});

test('the order of members says nothing, that of lists does', () => {
  expect(isSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(isSame([1, 2], [2, 1])).toBe(false);
});

test('every property of a value has its path', () => {
  expect(properties({ a: [1, { b: 2 }], c: {}, d: [] })).toEqual([
    { path: 'a[0]', value: 1 },
    { path: 'a[1].b', value: 2 },
    { path: 'c', value: {} },
    { path: 'd', value: [] },
  ]);
});
