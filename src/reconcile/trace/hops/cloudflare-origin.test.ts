import { expect, test } from 'vitest';
import { isPlaceholder } from './cloudflare-origin.ts';

test.each([
  ['100::', true],
  ['100::1', true],
  ['100:0:0:1::', false],
  ['192.0.2.1', true],
  ['192.0.3.1', false],
  ['203.0.113.24', false],
  ['2001:db8::1', false],
  ['not-an-address', false],
])('%s is nobody’s address: %s', (address, expected) => {
  expect(isPlaceholder(address)).toBe(expected);
});
