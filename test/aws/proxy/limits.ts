import type { AwsRequest } from './request.ts';

/** How often a service may be asked: calls a second in the long run, and how many at once before that. */
export interface Limit {
  rate: number;
  burst?: number;
}

/**
 * Limits by place: that of `ecs/eu-west-3`, else of `ecs`, else of `*`. A limit for several places holds for each of
 * them alone, as an account has a bucket in every region.
 */
export type Limits = Record<string, Limit>;

/** Token buckets, as AWS throttles: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html */
export class Buckets {
  readonly #limits: Limits;
  readonly #buckets = new Map<string, { at: number; tokens: number }>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Takes a token for this request; false where there is none left. */
  take({ service, region }: AwsRequest, now = performance.now()): boolean {
    const place = `${service}/${region}`;
    const limit = this.#limits[place] ?? this.#limits[service] ?? this.#limits['*'];
    if (!limit) return true;
    const { rate, burst = rate } = limit;
    const { at, tokens } = this.#buckets.get(place) ?? { at: now, tokens: burst };
    const left = Math.min(burst, tokens + ((now - at) / 1000) * rate);
    const taken = left >= 1;
    this.#buckets.set(place, { at: now, tokens: taken ? left - 1 : left });
    return taken;
  }
}

/** What an answer takes, in milliseconds: between `mean - jitter` and `mean + jitter`. */
export interface Latency {
  mean: number;
  jitter?: number;
  seed?: number;
}

/** Gives the delay of each answer: the same for the n-th time that the same is asked, in every run with one seed. */
export function delays({ mean, jitter = 0, seed = 1 }: Latency): (key: string) => number {
  const times = new Map<string, number>();
  return (key) => {
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return Math.max(0, mean + (2 * (hash(`${seed} ${time} ${key}`) / 2 ** 32) - 1) * jitter);
  };
}

/** FNV-1a with the last mix of MurmurHash3: spreads over 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
