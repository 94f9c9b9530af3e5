import type { CallEvidence, Evidence, FileEvidence } from './evidence.ts';
import type { Fact, Json, Kind, NameStatus } from './fact.ts';
import type { Text } from './text.ts';

export const STATUSES = ['verified', 'drifted', 'missing', 'unverified', 'undocumented'] as const;
export type Status = (typeof STATUSES)[number];

/** A component that a blueprint needs and no source names has this sixth value. */
export type ComponentStatus = Status | 'undefined';

export interface Drift {
  path: string;
  declared: Json;
  observed: Json;
}

/** The last change of a resource, as far as its provider's records tell. */
export interface ResourceChange {
  /** `UpdateService`. */
  event: string;
  /** RFC 3339. */
  at: string;
  /** The user, or the role with the name of its session; undefined where the record names neither. */
  by?: string;
}

/** What the facts about one thing merge into. `id` is the ARN where there is one, else `constat:<kind>:<scope>:<name>`. */
export interface Resource {
  id: string;
  /** `constat:<kind>:<scope>:<name>`, the same before and after anyone looked: what gap ids hang on. */
  key: string;
  kind: Kind;
  name: string;
  scope?: string;
  nameStatus?: NameStatus;
  provider: string;
  account?: string;
  region?: string;
  system?: string;
  environments: string[];
  status: Status;
  /**
   * Of `unverified`: why nobody could look. Of `missing`: where it was looked for. Of `verified` and `drifted`: the open
   * name that it fits, where its own is not declared.
   */
  reason?: Text;
  declared: FileEvidence[];
  observed: CallEvidence[];
  properties: Record<string, Json>;
  drift: Drift[];
  /** Who changed it last, and when: asked for what drifted and for what nothing declares. */
  lastChange?: ResourceChange;
  /** The facts it was made of, for rules; not in the JSON report. */
  facts: readonly Fact[];
}

export interface Relation {
  from: string;
  to: string;
  type: string;
  evidence: Evidence[];
}
