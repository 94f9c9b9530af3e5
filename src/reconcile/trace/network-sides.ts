import { parseArn } from '#lib/arn.ts';
import { parseImageReference } from '#lib/image-reference.ts';
import type { Json } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, seenOf } from './graph.ts';
import { type Arrival, askerOf, type HopSide, type Sought } from './hop.ts';
import { bindingTo } from './hops/bindings.ts';
import { BALANCER, DISTRIBUTION } from './hops/front-doors.ts';
import { TARGET_GROUP } from './hops/routing.ts';
import { SERVICE } from './hops/target-group.ts';
import { loggingOf } from './logs.ts';
import { between } from './network/between.ts';
import { fromInternet } from './network/from-internet.ts';
import { type Interfaces, interfacesOf } from './network/interfaces.ts';
import { INTERNET_CIDR } from './network/ranges.ts';
import { toRegistry } from './network/to-registry.ts';
import { type ServiceRequest, toServices } from './network/to-service.ts';
import type { NetworkSide } from './network/verdict.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from './values.ts';

/** What is reached from where; failures of one way explain what follows from it. */
export type Way =
  | 'internet-to-balancer'
  | 'balancer-to-target'
  | 'task-to-registry'
  | 'task-to-secrets'
  | 'task-to-logs';

/** Whether a hop is reached by what comes before it, and reaches what it needs. */
export function networkSides(arrival: Arrival, graph: Graph): HopSide[] {
  switch (arrival.resource.kind) {
    case BALANCER:
      return gathered(graph, [['internet-to-balancer', toBalancer(arrival, graph)]]);
    case TARGET_GROUP:
      return gathered(graph, [['balancer-to-target', toTargets(arrival, graph)]]);
    case SERVICE:
      return gathered(graph, ofTasks(arrival.resource, graph), tasksOf(arrival.resource));
    default:
      return [];
  }
}

/** The checks of several ways, those on one thing together; one that several ways have alike is told once. */
function gathered(
  graph: Graph,
  ways: readonly (readonly [Way, readonly NetworkSide[]])[],
  holder: Record<string, Json> = {},
): HopSide[] {
  const sides = new Map<string, { resource?: string; checks: Map<string, Check> }>();
  for (const [way, own] of ways)
    for (const { resource, checks } of own) {
      const side = sides.get(resource ?? '') ?? {
        ...(resource !== undefined && { resource }),
        checks: new Map(),
      };
      sides.set(resource ?? '', side);
      for (const check of checks) {
        const key = `${check.id}\n${check.result}\n${check.text.en}`;
        const known = side.checks.get(key);
        const others = known ? asTexts(known.values?.ways) : [];
        side.checks.set(key, {
          ...(known ?? check),
          values: { ...check.values, ...holder, ways: [...others, way] },
        });
      }
    }
  return [...sides.values()].map(({ checks, ...side }) => ({
    ...side,
    role: 'network',
    checks: [...checks.values()],
    sought: soughtOn(graph, side.resource),
  }));
}

/** Whether names are answered inside a VPC is a detail of it. */
function soughtOn(graph: Graph, id: string | undefined): Sought[] {
  const resource = id === undefined ? undefined : graph.get(id);
  const vpc =
    resource && (resource.kind === 'AWS::EC2::VPC' ? resource.name : asText(seenOf(resource).vpcId));
  const region = resource?.region;
  return vpc === undefined
    ? []
    : [{ kind: 'AWS::EC2::VPC', name: vpc, ...(region !== undefined && { region }) }];
}

const undecided = (check: Check): Check =>
  check.result === 'fail' ? { ...check, result: 'unknown' } : check;

function toBalancer(arrival: Arrival, graph: Graph): NetworkSide[] {
  const { resource, request, passed } = arrival;
  const ends = interfacesOf(graph, resource);
  if (!ends || seenOf(resource).scheme !== 'internet-facing') return [];
  const source = askerOf(arrival)?.kind === DISTRIBUTION ? 'cloudfront' : 'internet';
  // where the name is served elsewhere, a CDN of somebody else may stand before it
  const isForAll = passed.length > 0;
  const sides = fromInternet(graph, ends, { port: request.port, source, isForAll });
  // one that has no IPv4 address for clients is reached over IPv6, which is not told here
  // what lets in the addresses of Cloudflare alone lets in what Cloudflare asks
  return askerOf(arrival)?.kind === 'Cloudflare::Zone' ||
    seenOf(resource).ipAddressType === 'dualstack-without-public-ipv4'
    ? sides.map((side) => ({ ...side, checks: side.checks.map(undecided) }))
    : sides;
}

/** From the load balancer to what the group sends to: tasks with interfaces of their own, or hosts. */
function toTargets({ resource, from }: Arrival, graph: Graph): NetworkSide[] {
  const seen = seenOf(resource);
  const ends = from?.kind === BALANCER ? sourceOf(graph, from, seen.targetGroupAttributes) : undefined;
  if (!ends) return [];
  const fixed = asNumber(seen.healthCheckPort);
  const services = graph.into(resource, 'registers-in', SERVICE);
  const ofServices = services.flatMap((service): [Interfaces, number][] => {
    const own = interfacesOf(graph, service);
    const port = asNumber(bindingTo(service, resource)?.containerPort);
    if (!own || port === undefined) return [];
    return [
      [own, port],
      // a port on which no container listens is wrong whatever the network lets through
      ...(fixed !== undefined && exposes(graph, service, fixed)
        ? [[own, fixed] as [Interfaces, number]]
        : []),
    ];
  });
  const ofHosts = asObjects(seen.targets).flatMap(({ id, port }): [Interfaces, number][] => {
    const host =
      seen.targetType === 'instance' ? graph.named('AWS::EC2::Instance', asText(id) ?? '') : undefined;
    const own = host && interfacesOf(graph, host);
    const at = asNumber(port);
    if (!own || at === undefined) return [];
    return [...new Set([at, ...(fixed === undefined ? [] : [fixed])])].map((one) => [own, one]);
  });
  const known = ofServices.length > 0 ? ofServices : ofHosts;
  return known.flatMap(([to, port]) => between(graph, ends, to, { port }));
}

/** Whether a container of a service's tasks takes what comes to a port, as far as its definition was read. */
function exposes(graph: Graph, service: Resource, port: number): boolean {
  const definition = graph.out(service, 'uses-task-definition', 'AWS::ECS::TaskDefinition')[0];
  const containers = definition && seenOf(definition).containers;
  const exposed = asObjects(containers).flatMap(({ ports }) => (Array.isArray(ports) ? ports : []));
  return exposed.includes(port);
}

/** Whom targets see: the load balancer, or its clients where it keeps their addresses. */
function sourceOf(graph: Graph, balancer: Resource, attributes: unknown): Interfaces | undefined {
  const ends = interfacesOf(graph, balancer);
  if (!ends || seenOf(balancer).type !== 'network') return ends;
  const keeps = isObject(attributes as never)
    ? (attributes as Record<string, unknown>)['preserve_client_ip.enabled']
    : undefined;
  if (keeps === 'true') return { ...ends, sources: [INTERNET_CIDR] };
  // which of the two it is was not read
  return keeps === 'false' ? ends : undefined;
}

/** Whose tasks they are: what is wrong with their network may be mended on the service. */
function tasksOf(service: Resource): Record<string, Json> {
  const { assignPublicIp } = seenOf(service);
  return {
    service: service.name,
    ...(service.scope !== undefined && { cluster: service.scope }),
    ...(assignPublicIp !== undefined && { assignPublicIp }),
  };
}

/** What tasks need before their first line: image, secrets, logs. On hosts, it is the host that reads them. */
function ofTasks(service: Resource, graph: Graph): [Way, NetworkSide[]][] {
  const seen = seenOf(service);
  const ends = interfacesOf(graph, service);
  const isFargate =
    seen.launchType === 'FARGATE' || asTexts(seen.capacityProviders).some((one) => one.startsWith('FARGATE'));
  const definition = graph.out(service, 'uses-task-definition', 'AWS::ECS::TaskDefinition')[0];
  if (!ends || !isFargate || !definition) return [];
  const containers = asObjects(seenOf(definition).containers);
  const images = containers.flatMap(({ image }) => parseImageReference(asText(image) ?? '') ?? []);
  const registries = new Map(images.map((one) => [`${one.registry ?? ''} ${one.repository}`, one]));
  const secrets = containers.flatMap(({ secretsFrom }) =>
    asObjects(secretsFrom).flatMap(({ valueFrom }) => secretRequest(asText(valueFrom), service.region) ?? []),
  );
  const logs = containers.flatMap((container): ServiceRequest[] => {
    const { group, region = service.region } = loggingOf(container);
    return group === undefined || region === undefined
      ? []
      : [{ service: 'logs', region, actions: ['logs:CreateLogStream', 'logs:PutLogEvents'] }];
  });
  return [
    [
      'task-to-registry',
      [...registries.values()].flatMap(({ registry = 'registry-1.docker.io', repository }) =>
        toRegistry(graph, ends, { host: registry, repository }),
      ),
    ],
    ['task-to-secrets', toServices(graph, ends, distinct(secrets))],
    ['task-to-logs', toServices(graph, ends, distinct(logs))],
  ];
}

const distinct = (requests: readonly ServiceRequest[]): ServiceRequest[] => [
  ...new Map(requests.map((one) => [JSON.stringify(one), one])).values(),
];

/** A secret or a parameter, by its ARN; a parameter of the same region by its name alone (ECS API Reference, Secret). */
function secretRequest(from: string | undefined, region: string | undefined): ServiceRequest | undefined {
  if (from === undefined) return undefined;
  const arn = parseArn(from);
  const place = arn?.region ?? region;
  if (place === undefined) return undefined;
  return arn?.service === 'secretsmanager'
    ? { service: 'secretsmanager', region: place, actions: ['secretsmanager:GetSecretValue'], resource: from }
    : { service: 'ssm', region: place, actions: ['ssm:GetParameters'], ...(arn && { resource: from }) };
}
