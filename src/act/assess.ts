import type { Json } from '#model/fact.ts';
import type { Change, Proof, Step } from '#model/step.ts';
import type { Text } from '#model/text.ts';
import type { Account, Writer } from './account.ts';
import { readsOf, stateAfter } from './call.ts';
import { isSame } from './differences.ts';
import { type Provers, prove } from './prove.ts';
import { Unresolved } from './resolve.ts';
import { whyOf } from './transition.ts';

/**
 * How a change stands before anything is sent. `later`: what it becomes is known only once steps before it are done.
 * `changed`: it is neither what the audit captured nor what it is to become.
 */
export type Standing = 'to-do' | 'done' | 'later' | 'changed' | 'not-captured' | 'unread';

/** One change, looked at. */
export interface ChangeView {
  step: Step;
  index: number;
  change: Change;
  standing: Standing;
  now?: Json;
  /** What it becomes, with what its finds give now. */
  after?: Json;
  writer?: Writer;
  /** Of `unread`: which read was refused. */
  why?: Text;
}

/** Why a step is left out of a run. */
export type Left =
  | { step: Step; because: 'needs-input' }
  /** It has nothing that can be sent. */
  | { step: Step; because: 'by-hand' }
  | { step: Step; because: 'needs'; ids: string[] };

/** The steps that can be applied, those that are left out, and those that a person took and that are proven. */
export interface Sorted {
  steps: Step[];
  left: Left[];
  proven: Step[];
}

/**
 * Sorts steps, which are given each after what it needs, by whether they can be applied. A step that only a person can
 * take is done where its proofs say so, all of them: others may then build on it.
 */
export async function sortSteps(
  steps: readonly Step[],
  proofs: readonly Proof[],
  provers: Provers,
): Promise<Sorted> {
  const sorted: Sorted = { steps: [], left: [], proven: [] };
  const missing = new Set<string>();
  for (const step of steps) {
    const ids = step.after.filter((id) => missing.has(id));
    const open = step.state === 'needs-input' || step.changes.length === 0;
    if (open && (await isProven(step, proofs, provers))) {
      sorted.proven.push(step);
      continue;
    }
    if (!open && ids.length === 0) {
      sorted.steps.push(step);
      continue;
    }
    missing.add(step.id);
    if (step.state === 'needs-input') sorted.left.push({ step, because: 'needs-input' });
    else if (step.changes.length === 0) sorted.left.push({ step, because: 'by-hand' });
    else sorted.left.push({ step, because: 'needs', ids });
  }
  return sorted;
}

async function isProven(step: Step, proofs: readonly Proof[], provers: Provers): Promise<boolean> {
  if (step.state === 'applied' || step.state === 'proven') return true;
  const own = proofs.filter(({ id, check }) => check && step.proofs.includes(id));
  if (own.length === 0) return false;
  for (const { check, ...proof } of own) {
    // it is looked at as it is now: nobody has just changed it
    const { within: _within, ...now } = check ?? { type: 'aws' as const };
    const { result } = await prove({ ...proof, check: now as NonNullable<Proof['check']> }, provers);
    if (result !== 'pass') return false;
  }
  return true;
}

/**
 * How each change of these steps stands, read live; nothing is sent. Several changes of one state are followed forwards:
 * the second begins where the first leads to.
 */
export async function assess(account: Account, steps: readonly Step[], since: string): Promise<ChangeView[]> {
  const states = new Map<string, Json>();
  const views: ChangeView[] = [];
  for (const step of steps)
    for (const [index, change] of step.changes.entries()) {
      const view: ChangeView = { step, index, change, ...(await look(account, change, states, since)) };
      const { standing, after } = view;
      if (after !== undefined && standing === 'to-do') states.set(keyOf(change), after);
      views.push(view);
    }
  return views;
}

const keyOf = ({ state }: Change): string => JSON.stringify(state);

async function look(
  account: Account,
  change: Change,
  states: ReadonlyMap<string, Json>,
  since: string,
): Promise<Omit<ChangeView, 'step' | 'index' | 'change'>> {
  const { state, before, write } = change;
  try {
    const now = states.get(keyOf(change)) ?? (await account.read(state));
    const after = await stateAfter(account, write, change.after, before).catch((error: unknown) => {
      if (error instanceof Unresolved) return undefined;
      throw error;
    });
    const rest = { now, ...(after !== undefined && { after }) };
    if (after !== undefined && isSame(now, after)) return { standing: 'done', ...rest };
    if (before === undefined) return { standing: 'not-captured', ...rest };
    if (isSame(now, before)) return { standing: after === undefined ? 'later' : 'to-do', ...rest };
    const writer = await account.lastWriter(state, since);
    return { standing: 'changed', ...rest, ...(writer && { writer }) };
  } catch (error) {
    const why = whyOf(error);
    if (!why) throw error;
    return { standing: 'unread', why };
  }
}

/**
 * Looks whether everything that these steps name can be asked for, before anything is.
 * @throws InputError where a read or a write names a service or an operation that is not known
 */
export async function checkKnown(account: Pick<Account, 'known'>, steps: readonly Step[]): Promise<void> {
  for (const { write, state, undo } of steps.flatMap(({ changes }) => changes)) {
    const writes = [write, ...(undo ? [undo] : [])];
    for (const one of [...writes, state, ...writes.flatMap(readsOf)]) await account.known(one);
  }
}

/** The accounts that the ARNs of the states name: those of other accounts are not these credentials'. */
export function accountsOf(steps: readonly Step[]): Set<string> {
  const texts = steps.flatMap(({ changes }) => changes.map(({ state }) => JSON.stringify(state.input)));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/"arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/g)].map(([, id = '']) => id),
    ),
  );
}
