import type { CallEvidence } from '#model/evidence.ts';
import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';

/** Something that was seen on a host. */
export interface Seen {
  kind: Kind;
  name: string;
  scope?: string;
  /** The command that showed it, as the coverage calls it. */
  operation: string;
  properties?: Record<string, Json | undefined>;
  relations?: RelationFact[];
  otherNames?: string[];
  /** It comes with the machine or its engine: nobody would declare it. */
  builtIn?: boolean;
}

export const evidenceAt = ({ at }: Pick<HostState, 'at'>, operation: string): CallEvidence => ({
  source: 'host',
  operation,
  at,
});

/** A fact of what was seen; of its properties those that are known. */
export function observed(state: Pick<HostState, 'name' | 'at'>, seen: Seen): Fact {
  const { kind, name, scope, operation, relations = [], otherNames = [], builtIn } = seen;
  const properties = Object.fromEntries(
    Object.entries(seen.properties ?? {}).filter(([, value]) => value !== undefined && !isEmpty(value)),
  ) as Record<string, Json>;
  return {
    kind,
    name,
    ...(scope !== undefined && { scope }),
    source: 'host',
    sort: 'observed',
    nameStatus: 'literal',
    evidence: evidenceAt(state, operation),
    account: state.name,
    environments: [],
    properties,
    ...(relations.length > 0 && { relations }),
    ...(otherNames.length > 0 && { otherNames }),
    ...(builtIn && { builtIn }),
  };
}

const isEmpty = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;
