import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which addresses a probe connects to. */
export interface Reach {
  /** Addresses that stand in the URL of whoever asked: they may be of any network. */
  given: ReadonlySet<string>;
  /** Also addresses of private networks and of this machine, and still not those of the link. */
  privateToo: boolean;
}

/** Networks that whoever runs their own may want to look at. Never the link, where clouds keep their metadata. */
const OF_ONES_OWN: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** Metadata services that stand in private ranges: EC2 by IPv6, and Alibaba's and Oracle's. */
const METADATA: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

/** The range of an address (the special-purpose registries of IANA, RFC 6890); that of the IPv4 address inside one of NAT64. */
function rangeOf(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.range() === 'rfc6052')
    return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range();
  return parsed.range();
}

/**
 * Whether a probe may connect to an address. A URL is given by a user, while what redirects and names lead to is given
 * by others: it is followed to public addresses only.
 */
export function mayReach(address: string, { given, privateToo }: Reach): boolean {
  if (!isIP(address)) return false;
  if (given.has(address)) return true;
  const range = rangeOf(address);
  if (range === 'unicast') return true;
  return privateToo && OF_ONES_OWN.has(range) && !METADATA.has(ipaddr.process(address).toString());
}

/** The name of a URL's host, or its address without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const LOOPBACK = ['127.0.0.1', '::1'];

/** The addresses that a host has without DNS: its own where it is one, those of this machine for `localhost` (RFC 6761, 6.3). */
export function addressesInside(host: string): string[] | undefined {
  if (isIP(host)) return [host];
  return /^(.+\.)?localhost$/i.test(host) ? LOOPBACK : undefined;
}
