import type { Fact, Json, ResourceKey } from '#model/fact.ts';
import { identity, kindOf } from '#model/kinds/kinds.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';

/** A resource of which more is asked than the lists tell. */
export interface WantedResource extends ResourceKey {
  arn?: string;
  /** Where it is; undefined of what is of no region. */
  region?: string;
  /** What is known of it already, and is not asked for again. */
  properties: Readonly<Record<string, Json>>;
  /** Reads of its details that gave no answer. */
  refusals?: readonly Refusal[];
  builtIn?: boolean;
}

/** What is asked of a resource that was observed: by the names under which it was seen, not those that files give it. */
export function wantedOf({ kind, name, scope, region, facts, properties }: Resource): WantedResource {
  const seen = facts.find(({ sort }) => sort === 'observed');
  const [own, inside, place] = seen ? [seen.name, seen.scope, seen.region] : [name, scope, region];
  return {
    kind,
    name: own,
    ...(inside !== undefined && { scope: inside }),
    ...(seen?.arn !== undefined && { arn: seen.arn }),
    ...(place !== undefined && { region: place }),
    properties,
  };
}

/** Whether a detail needs no call: it is known, or the read that would tell it was refused. */
export const isKnown = (
  { properties, refusals = [] }: WantedResource,
  property: string,
  operation: string,
): boolean => properties[property] !== undefined || refusals.some((one) => one.operation === operation);

const keyOf = ({
  kind,
  name,
  scope,
  arn,
  region,
}: Pick<WantedResource, 'kind' | 'name' | 'scope' | 'arn' | 'region'>) =>
  arn ??
  [kind, scope ?? '', identity({ kind, name }).name, kindOf(kind).global ? '' : (region ?? '')].join('\n');

/** What was observed until now, to be found by ARN, else by name and place. */
export class Known {
  readonly #facts = new Map<string, Fact[]>();
  readonly #kinds = new Map<string, Fact[]>();

  constructor(facts: readonly Fact[]) {
    this.add(facts);
  }

  add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      const { arn, ...named } = fact;
      for (const key of new Set([keyOf(fact), keyOf(named)]))
        this.#facts.set(key, [...(this.#facts.get(key) ?? []), fact]);
      const kind = `${fact.kind}\n${fact.region ?? ''}`;
      const list = this.#kinds.get(kind);
      if (list) list.push(fact);
      else this.#kinds.set(kind, [fact]);
    }
  }

  /** All that was seen of a kind in a region, or of a kind without one. */
  all(kind: string, region: string): readonly Fact[] {
    return this.#kinds.get(`${kind}\n${region}`) ?? this.#kinds.get(`${kind}\n`) ?? [];
  }

  /** A wanted resource with the whole of what was observed of it; undefined where nothing was. */
  complete(wanted: WantedResource): WantedResource | undefined {
    const { arn, ...named } = wanted;
    const facts =
      this.#facts.get(keyOf(wanted)) ?? (arn === undefined ? this.#facts.get(keyOf(named)) : undefined);
    return facts && completed(wanted, facts);
  }
}

function completed(wanted: WantedResource, facts: readonly Fact[]): WantedResource {
  const [first] = facts as [Fact, ...Fact[]];
  const { kind, name, scope, arn, region } = first;
  return {
    kind,
    name,
    ...(scope !== undefined && { scope }),
    ...(arn !== undefined && { arn }),
    ...(region !== undefined && { region }),
    // what the first fact states stays
    properties: Object.assign(
      {},
      wanted.properties,
      ...[...facts].reverse().map(({ properties }) => properties),
    ),
    refusals: facts.flatMap(({ refusals = [] }) => refusals),
    ...(facts.some(({ builtIn }) => builtIn) && { builtIn: true }),
  };
}
