import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { say } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import { edgesBetween, endOf } from './edges.ts';
import { type Interfaces, peerOf, rangesIn } from './interfaces.ts';
import { detailRefused, Network, type Route, routesOf, textOf } from './network.ts';
import { common, INTERNET, type Range, rangeOf, rangesOf, size, without } from './ranges.ts';
import { groupVerdict, type Peer, type Protocol } from './security-groups.ts';
import { doubted, type NetworkSide, sidesOf, type Verdict, wayOf } from './verdict.ts';

const NEED = 'between';

/**
 * Whether connections from some interfaces reach others, and answers get back: what the groups of the one let out, what
 * those of the other let in, and the lists at the edges of both subnets. Inside a VPC a route is always there.
 * @param to with addresses and no subnets: those of the account that hold them
 */
export function between(
  graph: Graph,
  from: Interfaces,
  to: Interfaces,
  { port, protocol = 'tcp' }: { port: number; protocol?: Protocol },
): NetworkSide[] {
  const { account, region } = from;
  const network = new Network(graph, {
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  });
  const there = to.subnets.length > 0 ? to : { ...to, subnets: holding(network, to.addresses ?? []) };
  const pairs = from.subnets.flatMap((a) => there.subnets.map((b) => [a, b] as const));
  if (there.subnets.length === 0) {
    const ways = from.subnets.map((a) => wayOf(NEED, a));
    return sidesOf(
      from.subnets.flatMap((a) => outside(network, from, there, a, { port, protocol })),
      ways,
    );
  }
  return sidesOf(
    pairs.flatMap(([a, b]) => ofPair(network, from, there, [a, b], { port, protocol })),
    pairs.map(([a, b]) => wayOf(NEED, a, b)),
  );
}

interface What {
  port: number;
  protocol: Protocol;
}

const holding = (network: Network, addresses: readonly string[]): string[] => {
  const asked = rangesOf(addresses);
  const { account, region } = network.near;
  return network.graph
    .all('AWS::EC2::Subnet')
    .filter(
      (one) =>
        (account === undefined || one.account === account) && (region === undefined || one.region === region),
    )
    .flatMap((one) => {
      const range = rangeOf(textOf(seenOf(one).cidrBlock) ?? '');
      return range && size(asked.flatMap((each) => common([each], range))) > 0 ? one.name : [];
    });
};

function ofPair(
  network: Network,
  from: Interfaces,
  to: Interfaces,
  [a, b]: readonly [string, string],
  what: What,
): Verdict[] {
  const way = wayOf(NEED, a, b);
  const [here, there] = [network.subnet(a), network.subnet(b)];
  if (!here.resource || !there.resource) {
    const id = here.resource ? b : a;
    return [
      {
        id: 'route-missing',
        result: 'unknown',
        topic: `${id} unseen`,
        way,
        subnets: [id],
        text: say(`Le sous-réseau ${code(id)} n’a pas été vu`, `Subnet ${code(id)} was not seen`),
        refusal: here.refusal ?? there.refusal,
      },
    ];
  }
  const flow = { ...what, way };
  const leaving = groupVerdict(network, {
    ...flow,
    groups: from.groups,
    direction: 'egress',
    peer: peerOf(network, to, there.resource),
    subnets: [a],
  });
  const arriving = groupVerdict(network, {
    ...flow,
    groups: to.groups,
    direction: 'ingress',
    peer: peerOf(network, from, here.resource),
    subnets: [b],
  });
  const edges = edgesBetween(network, endOf(from, here.resource), endOf(to, there.resource), flow);
  const isOne = seenOf(here.resource).vpcId === seenOf(there.resource).vpcId;
  if (isOne) return [...leaving, ...arriving, ...edges];
  return [
    routeVerdict(network, here.resource, rangesIn(to, there.resource), way),
    ...leaving,
    // what stands between two networks may present other addresses
    ...doubted([...arriving, ...edges]),
  ];
}

/** To addresses of which no subnet was seen: what can be told is what happens on this side. */
function outside(network: Network, from: Interfaces, to: Interfaces, a: string, what: What): Verdict[] {
  const way = wayOf(NEED, a);
  const { resource: subnet, refusal } = network.subnet(a);
  const addresses = to.addresses ?? [];
  if (!subnet || addresses.length === 0)
    return [
      {
        id: 'route-missing',
        result: 'unknown',
        topic: `${a} unseen`,
        way,
        subnets: [a],
        text: say('Le réseau de l’autre bout n’est pas connu', 'The network of the other end is not known'),
        refusal,
      },
    ];
  const ranges = rangesOf(addresses);
  const peer: Peer = {
    label: codes(addresses),
    key: addresses.join(),
    ranges,
    cidrs: addresses,
    groups: to.groups,
    lists: [],
  };
  return [
    routeVerdict(network, subnet, ranges, way),
    ...groupVerdict(network, {
      ...what,
      way,
      groups: from.groups,
      direction: 'egress',
      peer,
      subnets: [a],
    }),
  ];
}

/** The most specific of the routes that hold all of some addresses. “Route priority”, Amazon VPC User Guide. */
function routeOf(routes: readonly Route[], ranges: readonly Range[]): Route | undefined {
  return routes
    .flatMap((route) => {
      const range = rangeOf(route.destination ?? '');
      return range && ranges.every((one) => size(without([one], range)) === 0) ? { route, range } : [];
    })
    .sort((x, y) => size([x.range]) - size([y.range]))[0]?.route;
}

const GATEWAYS = /^(?:igw|nat|eigw)-/;

/** A route out of the VPC: where it leads on is read by nobody. */
function routeVerdict(network: Network, subnet: Resource, ranges: readonly Range[], way: string): Verdict {
  const { resource: table, refusal } = network.tableOf(subnet);
  const routes = table && routesOf(table);
  const base = { id: 'route-missing', way, subnets: [subnet.name], at: table ?? subnet } as const;
  const topic = `${table?.name ?? subnet.name} beyond`;
  if (!table || !routes || ranges.length === 0)
    return {
      ...base,
      topic,
      result: 'unknown',
      text: say(
        `Les routes du sous-réseau ${code(subnet.name)} n’ont pas été lues`,
        `The routes of subnet ${code(subnet.name)} were not read`,
      ),
      refusal: refusal ?? detailRefused(table),
    };
  const route = routeOf(routes, ranges);
  const values = {
    routeTableId: table.name,
    ...(route?.target !== undefined && { target: route.target }),
    ...(textOf(seenOf(table).vpcId) !== undefined && { vpcId: textOf(seenOf(table).vpcId) ?? '' }),
    ...(table.region !== undefined && { region: table.region }),
  };
  const isPrivate = ranges.every((one) => size(common(INTERNET, one)) === 0);
  const isList = routes.some(({ destination }) => destination?.startsWith('pl-'));
  const isNone = !route || (isPrivate && GATEWAYS.test(route.target ?? ''));
  if (isNone && !isList)
    return {
      ...base,
      topic,
      values,
      result: 'fail',
      text: say(
        `La table de routage ${code(table.name)} n’a pas de route vers l’autre réseau`,
        `Route table ${code(table.name)} has no route to the other network`,
      ),
    };
  if (route?.state === 'blackhole')
    return {
      ...base,
      topic,
      values,
      result: 'fail',
      text: say(
        `La route de ${code(table.name)} vers l’autre réseau mène à ${code(route.target ?? '?')}, qui n’est plus là (${code('blackhole')})`,
        `The route of ${code(table.name)} to the other network leads to ${code(route.target ?? '?')}, which is gone (${code('blackhole')})`,
      ),
    };
  if (route?.target === 'local')
    return {
      ...base,
      topic,
      values,
      result: 'pass',
      text: say(
        `L’adresse est dans le VPC de la table ${code(table.name)}`,
        `The address is in the VPC of table ${code(table.name)}`,
      ),
    };
  return {
    ...base,
    topic,
    values,
    result: 'unknown',
    text: say(
      `La table de routage ${code(table.name)} mène à l’autre réseau par ${code(route?.target ?? '?')}, dont l’autre côté n’est pas lu`,
      `Route table ${code(table.name)} leads to the other network by ${code(route?.target ?? '?')}, whose other side is not read`,
    ),
  };
}
