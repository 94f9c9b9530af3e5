import type { Evidence } from './evidence.ts';
import type { Json } from './fact.ts';
import type { Refusal } from './lookup.ts';
import type { Status } from './resource.ts';
import type { Text } from './text.ts';

export const CHECK_RESULTS = ['pass', 'fail', 'unknown'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/**
 * One thing that must hold for a request to pass. `unknown` is what nobody could look at: it is never a failure, and a
 * failure is never told of what was not seen.
 */
export interface Check {
  /**
   * Kebab-case, what is wrong where it fails: `listener-missing`. A rule of the same id makes a finding of the failure;
   * the same check bears the same id whether it passes or fails.
   */
  id: string;
  /** What was seen, in a few words: it is read beside the mark of the result. */
  text: Text;
  result: CheckResult;
  /** What was read to tell it; of `unknown`, the read that was refused. */
  evidence: Evidence[];
  /** Ids of resources that it speaks of beside the hop: the group that blocks, the certificate that does not cover. */
  resources?: string[];
  /** Of `unknown`: the read that gave no answer, with the permission to ask for. */
  refusal?: Refusal;
  /** What a remedy needs to know, by name: `{ port: 443, loadBalancer: 'arn:…' }`. Never a secret value. */
  values?: Record<string, Json>;
  /** How sure a failure is: `probable` where another explanation is left. Default `established`. */
  certainty?: Certainty;
}

export type Certainty = 'established' | 'probable';

/** How a request comes to a hop. */
export interface PathRequest {
  scheme: string;
  /** The host name that it asks for: `Host`, and the server name of TLS. */
  host: string;
  port: number;
  /** Path with a leading slash, without a query. */
  path: string;
}

/** A resource that a request passes. */
export interface Hop {
  /** The id of a resource; of one that is not there, the id that it would have. */
  resource: string;
  /** What it is on the path: `dns`, `cdn`, `load-balancer`, `target-group`, `service`, `container`… */
  role: string;
  status: Status;
  /** The hop that leads to it; undefined of the first. A path branches where several answer in turn. */
  from?: string;
  request?: PathRequest;
  checks: Check[];
}

/** Something that a hop needs, and no request passes: a certificate, a network, an image, a log group. */
export interface Side {
  resource?: string;
  role: string;
  /** The hop that needs it. */
  of: string;
  checks: Check[];
}

/** What is wrong at the root, and what follows from it up to what a user sees. */
export interface Cause {
  title: Text;
  /** From the root to the symptom. */
  chain: Text[];
  /** The hops and sides on which the links of the chain stand, the root's first. */
  hops: string[];
  /** The ids of the checks of the chain, the root's first. */
  checks: string[];
  /** What else follows from the root, beside the chain: the deployment that fails beside the targets that do. */
  beside?: { check: string; hop: string }[];
  certainty: Certainty;
}

/** A URL traced hop by hop. */
export interface Path {
  url: string;
  /** From the name that is asked for to the container that answers. */
  hops: Hop[];
  side: Side[];
  causes: Cause[];
}
