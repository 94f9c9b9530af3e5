import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';
import { codes, type Text } from '#model/text.ts';
import { say } from '../checks.ts';
import { seenOf } from '../graph.ts';
import { isCloudFrontList } from './cloudfront-lists.ts';
import { detailRefused, type Network, objectsOf, textOf } from './network.ts';
import { type Admission, admission, INTERNET, type Range, rangeOf, size, without } from './ranges.ts';
import type { Verdict } from './verdict.ts';

export type Protocol = 'tcp' | 'udp';
export type Direction = 'ingress' | 'egress';

/** The other end of a connection, and the names by which a rule may mean it. */
export interface Peer {
  /** After “from” and “to”. */
  label: Text;
  /** The same for peers that are one. */
  key: string;
  ranges: readonly Range[];
  /** The same as blocks, for a rule that would let it through. */
  cidrs: readonly string[];
  /** Its security groups; undefined where nobody knows them. */
  groups: readonly string[] | undefined;
  /** Prefix lists that hold it. */
  lists: readonly string[];
}

/** What a connection is judged by. */
export interface Passing {
  groups: readonly string[] | undefined;
  direction: Direction;
  peer: Peer;
  protocol: Protocol;
  port: number;
  way: string;
  subnets: readonly string[];
  /** Whether what lets only a part through is a failure: of a page that everybody should reach. */
  isForAll?: boolean;
}

interface Answer {
  admission: Admission;
  refusal?: Refusal | undefined;
  /** Prefix lists whose entries would decide. */
  lists: string[];
  /** The blocks that let something through. */
  cidrs: string[];
}

const NUMBERS: Record<Protocol, string> = { tcp: '6', udp: '17' };

export const isProtocol = (value: Json | undefined, protocol: Protocol): boolean =>
  [protocol, NUMBERS[protocol], '-1'].includes(String(value));

/** Without ports, all of them. “Security group rules”, Amazon EC2 User Guide. */
function concerns(rule: { [key: string]: Json }, protocol: Protocol, port: number): boolean {
  if (!isProtocol(rule.ipProtocol, protocol)) return false;
  const { fromPort: from, toPort: to } = rule;
  if (String(rule.ipProtocol) === '-1' || typeof from !== 'number' || from === -1) return true;
  return from <= port && port <= (typeof to === 'number' ? to : from);
}

/**
 * What the groups of an interface let through: all their rules together, each of which allows. Rules for IPv6 say nothing
 * of IPv4. “Security groups for your VPC”, Amazon VPC User Guide.
 */
export function admitted(
  network: Network,
  groups: readonly Resource[],
  { direction, peer, protocol, port }: Passing,
): Answer {
  const [property, end] =
    direction === 'ingress' ? ['securityGroupIngress', 'source'] : ['securityGroupEgress', 'destination'];
  let refused = [...peer.ranges];
  const answer: Answer = { admission: 'none', lists: [], cidrs: [] };
  let isUnread = false;
  for (const group of groups) {
    const rules = objectsOf(seenOf(group)[property]);
    if (!rules) {
      isUnread = true;
      answer.refusal ??= detailRefused(group);
    }
    for (const rule of rules ?? []) {
      if (!concerns(rule, protocol, port)) continue;
      const group = textOf(rule[`${end}SecurityGroupId`]);
      const list = textOf(rule[`${end}PrefixListId`]);
      const cidr = textOf(rule.cidrIp);
      const range = cidr === undefined ? undefined : rangeOf(cidr);
      if (cidr !== undefined && range) {
        const left = without(refused, range);
        if (size(left) < size(refused)) answer.cidrs.push(cidr);
        refused = left;
      }
      if (group !== undefined) {
        if (peer.groups?.includes(group)) return { ...answer, admission: 'all' };
        if (peer.groups === undefined) isUnread = true;
      }
      if (list !== undefined) {
        if (peer.lists.includes(list)) return { ...answer, admission: 'all' };
        if (!isOfOthers(network, list)) answer.lists.push(list);
      }
    }
  }
  const by = admission(peer.ranges, refused);
  if (by === 'all') return { ...answer, admission: 'all' };
  return { ...answer, admission: isUnread || answer.lists.length > 0 ? 'unread' : by };
}

/** Lists of which it is known what they hold, and that the peer is not it. */
const isOfOthers = (network: Network, list: string): boolean =>
  network.gatewayOfList(list) !== undefined || isCloudFrontList(list, network.near.region);

/** Whether the groups of an interface let a connection through. Nothing where no group filters. */
export function groupVerdict(network: Network, passing: Passing): Verdict[] {
  const { groups, direction, peer, protocol, port, way, subnets } = passing;
  if (groups?.length === 0) return [];
  const what = `${protocol.toUpperCase()} ${port}`;
  const base = {
    id: 'security-group-blocks',
    topic: `${direction} ${groups?.join() ?? '?'} ${what} ${peer.key}`,
    way,
    subnets,
  } as const;
  const traffic = trafficOf(direction, what, peer.label);
  if (groups === undefined)
    return [
      {
        ...base,
        result: 'unknown',
        text: say(
          `Les groupes de sécurité qui filtrent ${traffic.noun.fr} ne sont pas connus`,
          `The security groups that filter ${traffic.noun.en} are not known`,
        ),
      },
    ];
  const found = groups.map((id) => network.find('AWS::EC2::SecurityGroup', id));
  const seen = found.flatMap(({ resource }) => resource ?? []);
  const answer = admitted(network, seen, passing);
  const isUnseen = seen.length < groups.length;
  const names = codes(groups);
  const refusal = answer.refusal ?? found.find((one) => one.refusal)?.refusal;
  const verdict = { ...base, at: seen[0], read: seen, values: valuesOf(passing, seen[0]) };
  if (answer.admission === 'all')
    return [{ ...verdict, result: 'pass', text: traffic.good(names, groups.length) }];
  if (answer.admission === 'unread' || isUnseen) {
    const why =
      answer.lists.length > 0
        ? say(
            `le contenu de ${codes(answer.lists).fr} n’est pas connu`,
            `what ${codes(answer.lists).en} holds is not known`,
          )
        : say('certaines de leurs règles n’ont pas été lues', 'not all of their rules were read');
    return [
      {
        ...verdict,
        result: 'unknown',
        text: say(
          `Rien ne dit si ${traffic.noun.fr} est ${traffic.by.fr} ${names.fr}\u00a0: ${why.fr}`,
          `Whether ${traffic.noun.en} is ${traffic.by.en} ${names.en} is not known: ${why.en}`,
        ),
        refusal,
      },
    ];
  }
  if (answer.admission === 'none')
    return [{ ...verdict, result: 'fail', text: traffic.bad(names, groups.length) }];
  const only = codes(answer.cidrs);
  return [
    {
      ...verdict,
      result: passing.isForAll ? 'fail' : 'unknown',
      certainty: 'probable',
      values: { ...verdict.values, admittedCidrs: answer.cidrs },
      text: say(
        `${traffic.noun.fr} n’est ${traffic.by.fr} ${names.fr} que pour une partie des adresses\u00a0: ${only.fr}`,
        `${traffic.noun.en} is ${traffic.by.en} ${names.en} for a part of the addresses only: ${only.en}`,
      ),
    },
  ];
}

function trafficOf(direction: Direction, what: string, peer: Text) {
  const isIn = direction === 'ingress';
  const end = say(isIn ? `depuis ${peer.fr}` : `vers ${peer.fr}`, isIn ? `from ${peer.en}` : `to ${peer.en}`);
  const passing = say(`${what} ${end.fr}`, `${what} ${end.en}`);
  return {
    noun: passing,
    /** Before the names of those that let it through or not. */
    by: isIn ? say('admis par', 'let in by') : say('permis en sortie par', 'let out by'),
    good: (names: Text, count: number): Text => {
      const [one, many] = isIn ? ['admet', 'admettent'] : ['laisse sortir', 'laissent sortir'];
      return count === 1
        ? say(
            `Le groupe de sécurité ${names.fr} ${one} ${passing.fr}`,
            `Security group ${names.en} lets ${isIn ? 'in' : 'out'} ${passing.en}`,
          )
        : say(
            `Les groupes de sécurité ${names.fr} ${many} ${passing.fr}`,
            `Security groups ${names.en} let ${isIn ? 'in' : 'out'} ${passing.en}`,
          );
    },
    bad: (names: Text, count: number): Text => {
      const refuses = isIn ? 'n’admet pas' : 'ne laisse pas sortir';
      return count === 1
        ? say(
            `Le groupe de sécurité ${names.fr} ${refuses} ${passing.fr}`,
            `Security group ${names.en} does not let ${isIn ? 'in' : 'out'} ${passing.en}`,
          )
        : say(
            `Aucun des groupes de sécurité ${names.fr} ${refuses.replace(' pas', '')} ${passing.fr}`,
            `None of the security groups ${names.en} lets ${isIn ? 'in' : 'out'} ${passing.en}`,
          );
    },
  };
}

/** What a rule that lets it through would say. */
function valuesOf({ groups, direction, peer, protocol, port }: Passing, group: Resource | undefined) {
  const vpc = group && textOf(seenOf(group).vpcId);
  const [peerGroup] = peer.groups ?? [];
  const [list] = peer.lists;
  return {
    groupId: groups?.[0] ?? '',
    groups: [...(groups ?? [])],
    direction,
    protocol,
    port,
    ...(peerGroup !== undefined && { peerGroupId: peerGroup }),
    ...(list !== undefined && { peerPrefixListId: list }),
    peerCidrs: [...peer.cidrs],
    ...(vpc !== undefined && { vpcId: vpc }),
    ...(group?.region !== undefined && { region: group.region }),
  };
}

/** The public internet, as far as IPv4 reaches. */
export const internetPeer = (lists: readonly string[] = []): Peer => ({
  label: say('Internet', 'the internet'),
  key: 'internet',
  ranges: INTERNET,
  cidrs: ['0.0.0.0/0'],
  groups: [],
  lists,
});
