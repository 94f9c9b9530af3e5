import { expect, test } from 'vitest';
import { addressesInside, hostOf, mayReach } from './addresses.ts';

const outside = { given: new Set<string>(), privateToo: false };

test.each(['8.8.8.8', '2600:9000:2000::1', '64:ff9b::808:808'])('%s is public', (address) => {
  expect(mayReach(address, outside)).toBe(true);
});

test.each([
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '100.64.0.1',
  '169.254.169.254',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '2001::1',
  'not an address',
])('%s is not', (address) => {
  expect(mayReach(address, outside)).toBe(false);
});

test('an address that stands in the URL is reached, and none beside it', () => {
  const given = { given: new Set(['10.0.0.1']), privateToo: false };
  expect(mayReach('10.0.0.1', given)).toBe(true);
  expect(mayReach('10.0.0.2', given)).toBe(false);
});

test('who asks for private networks does not get the metadata service', () => {
  const own = { given: new Set<string>(), privateToo: true };
  expect(['10.0.0.1', '127.0.0.1', 'fd12::1', '100.64.0.1'].every((one) => mayReach(one, own))).toBe(true);
  for (const one of ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', 'fe80::1', '224.0.0.1'])
    expect(mayReach(one, own), one).toBe(false);
});

test('an address is told however a URL writes it', () => {
  for (const url of ['http://2130706433/', 'http://0x7f.1/', 'http://127.1/'])
    expect(addressesInside(hostOf(new URL(url)))).toEqual(['127.0.0.1']);
  expect(hostOf(new URL('http://[::1]:80/'))).toBe('::1');
  expect(addressesInside('app.localhost')).toEqual(['127.0.0.1', '::1']);
  expect(addressesInside('localhost.example.com')).toBeUndefined();
});
