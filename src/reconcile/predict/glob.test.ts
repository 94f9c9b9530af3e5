import { expect, test } from 'vitest';
import { fits, relate } from './glob.ts';

test.each([
  ['ecs:*', 'ecs:UpdateService', true],
  ['*', 'anything', true],
  ['ecs:Update?ervice', 'ecs:UpdateService', true],
  ['ecs:Describe*', 'ecs:UpdateService', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXbY', false],
  ['', '', true],
])('%s fits %s: %s', (pattern, text, expected) => {
  expect(fits(pattern, text)).toBe(expected);
});

test.each([
  ['repo:quay/orders:*', 'repo:quay/orders:ref:refs/⟨ref⟩', 'fits'],
  ['repo:quay/orders:ref:refs/heads/main', 'repo:quay/orders:ref:refs/⟨ref⟩', 'maybe'],
  ['repo:quay/orders:environment:prod', 'repo:quay/orders:ref:refs/⟨ref⟩', 'apart'],
  ['repo:quay/orders:environment:prod', 'repo:⟨repository⟩:ref:refs/heads/main', 'apart'],
  ['repo:quay/*:ref:*', 'repo:⟨repository⟩:ref:refs/heads/main', 'maybe'],
  ['arn:aws:s3:::shop/*', 'arn:aws:s3:::shop/v⟨sha⟩.zip', 'fits'],
  ['arn:aws:s3:::shop/?.zip', 'arn:aws:s3:::shop/⟨sha⟩.zip', 'maybe'],
  ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/⟨sha⟩.zip', 'apart'],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(relate(pattern, text)).toBe(expected);
});

test('a star that is meant as such fits nothing else', () => {
  expect(relate('repo:quay/*', 'repo:quay/orders', true)).toBe('apart');
  expect(relate('repo:quay/*', 'repo:quay/⟨name⟩', true)).toBe('maybe');
});

test('hostile patterns cost their length times that of the text', () => {
  const started = performance.now();
  expect(fits(`${'*a'.repeat(500)}b`, 'a'.repeat(2_000))).toBe(false);
  expect(relate(`${'*a'.repeat(400)}b`, `${'a⟨x⟩'.repeat(400)}c`)).toBe('apart');
  expect(performance.now() - started).toBeLessThan(20_000);
});
