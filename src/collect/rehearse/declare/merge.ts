import { sortEnvironments } from '#lib/environments.ts';
import { CERTAINTIES, type Fact, NAME_STATUSES, type RelationFact, type Verb } from '#model/fact.ts';

const STRENGTH: Record<Verb, number> = { creates: 0, requires: 1, uses: 2, deletes: 3 };

const better = <T>(order: readonly T[], a: T | undefined, b: T | undefined): T | undefined =>
  order.find((one) => one === a || one === b);

function keyOf({ kind, scope, name, sort, through, evidence }: Fact): string {
  const place = 'file' in evidence ? `${evidence.file}:${evidence.line}` : evidence.operation;
  return [kind, scope ?? '', name, sort, through ?? '', place].join('\n');
}

function relationsOf(facts: readonly Fact[]): RelationFact[] {
  const all = facts.flatMap((fact) => fact.relations ?? []);
  return [
    ...new Map(
      all.map((one) => [`${one.type}\n${one.to.kind}\n${one.to.scope ?? ''}\n${one.to.name}`, one]),
    ).values(),
  ];
}

function merged(a: Fact, b: Fact): Fact {
  const certainty = better(CERTAINTIES, a.certainty, b.certainty);
  const verb = [a.verb, b.verb]
    .filter((one) => one !== undefined)
    .sort((x, y) => STRENGTH[x] - STRENGTH[y])[0];
  const relations = relationsOf([a, b]);
  const region = a.region ?? b.region;
  const account = a.account ?? b.account;
  return {
    ...a,
    nameStatus: better(NAME_STATUSES, a.nameStatus, b.nameStatus) ?? a.nameStatus,
    environments: sortEnvironments([...a.environments, ...b.environments]),
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...(certainty && { certainty }),
    ...(verb && { verb }),
    ...((a.properties || b.properties) && { properties: { ...b.properties, ...a.properties } }),
    ...(relations.length > 0 && { relations }),
  };
}

/** Facts that say the same of the same thing at the same place become one, as certain as the surest of them. */
export function mergeFacts(facts: Iterable<Fact>): Fact[] {
  const byKey = new Map<string, Fact>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const known = byKey.get(key);
    byKey.set(key, known ? merged(known, fact) : fact);
  }
  return [...byKey.values()];
}
