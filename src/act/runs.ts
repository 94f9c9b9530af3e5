import { createHash } from 'node:crypto';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Report } from '#model/report.ts';
import type { Proof, Step } from '#model/step.ts';
import type { Time } from './account.ts';
import {
  existingRun,
  JOURNAL_FILE,
  makeRunFolder,
  newRunId,
  openHome,
  PLAN_FILE,
  runFolder,
  runIds,
  textOf,
  writeDurably,
} from './journal/folder.ts';
import { type History, historyOf } from './journal/history.ts';
import { type Journal, openJournal, readEntries } from './journal/journal.ts';

/** What of a finding is needed to tell whether it is still there. */
export type KeptFinding = Pick<
  Report['findings'][number],
  'gap' | 'fingerprint' | 'rule' | 'severity' | 'title' | 'message' | 'muted'
>;

/** What a run does, kept beside its journal: the report may be another one when it is resumed or undone. */
export interface KeptPlan {
  audit: Pick<Report['audit'], 'id' | 'startedAt' | 'estate' | 'asked'>;
  /** In the order in which they are applied. */
  steps: Step[];
  proofs: Proof[];
  findings: KeptFinding[];
}

/** A run that is begun, resumed or undone. */
export interface Run {
  id: string;
  plan: KeptPlan;
  journal: Journal;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Makes the folder of a new run, with its plan and the first line of its journal.
 * @throws InputError where it cannot be written
 */
export async function createRun(
  root: string,
  plan: KeptPlan,
  { account, arn, autoRollback }: { account: string; arn: string; autoRollback: boolean },
  time: Pick<Time, 'now'>,
): Promise<Run> {
  await openHome(root);
  const id = newRunId(time.now(), Math.random());
  const folder = await makeRunFolder(root, id);
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  await writeDurably(path.join(folder, PLAN_FILE), text);
  const journal = await openJournal(folder, time.now);
  journal.write({
    event: 'run-started',
    run: id,
    plan: digest(text),
    account,
    arn,
    steps: plan.steps.map((step) => step.id),
    autoRollback,
  });
  return { id, plan, journal };
}

/**
 * Opens a run that is there.
 * @throws InputError where it is not, was never begun, or its plan or journal is not what was written
 */
export async function openRun(root: string, id: string, time: Pick<Time, 'now'>): Promise<Run> {
  const folder = existingRun(root, id);
  const text = textOf(folder, PLAN_FILE);
  const started = historyIn(folder).started;
  if (text === undefined || !started)
    throw new InputError(`${id}: the run ended before it began; nothing was changed by it`);
  if (digest(text) !== started.plan)
    throw new InputError(`${path.join(folder, PLAN_FILE)}: not the plan that the run was started with`);
  return { id, plan: JSON.parse(text) as KeptPlan, journal: await openJournal(folder, time.now) };
}

/** What the journal of a run tells, without opening it for writing. */
export function historyIn(folder: string): History {
  const text = textOf(folder, JOURNAL_FILE) ?? '';
  return historyOf(readEntries(text, path.join(folder, JOURNAL_FILE)).entries);
}

/** The runs that were started and neither ended nor stopped: what kills leave. Oldest first. */
export function interrupted(root: string): string[] {
  return runIds(root).filter((id) => {
    const { started, ended } = historyIn(runFolder(root, id));
    return started !== undefined && ended === undefined;
  });
}

/**
 * The run that is resumed where none is named: the last that was interrupted, or else the last that stopped.
 * @throws InputError where there is neither
 */
export function runToResume(root: string): string {
  const open = interrupted(root).at(-1);
  if (open !== undefined) return open;
  const stopped = runIds(root).filter((id) => historyIn(runFolder(root, id)).ended === 'stopped');
  const last = stopped.at(-1);
  if (last === undefined)
    throw new InputError('no run was interrupted or stopped: there is nothing to resume');
  return last;
}
