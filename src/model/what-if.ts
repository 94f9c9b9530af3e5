import type { Evidence } from './evidence.ts';
import type { Json } from './fact.ts';
import type { Severity } from './finding.ts';
import type { Text } from './text.ts';

export const WHAT_IF_SUBJECTS = ['compose', 'systemd', 'traefik'] as const;
export type WhatIfSubject = (typeof WHAT_IF_SUBJECTS)[number];

/**
 * What starting or applying a file would do on a host as it was seen. Nothing is started. The effects are those that the
 * readings establish; what could not be told stands in `unknown`, and an empty list beside it is no promise.
 */
export interface WhatIf {
  of: WhatIfSubject;
  file: string;
  /** The host's name. */
  host: string;
  /** Its name says that the file is out of use. */
  isRetired: boolean;
  /** What somebody would type: `docker compose --file … up --detach`. */
  command: string;
  /** In the order in which they would happen; the first that fails ends it. */
  effects: Effect[];
  unknown: { text: Text }[];
}

/** Kebab-case, what would happen. */
export const EFFECTS = [
  'port-collision',
  'container-name-collision',
  'project-taken-over',
  'container-recreated',
  'container-started',
  'container-orphaned',
  'port-opened',
  'network-missing',
  'network-created',
  'subnet-overlap',
  'alias-collision',
  'volume-shared',
  'volume-created',
  'volume-missing',
  'path-shared',
  'image-absent',
  'environment-file-missing',
  'variable-missing',
  'unit-replaced',
  'unit-started',
  'unit-stopped',
  'unit-unloadable',
  'path-missing',
  'user-missing',
  'route-added',
  'route-taken-over',
  'route-lost',
  'route-changed',
  'route-unanswered',
  'middleware-missing',
  'entry-point-missing',
] as const;
export type EffectId = (typeof EFFECTS)[number];

export interface Effect {
  id: EffectId;
  /** The start, or the part of it that this is of, would fail. */
  fails: boolean;
  severity: Severity;
  /** What would happen, in one sentence with its names. */
  text: Text;
  /** The line of the file first, then what of the host was seen. */
  evidence: [Evidence, ...Evidence[]];
  /** What would be affected, by kind and name: `{ kind: 'Docker::Container', name: 'shop-front' }`. */
  affects: { kind: string; name: string }[];
  /** What a remedy needs: `{ port: 8002, free: 8003 }`. */
  values?: Record<string, Json>;
}
