import type {
  ComposeFile,
  Dockerfile,
  Document,
  EnvironmentFile,
  SecretSighting,
  StrayWorkflow,
  TerraformState,
  TrackedIgnored,
  WorkflowSource,
} from './artifacts.ts';
import type { Estate, System } from './estate.ts';
import type { Evidence, Source } from './evidence.ts';
import type { Json, Kind } from './fact.ts';
import type { Confidence, Priority, Severity } from './finding.ts';
import type { HostState } from './host.ts';
import type { Path } from './path.ts';
import type { ProxyConfig } from './proxy.ts';
import type { Resource } from './resource.ts';
import type { ProgramSettings } from './settings.ts';
import type { Text } from './text.ts';
import type { UnitFile } from './unit-file.ts';
import type { WhatIf } from './what-if.ts';
import type { WorkerCode } from './worker.ts';
import type { WranglerConfig } from './wrangler.ts';

/** What a rule can be asked about, one at a time. */
export interface Subjects {
  estate: Estate;
  system: System;
  workflow: WorkflowSource;
  strayWorkflow: StrayWorkflow;
  dockerfile: Dockerfile;
  composeFile: ComposeFile;
  environmentFile: EnvironmentFile;
  document: Document;
  secret: SecretSighting;
  trackedIgnored: TrackedIgnored;
  terraformState: TerraformState;
  resource: Resource;
  path: Path;
  wranglerConfig: WranglerConfig;
  worker: WorkerCode;
  host: HostState;
  proxy: ProxyConfig;
  unitFile: UnitFile;
  program: ProgramSettings;
  whatIf: WhatIf;
}
export type SubjectName = keyof Subjects;

/** A gap that a rule found. `key` tells two gaps of one subject apart; it holds no line number. */
export interface Gap {
  title: Text;
  message: Text;
  evidence: [Evidence, ...Evidence[]];
  /** Empty when the rule gives one gap per subject. */
  key?: string;
  resources?: string[];
  systems?: string[];
  environments?: string[];
  /** Where it departs from the rule's own. */
  severity?: Severity;
  priority?: Priority;
  confidence?: Confidence;
  /** What a remedy needs to know, by name; never a secret value. Not in the report. */
  values?: Record<string, Json>;
}

/** What a rule says of one subject. `unknown`: what it needs was not read; counted, never taken for a pass. */
export type Verdict =
  | { is: 'ok' }
  | { is: 'not-applicable' }
  | { is: 'unknown'; because: Text }
  | { is: 'gap'; gaps: [Gap, ...Gap[]] };

export const ok: Verdict = { is: 'ok' };
export const notApplicable: Verdict = { is: 'not-applicable' };
export const unknown = (because: Text): Verdict => ({ is: 'unknown', because });

/** The verdict for a list of gaps that may be empty. */
export function gaps(list: Gap[]): Verdict {
  const [first, ...rest] = list;
  return first ? { is: 'gap', gaps: [first, ...rest] } : ok;
}

export interface Rule<S extends SubjectName = SubjectName> {
  /** Kebab-case, a noun phrase that names the fault; also the file's name and the title of its page. */
  id: string;
  severity: Severity;
  /** Default: P1 for critical and high, P2 for medium, P3 for low. */
  priority?: Priority;
  /** How sure the rule is when it speaks. Default `high`. */
  confidence?: Confidence;
  /** What the fault is, without a subject: heads the rule's page and groups its findings. */
  title: Text;
  /** What can happen if it stays, in one or two sentences. */
  risk: Text;
  /** What to do about it, in the infinitive (fr) or imperative (en). */
  remedy: Text;
  subject: S;
  /** For rules on resources: the kinds they judge. */
  kinds?: Kind[];
  /** Sources without which the answer is `unknown`. */
  needs?: Source[];
  /** Where the fault is described: a provider's document, a standard. */
  references?: string[];
  evaluate(subject: Subjects[S], estate: Estate): Verdict;
}

/** A rule that can stand in the list of all rules, whatever its subject. */
export type AnyRule = { [S in SubjectName]: Rule<S> }[SubjectName];

export const defineRule = <S extends SubjectName>(rule: Rule<S>): Rule<S> => rule;
