import type { FactSort, Json, Kind, NameStatus, RelationFact, Verb } from '#model/fact.ts';

/** A resource named at one place of a document, before it becomes a fact. */
export interface Mention {
  kind: Kind;
  name: string;
  nameStatus: NameStatus;
  line: number;
  /** The name as written, where another was made of it. */
  written?: string;
  sort: FactSort;
  /** Texts that may say the environment, the nearest first; the name itself is asked before them. */
  hints: readonly string[];
  /** What stands together: the line or row, then the list or table. Gives a service its cluster. */
  together: readonly string[];
  scope?: string;
  account?: string;
  region?: string;
  verb?: Verb;
  properties?: Record<string, Json>;
  relations?: RelationFact[];
}
