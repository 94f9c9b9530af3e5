import type { FileEvidence } from './evidence.ts';

/**
 * What the code of a Worker (or of the functions of a Pages project) says, from its entry through every module of the
 * repository that it imports. Parsed, never run. Not part of the JSON report.
 */
export interface WorkerCode {
  /** The configuration of Wrangler that names the entry; undefined where none does. */
  config?: string;
  entry: string;
  /** Every module that was read, the entry first. */
  files: string[];
  /**
   * Why something that is not seen cannot be called absent: a module that could not be read or parsed, an import that
   * leads out of the repository to a framework that may do it (`hono`, `itty-router`…), the environment handed on whole.
   */
  blindSpots: { what: BlindSpot; at: FileEvidence; name?: string }[];
  /** What the entry answers to, by the names of its handlers (`fetch`, `scheduled`, `queue`…); empty where its exports do not tell. */
  handlers: { event: string; at: FileEvidence }[];
  /** Where methods that change something (`POST`, `DELETE`…) are routed or compared. */
  writes: FileEvidence[];
  /** Where answers are said to be pages (`text/html`). */
  pages: FileEvidence[];
  /** Where the request is handed on whole, and what answers it then: a binding, or the origin or another site where none is named. */
  forwards: { binding?: string; at: FileEvidence }[];
  /**
   * Reads of the environment: `env.DB`, `c.env.DB`, destructured. Optional: the code goes on where there is none.
   * `isBinding`: it is used as no text can be (`env.DB.prepare()`).
   */
  reads: { name: string; at: FileEvidence; isOptional?: true; isBinding?: true }[];
  /** Headers that answers are given, in lower case. */
  headers: { name: string; value?: string; at: FileEvidence }[];
  /** Origins that are let in: a list, any, or whoever asks. */
  cors: { policy: 'list' | 'any' | 'reflected'; origins: string[]; at: FileEvidence }[];
  /** Where requests are counted and turned away: a `429`, a rate limiting binding, a known library. */
  rateLimits: FileEvidence[];
  /** JSON Web Tokens that are taken from requests. */
  tokens: TokenCheck[];
  /** Paths that are answered for health checks. */
  health: { path: string; at: FileEvidence }[];
  /** Answers to other services' calls, and whether their signature is checked. */
  webhooks: { path: string; isVerified: boolean | 'unknown'; at: FileEvidence }[];
  /** Whether requests are let in only with a token of Access, and where it is read. */
  access: FileEvidence[];
}

export type BlindSpot = 'module-unreadable' | 'module-not-found' | 'framework' | 'environment-passed-on';

/** How one token is checked. `unknown`: a library or a module that was not read may do it. */
export interface TokenCheck {
  at: FileEvidence;
  /** Its signature is verified at all: a token that is only decoded is anybody's. */
  signature: 'yes' | 'no' | 'unknown';
  algorithms: string[];
  issuer: 'yes' | 'no' | 'unknown';
  audience: 'yes' | 'no' | 'unknown';
  expiry: 'yes' | 'no' | 'unknown';
  /** Keys are kept between requests, and for how long where it is said, in seconds. */
  keyCache: 'yes' | 'no' | 'unknown';
  cacheSeconds?: number;
}
