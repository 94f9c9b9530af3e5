import type { AwsRequest } from './request.ts';

/** What happened to calls. */
export interface Counts {
  calls: number;
  /** Different requests that were answered. */
  distinct: number;
  /** Requests that had been answered, or were being answered, before. */
  duplicates: number;
  throttled: number;
  denied: number;
  /** Answers that a fault took away or changed. */
  faults: number;
  /** Answers that were neither recorded nor could be asked for. */
  missing: number;
  /** What the server behind does not do. */
  unsupported: number;
}

const none = (): Counts => ({
  calls: 0,
  distinct: 0,
  duplicates: 0,
  throttled: 0,
  denied: 0,
  faults: 0,
  missing: 0,
  unsupported: 0,
});

/** Calls in one place, such as `ecs/eu-west-3`. */
export interface PlaceCounts {
  calls: number;
  /** How many were open at once, at most. */
  peak: number;
}

/** How a call ended. */
export type Ending = 'answered' | Exclude<keyof Counts, 'calls' | 'distinct' | 'duplicates'>;

/** Counts of a proxy since it was started or cleared. */
export class Statistics {
  readonly total: Counts & PlaceCounts = { ...none(), peak: 0 };
  /** By `service:Operation`. */
  readonly operations: Record<string, Counts> = {};
  /** By `service/region`. */
  readonly places: Record<string, PlaceCounts> = {};
  /** Every request, in order. */
  readonly requests: AwsRequest[] = [];
  /** Mistakes of the proxy itself, or of what a test gave it. */
  readonly errors: string[] = [];
  /** When the first call came and the last was answered, in milliseconds. */
  first = Number.NaN;
  last = Number.NaN;
  readonly #seen = new Set<string>();
  readonly #open = new Map<string, number>();

  /** Counts a call; what it gives is called when the call ends. */
  begin(request: AwsRequest, key: string): (ending: Ending) => void {
    const { name, service, region } = request;
    const place = `${service}/${region}`;
    if (Number.isNaN(this.first)) this.first = performance.now();
    this.requests.push(request);
    this.operations[name] ??= none();
    this.places[place] ??= { calls: 0, peak: 0 };
    const counts = [this.total, this.operations[name]];
    for (const one of [...counts, this.places[place]]) one.calls += 1;
    this.total.peak = Math.max(this.total.peak, this.#opened('', 1));
    this.places[place].peak = Math.max(this.places[place].peak, this.#opened(place, 1));
    return (ending) => {
      this.last = performance.now();
      this.#opened('', -1);
      this.#opened(place, -1);
      const told = ending === 'answered' ? (this.#seen.has(key) ? 'duplicates' : 'distinct') : ending;
      if (ending === 'answered') this.#seen.add(key);
      for (const one of counts) one[told] += 1;
    };
  }

  #opened(place: string, step: number): number {
    const open = (this.#open.get(place) ?? 0) + step;
    this.#open.set(place, open);
    return open;
  }
}
