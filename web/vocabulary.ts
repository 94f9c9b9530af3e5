import type { Report } from '#model/report.ts';

export type Resource = Report['resources'][number];
export type Finding = Report['findings'][number];
export type Workflow = Report['workflows'][number];
export type Run = Workflow['runs'][number];
export type Call = Run['calls'][number];
export type Component = Report['components'][number];
export type Proof = Report['proofs'][number];
export type Path = Report['paths'][number];
export type Hop = Path['hops'][number];
export type Side = Path['side'][number];
export type Check = Hop['checks'][number];
export type Cause = Path['causes'][number];
export type Step = Report['plan']['steps'][number];
export type Coverage = Report['coverage'][number];
export type System = Report['systems'][number];
export type Domain = Report['maturity'][number];
export type Question = Domain['questions'][number];
export type Patch = NonNullable<Report['patches']>[number];
export type WhatIf = NonNullable<Report['whatIf']>[number];
export type Effect = WhatIf['effects'][number];
export type Evidence = Finding['evidence'][number];
export type Status = Resource['status'];
export type Severity = Finding['severity'];
export type Priority = Finding['priority'];
export type Horizon = Report['summary']['next'][number]['horizon'];

/** The orders in which the report shows them. */
export const STATUS_ORDER: readonly Status[] = [
  'verified',
  'drifted',
  'missing',
  'unverified',
  'undocumented',
];
export const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
export const PRIORITY_ORDER: readonly Priority[] = ['P1', 'P2', 'P3'];
export const HORIZON_ORDER: readonly Horizon[] = ['now', 'soon', 'later'];
export const DOMAIN_ORDER: readonly string[] = [
  'compute',
  'images',
  'network',
  'edge',
  'data',
  'messaging',
  'identity',
  'observability',
  'delivery',
  'ai',
  'external',
];

/** Whether an evidence is a place in a file: the declared side. */
export const isDeclared = (evidence: Evidence): evidence is Extract<Evidence, { file: string }> =>
  'file' in evidence;
