import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A route to a NAT gateway that does not work. Where another one of the VPC works, the route is led to it; to make one is
 * a choice with a price, as the endpoints are that would do without.
 */
export const natGatewayUnusable = defineRemedy({
  for: ['nat-gateway-unusable'],
  plan(problem) {
    const { region } = problem;
    const table = problem.text('routeTable');
    const [bad, other] = gatewaysOf(problem);
    const destination = '0.0.0.0/0';
    const name = code(problem.nameOf(table));
    if (other === undefined) problem.lacks('natGateway');
    const to = (NatGatewayId: string | { $before: string }) =>
      write('ec2', 'ReplaceRoute', region, {
        RouteTableId: table,
        DestinationCidrBlock: destination,
        NatGatewayId,
      });
    return [
      {
        title: say(
          `Diriger ${name} vers une passerelle NAT qui fonctionne`,
          `Lead ${name} to a NAT gateway that works`,
        ),
        reason: say(
          `La passerelle ${code(bad)} ne laisse rien sortir. Sans autre passerelle, deux voies\u00a0: en créer une dans un sous-réseau public (environ 33\u00a0USD par mois et 0,045\u00a0USD par Go), ou des points de terminaison pour ECR, S3 et les journaux (environ 7\u00a0USD par mois, par service et par zone\u00a0; S3 gratuit).`,
          `The gateway ${code(bad)} lets nothing out. Without another one there are two ways: to make one in a public subnet (about 33 USD a month and 0.045 USD for each GB), or endpoints for ECR, S3 and logs (about 7 USD a month, for each service and zone; S3 is free).`,
        ),
        risk: 'none',
        duration: say('aussitôt', 'at once'),
        changes: [
          {
            write: to(other ?? ''),
            state: read(
              'ec2',
              'DescribeRouteTables',
              region,
              { RouteTableIds: [table] },
              `RouteTables[0].Routes[?DestinationCidrBlock==${literal(destination)}] | [0].NatGatewayId`,
            ),
            after: other ?? '',
            undo: to({ $before: '@' }),
            expects: { query: '@', equals: bad },
          },
        ],
        proofs: [],
        provides: problem.provided('network'),
      },
    ];
  },
});

/** The one that does not work, and one that does: of the same VPC, available, and with a public address. */
function gatewaysOf(problem: Problem): [string, string | undefined] {
  const bad = problem.text('natGateway');
  const vpc = problem.maybeText('vpc');
  const told = problem.maybeText('better') ?? problem.maybeText('expected');
  const others = problem
    .all('AWS::EC2::NatGateway')
    .filter(
      ({ name, properties }) =>
        name !== bad &&
        properties.vpcId === vpc &&
        properties.state === 'available' &&
        properties.connectivityType !== 'private',
    );
  return [bad, told ?? (vpc !== undefined && others.length === 1 ? others[0]?.name : undefined)];
}
