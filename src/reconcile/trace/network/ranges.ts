import ipaddr from 'ipaddr.js';

/** IPv4 addresses as numbers, both ends belong to it. */
export interface Range {
  first: number;
  last: number;
}

const numberOf = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);

/** The addresses of an IPv4 block or of one address; undefined for IPv6 and for what is neither. */
export function rangeOf(cidr: string): Range | undefined {
  const block = cidr.includes('/') ? cidr : `${cidr}/32`;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(block)) return undefined;
  return {
    first: numberOf(ipaddr.IPv4.networkAddressFromCIDR(block).octets),
    last: numberOf(ipaddr.IPv4.broadcastAddressFromCIDR(block).octets),
  };
}

/** Several of them; what is no IPv4 is left out. */
export const rangesOf = (cidrs: readonly string[]): Range[] => cidrs.flatMap((one) => rangeOf(one) ?? []);

export const size = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/** What both have. */
export const common = (ranges: readonly Range[], other: Range): Range[] =>
  ranges.flatMap(({ first, last }) => {
    const both = { first: Math.max(first, other.first), last: Math.min(last, other.last) };
    return both.first <= both.last ? [both] : [];
  });

/** What is left of them without another. */
export const without = (ranges: readonly Range[], taken: Range): Range[] =>
  ranges.flatMap((range) => {
    if (taken.last < range.first || taken.first > range.last) return [range];
    return [
      ...(range.first < taken.first ? [{ first: range.first, last: taken.first - 1 }] : []),
      ...(range.last > taken.last ? [{ first: taken.last + 1, last: range.last }] : []),
    ];
  });

/** What is no public address. IANA IPv4 Special-Purpose Address Registry (RFC 6890), with multicast (RFC 5771). */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Every public address. */
export const INTERNET: readonly Range[] = rangesOf(SPECIAL).reduce<Range[]>(without, [
  { first: 0, last: 2 ** 32 - 1 },
]);

export const INTERNET_CIDR = '0.0.0.0/0';

/**
 * How much of something is let through. `part`: some of it, and it is not known whether that which matters is among it;
 * `unread`: what was not read may let through the rest.
 */
export type Admission = 'all' | 'part' | 'none' | 'unread';

/** From what is left of some addresses after those that are let through. */
export function admission(target: readonly Range[], refused: readonly Range[]): Admission {
  const [whole, left] = [size(target), size(refused)];
  // nobody knows which addresses it has
  if (whole === 0) return 'unread';
  if (left === 0) return 'all';
  if (left === whole) return 'none';
  // a few ranges shut out of the whole internet are somebody's list of abusers, not what cuts off a service
  return target === INTERNET && left * 2 <= whole ? 'all' : 'part';
}
