import ipaddr from 'ipaddr.js';
import type { HostState } from '#model/host.ts';

/** An address without brackets, zone or the mapping of IPv4 into IPv6; undefined where it is none. */
export function addressOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/^\[([^\]]{1,64})\]$/, '$1').replace(/%.{0,64}$/, '');
  if (bare.length > 64 || !ipaddr.isValid(bare)) return undefined;
  return ipaddr.process(bare);
}

/** `every`: IPv4 and IPv6, as a port is published without an address. */
export type Bound = 'every' | 'every-v4' | 'every-v6' | ipaddr.IPv4 | ipaddr.IPv6;

/** The address that something binds; undefined where the text is no address. */
export function boundOf(text: string | undefined): Bound | undefined {
  if (text === undefined || text === '' || text === '*') return 'every';
  const address = addressOf(text);
  if (!address) return undefined;
  if (address.toString() === '0.0.0.0') return 'every-v4';
  return /^[0:]+$/.test(address.toString()) ? 'every-v6' : address;
}

const isV4 = (bound: Bound) => bound === 'every-v4' || bound instanceof ipaddr.IPv4;
const isEvery = (bound: Bound): bound is Extract<Bound, string> => typeof bound === 'string';

/**
 * Whether two sockets of one port cannot both be bound. One for every address excludes each single one of its family;
 * one on `::` takes IPv4 as well unless it was told not to. ip(7), ipv6(7) `IPV6_V6ONLY`.
 * @param dualStack whether the second one, where it is on `::`, takes IPv4 too
 */
export function overlaps(wanted: Bound, held: Bound, dualStack: boolean): boolean {
  if (!isEvery(wanted) && !isEvery(held)) return wanted.toString() === held.toString();
  if (wanted === 'every' || held === 'every') return true;
  if (held === 'every-v6') return dualStack || !isV4(wanted);
  // a published port on `::` is bound for IPv6 alone
  return isV4(wanted) === isV4(held);
}

export interface Block {
  address: ipaddr.IPv4 | ipaddr.IPv6;
  prefix: number;
}

/** A network in prefix form; undefined where the text is none. */
export function blockOf(text: string): Block | undefined {
  if (text.length > 64 || !ipaddr.isValidCIDR(text)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(text);
  return { address, prefix };
}

/** Whether two networks have an address in common: the wider one holds the other's first. */
export function blocksOverlap(a: Block, b: Block): boolean {
  if (a.address.kind() !== b.address.kind()) return false;
  const prefix = Math.min(a.prefix, b.prefix);
  return a.address.kind() === 'ipv4'
    ? (a.address as ipaddr.IPv4).match(b.address as ipaddr.IPv4, prefix)
    : (a.address as ipaddr.IPv6).match(b.address as ipaddr.IPv6, prefix);
}

/**
 * Whether an interface of the host has the address. Undefined where the interfaces were not read; addresses of the
 * loopback network are there always.
 */
export function isOnHost(host: HostState, text: string): boolean | undefined {
  const address = addressOf(text);
  if (!address) return undefined;
  if (address.range() === 'loopback') return true;
  const own = host.interfaces.some((one) => addressOf(one.address)?.toString() === address.toString());
  if (own) return true;
  return host.refusals.interfaces === undefined && host.interfaces.length > 0 ? false : undefined;
}
