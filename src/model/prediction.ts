import type { ResourceKey, Verb } from './fact.ts';
import type { Text } from './text.ts';
import type { Authentication, Call } from './workflow.ts';

/** How a call would end, as far as the observed estate tells. */
export const PREDICTIONS = ['ok', 'fails', 'unknown'] as const;
export type Prediction = (typeof PREDICTIONS)[number];

/** Something that a call names, and what it does to it. */
export interface Mention extends ResourceKey {
  verb: Verb;
  region?: string;
  account?: string;
}

/** A call that is about to be made, its values as far as they are known (`⟨…⟩` for the rest). */
export interface AskedCall extends Pick<Call, 'tool' | 'operation' | 'arguments'> {
  mentions: readonly Mention[];
  /** Where the run is at work. */
  account?: string;
  region?: string;
}

export interface Verdict {
  prediction: Prediction;
  /** Of `fails` and `unknown`: what is in the way, or what nobody could look at. */
  why?: Text;
  /** The call ends well and finds nothing: what it would list is not there. */
  empty?: boolean;
}

/** Who makes the calls of a job. */
export interface Caller {
  authentication: Authentication;
  /** ARN of the role that it assumes. */
  role?: string;
  /** The role is assumed with another role's credentials, not with the job's own token. */
  isChained?: true;
  /** `owner/name` of the repository, where it is known. */
  repository?: string;
  environment?: string;
  /** What starts it: `push`, `workflow_dispatch`… */
  event: string;
  /** The branch that starts it, where the run is bound to one. */
  branch?: string;
}

/** What the observed estate answers to those who rehearse. Pure; remembers nothing between two runs. */
export interface Oracle {
  /** A run of its own: what it makes is there for the calls that follow. */
  /** Undefined for a call that asks nothing of what was observed. */
  start(): { ask(call: AskedCall, caller: Caller): Verdict | undefined };
}
