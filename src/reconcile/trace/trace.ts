import type { Kind } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';
import type { Check, Hop, Path, PathRequest, Side } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { causesOf } from './causes.ts';
import type { Graph } from './graph.ts';
import type { Arrival, HopModel, Next, Sought } from './hop.ts';
import { apiDomains, apis } from './hops/apis.ts';
import { distributions } from './hops/cdn.ts';
import { edgeRecords } from './hops/cloudflare-dns.ts';
import { pagesProjects, tunnels, workerRoutes, workerScripts } from './hops/cloudflare-workers.ts';
import { edgeZones } from './hops/cloudflare-zone.ts';
import { taskDefinitions } from './hops/container.ts';
import { records } from './hops/dns.ts';
import { ecsServices } from './hops/ecs-service.ts';
import { entry } from './hops/entry.ts';
import { loadBalancers } from './hops/load-balancer.ts';
import { alongRelations, buckets, environments, functions } from './hops/serverless.ts';
import { targetGroups } from './hops/target-group.ts';
import { hosts, stateOf } from './hosts/host.ts';
import { networkSides } from './network-sides.ts';

const MODELS = new Map<Kind, HopModel>(
  [
    records,
    distributions,
    apiDomains,
    apis,
    loadBalancers,
    targetGroups,
    ecsServices,
    taskDefinitions,
    functions,
    buckets,
    environments,
    edgeRecords,
    edgeZones,
    workerRoutes,
    workerScripts,
    pagesProjects,
    tunnels,
  ].flatMap((model) => model.kinds.map((kind): [Kind, HopModel] => [kind, model])),
);

/** A host that was read tells where a request goes on; of one that only files or other providers name, relations do. */
const modelOf = (resource: Resource, graph: Graph): HopModel =>
  (stateOf(resource, graph) ? hosts : MODELS.get(resource.kind)) ?? alongRelations(resource);

/** Hops that one path may have: a group of a hundred targets is told by its first ones. */
const MOST_HOPS = 60;

/**
 * A URL followed through what was observed, hop by hop: what holds at each, what does not, what nobody could look at,
 * and which of the failures are at the root of the others. Pure.
 * @param url with scheme http or https
 */
export function trace(url: string, graph: Graph): Traced {
  const walk = new Walk(graph);
  walk.begin(requestOf(url));
  const { hops, side, sought, regions } = walk;
  const ids = new Set([...hops, ...side].flatMap(({ resource }) => resource ?? []));
  return {
    path: { url: shownUrl(url), hops, side, causes: causesOf(hops, side) },
    resources: [...ids].flatMap((id) => graph.get(id) ?? []),
    sought,
    regions: [...regions],
  };
}

/** A path, and what would have to be read to tell more of it. */
export interface Traced {
  path: Path;
  /** What stands on it: details may be asked of these. */
  resources: Resource[];
  /** What is told by a name alone. */
  sought: Sought[];
  /** Regions that its names lead to, whether they were read or not. */
  regions: string[];
}

/** A URL without user, query and fragment: they change no way, and may be secret. */
function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** The request that a browser makes for a URL, without its query. */
export function requestOf(url: string): PathRequest {
  const { protocol, hostname, port, pathname } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return {
    scheme,
    host: hostname,
    port: port === '' ? (scheme === 'http' ? 80 : 443) : Number(port),
    path: pathname,
  };
}

/** A failure on a way that is perhaps not taken is none of the path. */
const told = (checks: readonly Check[], isPerhaps: boolean): Check[] =>
  checks.map((check) => (isPerhaps && check.result === 'fail' ? { ...check, result: 'unknown' } : check));

class Walk {
  readonly hops: Hop[] = [];
  readonly side: Side[] = [];
  readonly sought: Sought[] = [];
  readonly regions = new Set<string>();
  readonly #graph: Graph;
  readonly #seen = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  begin(request: PathRequest): void {
    let from: string | undefined;
    for (const next of entry(this.#graph, request)) {
      this.#go(next, from, [], false);
      // what bears a name whose record was not seen comes after it
      if ('absent' in next) from = this.hops.at(-1)?.resource;
    }
  }

  #go(next: Next, from: string | undefined, passed: readonly Resource[], isAbovePerhaps: boolean): void {
    const isPerhaps = isAbovePerhaps || next.isPerhaps === true;
    if (this.hops.length >= MOST_HOPS) return;
    if ('absent' in next) {
      const { absent, request } = next;
      const resource = resourceId({
        kind: absent.kind,
        name: absent.name,
        ...(absent.scope !== undefined && { scope: absent.scope }),
      });
      if (this.#seen.has(resource)) return;
      this.#seen.add(resource);
      if (absent.region !== undefined) this.regions.add(absent.region);
      if (absent.sought) this.sought.push(absent.sought);
      this.hops.push({
        resource,
        role: absent.role,
        status: absent.status,
        ...(from !== undefined && { from }),
        request,
        checks: told(absent.checks, isPerhaps),
      });
      return;
    }
    this.#pass(next, from, passed, isPerhaps);
  }

  #pass(
    { resource, request, tls, model: given }: Extract<Next, { resource: Resource }>,
    from: string | undefined,
    passed: readonly Resource[],
    isPerhaps: boolean,
  ): void {
    if (this.#seen.has(resource.id)) return;
    this.#seen.add(resource.id);
    const model = given ?? modelOf(resource, this.#graph);
    const before = passed.at(-1);
    const arrival: Arrival = {
      resource,
      request,
      passed,
      ...(before && { from: before }),
      ...(tls && { tls }),
    };
    const { checks, side = [], next = [] } = model.pass(arrival, this.#graph);
    this.hops.push({
      resource: resource.id,
      role: model.role,
      status: resource.status,
      ...(from !== undefined && { from }),
      request,
      checks: told(checks, isPerhaps),
    });
    for (const { sought, ...one } of [...side, ...networkSides(arrival, this.#graph)]) {
      this.side.push({ ...one, checks: told(one.checks, isPerhaps), of: resource.id });
      this.sought.push(...(sought ?? []));
    }
    // what is surely on the path is told as such, also where another way may lead there
    const sure = next.filter((one) => one.isPerhaps !== true);
    for (const one of [...sure, ...next.filter((other) => other.isPerhaps === true)])
      this.#go(one, resource.id, [...passed, resource], isPerhaps);
  }
}
