import { expect, test } from 'vitest';
import { edited } from './edit.ts';

const document = {
  Enabled: false,
  Aliases: { Quantity: 1, Items: ['a.example'] },
  'a/b': { 'm~n': 1 },
  Origins: [{ Id: 'one' }, { Id: 'two' }, { Id: 'three' }],
  Made: new Date(0),
};

test('what is named is set, added at the end of a list or removed; the rest is as it was', () => {
  const copy = edited(document, {
    set: [
      { path: '/Enabled', value: true },
      { path: '/Aliases/Items/-', value: 'www.example' },
      { path: '/Aliases/Quantity', value: 2 },
      { path: '/a~1b/m~0n', value: 2 },
      { path: '/New', value: { x: 1 } },
    ],
    remove: ['/Origins/0', '/Origins/2', '/NotThere', '/Not/there'],
  });
  expect(copy).toEqual({
    Enabled: true,
    Aliases: { Quantity: 2, Items: ['a.example', 'www.example'] },
    'a/b': { 'm~n': 2 },
    Origins: [{ Id: 'two' }],
    Made: new Date(0),
    New: { x: 1 },
  });
  expect(document.Enabled).toBe(false);
});

test('an empty pointer is the whole document', () => {
  expect(edited({ a: 1 }, { set: [{ path: '', value: [2] }] })).toEqual([2]);
});

test('of a long list the elements that are named are removed, not those that move into their place', () => {
  const list = Array.from({ length: 12 }, (_, index) => index);
  expect(edited({ list }, { set: [], remove: ['/list/2', '/list/10', '/list/9'] })).toEqual({
    list: [0, 1, 3, 4, 5, 6, 7, 8, 11],
  });
});

test.each(['/Nothing/x', '/Origins/7', '/Origins/01', '/Origins/-1', '/Enabled/x', 'Enabled'])(
  '%s leads nowhere, and says so',
  (path) => {
    expect(() => edited(document, { set: [{ path, value: 1 }] })).toThrow(/pointer|leads nowhere/);
  },
);

test('no pointer reaches what is not a member', () => {
  expect(() => edited({}, { set: [{ path: '/constructor/prototype/x', value: 1 }] })).toThrow(
    /leads nowhere/,
  );
  const copy = edited({}, { set: [{ path: '/__proto__', value: { x: 1 } }] }) as object;
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
