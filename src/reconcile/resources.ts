import { sortEnvironments } from '#lib/environments.ts';
import {
  type CallEvidence,
  compareEvidence,
  type Evidence,
  type FileEvidence,
  isFileEvidence,
} from '#model/evidence.ts';
import type { Fact, Json, Kind, NameStatus, ResourceKey } from '#model/fact.ts';
import { NAME_STATUSES } from '#model/fact.ts';
import { identity, kindOf, resourceId } from '#model/kinds/kinds.ts';
import type { Observation } from '#model/lookup.ts';
import type { Relation, Resource } from '#model/resource.ts';
import { boundTo } from './bound-names.ts';
import { type Group, grouped } from './join.ts';
import { standingOf, type Whereabouts, whereaboutsOf } from './status.ts';

/** The facts that make resources: what declares or observes; references and retired copies do not. */
const makesResource = (fact: Fact) => fact.sort === 'declared' || fact.sort === 'observed';
const withoutScope = (key: ResourceKey) => `${key.kind}\n${identity(key).name}`;

/**
 * Gives a scoped kind's fact that names no scope (a page that says “service `api`”) the scopes that other facts
 * give the same name; with none, it stays without.
 */
function placed(facts: readonly Fact[]): Fact[] {
  const scopes = new Map<string, Set<string>>();
  for (const fact of facts) {
    if (fact.scope === undefined || !kindOf(fact.kind).scoped) continue;
    const key = withoutScope(fact);
    scopes.set(key, (scopes.get(key) ?? new Set()).add(fact.scope));
  }
  return facts.flatMap((fact) => {
    if (fact.scope !== undefined || !kindOf(fact.kind).scoped) return [fact];
    const known = [...(scopes.get(withoutScope(fact)) ?? [])];
    return known.length ? known.map((scope) => ({ ...fact, scope })) : [fact];
  });
}

const bestNameStatus = (facts: readonly Fact[]): NameStatus =>
  NAME_STATUSES.find((status) => facts.some((fact) => fact.nameStatus === status)) ?? 'logical';

/** The one value on which all facts that give one agree. */
function agreed<T>(values: (T | undefined)[]): T | undefined {
  const distinct = new Set(values.filter((value) => value !== undefined));
  return distinct.size === 1 ? [...distinct][0] : undefined;
}

function uniqueEvidence<E extends Evidence>(evidence: E[]): E[] {
  const place = (e: Evidence) => (isFileEvidence(e) ? `${e.file}:${e.line}` : `${e.operation} ${e.at}`);
  return [...new Map(evidence.map((e) => [place(e), e])).values()].sort(compareEvidence);
}

/** Properties of all facts: what was seen, before what is said; of several declarations the first by evidence stays. */
function mergedProperties(facts: readonly Fact[]): Record<string, Json> {
  const merged = new Map<string, Json>();
  const seen = facts.filter(({ sort }) => sort === 'observed');
  const said = facts.filter(({ sort }) => sort !== 'observed');
  for (const fact of [...seen, ...said])
    for (const [name, value] of Object.entries(fact.properties ?? {}))
      if (!merged.has(name)) merged.set(name, value);
  const regions = [
    ...new Set(facts.map((fact) => fact.region).filter((region) => region !== undefined)),
  ].sort();
  if (regions.length > 1) merged.set('regions', regions);
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those that any fact states. What a compose file of no environment starts runs in all of them, whatever others add to it. */
function environmentsOfAll(kind: Kind, facts: readonly Fact[]): string[] {
  const isEverywhere = ({ source, sort, environments }: Fact) =>
    source === 'repo' && sort === 'declared' && environments.length === 0;
  if (kind === 'Compose::Service' && facts.some(isEverywhere)) return [];
  return sortEnvironments(facts.flatMap((fact) => fact.environments));
}

function merge(group: Group, observations: readonly Observation[], whereabouts: Whereabouts): Resource {
  const ordered = [...group.facts].sort((a, b) => compareEvidence(a.evidence, b.evidence));
  const declared = ordered.filter(({ sort }) => sort !== 'observed');
  const observed = ordered.find(({ sort }) => sort === 'observed');
  // files and the account may call it differently: the account's name is the thing's own
  const first = (observed ?? ordered[0]) as Fact;
  const key = identity(first);
  const account = agreed(ordered.map((fact) => fact.account));
  const region = agreed(ordered.map((fact) => fact.region));
  const system = agreed(ordered.map((fact) => fact.system));
  return {
    id: observed?.arn ?? resourceId(key),
    // of several things that fit one open name, each is told by its own
    key: resourceId(group.fit && group.fit.others > 0 ? key : (declared[0] ?? key)),
    ...key,
    nameStatus: bestNameStatus(declared.length > 0 ? declared : ordered),
    provider: kindOf(key.kind).provider,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(system !== undefined && { system }),
    environments: environmentsOfAll(key.kind, ordered),
    ...standingOf({ ...group, facts: ordered }, observations, whereabouts),
    declared: uniqueEvidence(ordered.map((fact) => fact.evidence).filter(isFileEvidence)) as FileEvidence[],
    observed: uniqueEvidence(
      ordered.map((fact) => fact.evidence).filter((e): e is CallEvidence => !isFileEvidence(e)),
    ),
    properties: {
      ...mergedProperties(ordered),
      // nobody would declare it: it is told apart from what somebody made and did not declare
      ...(observed?.builtIn && declared.length === 0 && { builtIn: true }),
    },
    facts: ordered,
  };
}

/** Facts about the same thing become one resource, with its status. Sorted by id. */
export function resourcesOf(facts: readonly Fact[], observations: readonly Observation[] = []): Resource[] {
  const whereabouts = whereaboutsOf(facts);
  const resources = grouped(placed(facts.filter(makesResource))).map((group) =>
    merge(group, observations, whereabouts),
  );
  return resources.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The names under which it was seen, or its own. */
const namesOf = ({ name, facts }: Resource): string[] => [
  name,
  ...facts.flatMap(({ sort, otherNames = [] }) => (sort === 'observed' ? otherNames : [])),
];

/** Relations whose two ends are resources; the same relation from several facts is one with several evidences. */
export function relationsOf(resources: readonly Resource[]): Relation[] {
  const named = Map.groupBy(resources, ({ key }) => key);
  for (const resource of resources) {
    const seen = resource.facts.filter(({ sort }) => sort === 'observed');
    const others = seen.flatMap(({ arn, otherNames = [] }) => [...(arn ? [arn] : []), ...otherNames]);
    const keys = [resource.name, ...others].map((name) =>
      resourceId({
        kind: resource.kind,
        name,
        ...(resource.scope !== undefined && { scope: resource.scope }),
      }),
    );
    for (const key of new Set(keys))
      if (key !== resource.key) named.set(key, [...(named.get(key) ?? []), resource]);
  }
  /** The one that bears the ARN; else, where the account has several of that name, the one in the same region. */
  const target = (from: Resource, to: ResourceKey): string | undefined => {
    const found = named.get(resourceId(to)) ?? [];
    const own = found.find(({ id }) => id === to.name) ?? found.find(({ region }) => region === from.region);
    return (own ?? found[0])?.id;
  };
  const relations = new Map<string, Relation>();
  for (const resource of resources)
    for (const fact of resource.facts)
      for (const { type, to } of fact.relations ?? []) {
        const bound = isFileEvidence(fact.evidence) ? boundTo(fact, namesOf(resource), to) : undefined;
        const id = (bound && target(resource, bound)) ?? target(resource, to);
        if (id === undefined || id === resource.id) continue;
        const key = `${resource.id}\n${type}\n${id}`;
        const known = relations.get(key);
        if (known) known.evidence.push(fact.evidence);
        else relations.set(key, { from: resource.id, to: id, type, evidence: [fact.evidence] });
      }
  return [...relations]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, relation]) => ({ ...relation, evidence: uniqueEvidence(relation.evidence) }));
}
