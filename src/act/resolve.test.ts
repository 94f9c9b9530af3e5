import { expect, test } from 'vitest';
import { findsIn, resolve, Unresolved } from './resolve.ts';

test('finds and captured values stand where they are named, at any depth; the rest is as it was', () => {
  const at = new Date(0);
  const write = {
    IfMatch: { $find: 'etag' },
    Rules: [{ Port: { $before: '[0].Port' } }, { $find: 'rule', Port: 1 }],
    Since: at,
  };
  expect(resolve(write, { finds: { etag: 'E1' }, before: [{ Port: 80 }] })).toEqual({
    IfMatch: 'E1',
    Rules: [{ Port: 80 }, { $find: 'rule', Port: 1 }],
    Since: at,
  });
});

test('what a find gives is not looked into: a placeholder in it is somebody else’s text', () => {
  expect(resolve({ $find: 'x' }, { finds: { x: { $find: 'y' } } })).toEqual({ $find: 'y' });
});

test.each([
  ['a find that gave nothing', { $find: 'x' }, { finds: { x: null } }],
  ['a find that the write does not have', { $find: 'toString' }, { finds: {} }],
  ['a query that finds nothing', { $before: 'Port' }, { before: { port: 1 } }],
  ['a query where nothing was captured', { $before: 'Port' }, {}],
])('%s cannot be sent', (_, value, known) => {
  expect(() => resolve([value], known)).toThrow(Unresolved);
});

test('in a state that is compared, what was captured may be nothing', () => {
  const before = { port: 1 };
  expect(resolve([{ $before: 'Port' }], { before, orNull: true })).toEqual([null]);
  expect(() => resolve([{ $before: 'Port' }], { orNull: true })).toThrow(Unresolved);
  expect(() => resolve([{ $find: 'x' }], { before, orNull: true })).toThrow(Unresolved);
});

test('false, zero and the empty text are something', () => {
  const finds = { a: false, b: 0, c: '' };
  expect(resolve([{ $find: 'a' }, { $find: 'b' }, { $find: 'c' }], { finds })).toEqual([false, 0, '']);
});

test('the finds that a value needs are told', () => {
  expect([...findsIn({ a: [{ $find: 'x' }, { $before: 'y' }], b: { c: { $find: 'z' } } })]).toEqual([
    'x',
    'z',
  ]);
});
