import type { Json } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { type DraftChange, read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { PROTOCOL_NUMBERS, peersOf, portsOf, shownPorts } from '../traffic.ts';

/** Numbers from here on are AWS's own. Amazon VPC User Guide, “Network ACL rules”. */
const LAST = 32_767;

/** An entry of a network ACL that lets the traffic through, before the one that refuses it. */
export const networkAclBlocks = defineRemedy({
  for: ['network-acl-blocks'],
  plan(problem) {
    const acl = problem.text('acl');
    const isOut = problem.maybe('egress') === true || problem.maybeText('direction') === 'egress';
    const ports = portsOf(problem);
    const peers = peersOf(problem, isOut ? 'egress' : 'ingress');
    const numbers = freeNumbers(problem, acl, isOut, peers.length);
    const [name, shown] = [code(problem.nameOf(acl)), shownPorts(ports)];
    return [
      {
        title: say(
          `Laisser ${isOut ? 'sortir' : 'entrer'} ${shown} dans la liste ${name}`,
          `Let ${shown} ${isOut ? 'out of' : 'into'} the list ${name}`,
        ),
        reason: say(
          `La liste de contrôle réseau ${name} refuse ce trafic. L’entrée ajoutée vient avant celle qui refuse.`,
          `The network ACL ${name} refuses this traffic. The entry that is added comes before the one that refuses.`,
        ),
        risk: 'none',
        duration: say('aussitôt', 'at once'),
        changes: peers.map((peer, index) =>
          allow(problem, { acl, isOut, number: numbers[index] ?? 0, peer, ...ports }),
        ),
        proofs: [],
        provides: problem.provided('network'),
      },
    ];
  },
});

/** Numbers that no entry has, the nearest before the one that refuses. */
function freeNumbers(problem: Problem, acl: string, isOut: boolean, count: number): number[] {
  const entries = problem.all('AWS::EC2::NetworkAcl').find(({ name, id }) => name === acl || id === acl)
    ?.properties.entries;
  const taken = new Set(
    (Array.isArray(entries) ? entries : []).flatMap((one) =>
      typeof one === 'object' && one !== null && !Array.isArray(one) && (one.egress === true) === isOut
        ? Number(one.ruleNumber)
        : [],
    ),
  );
  const told = problem.maybeNumber('freeRuleNumber');
  const refusing = problem.maybeNumber('ruleNumber');
  const own = [...taken].filter((number) => number < LAST);
  // what only the last entry refuses is let through after all others
  const from =
    told ?? (refusing === undefined || refusing >= LAST ? Math.max(90, ...own) + 10 : refusing - 1);
  const free: number[] = [];
  for (let number = Math.min(from, LAST - 1); number > 0 && free.length < count; number--)
    if (!taken.has(number)) free.push(number);
  if (free.length < count || (told === undefined && entries === undefined && refusing === undefined))
    problem.lacks('ruleNumber');
  return free;
}

interface Entry {
  acl: string;
  isOut: boolean;
  number: number;
  peer: string;
  protocol: string;
  fromPort: number;
  toPort: number;
}

function allow(
  problem: Problem,
  { acl, isOut, number, peer, protocol, fromPort, toPort }: Entry,
): DraftChange {
  const { region } = problem;
  const Protocol = PROTOCOL_NUMBERS[protocol] ?? protocol;
  const block: Record<string, Json> = peer.includes(':') ? { Ipv6CidrBlock: peer } : { CidrBlock: peer };
  const range: Record<string, Json> = protocol === '-1' ? {} : { PortRange: { From: fromPort, To: toPort } };
  const place = { NetworkAclId: acl, RuleNumber: number, Egress: isOut };
  const fields = ['Protocol', 'RuleAction', 'CidrBlock', 'Ipv6CidrBlock', 'PortRange'];
  const query = `NetworkAcls[0].Entries[?RuleNumber==\`${number}\` && Egress==${literal(isOut)}] | [0].{${fields.map((one) => `${one}: ${one}`).join(', ')}}`;
  return {
    write: write('ec2', 'CreateNetworkAclEntry', region, {
      ...place,
      Protocol,
      RuleAction: 'allow',
      ...block,
      ...range,
    }),
    state: read('ec2', 'DescribeNetworkAcls', region, { NetworkAclIds: [acl] }, query),
    after: {
      Protocol,
      RuleAction: 'allow',
      CidrBlock: null,
      Ipv6CidrBlock: null,
      PortRange: null,
      ...block,
      ...range,
    },
    undo: write('ec2', 'DeleteNetworkAclEntry', region, place),
    // a number that is taken meanwhile is nobody's to overwrite
    expects: { query: '@', equals: null },
  };
}
