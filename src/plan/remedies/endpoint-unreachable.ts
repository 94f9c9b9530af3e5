import type { Json } from '#model/fact.ts';
import { code, codes } from '#model/text.ts';
import { type DraftStep, read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { authorize } from '../traffic.ts';

/** A service that tasks need and that nothing leads to: by the endpoint that is there, or by one that is made. */
export const endpointUnreachable = defineRemedy({
  for: ['endpoint-unreachable'],
  plan(problem) {
    if (problem.maybe('endpoint') !== undefined) return [admit(problem)];
    if (problem.maybe('vpcEndpoint') === undefined) return [create(problem)];
    const attributes = problem.maybe('attributes');
    if (Array.isArray(attributes)) return [lead(problem, attributes.map(String))];
    // one that failed, or that has no interface, is for a person to look at
    return problem.maybe('routeTableIds') === undefined ? [] : [associate(problem)];
  },
});

const endpointState = (problem: Problem, endpoint: string, query: string) =>
  read(
    'ec2',
    'DescribeVpcEndpoints',
    problem.region,
    { VpcEndpointIds: [endpoint] },
    `VpcEndpoints[0]${query}`,
  );

/** Names of a service that do not lead to its endpoint: what keeps them from it is switched on. */
function lead(problem: Problem, attributes: readonly string[]): DraftStep {
  const { region } = problem;
  const [endpoint, vpc] = [problem.text('vpcEndpoint'), problem.text('vpc')];
  const isOfVpc = !attributes.includes('privateDnsEnabled');
  const shown = code(isOfVpc ? vpc : endpoint);
  const names = codes(attributes);
  const changes = attributes.map((attribute): DraftStep['changes'][number] => {
    if (attribute === 'privateDnsEnabled') {
      const set = (PrivateDnsEnabled: Json) =>
        write('ec2', 'ModifyVpcEndpoint', region, { VpcEndpointId: endpoint, PrivateDnsEnabled });
      return {
        write: set(true),
        state: endpointState(problem, endpoint, '.PrivateDnsEnabled'),
        after: true,
        undo: set({ $before: '@' }),
        within: 300,
      };
    }
    const member = `${attribute.charAt(0).toUpperCase()}${attribute.slice(1)}`;
    const set = (Value: Json) =>
      write('ec2', 'ModifyVpcAttribute', region, { VpcId: vpc, [member]: { Value } });
    return {
      write: set(true),
      state: read(
        'ec2',
        'DescribeVpcAttribute',
        region,
        { VpcId: vpc, Attribute: attribute },
        `${member}.Value`,
      ),
      after: true,
      undo: set({ $before: '@' }),
    };
  });
  return {
    title: say(`Activer ${names.fr} sur ${shown}`, `Switch ${names.en} on for ${shown}`),
    reason: say(
      'Le nom public du service ne mène pas à son point de terminaison, qui est pourtant là.',
      'The public name of the service does not lead to its endpoint, although that is there.',
    ),
    risk: 'none',
    duration: say('quelques minutes', 'a few minutes'),
    changes,
    proofs: [],
    provides: problem.provided('network'),
  };
}

/** A gateway endpoint takes what the tables of routes lead to it. AWS PrivateLink Guide, “Gateway endpoints”. */
function associate(problem: Problem): DraftStep {
  const [endpoint, tables] = [problem.text('vpcEndpoint'), problem.texts('routeTableIds')];
  const names = codes(tables);
  const shown = code(problem.maybeText('serviceName') ?? endpoint);
  const change = (member: 'AddRouteTableIds' | 'RemoveRouteTableIds') =>
    write('ec2', 'ModifyVpcEndpoint', problem.region, { VpcEndpointId: endpoint, [member]: tables });
  return {
    title: say(
      `Associer ${names.fr} au point de terminaison de ${shown}`,
      `Associate ${names.en} with the endpoint of ${shown}`,
    ),
    reason: say(
      `Le point de terminaison ${code(endpoint)} est là, et la table des tâches n’y mène pas.`,
      `The endpoint ${code(endpoint)} is there, and the table of the tasks does not lead to it.`,
    ),
    risk: 'none',
    duration: say('aussitôt', 'at once'),
    changes: [
      {
        write: change('AddRouteTableIds'),
        state: endpointState(
          problem,
          endpoint,
          `.RouteTableIds[?${tables.map((one) => `@==${literal(one)}`).join(' || ')}] | sort(@)`,
        ),
        after: [...tables].sort(),
        undo: change('RemoveRouteTableIds'),
        expects: { query: '@', equals: [] },
      },
    ],
    proofs: [],
    provides: problem.provided('network'),
  };
}

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

/** Those that are told together, else the one that is told. */
const several = (problem: Problem, all: string, one: string): string[] =>
  problem.maybe(all) === undefined ? [problem.text(one)] : problem.texts(all);

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
            ? { RouteTableIds: several(problem, 'routeTableIds', 'routeTable') }
            : {
                SubnetIds: problem.texts('subnets'),
                SecurityGroupIds: several(problem, 'groups', 'group'),
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
