import { describe, expect, test } from 'vitest';
import type { Step } from '#model/step.ts';
import { historyOf } from './journal/history.ts';
import { freshFolder } from './journal/test-folder.ts';
import { type RollbackNews, rollBack, rollbackPlan, rollbackRefusals } from './rollback.ts';
import { runSteps } from './run.ts';
import { createRun } from './runs.ts';
import { adding, handOf, planOfSteps, stepOf, TestAccount, virtualTime } from './test-account.ts';

const chained = { ...adding('a', 2), before: [1], after: [1, 2] };
const { undo: _undo, ...forGood } = adding('c', 3);

/** A run of these steps that has ended. */
async function applied(steps: Step[]) {
  const account = new TestAccount();
  const time = virtualTime();
  const { journal } = await createRun(
    freshFolder(),
    planOfSteps(steps),
    { ...account.identity, autoRollback: false },
    time,
  );
  const hand = handOf(account, journal, time);
  const told: RollbackNews[] = [];
  const end = await runSteps(hand, steps, { proofs: [], provers: { time }, autoRollback: false, tell() {} });
  expect(end.result).toBe('done');
  return { account, hand, told, plan: () => rollbackPlan(steps, historyOf(journal.entries)) };
}

const STEPS = [stepOf('S-01', [adding('a', 1), chained]), stepOf('S-02', [adding('b', 9), forGood])];

test('what was made is undone backwards, and every state is compared with what was captured', async () => {
  const { account, hand, told, plan } = await applied(STEPS);
  expect(plan().undo.map(({ step, index }) => `${step.id} ${index}`)).toEqual(['S-02 0', 'S-01 1', 'S-01 0']);
  expect(plan().stay.map(({ step, index }) => `${step.id} ${index}`)).toEqual(['S-02 1']);
  expect(await rollbackRefusals(hand, plan().undo)).toEqual([]);
  expect(await rollBack(hand, STEPS, (news) => told.push(news))).toBe(true);
  expect(account.effects.slice(4)).toEqual(['Take b null', 'Take a null', 'Take a null']);
  expect(told.filter(({ is }) => is === 'state')).toMatchObject([
    { now: [], differences: [] },
    { now: [], differences: [] },
  ]);
  expect(account.lists.get('c')).toEqual([3]);
});

describe('what somebody changed since', () => {
  test('is told beforehand, with what it is now and by whom', async () => {
    const { account, hand, plan } = await applied(STEPS);
    account.lists.set('b', ['other']);
    account.writer = { event: 'Add', at: '2026-11-28T10:00:00.000Z', by: 'ada' };
    expect(await rollbackRefusals(hand, plan().undo)).toMatchObject([
      { made: { step: { id: 'S-02' }, index: 0 }, now: ['other'], writer: { by: 'ada' } },
    ]);
  });

  test('is not undone, and what came before it stays', async () => {
    const { account, hand } = await applied(STEPS);
    account.lists.set('b', ['other']);
    expect(await rollBack(hand, STEPS, () => {})).toBe(false);
    expect(account.effects).toHaveLength(4);
  });

  test('and is already what it was before is not undone twice', async () => {
    const { account, hand } = await applied(STEPS);
    account.lists.set('b', []);
    expect(await rollBack(hand, STEPS, () => {})).toBe(true);
    expect(account.effects.slice(4)).toEqual(['Take a null', 'Take a null']);
  });
});

test('what was found done, or was refused, is not this run’s to undo', async () => {
  const account = new TestAccount();
  account.lists.set('a', [1]);
  const time = virtualTime();
  const steps = [stepOf('S-01', [adding('a', 1), adding('b', 1, 'Refuse')])];
  const { journal } = await createRun(
    freshFolder(),
    planOfSteps(steps),
    { ...account.identity, autoRollback: false },
    time,
  );
  const hand = handOf(account, journal, time);
  await runSteps(hand, steps, { proofs: [], provers: { time }, autoRollback: false, tell() {} });
  account.lists.set('b', [1]);
  expect(rollbackPlan(steps, historyOf(journal.entries))).toEqual({ undo: [], stay: [] });
});
