import { expect, test } from 'vitest';
import { leftOf, Pace } from './pace.ts';

/** A clock that stands still until it is told to go on. */
function clock() {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  return {
    now: () => now,
    after: (milliseconds: number, then: () => void) => void timers.push({ at: now + milliseconds, then }),
    to(time: number) {
      for (;;) {
        const [next] = timers.sort((a, b) => a.at - b.at);
        if (!next || next.at > time) break;
        timers = timers.slice(1);
        now = next.at;
        next.then();
      }
      now = time;
    },
  };
}

/** Sends as many requests as it may, each answered at once; gives when each was sent. */
function sent(pace: Pace, time: ReturnType<typeof clock>, count: number) {
  const times: number[] = [];
  for (let index = 0; index < count; index++)
    void pace.turn().then(() => {
      times.push(time.now());
      pace.answered();
    });
  return times;
}
const settle = async (time: ReturnType<typeof clock>, until: number, step = 5) => {
  for (let now = time.now(); now <= until; now += step) {
    time.to(now);
    await Promise.resolve();
    await Promise.resolve();
  }
};

test('no window of five minutes sees more than 1,200 requests', async () => {
  const time = clock();
  const times = sent(new Pace(undefined, time), time, 1_300);
  await settle(time, 320_000, 10);
  expect(times).toHaveLength(1_300);
  for (let index = 1_200; index < times.length; index++)
    expect((times[index] ?? 0) - (times[index - 1_200] ?? 0)).toBeGreaterThanOrEqual(300_000);
}, 30_000);

test('a rate that is given is never exceeded', async () => {
  const time = clock();
  const times = sent(new Pace(2, time), time, 10);
  await settle(time, 3_000);
  expect(times.length).toBeLessThanOrEqual(7);
  expect(times.length).toBeGreaterThan(5);
});

test('when the answers say that nothing is left, nothing is sent until the limit begins anew', async () => {
  const time = clock();
  const pace = new Pace(undefined, time);
  await pace.turn();
  pace.answered({ requests: 0, seconds: 30 });
  const times = sent(pace, time, 1);
  await settle(time, 29_000, 100);
  expect(times).toEqual([]);
  await settle(time, 31_000, 100);
  expect(times).toHaveLength(1);
});

test('few requests are under way at once', async () => {
  const time = clock();
  const pace = new Pace(undefined, time);
  let begun = 0;
  for (let index = 0; index < 50; index++) void pace.turn().then(() => (begun += 1));
  await settle(time, 5_000);
  expect(begun).toBe(10);
});

test.each([
  ['"default";r=50;t=30', { requests: 50, seconds: 30 }],
  ['"default";r=50;t=30, "burst";r=2;t=4', { requests: 2, seconds: 4 }],
  ['garbage', undefined],
  [null, undefined],
])('%s is read as what is left', (header, left) => {
  expect(leftOf(header)).toEqual(left);
});
