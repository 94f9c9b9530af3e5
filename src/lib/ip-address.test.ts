import { expect, test } from 'vitest';
import { isInNetwork, isIpAddress, isPrivateAddress, isSameAddress } from './ip-address.ts';

test.each([
  ['10.10.10.46', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.200.1', true],
  ['fd00::1', true],
  ['127.0.0.1', false],
  ['169.254.1.1', false],
  ['203.0.113.10', false],
  ['backend', false],
  ['10', false],
])('%s is private: %s', (address, is) => {
  expect(isPrivateAddress(address)).toBe(is);
});

test('names and short forms are no addresses', () => {
  expect(['app', '10.1', '::1', '1.2.3.4', ''].map(isIpAddress)).toEqual([false, false, true, true, false]);
});

test('an address in a network, and two spellings of one', () => {
  expect(isInNetwork('192.168.200.7', '192.168.200.0/24')).toBe(true);
  expect(isInNetwork('192.168.201.7', '192.168.200.0/24')).toBe(false);
  expect(isInNetwork('fd00::7', '192.168.200.0/24')).toBe(false);
  expect(isInNetwork('x', 'y')).toBe(false);
  expect(isSameAddress('fd00:0::1', 'fd00::1')).toBe(true);
});
