import type { Source } from './evidence.ts';
import type { Kind } from './fact.ts';
import type { Text } from './text.ts';

/** Why a read of the estate gave no answer. `unavailable`: the service is not offered there, or not switched on. */
export const REFUSALS = ['denied', 'throttled', 'failed', 'unavailable'] as const;

/** A read that gave no answer, with what would open it. */
export interface Refusal {
  sort: (typeof REFUSALS)[number];
  /** As the report writes it: `ecs:ListServices`. */
  operation: string;
  /** The IAM action or token scope that the read needs. */
  permission?: string;
  why: Text;
}

/**
 * That resources of a kind were looked for in one place, and whether all of them were seen. Only where every lookup of
 * a kind in a place was complete may a resource be said to be missing there.
 */
export interface Lookup {
  source: Source;
  kind: Kind;
  account: string;
  /** Undefined for kinds that are of no region. */
  region?: string;
  /** Only those inside this one were looked for: the services of a cluster. */
  scope?: string;
  /** Undefined when the list is complete. */
  refusal?: Refusal;
}

/** One account that was looked at. */
export interface Observation {
  source: Source;
  /** Empty when nobody knows whose it is. */
  account: string;
  /** The account could not be opened: nothing in it was looked for. */
  refusal?: Refusal;
  /** The regions that were read. */
  regions: readonly string[];
  /** The kinds that some collector lists. */
  kinds: ReadonlySet<Kind>;
  lookups: readonly Lookup[];
}
