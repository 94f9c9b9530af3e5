import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes, type Text } from '#model/text.ts';
import { say } from '../checks.ts';
import { seenOf } from '../graph.ts';
import { edgesBetween, edgeToInternet, endOf } from './edges.ts';
import { policyVerdict } from './endpoint-policy.ts';
import { cidrsIn, clientPortsOf, type Interfaces, peerOf } from './interfaces.ts';
import { detailRefused, flagOf, groupsOf, type Network, routesOf, textOf, textsOf } from './network.ts';
import { rangesOf } from './ranges.ts';
import { groupVerdict, internetPeer, type Peer } from './security-groups.ts';
import type { Verdict } from './verdict.ts';

/** A service asked for from a subnet. */
export interface Asked {
  network: Network;
  ends: Interfaces;
  subnet: Resource;
  vpc: string;
  /** As endpoints call it: `ecr.api`. */
  service: string;
  region: string;
  actions: readonly string[];
  resource: string | undefined;
  port: number;
  way: string;
}

/** Whether traffic for the service goes to an endpoint: `maybe` where what decides it was not read. */
export interface Judged {
  takes: 'yes' | 'no' | 'maybe';
  verdicts: Verdict[];
  /** What is unread decides only whether it is taken, and all else holds. */
  isSoundIfTaken: boolean;
}

const made = (asked: Asked, endpoint: Resource) => {
  const { vpcId, serviceName, vpcEndpointType } = seenOf(endpoint);
  const values: Record<string, Json> = {
    vpcEndpointId: endpoint.name,
    service: asked.service,
    ...(serviceName !== undefined && { serviceName }),
    ...(vpcEndpointType !== undefined && { vpcEndpointType }),
    ...(vpcId !== undefined && { vpcId }),
    ...(endpoint.region !== undefined && { region: endpoint.region }),
  };
  return (result: Verdict['result'], topic: string, text: Text, more: Partial<Verdict> = {}): Verdict => ({
    id: 'endpoint-unreachable',
    result,
    topic: `${endpoint.name} ${topic}`,
    text,
    at: endpoint,
    way: asked.way,
    subnets: [asked.subnet.name],
    ...more,
    values: { ...values, ...more.values },
  });
};

/** Undefined where its state was not read. */
function stateOf(endpoint: Resource): string | undefined {
  return textOf(seenOf(endpoint).state)?.toLowerCase();
}

/** Whether it is there to answer. */
function stateVerdict(endpoint: Resource, told: ReturnType<typeof made>): Verdict | undefined {
  const state = stateOf(endpoint);
  const name = code(endpoint.name);
  if (state === 'available') return undefined;
  if (state === undefined)
    return told(
      'unknown',
      'state',
      say(
        `L’état du point de terminaison ${name} n’a pas été lu`,
        `The state of endpoint ${name} was not read`,
      ),
      { refusal: detailRefused(endpoint) },
    );
  return told(
    'fail',
    'state',
    say(
      `Le point de terminaison ${name} n’est pas disponible (${code(state)})`,
      `Endpoint ${name} is not available (${code(state)})`,
    ),
    state === 'pending' ? { certainty: 'probable' } : {},
  );
}

/**
 * Whether the public name of the service means the endpoint inside the VPC. “Private DNS” in “Access an AWS service using
 * an interface VPC endpoint”, AWS PrivateLink: it needs both DNS attributes of the VPC.
 */
function namesVerdict(asked: Asked, endpoint: Resource, told: ReturnType<typeof made>): Verdict | undefined {
  const { network, vpc } = asked;
  const { resource, refusal } = network.find('AWS::EC2::VPC', vpc);
  const seen = resource ? seenOf(resource) : {};
  const name = code(endpoint.name);
  const flags = {
    privateDnsEnabled: flagOf(seenOf(endpoint).privateDnsEnabled),
    enableDnsSupport: flagOf(seen.enableDnsSupport),
    enableDnsHostnames: flagOf(seen.enableDnsHostnames),
  };
  const off = Object.entries(flags).flatMap(([flag, is]) => (is === false ? flag : []));
  const unread = Object.entries(flags).flatMap(([flag, is]) => (is === undefined ? flag : []));
  if (off.length > 0)
    return told(
      'fail',
      'names',
      off.includes('privateDnsEnabled')
        ? say(
            `Le DNS privé du point de terminaison ${name} (${code(asked.service)}) est désactivé\u00a0: le nom public du service n’y mène pas`,
            `The private DNS of endpoint ${name} (${code(asked.service)}) is off: the public name of the service does not lead to it`,
          )
        : say(
            `Le VPC ${code(vpc)} n’a pas ${off.map(code).join(', ')}\u00a0: le DNS privé du point de terminaison ${name} (${code(asked.service)}) ne vaut pas`,
            `VPC ${code(vpc)} has no ${off.map(code).join(', ')}: the private DNS of endpoint ${name} (${code(asked.service)}) does not hold`,
          ),
      { values: { attributes: off }, ...(resource && { read: [resource] }) },
    );
  if (unread.length === 0) return undefined;
  return told(
    'unknown',
    'names',
    say(
      `Rien ne dit si le nom public de ${code(asked.service)} mène au point de terminaison ${name}\u00a0: ${unread.map(code).join(', ')} non lu`,
      `Whether the public name of ${code(asked.service)} leads to endpoint ${name} is not known: ${unread.map(code).join(', ')} not read`,
    ),
    { refusal: refusal ?? detailRefused(resource) ?? detailRefused(endpoint) },
  );
}

/**
 * An interface endpoint of the VPC. With private DNS it takes the traffic even where another way out exists.
 * @param hasGateway whether the VPC has a gateway endpoint for the same service: then it may be for resolvers alone
 */
export function interfaceEndpoint(asked: Asked, endpoint: Resource, hasGateway: boolean): Judged {
  const { network, ends, subnet, way, port } = asked;
  const told = made(asked, endpoint);
  const state = stateVerdict(endpoint, told);
  const name = namesVerdict(asked, endpoint, told);
  const stated = textsOf(seenOf(endpoint).subnetIds);
  const place =
    stated?.length === 0
      ? told(
          'fail',
          'subnets',
          say(
            `Le point de terminaison ${code(endpoint.name)} n’a d’interface dans aucun sous-réseau`,
            `Endpoint ${code(endpoint.name)} has an interface in no subnet`,
          ),
        )
      : undefined;
  const own = [state, name, place].filter((one) => one !== undefined);
  const groups = groupsOf(endpoint);
  const there = (stated ?? []).flatMap((id) => network.subnet(id).resource ?? []);
  const cidrs = there.flatMap(cidrsIn);
  // an interface in a subnet that was not seen has addresses that nobody knows
  const ranges = there.length === stated?.length ? rangesOf(cidrs) : [];
  // those that bear the same groups in the same subnets are let out to by one rule
  const names = groups && groups.length > 0 ? codes(groups) : undefined;
  const label = names
    ? say(`les points de terminaison (${names.fr})`, `the endpoints (${names.en})`)
    : say(`le point de terminaison ${code(endpoint.name)}`, `endpoint ${code(endpoint.name)}`);
  const key = names ? `endpoints ${groups?.join()} ${cidrs.join()}` : endpoint.name;
  const peer: Peer = { label, key, ranges, cidrs, groups, lists: [] };
  const passing = { protocol: 'tcp', port, way, subnets: [subnet.name] } as const;
  // without an interface there is nothing to let through
  const through = place
    ? policyVerdict(endpoint, { ...asked, subnets: [subnet.name] })
    : [
        ...groupVerdict(network, { ...passing, groups: ends.groups, direction: 'egress', peer }),
        ...groupVerdict(network, {
          ...passing,
          groups,
          direction: 'ingress',
          peer: peerOf(network, ends, subnet),
        }),
        ...edgesTo(asked, there),
        ...policyVerdict(endpoint, { ...asked, subnets: [subnet.name] }),
      ];
  const good = told(
    'pass',
    'reached',
    say(
      `Le nom public de ${code(asked.service)} mène au point de terminaison ${code(endpoint.name)}`,
      `The public name of ${code(asked.service)} leads to endpoint ${code(endpoint.name)}`,
    ),
  );
  const isOther = name?.result === 'fail';
  const isSure = name === undefined && state === undefined && !hasGateway;
  return {
    takes: isOther ? 'no' : isSure ? 'yes' : 'maybe',
    verdicts: [...(own.length > 0 ? own : [good]), ...through],
    isSoundIfTaken:
      state === undefined && place === undefined && through.every(({ result }) => result === 'pass'),
  };
}

/** A name leads to one of its interfaces: what is closed towards some of them hits some connections. */
function edgesTo({ network, ends, subnet, port, way }: Asked, there: readonly Resource[]): Verdict[] {
  const from = endOf(ends, subnet);
  const each = there.map((one) =>
    edgesBetween(
      network,
      from,
      { subnet: one, ranges: rangesOf(cidrsIn(one)), cidrs: cidrsIn(one), ports: from.ports },
      { protocol: 'tcp', port, way },
    ),
  );
  const isOpen = each.some((edges) => edges.every(({ result }) => result !== 'fail'));
  // whose the connection is, is the subnet that asks
  return each.flat().map((edge) => ({
    ...edge,
    subnets: [subnet.name],
    ...(isOpen && edge.result === 'fail' && { certainty: 'probable' as const }),
  }));
}

/** A gateway endpoint takes what routes of the subnet's table lead to it. “Gateway endpoints”, AWS PrivateLink. */
export function gatewayEndpoint(asked: Asked, endpoint: Resource): Judged {
  const { network, ends, subnet, way, port, service } = asked;
  const told = made(asked, endpoint);
  const { resource: table, refusal } = network.tableOf(subnet);
  const tables = textsOf(seenOf(endpoint).routeTableIds);
  const routes = table && routesOf(table);
  const isRouted = routes?.some(({ target }) => target === endpoint.name) === true;
  const name = code(endpoint.name);
  if (!table || (!isRouted && tables === undefined))
    return {
      takes: 'maybe',
      isSoundIfTaken: false,
      verdicts: [
        told(
          'unknown',
          'route',
          say(
            `Rien ne dit si le sous-réseau ${code(subnet.name)} mène au point de terminaison ${name} (${code(service)})`,
            `Whether subnet ${code(subnet.name)} leads to endpoint ${name} (${code(service)}) is not known`,
          ),
          { refusal: refusal ?? detailRefused(endpoint) },
        ),
      ],
    };
  if (!isRouted && !tables?.includes(table.name))
    return {
      takes: 'no',
      isSoundIfTaken: false,
      verdicts: [
        told(
          'fail',
          'route',
          say(
            `Le point de terminaison ${name} (${code(service)}) n’est pas associé à la table de routage ${code(table.name)}`,
            `Endpoint ${name} (${code(service)}) is not associated with route table ${code(table.name)}`,
          ),
          { values: { routeTableIds: [table.name] }, read: [table] },
        ),
        ...policyVerdict(endpoint, { ...asked, subnets: [subnet.name] }),
      ],
    };
  const state = stateVerdict(endpoint, told);
  const label = say(code(service), code(service));
  const flow = { protocol: 'tcp', port, way } as const;
  const peer = { ...internetPeer(network.listsOf(endpoint.name)), key: endpoint.name, label };
  const good = told(
    'pass',
    'reached',
    say(
      `La table de routage ${code(table.name)} mène à ${code(service)} par le point de terminaison ${name}`,
      `Route table ${code(table.name)} leads to ${code(service)} by endpoint ${name}`,
    ),
    { read: [table] },
  );
  const verdicts = [
    state ?? good,
    ...groupVerdict(network, {
      ...flow,
      groups: ends.groups,
      direction: 'egress',
      peer,
      subnets: [subnet.name],
    }),
    ...edgeToInternet(network, { subnet, ports: clientPortsOf(ends) }, label, flow),
    ...policyVerdict(endpoint, { ...asked, subnets: [subnet.name] }),
  ];
  return { takes: 'yes', verdicts, isSoundIfTaken: verdicts.every(({ result }) => result === 'pass') };
}
