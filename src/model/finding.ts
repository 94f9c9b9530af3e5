import type { Evidence } from './evidence.ts';
import type { Json } from './fact.ts';
import type { Text } from './text.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const PRIORITIES = ['P1', 'P2', 'P3'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** A rule applied to what was read. `gap` is stable between audits (constat.lock.json). */
export interface Finding {
  gap: string;
  /** What the gap id is keyed by: rule and subject, never a line number or an order. */
  fingerprint: string;
  rule: string;
  severity: Severity;
  confidence: Confidence;
  priority: Priority;
  /** When it is to be mended: a title from `constat.yaml`, else the priority's. Only of an audit that has phases. */
  phase?: string;
  title: Text;
  message: Text;
  remedy: Text;
  systems: string[];
  environments: string[];
  resources: string[];
  evidence: Evidence[];
  steps: string[];
  /** What its remedy needs to know. Not in the report. */
  values?: Record<string, Json>;
  /** `knownGaps` of `constat.yaml`: the id is that of another audit, which is named. */
  known?: { from?: string };
  muted?: { owner: string; reason: string; until?: string };
}

export const atLeast = (severity: Severity, floor: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor);
