/** What one deployment may cost: more than any that people write, and less than what stops an audit. */
const MOST_STEPS = 600_000;
const DEEPEST = 400;

/** The values of a module are beyond what is worked out. */
export class OverBudget extends Error {}

/** Counts the steps of an evaluation, and how deep it is. */
export class Budget {
  readonly #steps: number;
  #left: number;
  #depth = 0;

  constructor(steps = MOST_STEPS) {
    this.#steps = steps;
    this.#left = steps;
  }

  /** The steps taken so far. */
  get spent(): number {
    return this.#steps - this.#left;
  }

  /**
   * Takes one step.
   * @throws OverBudget when none is left.
   */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new OverBudget();
  }

  /** What `read` gives, or `deep` where the evaluation is nested beyond measure. */
  nested<T>(read: () => T, deep: () => T): T {
    this.spend();
    if (this.#depth >= DEEPEST) return deep();
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}
