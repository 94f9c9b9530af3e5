import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** Whether what needs the route are tasks alone, which an internet gateway would do nothing for. */
function isOfPrivateTasks(problem: Problem): boolean {
  const ways = problem.maybe('ways');
  const isOfTasks =
    Array.isArray(ways) && ways.length > 0 && ways.every((way) => `${way}`.startsWith('task-'));
  return isOfTasks && problem.maybe('assignPublicIp') !== 'ENABLED';
}

/** A NAT gateway of the VPC that works. */
const natOf = (problem: Problem): string =>
  problem.maybeText('usableNatGateway') ?? problem.text('natGateway');

/**
 * A subnet without a way out. A table that a load balancer's subnets use leads to the internet gateway; one of tasks without
 * a public address to a NAT gateway, where there is one.
 */
export const routeMissing = defineRemedy({
  for: ['route-missing'],
  plan(problem) {
    const { region } = problem;
    const table = problem.text('routeTable');
    const destination =
      problem.maybeText('destination') ?? problem.maybeText('destinationCidrBlock') ?? '0.0.0.0/0';
    const nat = problem.maybeText('natGateway') ?? (isOfPrivateTasks(problem) ? natOf(problem) : undefined);
    const target = nat ?? problem.text('gateway');
    const member = target.startsWith('nat-') ? 'NatGatewayId' : 'GatewayId';
    const isV6 = destination.includes(':');
    const place = {
      RouteTableId: table,
      [isV6 ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock']: destination,
    };
    const field = isV6 ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
    const [name, shown, way] = [code(problem.nameOf(table)), code(destination), code(target)];
    return [
      {
        title: say(
          `Ajouter à ${name} une route ${shown} par ${way}`,
          `Add a route ${shown} by ${way} to ${name}`,
        ),
        reason: say(
          `Les sous-réseaux de la table ${name} n’ont pas de chemin vers ${shown}\u00a0: rien n’en sort, et rien de ce qui y entre n’a de réponse.`,
          `The subnets of the table ${name} have no way to ${shown}: nothing goes out, and nothing that comes in is answered.`,
        ),
        risk: 'none',
        ...(nat !== undefined && {
          cost: say(
            '0,045\u00a0USD environ par Go qui passe par la passerelle NAT',
            'about 0.045 USD for each GB through the NAT gateway',
          ),
        }),
        duration: say('aussitôt', 'at once'),
        changes: [
          {
            write: write('ec2', 'CreateRoute', region, { ...place, [member]: target }),
            state: read(
              'ec2',
              'DescribeRouteTables',
              region,
              { RouteTableIds: [table] },
              `RouteTables[0].Routes[?${field}==${literal(destination)}] | [0].${member}`,
            ),
            after: target,
            undo: write('ec2', 'DeleteRoute', region, place),
            expects: { query: '@', equals: null },
          },
        ],
        proofs: [],
        provides: problem.provided('network'),
      },
    ];
  },
});
