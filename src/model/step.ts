import type { Json } from './fact.ts';
import type { HostQuestion } from './host-question.ts';
import type { Text } from './text.ts';

export const RISKS = ['none', 'restart', 'brief-outage', 'data'] as const;
/** What applying a step does to who uses the estate. */
export type Risk = (typeof RISKS)[number];

export const STEP_STATES = ['ready', 'blocked', 'needs-input', 'applied', 'proven', 'rolled-back'] as const;
/**
 * `ready`: can be applied now. `blocked`: after steps that are not applied. `needs-input`: a value cannot be known.
 */
export type StepState = (typeof STEP_STATES)[number];

/** One read of an account, and what of its answer is looked at. */
export interface AwsRead {
  /** As AWS's command line names it: `elbv2`. */
  service: string;
  /** As the API names it: `DescribeListeners`. */
  operation: string;
  /** Undefined for a service without regions. */
  region?: string;
  input: Record<string, Json>;
  /** JMESPath over the answer. What it gives is compared as JSON, and never holds a secret value. */
  query: string;
}

/**
 * One write to an account. Anywhere in `input`, `{ "$find": name }` stands for what the read of that name gives at the
 * moment of the call, and `{ "$before": query }` for a JMESPath over the value that the audit captured.
 */
export interface AwsWrite {
  service: string;
  operation: string;
  region?: string;
  input: Record<string, Json>;
  finds?: Record<string, AwsRead>;
  /** Where the API takes a whole document: it is read at the moment of the call, and changed in these places alone. */
  edit?: AwsEdit;
}

/** A document that is read, edited and sent back. It may hold secrets: it is kept nowhere. */
export interface AwsEdit {
  read: AwsRead;
  /** The member of the input that takes the document; undefined where it is the whole input. */
  as?: string;
  /** JSON pointers (RFC 6901) into the document, and what stands there afterwards; `/-` at the end of a list adds to it. */
  set: { path: string; value: Json }[];
  remove?: string[];
}

/**
 * A write with the state that it changes: `before` is what the audit captured, `after` what holds once it is done. Equal
 * to `before`: not done yet. Equal to `after`: done. Anything else: somebody changed it, and it must be looked at.
 */
export interface Change {
  write: AwsWrite;
  state: AwsRead;
  /** Undefined until it is captured. */
  before?: Json;
  /** May hold `{ "$find": name }` of the write's finds. */
  after: Json;
  /** Undefined where it cannot be undone; the step says so. */
  undo?: AwsWrite;
}

/** What proves a step or a path, run by `constat prove`. */
export type ProofCheck =
  | {
      type: 'aws';
      read: AwsRead;
      equals: Json;
      /** Seconds until which the state may take to be so; default 0. */
      within?: number;
    }
  | {
      type: 'http';
      url: string;
      method?: 'GET' | 'HEAD';
      /** Where the connection is made to, instead of what the URL's name leads to: `host:port`. */
      connectTo?: string;
      /** Status codes that are expected. */
      status: number[];
      /** What `Location` begins with. */
      location?: string;
      within?: number;
    }
  | {
      type: 'host';
      /** `local`, or `ssh://…`, as the host was given. */
      host: string;
      question: HostQuestion;
      /** Any of these answers is a pass. */
      equals: string[];
      within?: number;
    }
  | { type: 'dns'; name: string; record: 'A' | 'AAAA' | 'CNAME'; includes?: string; within?: number }
  | { type: 'tls'; host: string; port: number; connectTo?: string; within?: number };

/** A check with an expected result that can be run. */
export interface Proof {
  id: string;
  title: Text;
  /** The same as a command for a shell. */
  command: string;
  expected: Text;
  resources?: string[];
  check?: ProofCheck;
  result?: 'pass' | 'fail' | 'unknown';
}

/** One change of the plan, with what it needs, how it is proven and how it is undone. */
export interface Step {
  /** `S-01`, in the order in which they can be applied. */
  id: string;
  title: Text;
  reason: Text;
  risk: Risk;
  /** What it adds to the bill; undefined where nothing. */
  cost?: Text;
  /** How long it takes until it holds. */
  duration?: Text;
  /** Ids of the steps that it needs first. */
  after: string[];
  /** Gap ids. */
  findings: string[];
  /** For a shell: every value is filled in, and what only the moment knows is read by the command itself. */
  command: string;
  /** Values that cannot be known, each with how to find it. */
  needs?: Text[];
  state: StepState;
  /** What was captured of what it changes, by what it is called. */
  before?: Record<string, Json>;
  rollback?: { command: string };
  /** Why it cannot be undone. */
  irreversible?: Text;
  /** Ids of the proofs. */
  proofs: string[];
  /** What `constat apply` sends; empty for a step that only a person can take. */
  changes: Change[];
}
