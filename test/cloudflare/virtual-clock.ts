import type { Timing } from '#collect/readers/cloudflare/pace.ts';

interface Due {
  at: number;
  then: () => void;
}

/**
 * A clock on which nobody waits: whoever waits is called in the order of their times, and it is that time. Answers take
 * none of it.
 */
export class VirtualClock implements Timing {
  readonly #start: number;
  #now = 0;
  #due: Due[] = [];
  #isGoing = false;

  /** @param start what time it is first */
  constructor(start = new Date('2026-11-28T12:00:00Z')) {
    this.#start = start.getTime();
  }

  /** Milliseconds since it was started. */
  now(): number {
    return this.#now;
  }

  /** The day and time that it shows. */
  readonly date = (): Date => new Date(this.#start + this.#now);

  after(milliseconds: number, then: () => void): void {
    this.#due.push({ at: this.#now + milliseconds, then });
    this.#due.sort((a, b) => a.at - b.at);
    this.#go();
  }

  #go(): void {
    if (this.#isGoing) return;
    this.#isGoing = true;
    // what is under way is told first
    setImmediate(() => {
      this.#isGoing = false;
      const next = this.#due.shift();
      if (!next) return;
      this.#now = Math.max(this.#now, next.at);
      next.then();
      if (this.#due.length > 0) this.#go();
    });
  }
}
