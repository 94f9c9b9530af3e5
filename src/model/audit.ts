import type { Estate } from './estate.ts';
import type { Finding } from './finding.ts';
import type { ClosedGap, Maturity, PhaseResult } from './maturity.ts';
import type { Patch } from './patch.ts';
import type { Report } from './report.ts';
import type { Step } from './step.ts';
import type { Language, Text } from './text.ts';

/** One immutable audit: what every format and screen reads. */
export interface Audit {
  id: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  finishedAt: string;
  lang: Language;
  version: string;
  path: string;
  asked: { repository: boolean; urls: readonly string[]; regions: readonly string[] };
  commit?: string;
  estate: Estate;
  findings: readonly Finding[];
  /** Of an audit that was asked for a profile. */
  maturity?: Maturity;
  /** By phase, what is not muted; of an audit that has phases. */
  phases?: readonly PhaseResult[];
  /** What earlier audits found and this one no longer did. */
  closed?: readonly ClosedGap[];
  /** What mends the findings, in the order in which it can be applied. */
  steps: readonly Step[];
  proofs: Report['proofs'];
  /** Changes of the repository's files that close findings. */
  patches?: readonly Patch[];
  strengths: Report['summary']['strengths'];
  /** Rules that could not answer. */
  unknown: { rule: string; subjects: number; because: Text }[];
  /** What the user should know of the configuration: mutes that match nothing, mutes that have ended. */
  warnings: Text[];
}
