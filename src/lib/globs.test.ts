import { expect, test } from 'vitest';
import { matcher } from './globs.ts';

test('globs match names and paths without regard to case', () => {
  const matches = matcher(['orders*', 'services/orders/**']);
  expect(['Orders-api', 'services/orders/a/b.ts', 'my-orders'].map(matches)).toEqual([true, true, false]);
  expect(matcher([])('anything')).toBe(false);
});
