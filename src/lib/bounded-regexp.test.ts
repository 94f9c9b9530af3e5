import { expect, test } from 'vitest';
import { boundedTest } from './bounded-regexp.ts';

test.each([
  ['\\.php$', '/index.php', true],
  ['\\.php$', '/index.html', false],
  ['(?i)\\.(png|JPG)$', '/a.PNG', true],
  ['^/api/[1-9]\\d*/', '/api/12/x', true],
  ['^/(?<user>[^/]+)/feed$', '/ann/feed', true],
  ['^/(?P<user>[^/]+)/feed$', '/ann/feed', true],
  ['^(?!www\\.).*\\.example$', 'www.a.example', false],
  ['(ab)+c', 'ababc', true],
  ['[(*]x', '(x', true],
])('%s on %s', (source, text, fits) => {
  expect(boundedTest(source, text)).toBe(fits);
});

test.each([
  '(a+)+$',
  '(a|a)*b',
  '((a{2,})x){3}',
  '.*.*.*.*x',
  '(?>a+)b',
  '(\\w+)\\1',
  '[[:alpha:]]+',
  'a++b',
  '(unclosed',
])('%s is not run', (source) => {
  expect(boundedTest(source, 'a'.repeat(100))).toBeUndefined();
});

test('what is run ends soon, whatever the text', () => {
  const began = performance.now();
  boundedTest('.*a.*b.*c', 'ab'.repeat(48));
  boundedTest('.*a.*b', 'a'.repeat(384));
  expect(performance.now() - began).toBeLessThan(1_000);
});
