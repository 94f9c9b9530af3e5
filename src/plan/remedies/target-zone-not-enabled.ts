import { code, codes } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { withItems } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

const SUBNET = 'AWS::EC2::Subnet';

/** A load balancer sends nothing to targets in a zone that it is not in: a subnet of that zone is added to its own. */
export const targetZoneNotEnabled = defineRemedy({
  for: ['target-zone-not-enabled'],
  plan(problem) {
    const { region } = problem;
    const loadBalancer = problem.text('loadBalancer');
    const zones = codes(problem.texts('zones'));
    const added = addedSubnets(problem);
    const all = withItems(added);
    const name = code(problem.nameOf(loadBalancer));
    return [
      {
        title: say(`Activer la zone ${zones.fr} sur ${name}`, `Enable zone ${zones.en} on ${name}`),
        reason: say(
          `Des cibles sont dans ${zones.fr}, où ${name} n’est pas\u00a0: il ne leur envoie rien.`,
          `Targets are in ${zones.en}, where ${name} is not: it sends them nothing.`,
        ),
        risk: 'none',
        cost: say(
          'une adresse IPv4 publique de plus pour chaque zone si le répartiteur est public (environ 3,65\u00a0USD par mois)',
          'one more public IPv4 address for each zone where the load balancer is public (about 3.65 USD a month)',
        ),
        duration: say('quelques minutes', 'a few minutes'),
        changes: [
          {
            write: write('elbv2', 'SetSubnets', region, {
              LoadBalancerArn: loadBalancer,
              Subnets: { $before: all },
            }),
            state: read(
              'elbv2',
              'DescribeLoadBalancers',
              region,
              { LoadBalancerArns: [loadBalancer] },
              'sort(LoadBalancers[0].AvailabilityZones[].SubnetId)',
            ),
            after: { $before: `sort(${all})` },
            undo: write('elbv2', 'SetSubnets', region, {
              LoadBalancerArn: loadBalancer,
              Subnets: { $before: '@' },
            }),
            within: 120,
          },
        ],
        proofs: [],
        alone: `subnets of ${loadBalancer}`,
      },
    ];
  },
});

/** One subnet for each zone that is not enabled; those that the check tells may be the load balancer's own. */
function addedSubnets(problem: Problem): string[] {
  const balancer = problem.known(problem.maybeText('loadBalancer'));
  const own = new Set(listOf(balancer?.properties.subnets));
  const zones = problem.texts('zones');
  const told = listOf(problem.maybe('subnets')).filter((id) => !own.has(id));
  if (balancer && told.length === zones.length) return told;
  const isPublic = balancer?.properties.scheme === 'internet-facing';
  const leadingOut = new Set(
    problem
      .all('AWS::EC2::RouteTable')
      .filter(({ properties }) => JSON.stringify(properties.routes ?? []).includes('"igw-'))
      .flatMap(({ properties }) => listOf(properties.subnets)),
  );
  const chosen = zones.flatMap((zone) => {
    const fit = problem
      .all(SUBNET)
      .filter(
        ({ name, properties }) =>
          properties.availabilityZone === zone &&
          properties.vpcId === balancer?.properties.vpcId &&
          !own.has(name) &&
          (!isPublic || leadingOut.has(name)),
      );
    // of several, which one is meant is not known
    return fit.length === 1 && fit[0] ? [fit[0].name] : [];
  });
  if (chosen.length < zones.length) problem.lacks('subnets');
  return chosen;
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
