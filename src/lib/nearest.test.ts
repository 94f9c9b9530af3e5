import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const NAMES = ['deployment-scripted', 'rollback-written', 'restore-written'];

test.each([
  ['rollback-writen', 'rollback-written'],
  ['deployment-script', 'deployment-scripted'],
  ['restore-wirtten', 'restore-written'],
])('%s is most likely %s', (word, meant) => {
  expect(nearest(word, NAMES)).toBe(meant);
});

test('nothing is proposed that is not near', () => {
  expect(nearest('cors-restricted', NAMES)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});
