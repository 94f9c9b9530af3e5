import { describe, expect, test } from 'vitest';
import { isSame, keyOfRead, resolveBefore, withBefore } from './before.ts';

const write = { service: 'elbv2', operation: 'ModifyListener' };

describe('what was captured', () => {
  test('stands where the write refers to it', () => {
    const filled = withBefore(
      { ...write, input: { Actions: { $before: '@' }, Port: { $before: '[0].Port' }, Name: 'x' } },
      [{ Type: 'forward', Port: 80, RedirectConfig: null }],
    );
    expect(filled.input).toEqual({ Actions: [{ Type: 'forward', Port: 80 }], Port: 80, Name: 'x' });
  });

  test('that was not there is left out of an input, and removed from a document', () => {
    const read = { service: 'ecs', operation: 'DescribeServices', input: {}, query: '@' };
    const filled = withBefore(
      {
        ...write,
        input: { Certificates: { $before: 'none' } },
        edit: {
          read,
          set: [
            { path: '/a', value: { $before: 'a' } },
            { path: '/b', value: { $before: 'b' } },
          ],
        },
      },
      { a: false },
    );
    expect(filled.input).toEqual({});
    expect(filled.edit).toEqual({ read, set: [{ path: '/a', value: false }], remove: ['/b'] });
  });

  test('is not looked for in what a find gives', () => {
    expect(resolveBefore({ Arn: { $find: 'x' } }, 1)).toEqual({ Arn: { $find: 'x' } });
  });
});

test('two reads are the same whatever the order of their members, and another query is another read', () => {
  const one = { service: 'x', operation: 'Get', input: { a: 1, b: [{ c: 1, d: 2 }] }, query: 'q' };
  expect(keyOfRead(one)).toBe(keyOfRead({ ...one, input: { b: [{ d: 2, c: 1 }], a: 1 } }));
  expect(keyOfRead(one)).not.toBe(keyOfRead({ ...one, query: 'r' }));
  expect(keyOfRead(one)).not.toBe(keyOfRead({ ...one, region: 'eu-west-3' }));
  expect(isSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
});
