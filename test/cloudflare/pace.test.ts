import { expect, test } from 'vitest';
import { DOCUMENTED } from './api/limit.ts';
import { readFleet } from './fleet.ts';

test('100 zones with all that is in them are read in one window of the limit, nothing twice', async () => {
  const { seen, ...reading } = await readFleet(100);
  expect(seen).toEqual({ zones: 100, records: 4_000, certificates: 200, rulesets: 500, routes: 200 });
  expect(reading).toMatchObject({ throttled: 0, twice: 0, complete: true, methods: ['GET'] });
  expect(reading.calls).toBeLessThanOrEqual(DOCUMENTED.requests);
  expect(reading.minutes).toBeLessThan(5);
});

test('more than a window holds waits for the next, and is never told to', async () => {
  const reading = await readFleet(250);
  expect(reading).toMatchObject({ throttled: 0, twice: 0, complete: true, seen: { zones: 250 } });
  expect(reading.calls).toBeGreaterThan(DOCUMENTED.requests);
  expect(reading.perWindow).toBeLessThanOrEqual(DOCUMENTED.requests);
});

test('requests that come late by up to two seconds are not over the limit either', async () => {
  expect(await readFleet(250, 2)).toMatchObject({ throttled: 0, twice: 0, complete: true });
});
