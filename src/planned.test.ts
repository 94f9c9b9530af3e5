import { expect, test } from 'vitest';
import type { CollectedEstate } from '#collect/collect.ts';
import { estate } from '#judge/test-estate.ts';
import type { Json } from '#model/fact.ts';
import type { AwsRead } from '#model/step.ts';
import { type Account, BALANCER, DISTRIBUTION, denied } from '#reconcile/trace/test-estate.ts';
import { shop } from '#reconcile/trace/test-shop.ts';
import { trace } from '#reconcile/trace/trace.ts';
import { planned } from './planned.ts';

/** An account whose states are read as a test says; what was read is kept. */
function states(answer: (read: AwsRead) => Awaited<ReturnType<CollectedEstate['states']>>) {
  const asked: AwsRead[] = [];
  return {
    asked,
    states: async (reads: readonly AwsRead[]) => {
      asked.push(...reads);
      return reads[0] ? answer(reads[0]) : [];
    },
  };
}

const files = { exact: () => undefined, patchFolder: 'constat-report/patches' };

/** An estate with the path to a shop that is broken in one way. */
function broken(change: (account: Account) => unknown) {
  const account = shop();
  change(account);
  const graph = account.graph();
  const { path, resources } = trace('https://shop.example/', graph);
  return estate({ paths: [path], resources });
}
const off = (account: Account) => account.set(DISTRIBUTION, { enabled: false });
const value = (one: Json) => states(() => [{ value: one }]);

test('a plan captures what it changes, and its steps can be taken', async () => {
  const account = value(false);
  const { steps, warnings } = await planned(account, [], broken(off), files);
  expect(warnings).toEqual([]);
  expect(account.asked.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
    'cloudfront:GetDistributionConfig',
  ]);
  expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual(['S-01 ready']);
  expect(steps[0]?.changes[0]?.before).toBe(false);
});

test('a state that is refused says so, and nothing is sent over it', async () => {
  const { steps } = await planned(
    states(() => [{ refusal: denied('cloudfront:GetDistributionConfig') }]),
    [],
    broken(off),
    files,
  );
  expect(steps.map(({ state }) => state)).not.toContain('ready');
  expect(JSON.stringify(steps[0])).toContain('cloudfront:GetDistributionConfig');
});

test('where no account was looked at nothing is captured', async () => {
  const { steps } = await planned(
    states(() => undefined),
    [],
    broken(off),
    files,
  );
  expect(steps[0]?.changes.flatMap(({ before }) => before ?? [])).toEqual([]);
  expect(steps[0]?.state).not.toBe('ready');
});

test('a sound path needs nothing, and is proven', async () => {
  const account = states(() => []);
  const { steps, proofs } = await planned(
    account,
    [],
    broken(() => {}),
    files,
  );
  expect(steps).toEqual([]);
  expect(account.asked).toEqual([]);
  expect(proofs.length).toBeGreaterThan(0);
});

test('what a remedy does not know is asked for, and nothing is sent', async () => {
  const { steps } = await planned(
    value(null),
    [],
    broken((one) => one.set(BALANCER, { scheme: 'internal' })),
    files,
  );
  for (const { changes, needs, state } of steps)
    if (needs) expect([changes, state]).toEqual([[], 'needs-input']);
});
