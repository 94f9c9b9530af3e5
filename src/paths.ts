import { wantedOf } from '#collect/aws/wanted.ts';
import type { CollectedEstate } from '#collect/collect.ts';
import type { Fact } from '#model/fact.ts';
import type { Path } from '#model/path.ts';
import type { Reconciled } from '#reconcile/reconcile.ts';
import { causesOf } from '#reconcile/trace/causes.ts';
import { Graph } from '#reconcile/trace/graph.ts';
import { balancersOf } from '#reconcile/trace/hops/listeners.ts';
import { checksOf as probeChecks } from '#reconcile/trace/probe-checks.ts';
import { type Traced, trace } from '#reconcile/trace/trace.ts';

/** The URLs to follow, and how far. */
export interface PathOptions {
  urls: readonly string[];
  /** What stands on no path is left out. */
  isOnlyPaths: boolean;
  /** Real requests are sent to the URLs. */
  probe: boolean;
}

/** What the facts make with what was asked further of what stands on the paths, and the paths themselves. */
export async function withPaths(
  collected: CollectedEstate,
  { urls, isOnlyPaths, probe }: PathOptions,
  reconciledFrom: (facts: readonly Fact[]) => Reconciled,
): Promise<Reconciled & { paths: Path[] }> {
  const { paths: traced, ...whole } = await followed(collected, urls, reconciledFrom);
  const paths = probe ? await Promise.all(traced.map((path) => probed(collected, path, whole))) : traced;
  return { ...(isOnlyPaths ? onPaths(whole, paths) : whole), paths };
}

/** How often more is asked of what a path was found to lead to: name, front door, groups, services, images, and once more. */
const MOST_ROUNDS = 8;

/** Follows the URLs; what stands on their paths is asked for its details, until nothing is left to ask. */
async function followed(
  collected: CollectedEstate,
  urls: readonly string[],
  reconciledFrom: (facts: readonly Fact[]) => Reconciled,
): Promise<Reconciled & { paths: Path[] }> {
  let facts: readonly Fact[] = collected.facts;
  let reconciled = reconciledFrom(facts);
  for (let round = 1; urls.length > 0; round += 1) {
    const graph = new Graph(
      reconciled.resources,
      reconciled.relations,
      collected.observations,
      collected.hosts,
    );
    const traced = urls.map((url) => trace(url, graph));
    const more = round < MOST_ROUNDS ? await collected.more(soughtOf(traced)) : undefined;
    if (!more) return { ...reconciled, paths: traced.map(({ path }) => path) };
    facts = [...facts, ...more];
    reconciled = reconciledFrom(facts);
  }
  return { ...reconciled, paths: [] };
}

/** A path with what real requests to its URL were answered, beside its first hop; load balancers are asked directly too. */
async function probed(collected: CollectedEstate, path: Path, { resources }: Reconciled): Promise<Path> {
  const known = new Map(resources.map((resource) => [resource.id, resource]));
  const [first] = path.hops;
  const answers = await collected.probe(path.url, { balancers: balancersOf(path, known) });
  if (!first) return path;
  const side = [...path.side, { role: 'probe', of: first.resource, checks: probeChecks(answers) }];
  return { ...path, side, causes: causesOf(path.hops, side) };
}

/** What paths speak of alone, without systems. */
function onPaths(whole: Reconciled, paths: readonly Path[]): Reconciled {
  const ids = new Set(
    paths.flatMap(({ hops, side }) =>
      [...hops, ...side].flatMap(({ resource, checks }) => [
        ...(resource === undefined ? [] : [resource]),
        ...checks.flatMap(({ resources = [] }) => resources),
      ]),
    ),
  );
  return {
    resources: whole.resources.filter(({ id }) => ids.has(id)),
    relations: whole.relations.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    systems: [],
    components: [],
  };
}

const soughtOf = (traced: readonly Traced[]) => ({
  resources: [
    ...traced.flatMap(({ resources }) => resources.map(wantedOf)),
    ...traced.flatMap(({ sought }) => sought.map((one) => ({ ...one, properties: {} }))),
  ],
  regions: [...new Set(traced.flatMap(({ regions }) => regions))],
});
