import type { CloudflareRequest } from './request.ts';

/** What happened to calls. */
export interface Counts {
  calls: number;
  /** Different requests that were answered. */
  distinct: number;
  /** Requests that had been answered before. */
  duplicates: number;
  throttled: number;
  denied: number;
  /** Answers that a fault took away or changed. */
  faults: number;
  /** Refused as the real API would: nothing of that name, a wrong token, a product that is not switched on. */
  refused: number;
  /** What there is no operation for. */
  missing: number;
}

const none = (): Counts => ({
  calls: 0,
  distinct: 0,
  duplicates: 0,
  throttled: 0,
  denied: 0,
  faults: 0,
  refused: 0,
  missing: 0,
});

/** How a call ended. */
export type Ending = 'answered' | Exclude<keyof Counts, 'calls' | 'distinct' | 'duplicates'>;

/** Counts since the API was started or cleared. */
export class Statistics {
  /** `peak`: how many were open at once; `perWindow`: how many came in one window of the limit; each at most. */
  readonly total: Counts & { peak: number; perWindow: number } = { ...none(), peak: 0, perWindow: 0 };
  /** By operation: `d1.database.list`. */
  readonly operations: Record<string, Counts> = {};
  /** Every request, in order. */
  readonly requests: CloudflareRequest[] = [];
  /** Mistakes of the server itself, or of what a test gave it. */
  readonly errors: string[] = [];
  readonly #seen = new Set<string>();
  #open = 0;

  /** Counts a call; what it gives is called when the call ends. */
  begin(request: CloudflareRequest, key: string): (ending: Ending) => void {
    this.requests.push(request);
    this.operations[request.name] ??= none();
    const counts = [this.total, this.operations[request.name] as Counts];
    for (const one of counts) one.calls += 1;
    this.#open += 1;
    this.total.peak = Math.max(this.total.peak, this.#open);
    return (ending) => {
      this.#open -= 1;
      const told = ending === 'answered' ? (this.#seen.has(key) ? 'duplicates' : 'distinct') : ending;
      if (ending === 'answered') this.#seen.add(key);
      for (const one of counts) one[told] += 1;
    };
  }
}
