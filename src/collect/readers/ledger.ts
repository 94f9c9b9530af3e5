import type { Operation } from '#model/coverage.ts';
import type { Refusal } from '#model/lookup.ts';

/** What was asked of each operation in one place: a region, or the world. */
export class Ledger {
  readonly #operations = new Map<string, Operation>();

  #of(name: string): Operation {
    const known = this.#operations.get(name);
    if (known) return known;
    const operation: Operation = { name, calls: 0, denied: 0, throttled: 0, failed: 0 };
    this.#operations.set(name, operation);
    return operation;
  }

  /** One request was sent; retries count too. */
  sent(name: string): void {
    this.#of(name).calls += 1;
  }

  throttled(name: string): void {
    this.#of(name).throttled += 1;
  }

  /** A read gave no answer, when all retries were over. */
  refused({ operation, permission, sort }: Refusal): void {
    const entry = this.#of(operation);
    if (sort === 'denied') entry.denied += 1;
    else if (sort === 'failed') entry.failed += 1;
    else if (sort === 'throttled') entry.failed += 1;
    else entry.unavailable = (entry.unavailable ?? 0) + 1;
    if (permission !== undefined) entry.permission = permission;
  }

  get operations(): Operation[] {
    return [...this.#operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
