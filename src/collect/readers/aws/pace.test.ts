import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

/** Time that only passes when a timer is waited for. */
class Clock {
  now = 0;
  readonly #timers: { at: number; then: () => void }[] = [];
  readonly timing = {
    now: () => this.now,
    after: (milliseconds: number, then: () => void) =>
      void this.#timers.push({ at: this.now + milliseconds, then }),
  };

  /** Lets time pass to the next timer. */
  async next(): Promise<boolean> {
    await new Promise(setImmediate);
    this.#timers.sort((a, b) => a.at - b.at);
    const timer = this.#timers.shift();
    if (!timer) return false;
    this.now = Math.max(this.now, timer.at);
    timer.then();
    return true;
  }
}

/** Sends requests of 10 ms to a bucket of tokens; gives how many it refused and how long all of them took. */
async function send(count: number, bucket: { rate: number; burst: number }, service: string, cap?: number) {
  const clock = new Clock();
  const pace = new Pace(service, cap, clock.timing);
  let [tokens, filled, refused, done] = [bucket.burst, 0, 0, 0];
  const request = async (): Promise<void> => {
    await pace.turn();
    tokens = Math.min(bucket.burst, tokens + ((clock.now - filled) / 1000) * bucket.rate);
    filled = clock.now;
    const isRefused = tokens < 1;
    if (isRefused) refused += 1;
    else tokens -= 1;
    await new Promise<void>((resolve) => clock.timing.after(10, resolve));
    pace.answered(isRefused);
    if (isRefused) await request();
    else done += 1;
  };
  const all = Promise.all(Array.from({ length: count }, request));
  while (done < count && (await clock.next()));
  await all;
  return { refused, seconds: clock.now / 1000 };
}

test('what the service bears is sent without waiting', async () => {
  const { refused, seconds } = await send(200, { rate: 1000, burst: 1000 }, 'sqs');
  expect(refused).toBe(0);
  expect(seconds).toBeLessThan(0.2);
});

test.each([
  ['route53', { rate: 5, burst: 5 }, 60],
  ['elasticloadbalancing', { rate: 10, burst: 40 }, 140],
  ['ecs', { rate: 20, burst: 50 }, 250],
  ['kms', { rate: 50, burst: 100 }, 500],
])(
  '%s is asked about as fast as it answers, and few requests are refused',
  async (service, bucket, count) => {
    const floor = (count - bucket.burst) / bucket.rate;
    const { refused, seconds } = await send(count, bucket, service);
    expect(seconds).toBeLessThan(floor * 1.3 + 0.5);
    expect(refused / count).toBeLessThan(0.15);
  },
);

test('a cap is never exceeded', async () => {
  const { seconds } = await send(50, { rate: 1000, burst: 1000 }, 'sqs', 10);
  expect(seconds).toBeGreaterThanOrEqual(4.8);
});
