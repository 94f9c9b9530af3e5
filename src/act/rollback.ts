import type { Json } from '#model/fact.ts';
import type { AwsRead, Change, Step } from '#model/step.ts';
import type { Text } from '#model/text.ts';
import type { Writer } from './account.ts';
import { type Difference, differences, isSame } from './differences.ts';
import { type History, historyOf } from './journal/history.ts';
import { carry, type Hand, type Outcome, settled, whyOf } from './transition.ts';

/** A change of a run that was made, and is to be undone. */
export interface Made {
  step: Step;
  index: number;
  change: Change;
  /** The state that it led to. */
  after: Json;
}

/** What a rollback would do. */
export interface RollbackPlan {
  /** In the order in which they are undone: the last that was made comes first. */
  undo: Made[];
  /** Made, and nothing undoes them. */
  stay: Made[];
}

/** A change that is not undone: its state is another than the run left. */
export interface RollbackRefusal {
  made: Made;
  now?: Json;
  why?: Text;
  writer?: Writer;
}

export type RollbackNews =
  | { is: 'undone'; made: Made; outcome: Outcome }
  /** A state after the rollback, against what was captured. */
  | { is: 'state'; made: Made; now: Json; differences: Difference[] }
  /** Nobody could look. */
  | { is: 'unseen'; made: Made; why: Text };

const sameRead = (read: AwsRead): string => JSON.stringify(read);

/** What of a run is there to be undone, from its plan and its journal. */
export function rollbackPlan(steps: readonly Step[], history: History): RollbackPlan {
  const made = steps
    .flatMap((step) =>
      step.changes.flatMap((change, index): Made[] => {
        const past = history.of({ step: step.id, change: index, way: 'apply' });
        return past.own && past.after !== undefined ? [{ step, index, change, after: past.after }] : [];
      }),
    )
    .reverse();
  return {
    undo: made.filter(({ change }) => change.undo !== undefined),
    stay: made.filter(({ change }) => change.undo === undefined),
  };
}

/**
 * The changes that cannot be undone because their state is neither what the run left nor what it was before. Nothing is
 * sent. Several changes of one state are followed backwards.
 */
export async function rollbackRefusals(hand: Hand, undo: readonly Made[]): Promise<RollbackRefusal[]> {
  const states = new Map<string, Json>();
  const refusals: RollbackRefusal[] = [];
  for (const made of undo) {
    const { change, after } = made;
    const key = sameRead(change.state);
    try {
      const now = states.get(key) ?? (await hand.account.read(change.state));
      if (isSame(now, after) || isSame(now, change.before)) states.set(key, change.before ?? null);
      else {
        const writer = await hand.account.lastWriter(change.state, hand.since);
        refusals.push({ made, now, ...(writer && { writer }) });
      }
    } catch (error) {
      const why = whyOf(error);
      if (!why) throw error;
      refusals.push({ made, why });
    }
  }
  return refusals;
}

/**
 * Undoes what a run made, the last first, and looks whether every state is what was captured. Stops at the first change
 * that cannot be undone. Begun again after a kill it undoes what is left, and nothing twice.
 * @returns whether every state that can be undone is what it was
 */
export async function rollBack(
  hand: Hand,
  steps: readonly Step[],
  tell: (news: RollbackNews) => void,
): Promise<boolean> {
  const { journal } = hand;
  const { undo } = rollbackPlan(steps, historyOf(journal.entries));
  journal.write({ event: 'rollback-started' });
  const end = (isBack: boolean): boolean => {
    journal.write({ event: 'run-ended', result: isBack ? 'rolled-back' : 'rollback-stopped' });
    return isBack;
  };
  for (const made of undo) {
    const { change, step, index, after } = made;
    if (!change.undo) continue;
    const of = { step: step.id, change: index, way: 'undo' } as const;
    const history = historyOf(journal.entries);
    const past = history.of(of);
    const { stage } = history.of({ ...of, way: 'apply' });
    // a call of which nobody knows the end may still take effect, and would then not be undone
    if (stage === 'intended' || stage === 'unknown')
      await settled(hand, change.state, after, hand.waits.underWay);
    const outcome = await carry(
      hand,
      {
        of,
        write: change.undo,
        state: change.state,
        from: after,
        to: change.before ?? null,
        captured: change.before,
      },
      past,
    );
    tell({ is: 'undone', made, outcome });
    if (outcome.is !== 'done') return end(false);
  }
  return end(await isAsCaptured(hand, undo, tell));
}

/** Reads each state again; of several changes of one state the first captured it. */
async function isAsCaptured(
  hand: Hand,
  undo: readonly Made[],
  tell: (news: RollbackNews) => void,
): Promise<boolean> {
  const first = new Map<string, Made>();
  for (const made of undo) first.set(sameRead(made.change.state), made);
  let isAll = true;
  for (const made of [...first.values()].reverse()) {
    try {
      const now = await hand.account.read(made.change.state);
      const differing = differences(made.change.before, now);
      tell({ is: 'state', made, now, differences: differing });
      isAll &&= differing.length === 0;
    } catch (error) {
      const why = whyOf(error);
      if (!why) throw error;
      tell({ is: 'unseen', made, why });
      isAll = false;
    }
  }
  return isAll;
}
