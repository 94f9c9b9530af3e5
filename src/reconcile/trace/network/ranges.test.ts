import { expect, test } from 'vitest';
import { admission, common, INTERNET, rangeOf, rangesOf, size, without } from './ranges.ts';

const block = (cidr: string) => {
  const range = rangeOf(cidr);
  if (!range) throw new Error(cidr);
  return range;
};

test('a block is its first and its last address', () => {
  expect(rangeOf('10.0.1.0/24')).toEqual({ first: 0x0a000100, last: 0x0a0001ff });
  expect(rangeOf('0.0.0.0/0')).toEqual({ first: 0, last: 2 ** 32 - 1 });
  expect(rangeOf('192.168.1.7')).toEqual({ first: 0xc0a80107, last: 0xc0a80107 });
});

test.each(['::/0', 'fd00::1', 'pl-3b927c52', '10.0.0.0/33', '10.1', '', 'local'])('%s is no IPv4', (text) => {
  expect(rangeOf(text)).toBeUndefined();
});

test('what is taken out of the middle leaves both sides', () => {
  const left = without([block('10.0.0.0/24')], block('10.0.0.64/26'));
  expect(left).toEqual([
    { first: 0x0a000000, last: 0x0a00003f },
    { first: 0x0a000080, last: 0x0a0000ff },
  ]);
  expect(size(left)).toBe(192);
  expect(without([block('10.0.0.0/24')], block('10.0.1.0/24'))).toEqual([block('10.0.0.0/24')]);
  expect(without([block('10.0.0.0/24')], block('0.0.0.0/0'))).toEqual([]);
});

test('what two have in common', () => {
  expect(common([block('10.0.0.0/16')], block('10.0.3.0/24'))).toEqual([block('10.0.3.0/24')]);
  expect(common([block('10.0.0.0/16')], block('10.1.0.0/16'))).toEqual([]);
});

test('the internet has no private address', () => {
  for (const cidr of ['10.1.2.3', '172.31.0.1', '192.168.4.4', '100.100.0.1', '224.0.0.1', '255.255.255.255'])
    expect(common(INTERNET, block(cidr)), cidr).toEqual([]);
  for (const cidr of ['1.1.1.1', '52.94.0.1', '172.32.0.1', '223.255.255.255'])
    expect(size(common(INTERNET, block(cidr))), cidr).toBe(1);
});

test('two halves let a whole through, one half of a subnet only a part', () => {
  const subnet = rangesOf(['10.0.0.0/24']);
  const half = without(subnet, block('10.0.0.0/25'));
  expect(admission(subnet, without(half, block('10.0.0.128/25')))).toBe('all');
  expect(admission(subnet, half)).toBe('part');
  expect(admission(subnet, subnet)).toBe('none');
});

test('a few ranges shut out of the internet are no cut, a few let in are', () => {
  expect(admission(INTERNET, rangesOf(['52.0.0.0/16']))).toBe('all');
  expect(admission(INTERNET, without(INTERNET, block('52.0.0.0/16')))).toBe('part');
});
