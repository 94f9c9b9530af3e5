import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { say } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import { edgeOfNat, edgeToInternet, endOf } from './edges.ts';
import { type Asked, gatewayEndpoint, interfaceEndpoint, type Judged } from './endpoints.ts';
import { clientPortsOf, type Interfaces } from './interfaces.ts';
import { groupsOf, isShared, type Network, networkOf, routesOf, textOf } from './network.ts';
import { groupVerdict, internetPeer } from './security-groups.ts';
import { doubted, fails, isSound, type NetworkSide, sidesOf, type Verdict, wayOf } from './verdict.ts';
import { wayOut } from './way-out.ts';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const HTTPS = 443;

/** A service of AWS that is asked for. */
export interface ServiceRequest {
  /** As VPC endpoints call it: `ecr.api`, `secretsmanager`, `logs`. */
  service: string;
  region: string;
  /** What is asked of it, for the policies of endpoints: `secretsmanager:GetSecretValue`. */
  actions?: readonly string[];
  /** The ARN that it is asked for. */
  resource?: string;
  /** 443 unless told otherwise. */
  port?: number;
}

/**
 * Whether interfaces reach a service of AWS: by an endpoint of their VPC that takes the traffic, else by their way out to
 * the internet. Every blocker of the way that is taken is told.
 */
export const toService = (graph: Graph, ends: Interfaces, request: ServiceRequest): NetworkSide[] =>
  toServices(graph, ends, [request]);

/** The same of several services, with what is the same for them told once. */
export function toServices(
  graph: Graph,
  ends: Interfaces,
  requests: readonly ServiceRequest[],
): NetworkSide[] {
  const network = networkOf(graph, ends);
  const ways = requests.flatMap((request) => ends.subnets.map((id) => ({ id, request })));
  const verdicts = ways.flatMap(({ id, request }) => fromSubnet(network, ends, id, request));
  return sidesOf(
    verdicts,
    ways.map(({ id, request }) => wayOf(request.service, id)),
  );
}

/** Whether interfaces reach a host on the public internet: a registry that is not the account's. */
export function toInternet(graph: Graph, ends: Interfaces, port = HTTPS): NetworkSide[] {
  const network = networkOf(graph, ends);
  const verdicts = ends.subnets.flatMap((id) => {
    const way = wayOf('internet', id);
    const { resource: subnet, refusal } = network.subnet(id);
    return subnet
      ? publicVerdicts({ network, ends, subnet, port, way }).verdicts
      : [unseenSubnet(id, way, refusal)];
  });
  return sidesOf(
    verdicts,
    ends.subnets.map((id) => wayOf('internet', id)),
  );
}

const unseenSubnet = (id: string, way: string, refusal: Verdict['refusal']): Verdict => ({
  id: 'route-missing',
  result: 'unknown',
  topic: `${id} unseen`,
  way,
  subnets: [id],
  text: say(`Le sous-réseau ${code(id)} n’a pas été vu`, `Subnet ${code(id)} was not seen`),
  refusal,
});

function fromSubnet(network: Network, ends: Interfaces, id: string, request: ServiceRequest): Verdict[] {
  const { service, region, actions = [], resource, port = HTTPS } = request;
  const way = wayOf(service, id);
  const { resource: subnet, refusal } = network.subnet(id);
  const vpc = subnet && textOf(seenOf(subnet).vpcId);
  if (!subnet || vpc === undefined) return [unseenSubnet(id, way, refusal)];
  const asked = { network, ends, subnet, vpc, service, region, actions, resource, port, way };
  const verdicts = serviceVerdicts(asked);
  return hasOwnZone(asked) ? doubted(verdicts) : verdicts;
}

/** How much of a way out there is, with what it needs at every link. */
function publicVerdicts({
  network,
  ends,
  subnet,
  port,
  way,
}: Pick<Asked, 'network' | 'ends' | 'subnet' | 'port' | 'way'>): { verdicts: Verdict[]; isMeant: boolean } {
  const subnets = [subnet.name];
  const out = wayOut({ network, subnet, way, subnets });
  const peer = internetPeer();
  const flow = { protocol: 'tcp', port, way } as const;
  const from = endOf(ends, subnet);
  const verdicts = [
    ...out.verdicts,
    ...(out.by === 'internet-gateway' ? [publicAddress(ends, subnet, way, out.table)] : []),
    ...groupVerdict(network, { ...flow, groups: ends.groups, direction: 'egress', peer, subnets }),
    ...edgeToInternet(network, { subnet, ports: clientPortsOf(ends) }, peer.label, flow),
    ...(out.natSubnet ? edgeOfNat(network, from, out.natSubnet, peer.label, flow) : []).map((edge) => ({
      ...edge,
      subnets,
    })),
  ];
  return { verdicts, isMeant: out.by !== 'none' };
}

/** An internet gateway passes on what has a public address only. “Internet gateways”, Amazon VPC User Guide. */
function publicAddress(
  { hasPublicAddress }: Interfaces,
  subnet: Resource,
  way: string,
  table: Resource | undefined,
): Verdict {
  const verdict = {
    id: 'public-ip-missing',
    topic: 'public address',
    at: subnet,
    way,
    subnets: [subnet.name],
    values: {
      ...(table && { routeTableIds: [table.name] }),
      ...(textOf(seenOf(subnet).vpcId) !== undefined && { vpcId: seenOf(subnet).vpcId as Json }),
      ...(subnet.region !== undefined && { region: subnet.region }),
    },
  } as const;
  if (hasPublicAddress === undefined)
    return {
      ...verdict,
      result: 'unknown',
      text: say(
        'Rien ne dit si une adresse IP publique est attribuée',
        'Whether a public IP address is assigned is not known',
      ),
    };
  return hasPublicAddress
    ? {
        ...verdict,
        result: 'pass',
        text: say('Une adresse IP publique est attribuée', 'A public IP address is assigned'),
      }
    : {
        ...verdict,
        result: 'fail',
        text: say(
          'Aucune adresse IP publique n’est attribuée, et le sous-réseau ne sort que par une passerelle Internet',
          'No public IP address is assigned, and the subnet leads out by an internet gateway only',
        ),
      };
}

function serviceVerdicts(asked: Asked): Verdict[] {
  const { network, vpc, service, region } = asked;
  const endpoints = network.endpointsOf(vpc, service, region);
  const ofType = (type: string) => endpoints.filter((one) => seenOf(one).vpcEndpointType === type);
  const gateways = ofType('Gateway').map((one) => gatewayEndpoint(asked, one));
  const interfaces = ofType('Interface').map((one) => interfaceEndpoint(asked, one, gateways.length > 0));
  const taking = interfaces.find(({ takes }) => takes === 'yes');
  if (taking) return taking.verdicts;
  const routed = gateways.find(({ takes }) => takes === 'yes');
  const out = routed ? { verdicts: routed.verdicts, isMeant: true } : outOf(asked);
  const refusal = network.unseen(ENDPOINT);
  const isUnseen = refusal !== undefined || isShared(asked.subnet);
  if (isUnseen && !routed) return [endpointsUnread(asked, refusal), ...doubted(out.verdicts)];
  const beside = [...interfaces, ...(routed ? [] : gateways)];
  return chosen(asked, out, beside);
}

/**
 * The way out to the internet. Where there is none and a route leads to other networks, the service may be reached by an
 * endpoint of theirs: a zone of another account may give its name an address there. “Access AWS services through a
 * centralized VPC endpoint”, AWS Prescriptive Guidance.
 */
function outOf(asked: Asked): ReturnType<typeof publicVerdicts> {
  const out = publicVerdicts(asked);
  const { resource: table } = asked.network.tableOf(asked.subnet);
  const leadsOn = (table ? (routesOf(table) ?? []) : []).some(
    ({ target, state }) => state !== 'blackhole' && /^(?:tgw-|pcx-|vgw-|arn:)/.test(target ?? ''),
  );
  return out.isMeant || !leadsOn ? out : { verdicts: doubted(out.verdicts), isMeant: true };
}

/** Which way is taken where no endpoint takes the traffic for sure: all the blockers of those that it may be. */
function chosen(
  asked: Asked,
  out: { verdicts: Verdict[]; isMeant: boolean },
  beside: readonly Judged[],
): Verdict[] {
  const of = (takes: Judged['takes']) => beside.filter((one) => one.takes === takes);
  const [possible, unused] = [of('maybe'), of('no')];
  const perhaps = possible.flatMap(({ verdicts }) => verdicts);
  const closed = unused.flatMap(({ verdicts }) => verdicts);
  if (possible.length > 0) {
    if (!out.isMeant) return [...perhaps, ...closed];
    if (fails(out.verdicts) && fails(perhaps)) return [...out.verdicts, ...perhaps];
    // whichever it is, it passes
    if (isSound(out.verdicts) && possible.every((one) => one.isSoundIfTaken))
      return [...out.verdicts, ...perhaps.filter(({ result }) => result === 'pass')];
    return doubted([...out.verdicts, ...perhaps]);
  }
  if (!fails(out.verdicts)) return out.verdicts;
  if (out.isMeant) return [...out.verdicts, ...closed.filter(({ id }) => id === 'endpoint-unreachable')];
  if (closed.length > 0) return closed;
  return isByEndpoints(asked) ? [endpointMissing(asked)] : out.verdicts;
}

/** Whether the VPC reaches services by endpoints alone: what has none is then missing one, and not a way out. */
function isByEndpoints({ network, vpc, region }: Asked): boolean {
  return (
    network.near.region === region &&
    network.inVpc('AWS::EC2::NatGateway', vpc).length === 0 &&
    network.allEndpoints(vpc).some((one) => seenOf(one).vpcEndpointType === 'Interface')
  );
}

/** Services that have endpoints in route tables. “Gateway endpoints”, AWS PrivateLink. */
const BY_ROUTE = new Set(['s3', 'dynamodb']);

function endpointMissing({ network, vpc, subnet, service, region, way }: Asked): Verdict {
  const siblings = network.allEndpoints(vpc).filter((one) => seenOf(one).vpcEndpointType === 'Interface');
  const { resource: table } = network.tableOf(subnet);
  const { resource } = network.find('AWS::EC2::VPC', vpc);
  const groups = siblings.flatMap((one) => groupsOf(one) ?? []);
  const isRouted = BY_ROUTE.has(service);
  return {
    id: 'endpoint-unreachable',
    result: 'fail',
    topic: `${service} missing`,
    at: resource,
    way,
    subnets: [subnet.name],
    ...(table && { read: [table] }),
    values: {
      service,
      serviceName: `${region.startsWith('cn-') && !isRouted ? 'cn.' : ''}com.amazonaws.${region}.${service}`,
      vpcEndpointType: isRouted ? 'Gateway' : 'Interface',
      vpcId: vpc,
      region,
      ...(table && { routeTableIds: [table.name] }),
      ...(!isRouted && groups.length > 0 && { groups: [...new Set(groups)] }),
    },
    text: say(
      `Le VPC ${code(vpc)} n’a pas de point de terminaison pour ${code(service)}, et la table de routage ${code(table?.name ?? '?')} ne mène pas à Internet`,
      `VPC ${code(vpc)} has no endpoint for ${code(service)}, and route table ${code(table?.name ?? '?')} does not lead to the internet`,
    ),
  };
}

const endpointsUnread = ({ subnet, vpc, service, way }: Asked, refusal: Verdict['refusal']): Verdict => ({
  id: 'endpoint-unreachable',
  result: 'unknown',
  topic: `${vpc} unread`,
  way,
  subnets: [subnet.name],
  text: say(
    `Rien ne dit si un point de terminaison du VPC ${code(vpc)} prend ce qui va vers ${code(service)}\u00a0: ils n’ont pas tous été vus`,
    `Whether an endpoint of VPC ${code(vpc)} takes what goes to ${code(service)} is not known: not all of them were seen`,
  ),
  refusal,
});

/** The public names of the registry's two services; of all others it is the service's own. “Amazon ECR endpoints and quotas”. */
const hostOf = (service: string, region: string): string => {
  const known: Record<string, string> = { 'ecr.api': 'api.ecr', 'ecr.dkr': 'dkr.ecr' };
  return `${known[service] ?? service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
};

/** A private zone of the account's own for the service's name may lead it anywhere. */
function hasOwnZone({ network, service, region }: Asked): boolean {
  const host = hostOf(service, region);
  return network.graph.all('AWS::Route53::HostedZone').some((zone) => {
    if (seenOf(zone).privateZone !== true) return false;
    const name = zone.name.replace(/\.$/, '').toLowerCase();
    return name === host || host.endsWith(`.${name}`) || name.endsWith(`.${host}`);
  });
}
