import { environmentOf } from '#lib/environments.ts';
import { LEAST_KNOWN, type NamePattern, patternOf } from '#lib/name-pattern.ts';
import type { Fact, ResourceKey } from '#model/fact.ts';
import { identity, kindOf, resourceId } from '#model/kinds/kinds.ts';
import { StackContents } from './stacks.ts';

/** The facts of one thing, declared and observed. */
export interface Group {
  facts: readonly Fact[];
  /** How an open name came to be this one's; undefined where names met, or nothing was observed. */
  fit?: Fit;
}

/** An open name (`quay-⟨random⟩-files`) that something observed fits. */
export interface Fit {
  /** The name as it is declared. */
  name: string;
  /** How many more things fit it. */
  others: number;
  /** Nothing else fits, or each that does is the same thing of another environment, or another push of an image. */
  isSure: boolean;
}

type Together = Fact[];

/** An open name that fits more things than this tells nothing of any. */
const MOST_FITTING = 24;

const isNamed = ({ nameStatus }: Fact): boolean => nameStatus === 'literal' || nameStatus === 'resolved';

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
  isInZone(declared, observed) &&
  (!kindOf(declared.kind).scoped || declared.scope === undefined || isScope(declared.scope, observed.scope));

/** A record that delegates a name is in another zone than the records of that zone itself, which are called the same. */
function isInZone({ properties: said }: Fact, { properties: seen }: Fact): boolean {
  const [zone, other] = [said?.hostedZone, seen?.hostedZone];
  return typeof zone !== 'string' || typeof other !== 'string' || zone === other;
}

/** Whether what is declared inside a thing of this name, open or whole, may be inside the one observed. */
function isScope(declared: string, observed: string | undefined): boolean {
  if (declared === observed) return true;
  const pattern = patternOf(declared);
  return pattern !== undefined && observed !== undefined && pattern.partsOf(observed) !== undefined;
}

/** The names under which something observed may be declared, each with its kind. */
const namesOf = (fact: Fact): string[] =>
  [fact.name, ...(fact.arn === undefined ? [] : [fact.arn]), ...(fact.otherNames ?? [])].map((name) =>
    nameKey({ kind: fact.kind, name }),
  );

/** The ARN and the ids under which a declaration (a state) knows what was made: no name is as exact. */
const idsOf = ({ kind, arn, otherNames = [] }: Fact): ResourceKey[] =>
  [...(arn === undefined ? [] : [arn]), ...otherNames].map((name) => ({ kind, name }));

/** Whether a declaration knows an id, and what was observed has another of the same form: a thing of the same `Name` tag. */
const isAnother = ({ otherNames = [] }: Fact, seen: Fact): boolean =>
  otherNames.length > 0 &&
  !otherNames.includes(seen.name) &&
  otherNames.some((id) => formOf(id) !== undefined && formOf(id) === formOf(seen.name));

/** `vpc` of `vpc-0a1b2c3d`: what an id of Amazon EC2 begins with. Amazon EC2 User Guide, “Resource IDs”. */
const formOf = (id: string): string | undefined => /^([a-z]{1,12})-[0-9a-f]{8,17}$/.exec(id)?.[1];

const nameKey = (key: ResourceKey): string => `${key.kind}\n${identity(key).name}`;

/**
 * Facts by the thing that they speak of. Declarations meet what is observed by ARN, else by kind, name, account,
 * region and scope, as far as they say them; one that fits in several places (a log group in two regions) speaks of
 * each. A name of which a part is known only at run time meets what fits it, and the group says so. Without anything
 * observed, facts of one kind, scope and name are one thing.
 */
export function grouped(facts: readonly Fact[]): Group[] {
  const observed = new Map<string, Together>();
  const declared = new Map<string, Together>();
  for (const fact of facts) {
    const [groups, key] = isObserved(fact) ? [observed, placeOf(fact)] : [declared, resourceId(fact)];
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  if (observed.size === 0) return [...declared.values()].map((group) => ({ facts: group }));

  const byName = new Map<string, Set<Together>>();
  for (const group of observed.values())
    for (const name of new Set(group.flatMap(namesOf)))
      byName.set(name, (byName.get(name) ?? new Set()).add(group));
  const met = new Map<Together, { facts: Together; fit?: Fit }>(
    [...observed.values()].map((group) => [group, { facts: [...group] }]),
  );
  const contents = new StackContents(facts);
  const alone: Together[] = [];
  for (const group of declared.values()) {
    const left = group.filter((fact) => {
      // a name that stands in no file stands in the stack
      const keys = isNamed(fact) ? [fact] : [fact, ...contents.of(fact)];
      const called = (names: readonly ResourceKey[]) =>
        new Set(names.flatMap((key) => [...(byName.get(nameKey(key)) ?? [])]));
      const exact = called(idsOf(fact));
      const found = exact.size > 0 ? exact : called(keys);
      const fitting = [...found].filter((one) =>
        one.some((seen) => mayBeIn(fact, seen) && !isAnother(fact, seen)),
      );
      for (const one of fitting) met.get(one)?.facts.push(fact);
      return fitting.length === 0;
    });
    if (left.length > 0) alone.push(left);
  }

  const byKind = Map.groupBy(observed.values(), ([first]) => first?.kind);
  const unmet = alone.filter((group) => {
    const found = fittingOf(group, byKind.get(group[0]?.kind) ?? []);
    for (const [one, fit] of found) {
      const place = met.get(one);
      // a thing that files name outright needs no guess
      if (!place || place.facts.some((fact) => !isObserved(fact) && fact.nameStatus !== 'template')) continue;
      place.facts.push(...group);
      place.fit = fit;
    }
    return found.length === 0;
  });
  return [...met.values(), ...unmet.map((group) => ({ facts: group }))];
}

/** The things observed that fit the open name of a declaration. */
function fittingOf(declared: Together, observed: readonly Together[]): [Together, Fit][] {
  const [first] = declared;
  if (!first || declared.some(({ nameStatus }) => nameStatus !== 'template')) return [];
  // every push of an image makes another of these tags
  const isEach = first.kind === 'Docker::Image';
  const pattern = patternOf(first.name);
  if (!pattern || pattern.known.length < LEAST_KNOWN) return [];
  const fitting = observed.filter((group) =>
    group.some((seen) => namesFit(pattern, seen) && declared.some((fact) => mayBeIn(fact, seen))),
  );
  if (fitting.length > MOST_FITTING) return [];
  const isSure = fitting.length === 1 || isEach || fitting.every((group) => isOfEnvironment(pattern, group));
  const fit = { name: first.name, others: fitting.length - 1, isSure };
  return fitting.map((group) => [group, fit]);
}

const namesFit = (pattern: NamePattern, seen: Fact): boolean =>
  [seen.name, ...(seen.otherNames ?? [])].some((name) => pattern.partsOf(name) !== undefined);

/** Whether what stands in the open parts of the name is an environment where an environment is meant. */
function isOfEnvironment(pattern: NamePattern, group: Together): boolean {
  if (!pattern.isEnvironment) return false;
  return group.some(({ name, otherNames = [] }) =>
    [name, ...otherNames].some((one) =>
      pattern.partsOf(one)?.every((part) => environmentOf(part) !== undefined),
    ),
  );
}
