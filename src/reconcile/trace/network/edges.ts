import type { Resource } from '#model/resource.ts';
import type { Text } from '#model/text.ts';
import { cidrsIn, clientPortsOf, type Interfaces, rangesIn } from './interfaces.ts';
import type { Network } from './network.ts';
import { aclVerdict, EPHEMERAL, type Ports } from './network-acls.ts';
import { INTERNET, INTERNET_CIDR, type Range } from './ranges.ts';
import type { Protocol } from './security-groups.ts';
import type { Verdict } from './verdict.ts';

/** One end of a connection at the edge of its subnet. */
export interface End {
  subnet: Resource;
  ranges: readonly Range[];
  /** The same as blocks. */
  cidrs: readonly string[];
  /** From which it connects, or to which it is answered. */
  ports: Ports;
}

interface Flow {
  protocol: Protocol;
  port: number;
  way: string;
  certainty?: 'probable' | undefined;
}

export const endOf = (ends: Interfaces, subnet: Resource): End => ({
  subnet,
  ranges: rangesIn(ends, subnet),
  cidrs: ends.sources ?? cidrsIn(subnet),
  ports: clientPortsOf(ends),
});

const exactly = (port: number): Ports => ({ from: port, to: port });

/**
 * Whether the lists at the edges of two subnets let a connection through and its answers back. Inside one subnet nothing
 * is filtered. “Network ACL basics”, Amazon VPC User Guide.
 */
export function edgesBetween(network: Network, from: End, to: End, flow: Flow): Verdict[] {
  if (from.subnet.id === to.subnet.id) return [];
  const request = { ...flow, ports: exactly(flow.port) };
  const answer = { ...flow, ports: from.ports };
  const out = { subnet: from.subnet, ranges: to.ranges, cidrs: to.cidrs };
  const over = { subnet: to.subnet, ranges: from.ranges, cidrs: from.cidrs };
  return [
    aclVerdict(network, { ...request, ...out, direction: 'egress' }),
    aclVerdict(network, { ...request, ...over, direction: 'ingress' }),
    aclVerdict(network, { ...answer, ...over, direction: 'egress' }),
    aclVerdict(network, { ...answer, ...out, direction: 'ingress' }),
  ];
}

const everywhere = (label: Text) => ({
  ranges: INTERNET,
  cidrs: [INTERNET_CIDR],
  label,
});

/** The same of what leaves a subnet for the internet. */
export function edgeToInternet(
  network: Network,
  from: Omit<End, 'ranges' | 'cidrs'>,
  label: Text,
  flow: Flow,
): Verdict[] {
  const crossing = { subnet: from.subnet, ...everywhere(label) };
  return [
    aclVerdict(network, { ...flow, ...crossing, direction: 'egress', ports: exactly(flow.port) }),
    aclVerdict(network, { ...flow, ...crossing, direction: 'ingress', ports: from.ports }),
  ];
}

/** The same of what comes from there. Of clients that nobody knows, most use the ports that the lists of AWS's guides allow. */
export function edgeFromInternet(
  network: Network,
  subnet: Resource,
  label: Text,
  flow: Flow & { isForAll: boolean },
): Verdict[] {
  const crossing = { subnet, ...everywhere(label) };
  const answers = { ports: EPHEMERAL, enough: { from: 32_768, to: 60_999 } };
  return [
    aclVerdict(network, { ...flow, ...crossing, direction: 'ingress', ports: exactly(flow.port) }),
    aclVerdict(network, { ...flow, ...crossing, direction: 'egress', ...answers }),
  ];
}

/** The same where a NAT gateway stands: it takes what comes from inside, and asks the internet in its own name. */
export function edgeOfNat(
  network: Network,
  from: End,
  natSubnet: Resource,
  label: Text,
  flow: Flow,
): Verdict[] {
  if (from.subnet.id === natSubnet.id) return [];
  const inside = { subnet: natSubnet, ranges: from.ranges, cidrs: from.cidrs };
  return [
    aclVerdict(network, { ...flow, ...inside, direction: 'ingress', ports: exactly(flow.port) }),
    aclVerdict(network, { ...flow, ...inside, direction: 'egress', ports: from.ports }),
    ...edgeToInternet(network, { subnet: natSubnet, ports: EPHEMERAL }, label, flow),
  ];
}
