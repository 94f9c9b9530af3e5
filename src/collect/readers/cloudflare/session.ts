import type { Text } from '#model/text.ts';
import { type Answered, numberOf, objectOf, objectsOf, textOf } from '../../fields.ts';
import { Ledger } from '../ledger.ts';
import { type CloudflareAccess, type Credentials, credentialsOf } from './access.ts';
import { leftOf, Pace, REAL } from './pace.ts';
import {
  type ApiError,
  credentialsText,
  type Failure,
  inactiveText,
  isAboutCredentials,
  isElsewhere,
  Refused,
  refusalOf,
} from './refusal.ts';

/** One read: a path of the API as its documentation writes it, and what stands in its braces. */
export interface Read {
  /** `/accounts/{account_id}/d1/database` */
  path: string;
  at?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number>>;
  /** Of R2: where buckets that are kept to a jurisdiction are looked for. */
  jurisdiction?: string;
  /** The permission groups that open it. */
  permission?: string;
}

/** The envelope of what succeeded. */
export interface Envelope {
  result: unknown;
  info: Answered;
}

/** What every token may ask of itself. */
const VERIFY = '/user/tokens/verify';
/** Where requests are counted that are of no account. */
export const OF_USER = 'user';
/** No page of any list comes near it. */
const LONGEST_ANSWER = 64 * 1024 * 1024;
const LONGEST_DELAY = 5_000;
/** Seconds: a limit begins anew in five minutes, so whoever asks for more asks to come another day. */
const LONGEST_WAIT = 300;

/** As the ledger counts it, and as evidence names it. */
export const operationOf = ({ path }: Pick<Read, 'path'>): string => `GET ${path}`;

/**
 * The one door to Cloudflare. It can only read: there is no way to give it a method. Each request passes the pace of the
 * token and is counted; the same one is never sent twice.
 */
export class CloudflareSession {
  readonly #access: CloudflareAccess;
  readonly #credentials: Credentials | Text;
  readonly #pace: Pace;
  readonly #asked = new Map<string, Promise<Envelope>>();
  readonly #ledgers = new Map<string, Ledger>();
  /** Whether any answer was given: then the credentials are good, and what is refused is refused to them. */
  #isAccepted = false;
  #verified: Promise<Text | undefined> | undefined;

  constructor(access: CloudflareAccess = {}) {
    this.#access = access;
    this.#credentials = credentialsOf(access.environment);
    this.#pace = new Pace(access.maxRate, access.timing);
  }

  /**
   * The answer of one read.
   * @param place the account in whose ledger it is counted
   * @throws Refused when there is none
   */
  get(read: Read, place: string): Promise<Envelope> {
    if (!('base' in this.#credentials)) {
      const refusal = { sort: 'failed', operation: operationOf(read), why: this.#credentials } as const;
      return Promise.reject(new Refused(refusal));
    }
    const { base } = this.#credentials;
    const url = urlOf(base, read);
    const key = `${read.jurisdiction ?? ''} ${url}`;
    const known = this.#asked.get(key) ?? this.#answer(read, url, place, this.#credentials);
    this.#asked.set(key, known);
    return known;
  }

  /** What was asked in one place so far. */
  ledger(place: string): Ledger {
    const known = this.#ledgers.get(place) ?? new Ledger();
    this.#ledgers.set(place, known);
    return known;
  }

  /** The places in which anything was asked. */
  get places(): string[] {
    return [...this.#ledgers.keys()].sort();
  }

  async #answer(read: Read, url: string, place: string, credentials: Credentials): Promise<Envelope> {
    const { attempts = 4, delay = 250 } = this.#access;
    const ledger = this.ledger(place);
    const operation = operationOf(read);
    for (let attempt = 1; ; attempt++) {
      await this.#pace.turn();
      ledger.sent(operation);
      const sent = await this.#send(url, read, credentials);
      if ('result' in sent) {
        this.#isAccepted = true;
        return sent;
      }
      if (sent.status === 429) ledger.throttled(operation);
      if (attempt < attempts && mayBeAskedAgain(sent)) {
        if (sent.status === 429) this.#pace.pause(sent.retryAfter ?? 2 ** attempt);
        else
          await this.#wait(Math.min(LONGEST_DELAY, delay * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)));
        continue;
      }
      throw await this.#refused(sent, read, place, credentials);
    }
  }

  #wait(milliseconds: number): Promise<void> {
    const { timing = REAL } = this.#access;
    return new Promise((resolve) => timing.after(milliseconds, resolve));
  }

  async #refused(failure: Failure, read: Read, place: string, credentials: Credentials): Promise<Refused> {
    const asked = {
      operation: operationOf(read),
      ...(read.permission !== undefined && { permission: read.permission }),
    };
    const refused = new Refused(refusalOf(failure, asked), failure);
    const isOfToken = isAboutCredentials(failure) || refused.refusal.sort === 'denied';
    if (this.#isAccepted || !isOfToken || isVerification(read)) return refused;
    // of a token that is not one and of a permission that it lacks, products say the same
    const why = await this.#whyNotAccepted(failure, read.at?.account_id, place, credentials);
    return why ? new Refused({ sort: 'failed', operation: asked.operation, why }, failure) : refused;
  }

  /** Why the API is not where it is asked for, by a read that it always answers; undefined where it is. */
  async elsewhere(): Promise<Refused | undefined> {
    try {
      await this.get({ path: VERIFY }, OF_USER);
    } catch (error) {
      const refused = Refused.of(error, { operation: operationOf({ path: VERIFY }) });
      return 'base' in this.#credentials && isElsewhere(refused.failure) ? refused : undefined;
    }
    return undefined;
  }

  /**
   * What is wrong with the credentials, by the verification that every token may ask; undefined when they are good, or
   * nobody can tell.
   * @param account whose token it may be
   */
  async fault(account: string): Promise<Text | undefined> {
    return 'base' in this.#credentials
      ? this.#whyNotAccepted(undefined, account, OF_USER, this.#credentials)
      : this.#credentials;
  }

  #whyNotAccepted(
    failure: Failure | undefined,
    account: string | undefined,
    place: string,
    { variable }: Credentials,
  ): Promise<Text | undefined> {
    this.#verified ??= this.#verify(failure, account, place, variable);
    return this.#verified;
  }

  async #verify(
    failure: Failure | undefined,
    account: string | undefined,
    place: string,
    variable: string,
  ): Promise<Text | undefined> {
    // a key has no verification
    if (variable !== 'CLOUDFLARE_API_TOKEN')
      return failure && isAboutCredentials(failure) ? credentialsText(failure, variable) : undefined;
    const reads: Read[] = [
      { path: VERIFY },
      // a token of an account is nobody's where those of users are asked for
      ...(account === undefined
        ? []
        : [{ path: '/accounts/{account_id}/tokens/verify', at: { account_id: account } }]),
    ];
    let last: Failure | undefined;
    for (const one of reads) {
      try {
        const { result } = await this.get(one, place);
        const status = textOf(objectOf(result).status) ?? 'active';
        return status === 'active' ? undefined : inactiveText(status, variable);
      } catch (error) {
        last = Refused.of(error, { operation: operationOf(one) }).failure;
        // a service that is down knows no token
        if (!isAboutCredentials(last) && last.status !== 403) return undefined;
      }
    }
    const first = failure && isAboutCredentials(failure) ? failure : last;
    return first && credentialsText(first, variable);
  }

  async #send(url: string, read: Read, { headers }: Credentials): Promise<Envelope | Failure> {
    let left: ReturnType<typeof leftOf>;
    try {
      const response = await fetch(url, {
        method: 'GET',
        // credentials go to the address that was given, and no further
        redirect: 'error',
        headers: {
          accept: 'application/json',
          'user-agent': 'constat',
          ...(read.jurisdiction !== undefined && { 'cf-r2-jurisdiction': read.jurisdiction }),
          ...headers,
        },
        signal: AbortSignal.timeout(this.#access.timeout ?? 30_000),
      });
      left = leftOf(response.headers.get('ratelimit'));
      const text = await textIn(response);
      return answerOf(response.status, text, response.headers.get('retry-after'));
    } catch (error) {
      return { errors: [], fault: systemFault(error) };
    } finally {
      this.#pace.answered(left);
    }
  }
}

/** Its verification is how it is known what a token is worth. */
const isVerification = ({ path }: Read): boolean => path.endsWith('/tokens/verify');

function urlOf(base: string, { path, at = {}, query = {} }: Read): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(at[name] ?? ''));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return `${base}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

function mayBeAskedAgain({ status, fault, retryAfter = 0 }: Failure): boolean {
  // half an answer may have come whole to its end
  const isDamaged = fault !== undefined || status === undefined;
  return retryAfter <= LONGEST_WAIT && (isDamaged || status === 429 || status >= 500);
}

/** The body as text, given up where it is longer than any answer. */
async function textIn(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new Error('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What a response says: its envelope, or how it failed. */
function answerOf(status: number, text: string, retryAfter: string | null): Envelope | Failure {
  const wait = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? { retryAfter: Number(retryAfter) } : {};
  let body: Answered;
  try {
    body = objectOf(JSON.parse(text));
  } catch {
    return { status, errors: [], fault: 'no JSON', ...wait };
  }
  if (status >= 200 && status < 300 && body.success !== false && 'result' in body)
    return { result: body.result, info: objectOf(body.result_info) };
  return { status, errors: errorsIn(body.errors), ...wait };
}

const errorsIn = (errors: unknown): ApiError[] =>
  objectsOf(errors).flatMap((error): ApiError[] => [
    { code: numberOf(error.code) ?? 0, message: textOf(error.message) ?? '' },
    ...errorsIn(error.error_chain),
  ]);

/** The system's own word for what went wrong, never a message: that may hold what was asked with. */
function systemFault(error: unknown): string {
  const { name, cause } = (error ?? {}) as { name?: string; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  return typeof cause?.code === 'string' ? cause.code : (name ?? 'Error');
}
