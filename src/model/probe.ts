import type { Operation } from './coverage.ts';

/**
 * Why something that was asked of the outside gave no answer.
 * - `unresolved`: DNS answers that there is no such name, or no address of it
 * - `resolver`: no name server gave an answer; it says nothing of the name
 * - `not-public`: it leads to an address of a private network only, which is not followed
 * - `unreachable`: this machine has no way to the address; it says nothing of the other end
 * - `refused`: the other end refuses the connection
 * - `connect-timeout`: nothing answers at that address and port, as where a packet filter drops what comes
 * - `handshake`: connected, and TLS was not agreed on
 * - `client-certificate`: only who shows a certificate is answered
 * - `closed`: connected, and closed before an answer
 * - `timeout`: connected, and no answer in time
 * - `malformed`: what came back is not HTTP, or its headers are over every limit
 * - `limit`: the requests or the time of the probe were used up before
 */
export const SILENCES = [
  'unresolved',
  'resolver',
  'not-public',
  'unreachable',
  'refused',
  'connect-timeout',
  'handshake',
  'client-certificate',
  'closed',
  'timeout',
  'malformed',
  'limit',
] as const;
export type Silence = (typeof SILENCES)[number];

/** What DNS says of a name, asked of the resolver of this machine. */
export interface NameAnswer {
  name: string;
  /** `no-name`: NXDOMAIN. `no-address`: the name is there, without an address. `unknown`: nobody answered. */
  result: 'addresses' | 'no-name' | 'no-address' | 'unknown';
  a: string[];
  aaaa: string[];
  /** The names that it is an alias of, in turn; empty where it is none. */
  aliases: string[];
  /** The aliases lead back to one of them. */
  aliasesLoop?: true;
  /** The zone that holds the name, where it was looked for, and the name servers of the zone. */
  zone?: string;
  nameServers?: string[];
  /** Who may issue certificates (RFC 8659), as the nearest name up the tree says it; undefined where none does. */
  issuers?: { name: string; records: string[] };
  /** Record types that got no answer, with c-ares's word for it: `{ record: 'AAAA', why: 'ETIMEOUT' }`. */
  unread: { record: string; why: string }[];
  /** Addresses that are not followed: of private networks, of this machine, of the link. */
  notPublic: string[];
}

export const TLS_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** What a server shows when TLS is spoken with it. */
export interface TlsAnswer {
  /** The server name that it was asked with. */
  host: string;
  port: number;
  /** Where the connection was made to, where that is not what the name leads to: a load balancer. */
  by?: string;
  silence?: Silence;
  /** OpenSSL's or the system's code of what went wrong. */
  error?: string;
  certificate?: {
    subject: string;
    issuer: string;
    /** The names that it is for, `*.example.org` included; at most 100. */
    names: string[];
    /** RFC 3339. */
    from: string;
    until: string;
    /** Whole days until it expires, negative after it. */
    days: number;
    /** Whether it is for the host that was asked for (RFC 6125, as Node.js checks it). */
    covers: boolean;
  };
  /** Whether its chain leads to a root that this machine trusts: `valid`, or OpenSSL's code of what is wrong. */
  chain?: string;
  protocol?: string;
  cipher?: string;
  /** What it chose of `h2` and `http/1.1`. */
  alpn?: string;
  /** The versions that it was asked for one by one; `unknown` where this machine cannot speak one. */
  versions: Partial<Record<TlsVersion, 'accepted' | 'refused' | 'unknown'>>;
}

/**
 * Whether a chain is told unsound for a root that this machine does not know, by OpenSSL's code: whoever uses the server
 * may know it, so that nothing is established.
 */
export const isRootUnknown = (chain: string): boolean =>
  chain === 'SELF_SIGNED_CERT_IN_CHAIN' || /^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/.test(chain);

/** One request and what came back. */
export interface HttpAnswer {
  method: 'GET' | 'HEAD';
  /** Without user, query or fragment, which may hold secrets; a query shows as `?…`. */
  url: string;
  /** The host and port that the connection was made to, where that is not the URL's own: a load balancer. */
  by?: string;
  address?: string;
  silence?: Silence;
  error?: string;
  status?: number;
  /** `HTTP/1.1` or `HTTP/2`. */
  protocol?: string;
  /** Where a redirect leads, shown as {@link HttpAnswer.url} is. */
  location?: string;
  /** Those of {@link KEPT_HEADERS} that came, secrets masked and cut. Of all others nothing but the name is kept. */
  headers: Record<string, string>;
  otherHeaders: string[];
  /** Names of the cookies that it sets. */
  cookies: string[];
  /** Milliseconds from the request on an open connection to the first byte of its answer. */
  firstByte?: number;
  /** What of the body was read, and then forgotten: up to a limit, and not decompressed. */
  body?: { bytes: number; end: 'complete' | 'cut' | 'broken' };
}

/** Headers of a response whose values tell how it is served or protected, and are no secrets. */
export const KEPT_HEADERS = [
  'strict-transport-security',
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'x-frame-options',
  'server',
  'via',
  'x-cache',
  'x-amz-cf-pop',
  'x-amz-cf-id',
  'content-encoding',
  'content-type',
] as const;

/** A request and the redirects that it met. */
export interface Journey {
  /** Each request in turn. */
  hops: HttpAnswer[];
  /**
   * `loop`: the last redirect leads to a URL that was asked before. `too-many`: more redirects than are followed.
   * `not-followed`: it leads to something else than HTTP, or to no URL.
   */
  end: 'answered' | 'silent' | 'loop' | 'too-many' | 'not-followed';
}

/** A load balancer that was asked directly, as a CDN before it would. */
export interface OriginAnswer {
  host: string;
  port: number;
  scheme: string;
  hostHeader: string;
  answer: HttpAnswer;
  tls?: TlsAnswer;
}

/** What real requests to a URL were answered. Holds no body, no cookie and no query. */
export interface ProbeAnswers {
  /** Shown as {@link HttpAnswer.url} is. */
  url: string;
  host: string;
  /** When it began: RFC 3339, UTC. */
  at: string;
  /** The URL's own name first, then the others that were asked for. Empty where the URL has an address for a name. */
  names: NameAnswer[];
  /** One for each host and port that TLS was spoken with. */
  tls: TlsAnswer[];
  journey: Journey;
  /** The same over plain HTTP, where the URL is of HTTPS: its first answer alone. */
  plain?: HttpAnswer;
  /** The same domain with `www.`, or without it, and whether it leads to the same place in the end. */
  twin?: { name: string; leads: 'same' | 'elsewhere' | 'nowhere' | 'unknown' };
  origins: OriginAnswer[];
  /** What was used up, where something was not asked for it. */
  spent?: 'requests' | 'time';
  /** How much was asked, by what it was: `DNS`, `TLS`, `HTTP`. */
  operations: Operation[];
  milliseconds: number;
}
