import { sortEnvironments } from '#lib/environments.ts';
import { slug, wordsOf } from '#lib/identifier.ts';
import type { Fact } from '#model/fact.ts';

/**
 * Facts with the environments that `constat.yaml` knows by other words: `{ prod: [live] }` makes `orders-live` a name of
 * prod, and a run whose environment is called `live` one of prod.
 */
export function withAliases(
  facts: readonly Fact[],
  aliases: Readonly<Record<string, readonly string[]>>,
): readonly Fact[] {
  const canonical = new Map(
    Object.entries(aliases).flatMap(([name, words]) => words.map((word) => [slug(word), name])),
  );
  if (canonical.size === 0) return facts;
  return facts.map((fact) => {
    const given = fact.environments.map((environment) => canonical.get(slug(environment)) ?? environment);
    const named = wordsOf(fact.name).flatMap((word) => canonical.get(word) ?? []);
    return { ...fact, environments: sortEnvironments([...given, ...named]) };
  });
}
