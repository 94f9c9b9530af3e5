import { code } from '#model/text.ts';
import { type DraftStep, read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { authorize } from '../traffic.ts';

/** A service that tasks need and that nothing leads to: by the endpoint that is there, or by one that is made. */
export const endpointUnreachable = defineRemedy({
  for: ['endpoint-unreachable'],
  plan: (problem) => [problem.maybe('endpoint') === undefined ? create(problem) : admit(problem)],
});

/** An endpoint whose group lets nobody in: HTTPS from those that need it. */
function admit(problem: Problem): DraftStep {
  const [group, peer] = [problem.text('group'), problem.text('source')];
  const [endpoint, service] = [problem.text('endpoint'), problem.maybeText('serviceName')];
  const shown = code(service ?? endpoint);
  return {
    title: say(
      `Laisser entrer HTTPS depuis ${code(peer)} dans le point de terminaison de ${shown}`,
      `Let HTTPS from ${code(peer)} into the endpoint of ${shown}`,
    ),
    reason: say(
      `Le point de terminaison ${code(endpoint)} existe, mais son groupe ${code(group)} ne laisse pas entrer les tâches.`,
      `The endpoint ${code(endpoint)} is there, but its group ${code(group)} does not let the tasks in.`,
    ),
    risk: 'none',
    duration: say('aussitôt', 'at once'),
    changes: [
      authorize(problem, { group, direction: 'ingress', peer, protocol: 'tcp', fromPort: 443, toPort: 443 }),
    ],
    proofs: [],
    provides: problem.provided('network'),
  };
}

/** Services that have an endpoint in route tables, which costs nothing. AWS PrivateLink Guide, “Gateway endpoints”. */
const BY_ROUTE = /\.(?:s3|dynamodb)$/;

function create(problem: Problem): DraftStep {
  const { region } = problem;
  const [serviceName, vpc] = [problem.text('serviceName'), problem.text('vpc')];
  const isByRoute = BY_ROUTE.test(serviceName);
  const endpoints = (query: string) =>
    read(
      'ec2',
      'DescribeVpcEndpoints',
      region,
      {
        Filters: [
          { Name: 'vpc-id', Values: [vpc] },
          { Name: 'service-name', Values: [serviceName] },
        ],
      },
      `VpcEndpoints[?VpcId==${literal(vpc)} && ServiceName==${literal(serviceName)} && State!='deleting' && State!='deleted']${query}`,
    );
  const VpcEndpointType = isByRoute ? 'Gateway' : 'Interface';
  return {
    title: say(
      `Créer dans ${code(vpc)} un point de terminaison pour ${code(serviceName)}`,
      `Create an endpoint for ${code(serviceName)} in ${code(vpc)}`,
    ),
    reason: say(
      'Les tâches n’ont aucun chemin vers ce service. Une passerelle NAT en donnerait un vers tous, pour environ 33\u00a0USD par mois et 0,045\u00a0USD par Go.',
      'Tasks have no way to this service. A NAT gateway would give one to all, for about 33 USD a month and 0.045 USD for each GB.',
    ),
    risk: 'none',
    ...(!isByRoute && {
      cost: say(
        'environ 7\u00a0USD par mois et par zone, et 0,01\u00a0USD par Go',
        'about 7 USD a month for each zone, and 0.01 USD for each GB',
      ),
    }),
    duration: say('quelques minutes', 'a few minutes'),
    changes: [
      {
        write: write('ec2', 'CreateVpcEndpoint', region, {
          VpcEndpointType,
          VpcId: vpc,
          ServiceName: serviceName,
          ...(isByRoute
            ? { RouteTableIds: [problem.text('routeTable')] }
            : {
                SubnetIds: problem.texts('subnets'),
                SecurityGroupIds: [problem.text('group')],
                PrivateDnsEnabled: true,
              }),
        }),
        state: endpoints('.VpcEndpointType'),
        after: [VpcEndpointType],
        undo: write(
          'ec2',
          'DeleteVpcEndpoints',
          region,
          { VpcEndpointIds: [{ $find: 'endpoint' }] },
          { finds: { endpoint: endpoints(' | [0].VpcEndpointId') } },
        ),
        expects: { query: '@', equals: [] },
        within: 300,
      },
    ],
    proofs: [],
    provides: problem.provided('network'),
  };
}
