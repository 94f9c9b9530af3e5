import { expect, test } from 'vitest';
import type { Proof } from '#model/step.ts';
import { accountsOf, assess, sortSteps } from './assess.ts';
import { adding, readOf, stepOf, TestAccount, virtualTime } from './test-account.ts';

const SINCE = '2026-11-28T08:00:00.000Z';

test('each change is seen as it stands now, and nothing is sent', async () => {
  const account = new TestAccount();
  account.lists.set('done', [1]).set('other', [7]);
  account.writer = { event: 'Add', at: SINCE, by: 'ada' };
  const { before: _before, ...uncaptured } = adding('x', 1);
  const views = await assess(
    account,
    [stepOf('S-01', [adding('new', 1), adding('done', 1), adding('other', 1), uncaptured])],
    SINCE,
  );
  expect(views.map(({ standing, now, writer }) => [standing, now, writer?.by])).toEqual([
    ['to-do', [], undefined],
    ['done', [1], undefined],
    ['changed', [7], 'ada'],
    ['not-captured', [], undefined],
  ]);
  expect(account.sent).toEqual([]);
});

test('the second change of one state begins where the first leads to', async () => {
  const chained = { ...adding('a', 2), before: [1], after: [1, 2] };
  const views = await assess(
    new TestAccount(),
    [stepOf('S-01', [adding('a', 1)]), stepOf('S-02', [chained])],
    SINCE,
  );
  expect(views.map(({ standing }) => standing)).toEqual(['to-do', 'to-do']);
});

test('what a find gives is part of what is to be; where it gives nothing yet, it is known later', async () => {
  const account = new TestAccount();
  const change = adding('a', 1);
  const finds = { made: { ...readOf('b'), query: '[0]' } };
  const found = { ...change, write: { ...change.write, finds }, after: [{ $find: 'made' }] };
  account.document = async () => (account.lists.get('b') ?? [])[0];
  const standing = async () => (await assess(account, [stepOf('S-01', [found])], SINCE))[0];
  expect(await standing()).toMatchObject({ standing: 'later' });
  account.lists.set('b', ['arn:x']);
  expect(await standing()).toMatchObject({ standing: 'to-do', after: ['arn:x'] });
});

test('steps that nobody can send, and those that need them, are left out with the reason', async () => {
  const account = new TestAccount();
  const proof: Proof = {
    id: 'P-01',
    title: { fr: '', en: '' },
    command: '',
    expected: { fr: '', en: '' },
    check: { type: 'aws', read: readOf('zone'), equals: ['ns'], within: 3600 },
  };
  const steps = [
    stepOf('S-01', [], { proofs: ['P-01'] }),
    stepOf('S-02', [adding('a', 1)], { after: ['S-01'] }),
    stepOf('S-03', [adding('b', 1)], {
      state: 'needs-input',
      needs: [{ fr: 'le domaine', en: 'the domain' }],
    }),
    stepOf('S-04', [adding('c', 1)], { after: ['S-02', 'S-03'] }),
    stepOf('S-05', [adding('d', 1)]),
  ];
  const time = virtualTime();
  const sorted = async () => {
    const { steps: able, left, proven } = await sortSteps(steps, [proof], { account, time });
    return {
      able: able.map(({ id }) => id),
      left: left.map(({ step, because }) => [step.id, because]),
      proven,
    };
  };
  expect(await sorted()).toMatchObject({
    able: ['S-05'],
    left: [
      ['S-01', 'by-hand'],
      ['S-02', 'needs'],
      ['S-03', 'needs-input'],
      ['S-04', 'needs'],
    ],
  });
  expect(time.slept).toBe(0);
  account.lists.set('zone', ['ns']);
  expect(await sorted()).toMatchObject({ able: ['S-02', 'S-05'], proven: [{ id: 'S-01' }] });
});

test('the accounts that a plan names are those of its states', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/x/1';
  const change = adding('a', 1);
  const state = { ...change.state, input: { LoadBalancerArns: [arn] } };
  expect([...accountsOf([stepOf('S-01', [{ ...change, state }])])]).toEqual(['123456789012']);
});
