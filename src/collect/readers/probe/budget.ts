import type { Operation } from '#model/coverage.ts';
import type { Silence } from '#model/probe.ts';

/** How much a probe may ask, and how. Times are in milliseconds. */
export interface ProbeLimits {
  /** Connections and DNS queries together; default 40. */
  requests?: number;
  /** Of the whole probe; default 20 000. */
  milliseconds?: number;
  /** Of each request, and of each connection; default 5 000. */
  timeout?: number;
  /** Name servers, `address` or `address:port`, instead of those of this machine. */
  resolver?: readonly string[];
  /** Certificates of authorities (PEM) that are trusted beside those of this machine. */
  ca?: readonly string[];
  /** Follow names and redirects into private networks too, for whoever looks at their own from inside. */
  privateAddresses?: boolean;
  signal?: AbortSignal;
  clock?: () => Date;
  /** The ports of URLs that name none, instead of 80 and 443. */
  ports?: { http: number; https: number };
}

/** Something that was asked gave no answer. */
export class Silent extends Error {
  readonly silence: Silence;
  readonly code: string;

  constructor(silence: Silence, code: string) {
    super(`${silence}: ${code}`);
    this.name = 'Silent';
    this.silence = silence;
    this.code = code;
  }
}

type Purpose = 'DNS' | 'TLS' | 'HTTP';

/** Counts what is asked, and says when it is enough. One thing after another is asked of one host. */
export class Budget {
  readonly #most: number;
  readonly #timeout: number;
  readonly #end: number;
  readonly #signal: AbortSignal;
  readonly #operations = new Map<Purpose, Operation>();
  readonly #lanes = new Map<string, Promise<unknown>>();
  #asked = 0;
  #spent: 'requests' | 'time' | undefined;

  constructor({ requests = 40, milliseconds = 20_000, timeout = 5_000, signal }: ProbeLimits) {
    this.#most = requests;
    this.#timeout = timeout;
    this.#end = performance.now() + milliseconds;
    const whole = AbortSignal.timeout(milliseconds);
    this.#signal = signal ? AbortSignal.any([signal, whole]) : whole;
  }

  /** What was used up when something more was to be asked. */
  get spent(): 'requests' | 'time' | undefined {
    return this.#spent;
  }

  get operations(): Operation[] {
    return [...this.#operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Milliseconds that one request may take now. */
  get timeout(): number {
    return Math.max(1, Math.ceil(Math.min(this.#timeout, this.#end - performance.now())));
  }

  /** Counts one request; throws {@link Silent} where there is none left, or no time. */
  spend(purpose: Purpose): void {
    if (this.#asked >= this.#most) this.#spent ??= 'requests';
    else if (performance.now() >= this.#end || this.#signal.aborted) this.#spent ??= 'time';
    if (this.#spent) throw new Silent('limit', this.#spent);
    this.#asked += 1;
    this.#of(purpose).calls += 1;
  }

  failed(purpose: Purpose): void {
    this.#of(purpose).failed += 1;
  }

  /** Ends when the probe does, or after the time of one request. */
  signal(): AbortSignal {
    return AbortSignal.any([this.#signal, AbortSignal.timeout(this.timeout)]);
  }

  /** Whether the probe as a whole is over, and not one request. */
  get over(): boolean {
    return this.#signal.aborted;
  }

  /** Does something when all that was to be done with that host before is done. */
  async inTurn<T>(host: string, task: () => Promise<T>): Promise<T> {
    const before = this.#lanes.get(host);
    const own = (async () => {
      await before?.catch(() => undefined);
      return task();
    })();
    this.#lanes.set(host, own);
    return own;
  }

  #of(name: Purpose): Operation {
    const known = this.#operations.get(name) ?? { name, calls: 0, denied: 0, throttled: 0, failed: 0 };
    this.#operations.set(name, known);
    return known;
  }
}
