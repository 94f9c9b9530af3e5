/** How many requests a token has in any span of so many seconds. */
export interface Limit {
  requests: number;
  seconds: number;
}

/** Rate limits, https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
export const DOCUMENTED: Limit = { requests: 1200, seconds: 300 };

/** Counts the requests of one token in a window that slides with the clock. */
export class Window {
  readonly limit: Limit;
  #times: number[] = [];
  /** The most that there ever were in one window. */
  most = 0;

  constructor(limit: Limit) {
    this.limit = limit;
  }

  /** Takes a place, at a time in milliseconds; false where there is none. What is turned away takes none. */
  take(now: number): boolean {
    this.#pass(now);
    if (this.#times.length >= this.limit.requests) return false;
    this.#times.push(now);
    this.most = Math.max(this.most, this.#times.length);
    return true;
  }

  /** Seconds until there is a place again, rounded up. */
  wait(now: number): number {
    const [first = now] = this.#times;
    return Math.max(1, Math.ceil((first + this.limit.seconds * 1000 - now) / 1000));
  }

  /** What every answer says of it, in the words of the IETF's draft on rate limit headers. */
  headers(now: number): Record<string, string> {
    this.#pass(now);
    const { requests, seconds } = this.limit;
    const left = requests - this.#times.length;
    return {
      ratelimit: `"default";r=${left};t=${this.#times.length === 0 ? seconds : this.wait(now)}`,
      'ratelimit-policy': `"default";q=${requests};w=${seconds}`,
    };
  }

  #pass(now: number): void {
    const start = now - this.limit.seconds * 1000;
    const first = this.#times.findIndex((time) => time > start);
    if (first !== 0) this.#times = first === -1 ? [] : this.#times.slice(first);
  }
}
