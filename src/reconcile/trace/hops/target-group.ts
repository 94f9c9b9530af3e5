import type { Json, Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, refusedDetail, seenOf } from '../graph.ts';
import type { Arrival, HopModel, Next, Passage } from '../hop.ts';
import { asNumber, asObjects, asText, asTexts } from '../values.ts';
import { bindingTo } from './bindings.ts';
import { BALANCER } from './front-doors.ts';
import { TARGET_GROUP } from './routing.ts';

export const SERVICE: Kind = 'AWS::ECS::Service';
const CLUSTER: Kind = 'AWS::ECS::Cluster';

/** Target groups with the health of their targets. Elastic Load Balancing API Reference, TargetHealth. */
export const targetGroups: HopModel = {
  kinds: [TARGET_GROUP],
  role: 'target-group',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const services = graph.into(resource, 'registers-in', SERVICE);
    const others = graph
      .out(resource, 'routes-to')
      .filter(({ id }) => id !== resource.id && !arrival.passed.some((one) => one.id === id));
    const checks = [
      ...(services.length + others.length === 0 ? serviceCheck(graph, resource, seen) : []),
      ...targetChecks(graph, arrival, seen, services),
      ...zoneChecks(graph, arrival, seen, services),
      ...portChecks(resource, seen, services),
      ...healthCheckChecks(resource, seen),
    ];
    const port = asNumber(seen.port);
    const onward = {
      ...request,
      scheme: protocolOf(seen, request.scheme),
      ...(port !== undefined && { port }),
    };
    const next: Next[] = [
      ...services,
      ...others.filter(({ kind }) => kind !== BALANCER || seen.targetType === 'alb'),
    ].map((one) => ({ resource: one, request: onward }));
    return {
      checks,
      next: [...new Map(next.map((one) => ['resource' in one ? one.resource.id : '', one])).values()],
    };
  },
};

/** Why there may be services of which it is not known where they register: a list, or what describes one, was refused. */
function servicesUnread(graph: Graph, { account, region }: Resource): Refusal | undefined {
  const near = {
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
  const isHere = (one: Resource) => one.region === region && one.account === account;
  const lists = graph.all(CLUSTER).filter(isHere);
  return (
    graph.unseen(SERVICE, near) ??
    lists.map(({ name }) => graph.unseen(SERVICE, near, name)).find((refusal) => refusal !== undefined) ??
    graph
      .all(SERVICE)
      .filter((one) => isHere(one) && seenOf(one).status === undefined)
      .map(refusedDetail)
      .find((refusal) => refusal !== undefined)
  );
}

/** Addresses that something registers: what that is, is not known where services were not read. */
function serviceCheck(graph: Graph, resource: Resource, seen: Properties): Check[] {
  const refusal = seen.targetType === 'ip' ? servicesUnread(graph, resource) : undefined;
  return refusal
    ? [
        unknown(
          'service-missing',
          say(
            'les services qui s’y inscrivent n’ont pas été lus',
            'the services that register in it were not read',
          ),
          refusal,
          { resources: [resource.id] },
        ),
      ]
    : [];
}

const protocolOf = ({ protocol }: Properties, scheme: string): string =>
  protocol === 'HTTPS' || protocol === 'TLS' ? 'https' : protocol === 'HTTP' ? 'http' : scheme;

/** States that are no failure of a target: it starts, ends, or nothing asks for it. */
const PASSING = new Set(['initial', 'draining', 'unused', 'unavailable', 'unhealthy.draining']);

function targetChecks(
  graph: Graph,
  { resource }: Arrival,
  seen: Properties,
  services: readonly Resource[],
): Check[] {
  const parts = {
    evidence: resource.observed,
    resources: [resource.id],
    values: {
      targetGroup: resource.id,
      ...(resource.region !== undefined && { region: resource.region }),
      ...(services[0] && { service: services[0].name, cluster: services[0].scope ?? '' }),
    },
  };
  if (!Array.isArray(seen.targets))
    return [
      unknown(
        'targets-unhealthy',
        say('santé des cibles non lue', 'health of targets not read'),
        refusedDetail(resource),
        parts,
      ),
    ];
  const targets = asObjects(seen.targets);
  if (targets.length === 0) {
    const isListed = servicesUnread(graph, resource) === undefined;
    return [
      fail(
        'target-group-empty',
        services.length === 0 && isListed && seen.targetType === 'ip'
          ? say('aucune cible, et aucun service ne s’y inscrit', 'no target, and no service registers in it')
          : say('aucune cible inscrite', 'no registered target'),
        { ...parts, values: { ...parts.values, ...freeGroup(graph, resource) } },
      ),
    ];
  }
  const healthy = targets.filter(({ state }) => state === 'healthy');
  const unhealthy = targets.filter(({ state }) => state === 'unhealthy');
  const starting = targets.filter(({ state }) => PASSING.has(asText(state) ?? ''));
  const reasons = [...new Set(unhealthy.flatMap(({ reason }) => asText(reason) ?? []))];
  const why = reasons.length > 0 ? ` (${reasons.map(code).join(', ')})` : '';
  const text = say(
    `${healthy.length} ${healthy.length > 1 ? 'cibles saines' : 'cible saine'} sur ${targets.length}${why}`,
    `${healthy.length} healthy ${healthy.length === 1 ? 'target' : 'targets'} of ${targets.length}${why}`,
  );
  const isFailing = unhealthy.length > 0 || (healthy.length === 0 && starting.length === 0);
  const values = { ...parts.values, healthy: healthy.length, all: targets.length, reasons };
  const isUnchecked = healthy.length === 0 && unhealthy.length === 0;
  // a function may be sent requests without ever being checked
  if (isUnchecked && seen.healthCheckEnabled === false)
    return [
      pass('targets-unhealthy', say('sans contrôle de santé', 'without a health check'), {
        ...parts,
        values,
      }),
    ];
  return [
    isFailing
      ? fail('targets-unhealthy', text, { ...parts, values })
      : isUnchecked
        ? unknown(
            'targets-unhealthy',
            say(
              `aucune cible contrôlée (${[...new Set(starting.map(({ state }) => code(asText(state) ?? '')))].join(', ')})`,
              `no target is checked yet (${[...new Set(starting.map(({ state }) => code(asText(state) ?? '')))].join(', ')})`,
            ),
            undefined,
            { ...parts, values },
          )
        : pass('targets-unhealthy', text, { ...parts, values }),
  ];
}

/** A group of the same network that has healthy targets and to which no listener leads: the one that may be meant. */
function freeGroup(graph: Graph, resource: Resource): Record<string, Json> {
  const own = seenOf(resource);
  const free = graph.all(TARGET_GROUP).filter((one) => {
    const seen = seenOf(one);
    return (
      one.id !== resource.id &&
      seen.vpcId === own.vpcId &&
      asTexts(seen.loadBalancers).length === 0 &&
      graph.into(one, 'registers-in', SERVICE).length > 0
    );
  });
  return free.length === 1 && free[0] ? { better: free[0].id } : {};
}

/** A load balancer sends nothing to targets in zones that it is not in. */
function zoneChecks(
  graph: Graph,
  { resource }: Arrival,
  seen: Properties,
  services: readonly Resource[],
): Check[] {
  const balancers = graph.out(resource, 'part-of', BALANCER);
  const targets = asObjects(seen.targets).filter(({ state }) => state !== 'draining');
  const own = targets.flatMap(({ zone }) => asText(zone) ?? []).filter((zone) => zone !== 'all');
  // where no task runs yet, those of the subnets in which they will
  const subnets = services.flatMap((service) => asTexts(seenOf(service).subnets));
  const expected = subnets.flatMap((id) => {
    const subnet = graph.named('AWS::EC2::Subnet', id);
    return (subnet && asText(seenOf(subnet).availabilityZone)) ?? [];
  });
  const zones = new Set(targets.length > 0 ? own : expected);
  if (zones.size === 0) return [];
  const known = balancers.filter((one) => Array.isArray(seenOf(one).availabilityZones));
  return known.map((balancer) => {
    const own = new Set(asTexts(seenOf(balancer).availabilityZones));
    const outside = [...zones].filter((zone) => !own.has(zone));
    return held(
      'target-zone-not-enabled',
      outside.length === 0,
      say('zones des cibles activées', 'zones of the targets enabled'),
      say(
        `zone ${outside.map(code).join(', ')} non activée sur ${code(balancer.name)}`,
        `zone ${outside.map(code).join(', ')} not enabled on ${code(balancer.name)}`,
      ),
      {
        evidence: [...resource.observed, ...balancer.observed],
        resources: [balancer.id],
        values: {
          loadBalancer: balancer.id,
          ...(balancer.region !== undefined && { region: balancer.region }),
          zones: outside,
          subnets: asTexts(seenOf(balancer).subnets),
          targetGroup: resource.id,
        },
      },
    );
  });
}

/** The port that targets are registered with is the container's: that of the group itself is only a default. */
function portChecks(resource: Resource, seen: Properties, services: readonly Resource[]): Check[] {
  const ports = [...new Set(asObjects(seen.targets).flatMap(({ port }) => asNumber(port) ?? []))];
  return services.flatMap((service): Check[] => {
    const bound = bindingTo(service, resource);
    const wanted = asNumber(bound?.containerPort);
    // with a host network, or a bridge, the host chooses the port
    if (wanted === undefined || ports.length === 0 || seen.targetType !== 'ip') return [];
    return [
      held(
        'target-port-mismatch',
        ports.includes(wanted),
        say(
          `cibles sur le port ${ports.join(', ')}, celui du conteneur`,
          `targets on port ${ports.join(', ')}, the container’s`,
        ),
        say(
          `cibles sur le port ${ports.join(', ')}, le service expose ${wanted}`,
          `targets on port ${ports.join(', ')}, the service exposes ${wanted}`,
        ),
        {
          evidence: [...resource.observed, ...service.observed],
          resources: [resource.id, service.id],
          values: {
            targetGroup: resource.id,
            port: ports[0] ?? 0,
            containerPort: wanted,
            cluster: service.scope ?? '',
            service: service.name,
          },
        },
      ),
    ];
  });
}

/** What the health check asks for, and what its failures tell of it. */
function healthCheckChecks(resource: Resource, seen: Properties): Check[] {
  const path = asText(seen.healthCheckPath);
  const checkPort = seen.healthCheckPort;
  const ports = new Set(asObjects(seen.targets).flatMap(({ port }) => asNumber(port) ?? []));
  const fixed =
    typeof checkPort === 'number'
      ? checkPort
      : /^\d+$/.test(String(checkPort))
        ? Number(checkPort)
        : undefined;
  const targets = asObjects(seen.targets);
  const mismatches = targets.filter(({ reason }) => reason === 'Target.ResponseCodeMismatch');
  const [answered] = mismatches.flatMap(
    ({ description }) => /\[(\d{3})\]/.exec(asText(description) ?? '')?.[1] ?? [],
  );
  const isOther = fixed !== undefined && ports.size > 0 && !ports.has(fixed);
  const failing = targets.some(({ state }) => state === 'unhealthy');
  const parts = {
    evidence: resource.observed,
    resources: [resource.id],
    values: {
      targetGroup: resource.id,
      ...(resource.region !== undefined && { region: resource.region }),
      healthCheckPath: path ?? '',
      healthCheckPort: fixed ?? 'traffic-port',
      matcher: asText(seen.matcher) ?? '',
      ...(answered !== undefined && { answered }),
    },
  };
  const shown = code(`${path ?? ''}${fixed === undefined ? '' : `:${fixed}`}`);
  if (isOther && failing)
    return [
      fail(
        'health-check-mismatch',
        say(
          `contrôle de santé sur le port ${fixed}, cibles sur ${[...ports].join(', ')}`,
          `health check on port ${fixed}, targets on ${[...ports].join(', ')}`,
        ),
        { ...parts, values: { ...parts.values, expected: 'traffic-port' }, certainty: 'probable' },
      ),
    ];
  if (mismatches.length > 0) {
    const expected = code(asText(seen.matcher) ?? '');
    return [
      fail(
        'health-check-mismatch',
        answered === undefined
          ? say(
              `${shown} ne répond pas le code que le contrôle attend, ${expected}`,
              `${shown} does not answer the code that the check expects, ${expected}`,
            )
          : say(
              `${shown} répond ${answered}, le contrôle attend ${expected}`,
              `${shown} answers ${answered}, the check expects ${expected}`,
            ),
        parts,
      ),
    ];
  }
  return path === undefined || failing
    ? []
    : [pass('health-check-mismatch', say(`contrôle de santé ${shown}`, `health check ${shown}`), parts)];
}
