import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { say } from '../checks.ts';
import { seenOf } from '../graph.ts';
import { detailRefused, isShared, type Network, type Route, routesOf, textOf, textsOf } from './network.ts';
import { common, INTERNET, INTERNET_CIDR, rangeOf, size } from './ranges.ts';
import type { Verdict } from './verdict.ts';

/** How a subnet's traffic for the internet leaves it. */
export interface WayOut {
  verdicts: Verdict[];
  table?: Resource;
  /** What leads it out: an internet gateway, a NAT gateway, or what nobody looks into. */
  by: 'internet-gateway' | 'nat-gateway' | 'other' | 'none' | 'unread';
  nat?: Resource;
  /** The subnet of the NAT gateway, from which it goes on. */
  natSubnet?: Resource;
}

const IGW = 'AWS::EC2::InternetGateway';
const NAT = 'AWS::EC2::NatGateway';

const isDefault = ({ destination }: Route): boolean => destination === INTERNET_CIDR;
const isGone = ({ state }: Route): boolean => state === 'blackhole';

/** Routes that may take a part of what goes to the internet, and that are not the default one. */
function isPartOfInternet({ destination = '', target = '' }: Route): boolean {
  if (destination.startsWith('pl-')) return !target.startsWith('vpce-');
  const range = rangeOf(destination);
  return range !== undefined && target !== 'local' && size(common(INTERNET, range)) > 0;
}

const IPV6_INTERNET = '::/0';

/** Whether the subnet has IPv6, as far as it was read, and a route that leads it to the internet. */
function leadsOverIpv6(subnet: Resource, routes: readonly Route[]): boolean {
  const blocks = textsOf(seenOf(subnet).ipv6CidrBlocks);
  return (
    blocks?.length !== 0 && routes.some((route) => route.destination === IPV6_INTERNET && !isGone(route))
  );
}

interface Traced {
  network: Network;
  subnet: Resource;
  way: string;
  /** Whose subnet is cut off: the own one, or those that a NAT gateway serves. */
  subnets: readonly string[];
}

/** The default route of a subnet, with each of its links. */
export function wayOut(traced: Traced): WayOut {
  const { network, subnet, way, subnets } = traced;
  const { resource: table, refusal } = network.tableOf(subnet);
  const base = { id: 'route-missing', way, subnets } as const;
  const routes = table && routesOf(table);
  if (!table || !routes)
    return {
      by: 'unread',
      ...(table && { table }),
      verdicts: [
        {
          ...base,
          result: 'unknown',
          topic: `${table?.name ?? subnet.name} unread`,
          at: table ?? subnet,
          text: table
            ? say(
                `Les routes de la table ${code(table.name)} n’ont pas été lues`,
                `The routes of table ${code(table.name)} were not read`,
              )
            : say(
                `La table de routage du sous-réseau ${code(subnet.name)} n’a pas été vue`,
                `The route table of subnet ${code(subnet.name)} was not seen`,
              ),
          refusal: refusal ?? detailRefused(table),
        },
      ],
    };
  const route = routes.find(isDefault);
  const others = routes.filter((one) => !isDefault(one) && !isGone(one) && isPartOfInternet(one));
  const verdict = { ...base, at: table, topic: `${table.name} out`, values: valuesOf(traced, table, route) };
  if (!route)
    return {
      by: others.length > 0 || leadsOverIpv6(subnet, routes) ? 'other' : 'none',
      table,
      verdicts: [
        others.length === 0 && leadsOverIpv6(subnet, routes)
          ? {
              ...verdict,
              result: 'unknown',
              text: say(
                `La table ${code(table.name)} ne mène à Internet qu’en IPv6\u00a0: rien ne dit si ce qui est demandé y répond`,
                `Table ${code(table.name)} leads to the internet over IPv6 only: whether what is asked for answers there is not known`,
              ),
            }
          : others.length > 0
            ? {
                ...verdict,
                result: 'unknown',
                text: say(
                  `La table ${code(table.name)} n’a pas de route par défaut, mais en a vers des parties d’Internet`,
                  `Table ${code(table.name)} has no default route, but some to parts of the internet`,
                ),
              }
            : {
                ...verdict,
                result: 'fail',
                text: say(
                  `La table de routage ${code(table.name)} n’a pas de route vers Internet (${code(INTERNET_CIDR)})`,
                  `Route table ${code(table.name)} has no route to the internet (${code(INTERNET_CIDR)})`,
                ),
              },
      ],
    };
  const out = alongRoute(traced, table, route, verdict);
  if (others.length === 0) return out;
  // a more specific route may take what is asked for
  return {
    ...out,
    verdicts: out.verdicts.map((one) => (one.result === 'fail' ? { ...one, result: 'unknown' } : one)),
  };
}

type Base = Pick<Verdict, 'id' | 'way' | 'subnets' | 'at' | 'topic' | 'values'>;

function alongRoute(traced: Traced, table: Resource, route: Route, verdict: Base): WayOut {
  const { target = '' } = route;
  const good = (by: WayOut['by'], text: Text): WayOut => ({
    by,
    table,
    verdicts: [{ ...verdict, result: 'pass', text }],
  });
  const leads = say(
    `La table de routage ${code(table.name)} mène à Internet par ${code(target)}`,
    `Route table ${code(table.name)} leads to the internet by ${code(target)}`,
  );
  if (target.startsWith('nat-')) {
    const nat = natVerdicts(traced, table, route);
    const own: Verdict[] = [{ ...verdict, result: 'pass', text: leads }];
    return { by: 'nat-gateway', table, ...nat, verdicts: [...own, ...nat.verdicts] };
  }
  if (isGone(route))
    return {
      by: target.startsWith('igw-') ? 'internet-gateway' : 'other',
      table,
      verdicts: [
        {
          ...verdict,
          result: 'fail',
          text: say(
            `La route de ${code(table.name)} vers Internet mène à ${code(target || '?')}, qui n’est plus là (${code('blackhole')})`,
            `The route of ${code(table.name)} to the internet leads to ${code(target || '?')}, which is gone (${code('blackhole')})`,
          ),
        },
      ],
    };
  if (target.startsWith('igw-')) {
    const attached = attachedTo(traced, target);
    if (attached === true) return good('internet-gateway', leads);
    return {
      by: 'internet-gateway',
      table,
      verdicts: [
        attached === false
          ? {
              ...verdict,
              result: 'fail',
              text: say(
                `La route de ${code(table.name)} vers Internet mène à ${code(target)}, qui n’est pas attachée au VPC`,
                `The route of ${code(table.name)} to the internet leads to ${code(target)}, which is not attached to the VPC`,
              ),
            }
          : {
              ...verdict,
              result: 'unknown',
              text: say(
                `La passerelle Internet ${code(target)} n’a pas été vue`,
                `Internet gateway ${code(target)} was not seen`,
              ),
              refusal: traced.network.unseen(IGW),
            },
      ],
    };
  }
  return {
    by: 'other',
    table,
    verdicts: [
      {
        ...verdict,
        result: 'unknown',
        text: say(
          `La table de routage ${code(table.name)} mène à Internet par ${code(target || '?')}, dont la suite n’est pas lue`,
          `Route table ${code(table.name)} leads to the internet by ${code(target || '?')}; what comes after it is not read`,
        ),
      },
    ],
  };
}

/** Undefined where nobody knows. */
function attachedTo({ network, subnet }: Traced, gateway: string): boolean | undefined {
  const { resource } = network.find(IGW, gateway);
  if (!resource) return network.unseen(IGW) === undefined && !isShared(subnet) ? false : undefined;
  const vpcs = seenOf(resource).vpcs;
  return Array.isArray(vpcs) ? vpcs.includes(seenOf(subnet).vpcId ?? null) : undefined;
}

/** A NAT gateway leads out when it is available, public, and its own subnet leads to an internet gateway. */
function natVerdicts(
  traced: Traced,
  table: Resource,
  { target = '', state }: Route,
): Pick<WayOut, 'verdicts' | 'nat' | 'natSubnet'> {
  const { network, way, subnets } = traced;
  const { resource: nat, refusal } = network.find(NAT, target);
  const base = {
    id: 'nat-gateway-unusable',
    way,
    subnets,
    at: nat ?? table,
    topic: target,
    values: {
      ...valuesOf(traced, table, { target }),
      natGatewayId: target,
    },
  } as const;
  const told = (result: Verdict['result'], text: Text, more: Partial<Verdict> = {}) => ({
    verdicts: [{ ...base, result, text, ...more }],
    ...(nat && { nat }),
  });
  const name = code(target);
  if (!nat && (state === 'blackhole' || (refusal === undefined && !isShared(traced.subnet))))
    return told(
      'fail',
      say(
        `La table de routage ${code(table.name)} mène à Internet par la passerelle NAT ${name}, qui n’existe plus`,
        `Route table ${code(table.name)} leads to the internet by NAT gateway ${name}, which is gone`,
      ),
    );
  if (!nat)
    return told(
      'unknown',
      say(`La passerelle NAT ${name} n’a pas été vue`, `NAT gateway ${name} was not seen`),
      { refusal },
    );
  const seen = seenOf(nat);
  const is = textOf(seen.state)?.toLowerCase();
  // one with an address of the internet is public, also where its type is not told
  const kind =
    textOf(seen.connectivityType)?.toLowerCase() ??
    ((textsOf(seen.publicIps) ?? []).length > 0 ? 'public' : undefined);
  if ((is !== undefined && is !== 'available') || state === 'blackhole')
    return told(
      'fail',
      say(
        `La passerelle NAT ${name} n’est pas utilisable (${code(is === 'available' || is === undefined ? 'blackhole' : is)})`,
        `NAT gateway ${name} cannot be used (${code(is === 'available' || is === undefined ? 'blackhole' : is)})`,
      ),
      // it may be usable in a minute
      is === 'pending' ? { certainty: 'probable' } : {},
    );
  if (kind === 'private')
    return told(
      'fail',
      say(
        `La passerelle NAT ${name} est privée\u00a0: elle ne mène pas à Internet`,
        `NAT gateway ${name} is private: it does not lead to the internet`,
      ),
    );
  const id = textOf(seen.subnetId);
  const natSubnet = id === undefined ? undefined : network.subnet(id).resource;
  if (is === undefined || kind === undefined || !natSubnet)
    return told(
      'unknown',
      say(
        `L’état ou le sous-réseau de la passerelle NAT ${name} n’a pas été lu`,
        `The state or the subnet of NAT gateway ${name} was not read`,
      ),
      { refusal: detailRefused(nat) ?? (id === undefined ? undefined : network.subnet(id).refusal) },
    );
  const own = onward(traced, natSubnet);
  if (own === 'private')
    return told(
      'fail',
      say(
        `La passerelle NAT ${name} est dans ${code(natSubnet.name)}, qui ne mène pas à une passerelle Internet`,
        `NAT gateway ${name} is in ${code(natSubnet.name)}, which does not lead to an internet gateway`,
      ),
    );
  const { verdicts } = told(
    'pass',
    say(`La passerelle NAT ${name} est disponible`, `NAT gateway ${name} is available`),
  );
  return { verdicts: [...verdicts, ...own], nat, natSubnet };
}

/** How it goes on from the subnet of a NAT gateway; `private` where a NAT gateway would have to lead out of it. */
function onward(traced: Traced, natSubnet: Resource): Verdict[] | 'private' {
  const { network } = traced;
  const table = network.tableOf(natSubnet).resource;
  const route = table && routesOf(table)?.find(isDefault);
  if (route?.target?.startsWith('nat-')) return 'private';
  return wayOut({ ...traced, subnet: natSubnet }).verdicts;
}

/** What a route that leads out would say: the gateways to which it may lead. */
function valuesOf(
  { network, subnet }: Traced,
  table: Resource,
  route: Route | undefined,
): Record<string, Json> {
  const { vpcId, availabilityZone } = seenOf(subnet);
  const vpc = textOf(vpcId);
  const nats = vpc === undefined ? [] : network.inVpc(NAT, vpc).filter(isUsable);
  const near = nats.find((one) => {
    const id = textOf(seenOf(one).subnetId);
    const zone = id === undefined ? undefined : network.subnet(id).resource;
    return zone !== undefined && seenOf(zone).availabilityZone === availabilityZone;
  });
  const nat = near ?? nats[0];
  const [gateway] = vpc === undefined ? [] : network.inVpc(IGW, vpc);
  const open = vpc === undefined ? [] : publicSubnets(network, vpc);
  return {
    routeTableId: table.name,
    destinationCidrBlock: INTERNET_CIDR,
    ...(route?.target !== undefined && { target: route.target }),
    ...(nat && { usableNatGatewayId: nat.name }),
    ...(gateway && { internetGatewayId: gateway.name }),
    ...(open.length > 0 && { publicSubnets: open.map(({ name }) => name) }),
    ...(vpc !== undefined && { vpcId: vpc }),
    ...(table.region !== undefined && { region: table.region }),
  };
}

/** Where a NAT gateway may stand. */
const publicSubnets = (network: Network, vpc: string): Resource[] =>
  network.once(`public ${vpc}`, () =>
    network.inVpc('AWS::EC2::Subnet', vpc).filter((subnet) => {
      const table = network.tableOf(subnet).resource;
      const route = table && routesOf(table)?.find(isDefault);
      return route?.target?.startsWith('igw-') === true && !isGone(route);
    }),
  );

const isUsable = (nat: Resource): boolean => {
  const { state, connectivityType } = seenOf(nat);
  return state === 'available' && connectivityType !== 'private';
};
