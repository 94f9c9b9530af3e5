import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes, type Text } from '#model/text.ts';
import { say } from '../checks.ts';
import { seenOf } from '../graph.ts';
import { detailRefused, type Network, objectsOf, textOf, textsOf } from './network.ts';
import { type Admission, admission, common, type Range, rangeOf, size, without } from './ranges.ts';
import { type Direction, isProtocol, type Protocol } from './security-groups.ts';
import type { Verdict } from './verdict.ts';

/** Both ends belong to it. */
export interface Ports {
  from: number;
  to: number;
}

/** The ports to which answers come back. “Ephemeral ports”, Amazon VPC User Guide, “Network ACLs”. */
export const EPHEMERAL: Ports = { from: 1024, to: 65_535 };
/** Those of Linux hosts and of the containers on them. */
export const LINUX_EPHEMERAL: Ports = { from: 32_768, to: 60_999 };

/** What crosses the edge of a subnet. */
export interface Crossing {
  subnet: Resource;
  direction: Direction;
  protocol: Protocol;
  ports: Ports;
  /** Enough of the ports, where no more than those are sure to be used. */
  enough?: Ports;
  ranges: readonly Range[];
  cidrs: readonly string[];
  /** After “from” and “to”; the blocks themselves where it has no other name. */
  label?: Text;
  way: string;
  certainty?: 'probable' | undefined;
  /** Whether what lets only a part of the addresses through is a failure. */
  isForAll?: boolean;
}

interface Entry {
  number: number;
  isAllowed: boolean;
  range: Range;
  ports: Ports;
}

/** The rule that every list ends with, which nobody can change: it refuses. */
const LAST = 32_767;

/** Those that speak of IPv4 and of a protocol, in the order in which they are evaluated; undefined where one is not understood. */
function entriesOf(acl: Resource, direction: Direction, protocol: Protocol): Entry[] | undefined {
  const entries: Entry[] = [];
  const stated = objectsOf(seenOf(acl).entries);
  if (!stated) return undefined;
  for (const { ruleNumber, egress, ruleAction, protocol: of, cidrBlock, fromPort, toPort } of stated) {
    if (cidrBlock === undefined || (egress === true) !== (direction === 'egress')) continue;
    if (!isProtocol(of, protocol)) continue;
    const range = rangeOf(textOf(cidrBlock) ?? '');
    if (typeof ruleNumber !== 'number' || typeof ruleAction !== 'string' || !range) return undefined;
    const isAll = String(of) === '-1' || typeof fromPort !== 'number' || typeof toPort !== 'number';
    entries.push({
      number: ruleNumber,
      isAllowed: ruleAction === 'allow',
      range,
      ports: isAll ? { from: 0, to: 65_535 } : { from: fromPort, to: toPort },
    });
  }
  return entries.sort((a, b) => a.number - b.number);
}

interface Answer {
  admission: Admission;
  /** Ports of which nothing gets through. */
  refused: Ports[];
  /** The first rule that refuses. */
  rule: number;
}

/** What gets through: for each address and port, the first rule that speaks of it decides. */
export function answerOf(entries: readonly Entry[], ranges: readonly Range[], ports: Ports): Answer {
  const starts = [...new Set([ports.from, ...entries.flatMap((one) => [one.ports.from, one.ports.to + 1])])]
    .filter((port) => ports.from <= port && port <= ports.to)
    .sort((a, b) => a - b);
  let rule = LAST;
  const segments = starts.map((from, index) => {
    const to = (starts[index + 1] ?? ports.to + 1) - 1;
    let left: Range[] = [...ranges];
    let refused: Range[] = [];
    for (const entry of entries) {
      if (entry.ports.from > from || entry.ports.to < from) continue;
      const hit = common(left, entry.range);
      if (size(hit) === 0) continue;
      if (!entry.isAllowed) {
        refused = [...refused, ...hit];
        rule = Math.min(rule, entry.number);
      }
      left = without(left, entry.range);
    }
    return { from, to, admission: admission(ranges, [...refused, ...left]) };
  });
  const refused = segments.filter((one) => one.admission === 'none').map(({ from, to }) => ({ from, to }));
  const isAll = (sort: Admission) => segments.every((one) => one.admission === sort);
  return {
    admission: isAll('all') ? 'all' : isAll('none') ? 'none' : 'part',
    refused: joined(refused),
    rule,
  };
}

function joined(ports: readonly Ports[]): Ports[] {
  const all: Ports[] = [];
  for (const next of ports) {
    const last = all.at(-1);
    if (last && last.to + 1 === next.from) last.to = next.to;
    else all.push({ ...next });
  }
  return all;
}

const portsText = ({ from, to }: Ports): string => (from === to ? `${from}` : `${from}-${to}`);

/** Whether the list at the edge of a subnet lets something cross it. Lists keep no state: answers are judged as well. */
export function aclVerdict(network: Network, crossing: Crossing): Verdict {
  const { subnet, direction, protocol, ports, enough, ranges, cidrs, label, way, certainty } = crossing;
  const { resource: acl, refusal } = network.aclOf(subnet);
  const base = { id: 'network-acl-blocks', way, subnets: [subnet.name] } as const;
  const what = whatOf(crossing, cidrs);
  const entries =
    acl &&
    network.once(`entries ${acl.id} ${direction} ${protocol}`, () => entriesOf(acl, direction, protocol));
  if (!acl || !entries || ranges.length === 0)
    return {
      ...base,
      result: 'unknown',
      topic: `${acl?.name ?? subnet.name} unread`,
      at: acl ?? subnet,
      text: acl
        ? say(
            `Rien ne dit si la liste de contrôle réseau ${code(acl.name)} laisse passer ${what.fr}\u00a0: ses règles ou les adresses n’ont pas été lues`,
            `Whether network ACL ${code(acl.name)} lets ${what.en} through is not known: its rules or the addresses were not read`,
          )
        : say(
            `La liste de contrôle réseau du sous-réseau ${code(subnet.name)} n’a pas été vue`,
            `The network ACL of subnet ${code(subnet.name)} was not seen`,
          ),
      refusal: refusal ?? detailRefused(acl),
    };
  const answer = answerOf(entries, ranges, ports);
  const isEnough =
    answer.admission === 'all' ||
    (enough !== undefined && answerOf(entries, ranges, enough).admission === 'all');
  if (isEnough)
    return {
      ...base,
      result: 'pass',
      // both directions and all peers of one list are one line of a report
      topic: `${acl.name} open`,
      isSummary: true,
      at: acl,
      values: { networkAclId: acl.name },
      text: say(
        `La liste de contrôle réseau ${code(acl.name)} laisse passer l’aller et le retour`,
        `Network ACL ${code(acl.name)} lets requests and answers through`,
      ),
    };
  const name = code(acl.name);
  const by =
    answer.rule === LAST ? say('aucune règle ne l’admet', 'no rule allows it') : ruleText(answer.rule);
  const values = valuesOf(acl, crossing, entries, answer);
  const verdict = {
    ...base,
    // what is refused from several subnets is one failure
    topic: `${acl.name} ${direction} ${protocol} ${portsText(ports)} ${label?.en ?? ''}`,
    at: acl,
    values,
  };
  if (answer.admission === 'none')
    return {
      ...verdict,
      result: 'fail',
      certainty,
      text: (merged) => {
        const all = whatOf(crossing, textsOf(merged.cidrs) ?? cidrs);
        return say(
          `La liste de contrôle réseau ${name} refuse ${all.fr}\u00a0: ${by.fr}`,
          `Network ACL ${name} refuses ${all.en}: ${by.en}`,
        );
      },
    };
  const isPorts = answer.refused.length > 0;
  const some = answer.refused.map(portsText).join(', ');
  return {
    ...verdict,
    result: isPorts || crossing.isForAll ? 'fail' : 'unknown',
    certainty: 'probable',
    text: (merged) => {
      const all = whatOf(crossing, textsOf(merged.cidrs) ?? cidrs);
      return isPorts
        ? say(
            `La liste de contrôle réseau ${name} refuse une partie de ${all.fr}\u00a0: ${some}`,
            `Network ACL ${name} refuses a part of ${all.en}: ${some}`,
          )
        : say(
            `La liste de contrôle réseau ${name} ne laisse passer ${all.fr} que pour une partie des adresses`,
            `Network ACL ${name} lets ${all.en} through for a part of the addresses only`,
          );
    },
  };
}

function whatOf({ direction, protocol, ports, label }: Crossing, cidrs: readonly string[]): Text {
  const what = `${protocol.toUpperCase()} ${portsText(ports)}`;
  const end = label ?? codes(cidrs);
  return direction === 'ingress'
    ? say(`${what} depuis ${end.fr}`, `${what} from ${end.en}`)
    : say(`${what} vers ${end.fr}`, `${what} to ${end.en}`);
}

const ruleText = (rule: number): Text => say(`règle ${rule}`, `rule ${rule}`);

/** How many entries may be added for what one list refuses. */
const FREE = 10;

/** What an entry that lets it through would say, with numbers that are free and come before what refuses. */
function valuesOf(
  acl: Resource,
  { direction, protocol, ports, cidrs }: Crossing,
  entries: readonly Entry[],
  { rule, refused }: Answer,
): Record<string, Json> {
  const taken = new Set(
    (objectsOf(seenOf(acl).entries) ?? []).flatMap(({ egress, ruleNumber }) =>
      (egress === true) === (direction === 'egress') && typeof ruleNumber === 'number' ? [ruleNumber] : [],
    ),
  );
  const last = Math.max(0, ...entries.map(({ number }) => number).filter((number) => number < LAST));
  const first = rule === LAST ? Math.min(last + FREE, LAST - 1) : rule - 1;
  const free: number[] = [];
  for (let number = first; number > 0 && free.length < FREE; number -= 1)
    if (!taken.has(number)) free.push(number);
  const vpc = textOf(seenOf(acl).vpcId);
  return {
    networkAclId: acl.name,
    direction,
    protocol,
    fromPort: ports.from,
    toPort: ports.to,
    cidrs: [...cidrs],
    ...(rule !== LAST && { ruleNumber: rule }),
    freeRuleNumbers: free,
    ...(refused.length > 0 && { refusedPorts: refused.map(portsText) }),
    ...(vpc !== undefined && { vpcId: vpc }),
    ...(acl.region !== undefined && { region: acl.region }),
  };
}
