import type { Certainty, Json, Verb } from './fact.ts';
import type { Text } from './text.ts';

/**
 * How a run authenticates to what it deploys to or reads from: `oidc` (a role assumed with the run's own token),
 * `static-keys` (any long-lived secret), `github-token` (only the job's own token), `none`.
 */
export const AUTHENTICATIONS = ['oidc', 'static-keys', 'github-token', 'none', 'unknown'] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

/** One call that a run would make. Values that are only known at run time read `⟨…⟩`. */
export interface Call {
  tool: string;
  operation: string;
  arguments: Record<string, Json>;
  /** Where it is written, when that is not the workflow's own file. */
  file?: string;
  line: number;
  verb: Verb;
  certainty: Certainty;
  /** The host on which it would run, for commands handed to ssh. */
  remote?: string;
  /** The step depends on a condition whose value is only known at run time: it is written here. */
  condition?: string;
  prediction?: 'ok' | 'fails' | 'unknown';
  why?: Text;
  /** Of a program that is read, not rehearsed: it goes on whether this fails or not. */
  isFailureIgnored?: boolean;
}

/** A way of presenting oneself to a provider, found in a run. */
export interface Credential {
  /** `aws`, `cloudflare`, `azure`, `google`, `docker`, `ssh`, `github`, or the registry's host. */
  provider: string;
  authentication: Authentication;
  role?: string;
  secrets: string[];
  file: string;
  line: number;
}

/** A job of a workflow under one choice of event, inputs, matrix cell and compared values. */
export interface Run {
  job: string;
  events: string[];
  inputs: Record<string, Json>;
  matrix: Record<string, Json>;
  /** The workflow files from the one that starts to the one that holds the job. */
  chain: string[];
  environment?: string;
  /** The address that `environment: url:` gives. */
  url?: string;
  auth: Authentication;
  role?: string;
  credentials: Credential[];
  /** Names of the secrets that the run reads. */
  secrets: string[];
  variables: string[];
  calls: Call[];
  /** What the rehearsal could not follow, in English: steps in other languages, limits met, scripts that are not there. */
  notes: string[];
}

/** A script rehearsed or parsed on its own. */
export interface ScriptRun {
  file: string;
  /** What reaches it (a workflow, a package script, a document), nearest first; empty: nobody. */
  reachedFrom: string[];
  arguments: string[];
  calls: Call[];
  notes: string[];
  /**
   * Of a script for a shell: its commands in order, with what keeps a failure of each from stopping it. The first words
   * alone, without values.
   */
  commands?: { words: string[]; line: number; statement: number; masked?: string }[];
}
