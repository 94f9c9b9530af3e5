import ipaddr from 'ipaddr.js';

/** Whether a text is an address, and not a name. */
export const isIpAddress = (text: string): boolean =>
  ipaddr.isValid(text) && (text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text));

/** Whether an address is one of a private network: RFC 1918 and RFC 4193. Loopback and link-local ones are none. */
export function isPrivateAddress(text: string): boolean {
  if (!isIpAddress(text)) return false;
  const range = ipaddr.process(text).range();
  return range === 'private' || range === 'uniqueLocal';
}

/** Whether an address lies in a network, `10.0.0.0/8`; false where either is none. */
export function isInNetwork(text: string, network: string): boolean {
  if (!isIpAddress(text) || !ipaddr.isValidCIDR(network)) return false;
  const address = ipaddr.process(text);
  const [base, bits] = ipaddr.parseCIDR(network);
  return address.kind() === base.kind() && address.match([base, bits] as never);
}

/** Whether two texts are the same address. */
export const isSameAddress = (a: string, b: string): boolean =>
  isIpAddress(a) &&
  isIpAddress(b) &&
  ipaddr.process(a).toNormalizedString() === ipaddr.process(b).toNormalizedString();
