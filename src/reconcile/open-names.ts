import { environmentsOf } from '#lib/environments.ts';
import { type NamePattern, patternOf } from '#lib/name-pattern.ts';
import type { Fact } from '#model/fact.ts';

const OPEN_TAG = /:[^/]*[⟨$]/;
const MOST_NAMES = 24;

/** What an open name can be, where all that is open in it is chosen; undefined for any other name. */
function chosen(name: string): NamePattern | undefined {
  const pattern = patternOf(name);
  return pattern?.isChosen && pattern.known.length >= 4 ? pattern : undefined;
}

const fileOf = ({ evidence }: Fact): string | undefined => ('file' in evidence ? evidence.file : undefined);

/**
 * Facts in which a name that is open in what somebody chooses (`shop-{env}-api` in a document, `shop-$ENV-api` in a
 * script) stands for the names that other facts give whole (`shop-dev-api`, `shop-prod-api`): it says the same of each
 * of them, and is no resource of its own. A name that is open in a secret, a commit or an answer stays as it is.
 */
export function withOpenNamesClosed(facts: readonly Fact[]): readonly Fact[] {
  const whole = new Map<string, Map<string, Fact>>();
  for (const fact of facts) {
    if (fact.sort !== 'declared' || (fact.nameStatus !== 'literal' && fact.nameStatus !== 'resolved'))
      continue;
    const names = whole.get(fact.kind) ?? new Map<string, Fact>();
    const place = `${fact.scope ?? ''}\n${fact.name}`;
    whole.set(fact.kind, names);
    if (names.get(place)?.verb !== 'creates') names.set(place, fact);
  }
  const known = new Map<string, readonly Fact[]>();
  return facts.flatMap((fact) => {
    if (fact.nameStatus !== 'template' || fact.sort !== 'declared') return [fact];
    const key = `${fact.kind}\n${fact.name}`;
    let meant = known.get(key);
    if (!meant) {
      const pattern = chosen(fact.name);
      meant = pattern
        ? [...(whole.get(fact.kind)?.values() ?? [])].filter(({ name }) => pattern.partsOf(name))
        : [];
      known.set(key, meant);
    }
    const scope = fact.scope === undefined ? undefined : chosen(fact.scope);
    const fitting = meant.filter(
      (one) =>
        // `web:latest` and `web:$TAG` in one script are two tags of one image
        !(fact.kind === 'Docker::Image' && OPEN_TAG.test(fact.name) && fileOf(one) === fileOf(fact)) &&
        (fact.scope === undefined ||
          one.scope === undefined ||
          one.scope === fact.scope ||
          scope?.partsOf(one.scope) !== undefined),
    );
    if (fitting.length === 0 || fitting.length > MOST_NAMES) return [fact];
    // what a template makes is not only what others name or make: it may make more of that name
    const isMade =
      fact.verb === 'creates' &&
      fact.certainty === 'static' &&
      fitting.every((one) => one.verb !== 'creates' || fileOf(one) !== fileOf(fact));
    const closed = fitting.map(({ name, nameStatus, scope: own }): Fact => {
      const { scope: _, ...rest } = fact;
      return {
        ...rest,
        name,
        nameStatus,
        ...(own !== undefined && { scope: own }),
        environments: environmentsOf(name),
      };
    });
    return isMade ? [...closed, fact] : closed;
  });
}
