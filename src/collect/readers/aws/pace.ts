import { steadyRateOf } from './steady-rates.ts';

/** Requests in flight for one service of one region at most, where AWS documents no rate. */
const CONCURRENT = 24;
/** With how many it starts; each answer allows one more, so that a small limit is met by few requests at once. */
const FIRST = 6;
const SLOWEST = 0.5;
/** Requests a second after the first refusal, where AWS documents no rate. */
const UNDOCUMENTED = 50;
/** How long a rate is held before it is tried a little faster, in milliseconds. */
const HELD = 1_000;

/** What the clock and the timer are, for tests. */
export interface Timing {
  now(): number;
  after(milliseconds: number, then: () => void): void;
}

const REAL: Timing = {
  now: () => performance.now(),
  after: (milliseconds, then) => void setTimeout(then, milliseconds),
};

/**
 * The rate at which one service of one region is asked. It starts without a limit, since most estates are far below
 * AWS's own; the first throttled answer sets the steady rate that AWS documents for the service, further ones lower
 * it, and time without one raises it. The SDK's retries alone would send three times the calls.
 */
export class Pace {
  #waiting: (() => void)[] = [];
  /** How many of `#waiting` have had their turn. */
  #served = 0;
  readonly #timing: Timing;
  readonly #cap: number | undefined;
  readonly #steady: number | undefined;
  #inFlight = 0;
  #most: number;
  readonly #ceiling: number;
  /** Requests a second; undefined until the first throttled answer, unless a cap was given. */
  #rate: number | undefined;
  #tokens = 1;
  #filledAt: number;
  #changedAt: number;
  #known = false;
  #timer = false;

  /** @param cap requests a second that are never exceeded */
  constructor(service: string, cap?: number, timing: Timing = REAL) {
    this.#cap = cap;
    this.#timing = timing;
    this.#steady = steadyRateOf(service);
    // what is in flight when the limit is met is refused: a small limit is met with few
    this.#most = FIRST;
    this.#ceiling = this.#steady === undefined ? CONCURRENT : Math.max(FIRST, Math.round(this.#steady * 0.6));
    this.#rate = cap;
    this.#filledAt = this.#changedAt = timing.now();
  }

  /** Resolves when a request may be sent; each turn ends with {@link answered}. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  answered(throttled: boolean): void {
    this.#inFlight -= 1;
    if (!throttled) this.#most = Math.min(this.#ceiling, this.#most + 1);
    const now = this.#timing.now();
    if (throttled) this.#slower(now);
    else if (this.#rate !== undefined && now - this.#changedAt > HELD) {
      // until a second refusal tells where the limit is, an undocumented one is looked for in larger steps
      this.#setRate(this.#rate * (this.#known || this.#steady !== undefined ? 1.03 : 1.6), now);
    }
    this.#serve();
  }

  #slower(now: number): void {
    this.#tokens = Math.min(this.#tokens, 0);
    if (this.#rate === undefined || (this.#cap !== undefined && !this.#known))
      this.#setRate(this.#steady ?? UNDOCUMENTED, now);
    else if (now - this.#changedAt > HELD / 4) {
      this.#known = true;
      this.#setRate(this.#rate * 0.75, now);
    }
  }

  #setRate(rate: number, now: number): void {
    this.#fill(now);
    this.#rate = Math.max(SLOWEST, Math.min(rate, this.#cap ?? Number.POSITIVE_INFINITY));
    this.#changedAt = now;
  }

  #fill(now: number): void {
    if (this.#rate !== undefined)
      this.#tokens = Math.min(1, this.#tokens + ((now - this.#filledAt) / 1_000) * this.#rate);
    this.#filledAt = now;
  }

  #serve(): void {
    this.#fill(this.#timing.now());
    while (this.#served < this.#waiting.length && this.#inFlight < this.#most) {
      if (this.#rate !== undefined) {
        if (this.#tokens < 1) {
          this.#wake((1 - this.#tokens) / this.#rate);
          return;
        }
        this.#tokens -= 1;
      }
      this.#inFlight += 1;
      this.#waiting[this.#served]?.();
      this.#served += 1;
    }
    // shifting each off a long queue would cost its length every time
    if (this.#served > 1_000 || this.#served === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#served);
      this.#served = 0;
    }
  }

  #wake(seconds: number): void {
    if (this.#timer) return;
    this.#timer = true;
    this.#timing.after(Math.ceil(seconds * 1_000), () => {
      this.#timer = false;
      this.#serve();
    });
  }
}
