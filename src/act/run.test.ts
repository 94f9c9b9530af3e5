import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Proof, ProofCheck, Step } from '#model/step.ts';
import { runFolder, runIds } from './journal/folder.ts';
import type { Journal } from './journal/journal.ts';
import { freshFolder } from './journal/test-folder.ts';
import { type News, runSteps } from './run.ts';
import { createRun, historyIn, interrupted, openRun, runToResume } from './runs.ts';
import {
  adding,
  Crash,
  handOf,
  planOfSteps,
  readOf,
  stepOf,
  TestAccount,
  virtualTime,
} from './test-account.ts';

const STARTED = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/test', autoRollback: false };

/** Three steps of which each change can be seen when it is made twice, or not at all. */
const PLAN: Step[] = [
  stepOf('S-01', [adding('a', 1), { ...adding('a', 2), before: [1], after: [1, 2] }], { proofs: ['P-01'] }),
  stepOf('S-02', [adding('b', { name: 'x' }), adding('c', 3, 'Lose')], { after: ['S-01'] }),
  stepOf('S-03', [adding('d', 4, 'Busy')], { after: ['S-02'] }),
];
const PROOFS: Proof[] = [
  {
    id: 'P-01',
    title: { fr: 'a', en: 'a' },
    command: '',
    expected: { fr: '', en: '' },
    check: { type: 'aws', read: readOf('a'), equals: [1, 2] },
  },
];
const EFFECTS = ['Add a 1', 'Add a 2', 'Add b {"name":"x"}', 'Lose c 3', 'Busy d 4'];
const UNDONE = ['Take d null', 'Take c null', 'Take b null', 'Take a null', 'Take a null'];

/** A journal in whose writing a run may be killed: before it, in the middle of the line, and after it. */
function killable(journal: Journal, file: string, at: (place: string) => void): Journal {
  return {
    get entries() {
      return journal.entries;
    },
    write(event) {
      at('before the line');
      try {
        at('within the line');
      } catch (error) {
        appendFileSync(file, '{"seq":99,"at":"2026-');
        throw error;
      }
      journal.write(event);
      at('after the line');
    },
    close: () => journal.close(),
  };
}

interface World {
  account: TestAccount;
  root: string;
  steps: Step[];
  proofs: Proof[];
  autoRollback: boolean;
}

/** One life of a run: begins or resumes it, and is killed at its n-th place; gives whether it came to its end. */
async function life(world: World, killAt: number): Promise<{ places: number; ended: boolean; news: News[] }> {
  const { account, root, steps, proofs, autoRollback } = world;
  const time = virtualTime();
  const open = interrupted(root).at(-1);
  const run =
    open === undefined
      ? await createRun(root, { ...planOfSteps(steps), proofs }, STARTED, time)
      : await openRun(root, open, time);
  let places = 0;
  account.at = () => {
    places += 1;
    if (places === killAt) throw new Crash();
  };
  const file = path.join(runFolder(root, run.id), 'journal.jsonl');
  const journal = killable(run.journal, file, account.at);
  const news: News[] = [];
  try {
    const hand = handOf(account, journal, time);
    await runSteps(hand, run.plan.steps, {
      proofs: run.plan.proofs,
      provers: { account, time },
      autoRollback,
      tell: (one) => news.push(one),
    });
    return { places, ended: true, news };
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return { places, ended: false, news };
  } finally {
    account.at = () => {};
    run.journal.close();
  }
}

const worldOf = (more: Partial<World> = {}): World => ({
  account: new TestAccount(),
  root: freshFolder(),
  steps: PLAN,
  proofs: PROOFS,
  autoRollback: false,
  ...more,
});

test('steps are applied in order, each change once, and the proofs are run', async () => {
  const world = worldOf();
  const { ended, news } = await life(world, 0);
  expect(ended).toBe(true);
  expect(world.account.effects).toEqual(EFFECTS);
  expect(news.filter(({ is }) => is === 'proof')).toMatchObject([
    { proven: { result: 'pass', got: '[1,2]' } },
  ]);
  expect(interrupted(world.root)).toEqual([]);
});

test('a change that shows only later is awaited, and not sent again', async () => {
  const world = worldOf();
  world.account.lag = 5;
  await life(world, 0);
  expect(world.account.effects).toEqual(EFFECTS);
});

describe('killed at every place where it can be, and resumed', () => {
  test.each([0, 3])('each change is made once (a change is seen after %i reads)', async (lag) => {
    const { places } = await life(worldOf(), 0);
    expect(places).toBeGreaterThan(60);
    for (let killAt = 1; killAt <= places; killAt += 1) {
      const world = worldOf();
      world.account.lag = lag;
      const first = await life(world, killAt);
      if (!first.ended) expect((await life(world, 0)).ended).toBe(true);
      expect(world.account.effects, `killed at ${killAt}`).toEqual(EFFECTS);
    }
  });

  test('and killed again in the resumption, each change is made once', async () => {
    const { places } = await life(worldOf(), 0);
    for (let killAt = 1; killAt <= places; killAt += 3) {
      const world = worldOf();
      world.account.lag = 1;
      await life(world, killAt);
      for (let next = 1; interrupted(world.root).length > 0; next += 4) await life(world, next);
      expect(world.account.effects, `killed at ${killAt}`).toEqual(EFFECTS);
    }
  });

  test('a rollback too: what was made is undone once, and every state is what it was', async () => {
    const failing = [
      {
        ...(PROOFS[0] as Proof),
        id: 'P-09',
        check: { type: 'aws', read: readOf('d'), equals: [5] } as ProofCheck,
      },
    ];
    const steps = PLAN.map((step) => (step.id === 'S-03' ? { ...step, proofs: ['P-09'] } : step));
    const rolling = () => worldOf({ steps, proofs: failing, autoRollback: true });
    const { places } = await life(rolling(), 0);
    for (let killAt = 1; killAt <= places; killAt += 1) {
      const world = rolling();
      await life(world, killAt);
      if (interrupted(world.root).length > 0) await life(world, 0);
      const { account } = world;
      expect(account.effects, `killed at ${killAt}`).toEqual([...EFFECTS, ...UNDONE]);
      expect([...account.lists.values()].flat()).toEqual([]);
    }
  });
});

describe('stops', () => {
  const lastOf = (news: readonly News[]) => news.findLast(({ is }) => is === 'change');

  test('at a change that is refused; the state says that nothing was done', async () => {
    const world = worldOf({
      steps: [stepOf('S-01', [adding('a', 1, 'Refuse'), adding('b', 1)])],
      proofs: [],
    });
    const { news } = await life(world, 0);
    expect(lastOf(news)).toMatchObject({
      outcome: { is: 'failed', why: { en: '`test Refuse` failed (`ValidationError`, HTTP 400)' } },
    });
    expect(world.account.effects).toEqual([]);
    expect(runToResume(world.root)).toMatch(/^\d{8}-\d{6}-/);
  });

  test('at a call without an answer that changed nothing', async () => {
    const world = worldOf({ steps: [stepOf('S-01', [adding('a', 1, 'Drop')])], proofs: [] });
    expect(lastOf((await life(world, 0)).news)).toMatchObject({ outcome: { is: 'failed' } });
    expect(world.account.sent).toHaveLength(1);
  });

  test('where somebody changed the state: what it is now and by whom, and nothing is sent', async () => {
    const world = worldOf({ steps: [stepOf('S-01', [adding('a', 1)])], proofs: [] });
    world.account.lists.set('a', [7]);
    world.account.writer = { event: 'Add', at: '2026-11-28T08:30:00.000Z', by: 'ada' };
    expect(lastOf((await life(world, 0)).news)).toMatchObject({
      outcome: { is: 'changed', now: [7], writer: { by: 'ada' } },
    });
    expect(world.account.sent).toEqual([]);
  });

  test('where the state was not captured, and goes on where it is already what it is to become', async () => {
    const { before: _before, ...uncaptured } = adding('a', 1);
    const world = worldOf({ steps: [stepOf('S-01', [uncaptured])], proofs: [] });
    expect(lastOf((await life(world, 0)).news)).toMatchObject({ outcome: { is: 'failed' } });
    world.account.lists.set('a', [1]);
    expect(lastOf((await life(world, 0)).news)).toMatchObject({ outcome: { is: 'done', by: 'found' } });
    expect(world.account.sent).toEqual([]);
  });

  test('at a proof that fails, before the next step', async () => {
    const wrong = [
      { ...(PROOFS[0] as Proof), check: { type: 'aws', read: readOf('a'), equals: [9] } as ProofCheck },
    ];
    const world = worldOf({ proofs: wrong });
    const { news } = await life(world, 0);
    expect(news.at(-1)).toMatchObject({ is: 'proof', proven: { result: 'fail', got: '[1,2]' } });
    expect(world.account.effects).toEqual(EFFECTS.slice(0, 2));
  });

  test('where a call without an answer left the state half changed: it must be looked at', async () => {
    const world = worldOf({ steps: [stepOf('S-01', [adding('a', 1, 'Lose')])], proofs: [] });
    const { places } = await life(worldOf({ steps: world.steps, proofs: [] }), 0);
    let killed = false;
    for (let killAt = 1; killAt <= places && !killed; killAt += 1) {
      const fresh = worldOf({ steps: world.steps, proofs: [] });
      await life(fresh, killAt);
      killed = fresh.account.effects.length === 1 && interrupted(fresh.root).length === 1;
      if (!killed) continue;
      fresh.account.lists.set('a', ['half']);
      const { news } = await life(fresh, 0);
      expect(lastOf(news)).toMatchObject({ outcome: { is: 'look', now: ['half'] } });
      expect(fresh.account.effects).toHaveLength(1);
    }
    expect(killed).toBe(true);
  });
});

test('the journal holds neither what was sent nor what was answered', async () => {
  const world = worldOf({
    steps: [
      stepOf('S-01', [
        {
          ...adding('a', 1),
          write: { ...adding('a', 1).write, input: { list: 'a', value: 1, password: 'hunter2hunter2' } },
        },
      ]),
    ],
    proofs: [],
  });
  await life(world, 0);
  const [id = ''] = runIds(world.root);
  const text = readFileSync(path.join(runFolder(world.root, id), 'journal.jsonl'), 'utf8');
  expect(historyIn(runFolder(world.root, id)).ended).toBe('done');
  expect(text).not.toContain('hunter2');
  expect(text).toContain('"request":"request-1"');
});
