import type { Proof, Step } from '#model/step.ts';
import { historyOf } from './journal/history.ts';
import { type Proven, type Provers, prove } from './prove.ts';
import { type RollbackNews, rollBack } from './rollback.ts';
import { carry, type Hand, type Outcome } from './transition.ts';

/** What happens in a run, as it happens. */
export type News =
  | { is: 'step'; step: Step }
  | { is: 'change'; step: Step; index: number; outcome: Outcome }
  | { is: 'proof'; step: Step; proven: Proven }
  | { is: 'rollback' }
  | RollbackNews;

/** How a run ended. */
export interface RunEnd {
  result: 'done' | 'stopped' | 'rolled-back' | 'rollback-stopped';
  /** Proofs of which nobody could tell the result. */
  unknown: number;
}

export interface RunOptions {
  proofs: readonly Proof[];
  provers: Provers;
  /** What was done is undone where a change or a proof fails. */
  autoRollback: boolean;
  tell: (news: News) => void;
}

/**
 * Applies steps, one after the other and one change after the other; after each its state is awaited, and after each
 * step its proofs are run. Stops at the first change or proof that fails. What the journal tells as done is not done
 * again, so a run that was killed is resumed by the same call.
 */
export async function runSteps(hand: Hand, steps: readonly Step[], options: RunOptions): Promise<RunEnd> {
  const { journal } = hand;
  const { tell, autoRollback } = options;
  let unknown = 0;
  const undoAll = async (): Promise<RunEnd> => {
    tell({ is: 'rollback' });
    const isBack = await rollBack(hand, steps, tell);
    return { result: isBack ? 'rolled-back' : 'rollback-stopped', unknown };
  };
  if (historyOf(journal.entries).rollback) return await undoAll();
  for (const step of steps) {
    if (historyOf(journal.entries).done.has(step.id)) continue;
    tell({ is: 'step', step });
    const ended = await stepEnd(hand, step, options);
    unknown += ended.unknown;
    if (!ended.isDone) {
      if (autoRollback) return await undoAll();
      journal.write({ event: 'run-ended', result: 'stopped' });
      return { result: 'stopped', unknown };
    }
    journal.write({ event: 'step-done', step: step.id });
  }
  journal.write({ event: 'run-ended', result: 'done' });
  return { result: 'done', unknown };
}

async function stepEnd(
  hand: Hand,
  step: Step,
  { proofs, provers, tell }: RunOptions,
): Promise<{ isDone: boolean; unknown: number }> {
  const { journal } = hand;
  for (const [index, change] of step.changes.entries()) {
    const of = { step: step.id, change: index, way: 'apply' } as const;
    const { write, state, before, after } = change;
    const past = historyOf(journal.entries).of(of);
    const outcome = await carry(hand, { of, write, state, from: before, to: after, captured: before }, past);
    tell({ is: 'change', step, index, outcome });
    if (outcome.is !== 'done') return { isDone: false, unknown: 0 };
  }
  let unknown = 0;
  for (const proof of proofs) {
    if (!step.proofs.includes(proof.id)) continue;
    const proven = await prove(proof, provers);
    journal.write({ event: 'proof', step: step.id, proof: proof.id, result: proven.result });
    tell({ is: 'proof', step, proven });
    if (proven.result === 'fail') return { isDone: false, unknown };
    if (proven.result === 'unknown') unknown += 1;
  }
  return { isDone: true, unknown };
}
