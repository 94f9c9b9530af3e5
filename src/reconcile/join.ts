import type { Fact, ResourceKey } from '#model/fact.ts';
import { identity, kindOf, resourceId } from '#model/kinds/kinds.ts';

/** The facts of one thing, declared and observed. */
export type Group = readonly Fact[];

const isObserved = ({ sort }: Fact): boolean => sort === 'observed';

/** What tells one observed thing from another: its ARN, else its identity and where it is. */
const placeOf = (fact: Fact): string =>
  fact.arn ?? [resourceId(fact), fact.account ?? '', fact.region ?? ''].join('\n');

/** Whether a declaration may speak of something in this place: what it does not say, it does not rule out. */
const mayBeIn = (declared: Fact, observed: Fact): boolean =>
  (declared.account === undefined ||
    observed.account === undefined ||
    declared.account === observed.account) &&
  (declared.region === undefined || observed.region === undefined || declared.region === observed.region) &&
  (!kindOf(declared.kind).scoped || declared.scope === undefined || declared.scope === observed.scope);

/** The names under which something observed may be declared, each with its kind. */
const namesOf = (fact: Fact): string[] =>
  [fact.name, ...(fact.arn === undefined ? [] : [fact.arn]), ...(fact.otherNames ?? [])].map((name) =>
    nameKey({ kind: fact.kind, name }),
  );

const nameKey = (key: ResourceKey): string => `${key.kind}\n${identity(key).name}`;

/**
 * Facts by the thing that they speak of. Declarations meet what is observed by ARN, else by kind, name, account,
 * region and scope, as far as they say them; one that fits in several places (a log group in two regions) speaks of
 * each. Without anything observed, facts of one kind, scope and name are one thing.
 */
export function grouped(facts: readonly Fact[]): Group[] {
  const observed = new Map<string, Fact[]>();
  const declared = new Map<string, Fact[]>();
  for (const fact of facts) {
    const [groups, key] = isObserved(fact) ? [observed, placeOf(fact)] : [declared, resourceId(fact)];
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  if (observed.size === 0) return [...declared.values()];

  const byName = new Map<string, Set<Fact[]>>();
  for (const group of observed.values())
    for (const name of new Set(group.flatMap(namesOf)))
      byName.set(name, (byName.get(name) ?? new Set()).add(group));
  const met = new Map<Fact[], Fact[]>([...observed.values()].map((group) => [group, [...group]]));
  const alone: Group[] = [];
  for (const group of declared.values()) {
    const left = group.filter((fact) => {
      const fitting = [...(byName.get(nameKey(fact)) ?? [])].filter((one) =>
        one.some((seen) => mayBeIn(fact, seen)),
      );
      for (const one of fitting) met.get(one)?.push(fact);
      return fitting.length === 0;
    });
    if (left.length > 0) alone.push(left);
  }
  return [...met.values(), ...alone];
}
