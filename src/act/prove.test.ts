import { describe, expect, test } from 'vitest';
import { Refused } from '#collect/readers/aws/refusal.ts';
import type { Proof, ProofCheck } from '#model/step.ts';
import { proofsOf, prove } from './prove.ts';
import { readOf, stepOf, TestAccount, virtualTime } from './test-account.ts';

const proofOf = (check?: ProofCheck, id = 'P-01'): Proof => ({
  id,
  title: { fr: 'p', en: 'p' },
  command: 'curl -sI https://shop.example/',
  expected: { fr: '200', en: '200' },
  ...(check && { check }),
});
const aws = (within?: number): ProofCheck => ({
  type: 'aws',
  read: readOf('a'),
  equals: [1],
  ...(within !== undefined && { within }),
});

describe('an account', () => {
  test('is asked once where the proof gives no time', async () => {
    const account = new TestAccount();
    const time = virtualTime();
    expect(await prove(proofOf(aws()), { account, time })).toMatchObject({ result: 'fail', got: '[]' });
    expect(time.slept).toBe(0);
    account.lists.set('a', [1]);
    expect(await prove(proofOf(aws()), { account, time })).toMatchObject({ result: 'pass', got: '[1]' });
  });

  test('is asked again until it is so, or the time is over', async () => {
    const account = new TestAccount();
    const time = virtualTime();
    account.at = () => {
      if (time.slept > 7000) account.lists.set('a', [1]);
    };
    expect(await prove(proofOf(aws(30)), { account, time })).toMatchObject({ result: 'pass' });
    expect(await prove(proofOf({ ...aws(3), equals: [2] } as ProofCheck), { account, time })).toMatchObject({
      result: 'fail',
      ms: 3000,
    });
  });

  test('that refuses leaves the proof unknown', async () => {
    const refused = new Refused({ sort: 'denied', operation: 'x', why: { fr: '', en: '`x` was denied' } });
    const account = { read: () => Promise.reject(refused) };
    expect(await prove(proofOf(aws(30)), { account, time: virtualTime() })).toMatchObject({
      result: 'unknown',
      got: 'x was denied',
    });
  });
});

test('what nobody can run is unknown, never a failure', async () => {
  const time = virtualTime();
  const http: ProofCheck = { type: 'http', url: 'https://shop.example/', status: [200], within: 60 };
  for (const proof of [proofOf(), proofOf(aws()), proofOf(http)])
    expect(await prove(proof, { time })).toMatchObject({ result: 'unknown' });
  expect(time.slept).toBe(0);
});

test('the network is asked by who is given, again until it passes, and never told how long it may take', async () => {
  const time = virtualTime();
  const asked: ProofCheck[] = [];
  const http: ProofCheck = { type: 'http', url: 'https://shop.example/', status: [200], within: 60 };
  const proven = await prove(proofOf(http), {
    time,
    probe: async (check) => {
      asked.push(check);
      return asked.length < 3
        ? { result: 'fail', got: '502', ms: 1 }
        : { result: 'pass', got: '200\nserver: x', ms: 1 };
    },
  });
  expect(proven).toMatchObject({ result: 'pass', got: '200\\u{a}server: x' });
  expect(asked).toHaveLength(3);
  expect(asked[0]).not.toHaveProperty('within');
});

test('proofs are chosen by their ids and by those of steps', () => {
  const report = {
    steps: [stepOf('S-01', [], { proofs: ['P-02'] })],
    proofs: [proofOf(undefined, 'P-01'), proofOf(undefined, 'P-02'), proofOf(undefined, 'P-03')],
  };
  const chosen = (...ids: string[]) => proofsOf(report, ids).map(({ id }) => id);
  expect(chosen()).toEqual(['P-01', 'P-02', 'P-03']);
  expect(chosen('S-01', 'P-03')).toEqual(['P-02', 'P-03']);
  expect(() => chosen('P-09')).toThrow('P-09: neither a step nor a proof');
});
