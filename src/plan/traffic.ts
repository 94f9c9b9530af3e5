import type { Json } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { type DraftChange, read, write } from './draft.ts';
import { literal } from './jmespath.ts';
import type { Problem } from './problem.ts';

/** What a rule of a security group lets through. */
export interface Traffic {
  group: string;
  direction: 'ingress' | 'egress';
  /** A CIDR of IPv4 or IPv6, a security group or a prefix list. */
  peer: string;
  /** `tcp`, `udp`, or `-1` for all. */
  protocol: string;
  fromPort: number;
  toPort: number;
}

/** The protocol by its number, as network ACLs want it. IANA, “Protocol Numbers”. */
export const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1' };
const PROTOCOL_NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp' };

/** What a check says of traffic: the ports may be one, and the other end a group, a list or addresses. */
export function portsOf(problem: Problem): { protocol: string; fromPort: number; toPort: number } {
  const said = problem.maybeText('protocol') ?? 'tcp';
  const protocol = PROTOCOL_NAMES[said] ?? said;
  if (protocol === '-1') return { protocol, fromPort: -1, toPort: -1 };
  const fromPort = problem.maybeNumber('fromPort') ?? problem.number('port');
  return { protocol, fromPort, toPort: problem.maybeNumber('toPort') ?? fromPort };
}

/** The other ends of what a check says of traffic; kept as absent where it says none. */
export function peersOf(problem: Problem, direction: 'ingress' | 'egress'): string[] {
  const name = direction === 'ingress' ? 'source' : 'destination';
  const one =
    problem.maybeText(name) ?? problem.maybeText('peerGroup') ?? problem.maybeText('peerPrefixList');
  if (one !== undefined) return [one];
  if (problem.maybe('cidrs') !== undefined) return problem.texts('cidrs');
  return problem.maybe('peerCidrs') === undefined ? problem.texts(name) : problem.texts('peerCidrs');
}

/** Members of an `IpPermission` for the other end. Amazon EC2 API Reference, IpPermission. */
function endOf(peer: string): { member: string; key: string } {
  if (peer.startsWith('sg-')) return { member: 'UserIdGroupPairs', key: 'GroupId' };
  if (peer.startsWith('pl-')) return { member: 'PrefixListIds', key: 'PrefixListId' };
  return peer.includes(':')
    ? { member: 'Ipv6Ranges', key: 'CidrIpv6' }
    : { member: 'IpRanges', key: 'CidrIp' };
}

/** A rule that is added to a group, and taken away again. */
export function authorize(
  problem: Problem,
  { group, direction, peer, protocol, fromPort, toPort }: Traffic,
): DraftChange {
  const { region } = problem;
  const { member, key } = endOf(peer);
  const isAll = protocol === '-1';
  const permission: Json = {
    IpProtocol: protocol,
    ...(!isAll && { FromPort: fromPort, ToPort: toPort }),
    [member]: [{ [key]: peer }],
  };
  const input = { GroupId: group, IpPermissions: [permission] };
  const side = direction === 'ingress' ? 'Ingress' : 'Egress';
  const list = direction === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress';
  const ports = isAll ? '' : ` && FromPort==\`${fromPort}\` && ToPort==\`${toPort}\``;
  const query = `contains(SecurityGroups[0].${list}[?IpProtocol==${literal(protocol)}${ports}].${member}[].${key}, ${literal(peer)})`;
  return {
    write: write('ec2', `AuthorizeSecurityGroup${side}`, region, input),
    state: read('ec2', 'DescribeSecurityGroups', region, { GroupIds: [group] }, query),
    after: true,
    undo: write('ec2', `RevokeSecurityGroup${side}`, region, input),
  };
}

/** `tcp 3000`, or `tcp 1024–65535`, as a sentence shows it. */
export const shownPorts = ({
  protocol,
  fromPort,
  toPort,
}: Pick<Traffic, 'protocol' | 'fromPort' | 'toPort'>): string =>
  protocol === '-1' ? '*' : code(`${protocol} ${fromPort}${toPort === fromPort ? '' : `–${toPort}`}`);
