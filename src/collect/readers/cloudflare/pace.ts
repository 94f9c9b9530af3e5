/** Requests that one token may send in a window. Cloudflare API documentation, “Rate limits”. */
const LIMIT = { requests: 1_200, window: 300_000 } as const;
/** Milliseconds by which one request may be later on its way than another: it is counted when it arrives. */
const LATE = 3_000;
const WINDOW = LIMIT.window + LATE;
/** Of the 200 a second that one address may send (ibid.), the share that an audit takes. */
const FASTEST = 100;
/** Requests in flight at most. */
const CONCURRENT = 10;
/** Longer than its own window no limit can ask to wait. */
const LONGEST_PAUSE = 330_000;

/** What the clock and the timer are, for tests. */
export interface Timing {
  now(): number;
  after(milliseconds: number, then: () => void): void;
}

/** The clock of the machine. */
export const REAL: Timing = {
  now: () => performance.now(),
  after: (milliseconds, then) => void setTimeout(then, milliseconds),
};

/** What an answer says of the limit: how many requests are left of it, and in how many seconds it begins anew. */
export interface Left {
  requests: number;
  seconds: number;
}

/**
 * The `ratelimit` header: `"default";r=50;t=30`, one item for each limit; the one of which least is left. Cloudflare API
 * documentation, “Rate limiting headers”. Undefined where there is none.
 */
export function leftOf(header: string | null | undefined): Left | undefined {
  const items = (header ?? '').split(',').flatMap((item): Left[] => {
    const requests = /;\s*r=(\d{1,9})\b/.exec(item)?.[1];
    const seconds = /;\s*t=(\d{1,9})\b/.exec(item)?.[1];
    return requests === undefined || seconds === undefined
      ? []
      : [{ requests: Number(requests), seconds: Number(seconds) }];
  });
  return items.sort((a, b) => a.requests - b.requests)[0];
}

/**
 * The rate at which the API is asked: never more than its documented limit in any window of that length, less where its
 * answers say that little is left, since others may use the same token.
 */
export class Pace {
  readonly #timing: Timing;
  /** Milliseconds between two requests. */
  readonly #gap: number;
  #waiting: (() => void)[] = [];
  #sent: number[] = [];
  #inFlight = 0;
  #pausedUntil = 0;
  #wakesAt: number | undefined;

  /** @param maxRate requests a second that are never exceeded */
  constructor(maxRate = FASTEST, timing: Timing = REAL) {
    this.#timing = timing;
    this.#gap = 1_000 / Math.min(maxRate, FASTEST);
  }

  /** Resolves when a request may be sent; each turn ends with {@link answered}. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  /** @param left what the answer said of the limit, where it did */
  answered(left?: Left): void {
    this.#inFlight -= 1;
    // those in flight may not be counted yet; where no more is gone than what was sent from here, that is kept count of
    if (left && left.requests <= this.#inFlight && left.requests < this.#left(this.#timing.now()))
      this.pause(left.seconds);
    this.#serve();
  }

  /** Sends nothing for so many seconds. */
  pause(seconds: number): void {
    const until = this.#timing.now() + Math.min(seconds * 1_000, LONGEST_PAUSE);
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  /** Requests that are left of the limit, by those that were sent from here. */
  #left(now: number): number {
    const oldest = this.#sent.findIndex((at) => at > now - WINDOW);
    if (oldest !== 0) this.#sent = oldest === -1 ? [] : this.#sent.slice(oldest);
    return LIMIT.requests - this.#sent.length;
  }

  /** When the next request may be sent. */
  #next(now: number): number {
    this.#left(now);
    const last = this.#sent.at(-1);
    const first = this.#sent[this.#sent.length - LIMIT.requests];
    return Math.max(
      this.#pausedUntil,
      last === undefined ? 0 : last + this.#gap,
      first === undefined ? 0 : first + WINDOW,
    );
  }

  #serve(): void {
    while (this.#waiting.length > 0 && this.#inFlight < CONCURRENT) {
      const now = this.#timing.now();
      const at = this.#next(now);
      if (at > now) {
        this.#wake(at, now);
        return;
      }
      this.#sent.push(now);
      this.#inFlight += 1;
      this.#waiting.shift()?.();
    }
  }

  #wake(at: number, now: number): void {
    if (this.#wakesAt !== undefined && this.#wakesAt <= at) return;
    this.#wakesAt = at;
    this.#timing.after(Math.ceil(at - now), () => {
      this.#wakesAt = undefined;
      this.#serve();
    });
  }
}
