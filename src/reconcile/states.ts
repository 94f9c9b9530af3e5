import { patternOf } from '#lib/name-pattern.ts';
import { withoutKeys } from '#lib/terraform-address.ts';
import type { Fact, RelationFact, ResourceKey } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';

const isNamed = ({ nameStatus }: Fact): boolean => nameStatus === 'literal' || nameStatus === 'resolved';
const isState = ({ terraform }: Fact): boolean => terraform !== undefined && terraform.root === undefined;
const blockOf = ({ kind, terraform }: Fact): string => `${kind}\n${withoutKeys(terraform?.address ?? '')}`;
const fileOf = ({ evidence }: Fact): string => ('file' in evidence ? evidence.file : '');
const keyOf = ({ kind, name, scope }: ResourceKey): ResourceKey => ({
  kind,
  name,
  ...(scope !== undefined && { scope }),
});

/** A declaration of a configuration, with what a state calls by its address. */
interface Meeting {
  fact: Fact;
  states: Fact[];
}

/**
 * Facts in which what Terraform's configuration leaves open is called what the state calls it. They meet by address,
 * where it leads to one root module alone: a name that is open in part must fit the state's, and one that is not
 * written at all needs a state all of whose resources that module declares. What the state has no name for either keeps
 * the configuration's.
 */
export function withStateNames(facts: readonly Fact[]): readonly Fact[] {
  const stated = facts.filter((fact) => fact.sort === 'declared' && isState(fact));
  if (stated.length === 0) return facts;
  const configured = facts.filter(
    ({ sort, terraform }) => sort === 'declared' && terraform?.root !== undefined,
  );
  const byBlock = Map.groupBy(configured, blockOf);
  const states = Map.groupBy(stated, blockOf);
  const roots = rootsOf(stated, byBlock);
  const bearers = Map.groupBy(configured, (fact) => resourceId(fact));
  const renamed = new Map<Fact, Fact[]>();
  const moved = new Map<string, ResourceKey>();
  for (const fact of configured) {
    const meeting = { fact, states: (states.get(blockOf(fact)) ?? []).filter((state) => meets(fact, state)) };
    if (isNamed(fact) || !isAlone(meeting, byBlock, roots)) continue;
    const named = meeting.states.filter(isNamed);
    if (named.length > 0) {
      renamed.set(
        fact,
        named.map((state) => called(fact, state)),
      );
      const [only] = named;
      const isSole = named.length === 1 && bearers.get(resourceId(fact))?.length === 1;
      if (only && isSole) moved.set(resourceId(fact), keyOf(only));
    }
    for (const state of meeting.states)
      if (!isNamed(state)) {
        renamed.set(state, [{ ...state, ...keyOf(fact), nameStatus: fact.nameStatus }]);
        moved.set(resourceId(state), keyOf(fact));
      }
  }
  if (renamed.size === 0) return facts;
  return facts.flatMap((fact) => (renamed.get(fact) ?? [fact]).map((one) => withRelations(one, moved)));
}

/** Whether a state's resource is one that the declaration stands for. */
function meets({ name, nameStatus, terraform }: Fact, state: Fact): boolean {
  const { address, isForAll } = terraform ?? {};
  if (!isForAll && state.terraform?.address !== address) return false;
  if (!isNamed(state) || nameStatus === 'logical') return true;
  return nameStatus === 'template' ? patternOf(name)?.partsOf(state.name) !== undefined : name === state.name;
}

/** Whether what was met speaks of no other root module, and of every way in which this one is applied. */
function isAlone(
  { fact, states }: Meeting,
  byBlock: ReadonlyMap<string, Fact[]>,
  roots: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const { root = '', ways = 1 } = fact.terraform ?? {};
  const files = new Set(states.map(fileOf));
  if (files.size < ways) return false;
  if (fact.nameStatus === 'logical' && ![...files].every((file) => roots.get(file)?.has(root))) return false;
  const others = (byBlock.get(blockOf(fact)) ?? []).filter((one) => one.terraform?.root !== root);
  return !others.some((other) => states.some((state) => meets(other, state)));
}

/** The root modules that declare everything that a state holds, by the state's file. */
function rootsOf(
  stated: readonly Fact[],
  byBlock: ReadonlyMap<string, Fact[]>,
): Map<string, ReadonlySet<string>> {
  return new Map(
    [...Map.groupBy(stated, fileOf)].map(([file, own]) => {
      const each = own.map(
        (fact) => new Set((byBlock.get(blockOf(fact)) ?? []).map(({ terraform }) => terraform?.root ?? '')),
      );
      return [file, each.reduce((left, right) => left.intersection(right))];
    }),
  );
}

/** The declaration under the state's name, no longer open: what has an address there was made. */
function called({ condition: _, ...fact }: Fact, state: Fact): Fact {
  return {
    ...fact,
    ...keyOf(state),
    nameStatus: 'resolved',
    environments: fact.environments.length > 0 ? fact.environments : state.environments,
    ...(state.arn !== undefined && { arn: state.arn }),
    ...(state.otherNames && { otherNames: state.otherNames }),
  };
}

function withRelations(fact: Fact, moved: ReadonlyMap<string, ResourceKey>): Fact {
  if (!fact.relations?.some(({ to }) => moved.has(resourceId(to)))) return fact;
  const relations = fact.relations.map((one): RelationFact => {
    const to = moved.get(resourceId(one.to));
    return to ? { ...one, to } : one;
  });
  return { ...fact, relations };
}
