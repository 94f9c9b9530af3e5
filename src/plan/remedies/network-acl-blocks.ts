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
    const free = freeNumbers(problem, acl, isOut);
    const numberFor = (peer: string): number => {
      const use = JSON.stringify([peer, ports]);
      const number = problem.claim(`${acl} ${isOut ? 'egress' : 'ingress'}`, use, free);
      if (number === undefined) problem.lacks('ruleNumber');
      return number ?? 0;
    };
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
        changes: peers.map((peer) => allow(problem, { acl, isOut, number: numberFor(peer), peer, ...ports })),
        proofs: [],
        provides: problem.provided('network'),
      },
    ];
  },
});

/** Numbers that no entry has, the nearest before the one that refuses first; empty where the entries were not read. */
function freeNumbers(problem: Problem, acl: string, isOut: boolean): number[] {
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
  if (told === undefined && entries === undefined && refusing === undefined) return [];
  const own = [...taken].filter((number) => number < LAST);
  // what only the last entry refuses is let through after all others
  const isLast = refusing === undefined || refusing >= LAST;
  const from = Math.min(told ?? (isLast ? Math.max(90, ...own) + 10 : refusing - 1), LAST - 1);
  const down = Array.from({ length: Math.min(from, MOST_TRIED) }, (_, index) => from - index);
  return down.filter((number) => !taken.has(number));
}

/** Numbers that are looked at for one that is free: an ACL has some forty entries at most (Amazon VPC quotas). */
const MOST_TRIED = 200;

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
