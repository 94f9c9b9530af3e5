import type { Json } from '#model/fact.ts';
import { keyOfRead, sorted } from './before.ts';
import type { DraftStep } from './draft.ts';

/** Steps that cannot stand in one plan: they wait for each other, or contradict each other. The message names them. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** A step with the gaps that it mends. */
export interface Mending {
  step: DraftStep;
  findings: string[];
}

const asKey = (value: unknown): string => JSON.stringify(sorted(value as Json));

/** What makes two steps the same: what they send, and what of the account it changes. Of a person's, what it is called. */
const keyOf = ({ changes, title }: DraftStep): string =>
  changes.length === 0
    ? `person ${title.en}`
    : asKey(changes.map(({ write, state }) => [write, keyOfRead(state)]));

const union = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): T[] => [
  ...new Set([...(a ?? []), ...(b ?? [])]),
];

/** Two problems that need the same change give one step with the findings of both. */
export function merged(mendings: readonly Mending[]): Mending[] {
  const byKey = new Map<string, Mending>();
  for (const { step, findings } of mendings) {
    const key = keyOf(step);
    const known = byKey.get(key);
    byKey.set(
      key,
      known
        ? {
            step: {
              ...known.step,
              provides: union(known.step.provides, step.provides),
              requires: union(known.step.requires, step.requires),
              proofs: [...known.step.proofs, ...step.proofs.filter((proof) => !holds(known.step, proof))],
            },
            findings: union(known.findings, findings),
          }
        : { step, findings: [...new Set(findings)] },
    );
  }
  return folded(again([...byKey.values()]));
}

/**
 * Of two steps that lead to the same state by different calls only the first can be taken: what is left of the second is
 * seen once the first is done. Two names that want a listener on one port, each with a certificate of its own.
 */
function again(mendings: readonly Mending[]): Mending[] {
  const leading = new Map<string, DraftStep>();
  return mendings.map((one) => {
    const { changes } = one.step;
    const keys = changes.map(({ state, after }) => asKey([keyOfRead(state), after]));
    const first = keys.map((key) => leading.get(key)).find((step) => step !== undefined);
    if (first === undefined || holdsFinds(changes)) {
      for (const key of keys) leading.set(key, one.step);
      return one;
    }
    const { suggestion: _suggestion, provides: _provides, ...step } = one.step;
    return {
      findings: one.findings,
      step: {
        ...step,
        changes: [],
        proofs: [],
        requires: union(step.requires, first.provides),
        needs: [
          {
            fr: 'Une autre étape mène au même état par un autre appel\u00a0: reprendre l’audit une fois qu’elle est faite.',
            en: 'Another step leads to the same state by another call: audit again once it is done.',
          },
        ],
      },
    };
  });
}

const holdsFinds = (changes: DraftStep['changes']): boolean =>
  asKey(changes.map(({ after }) => after)).includes('"$find"');

const holds = ({ proofs }: DraftStep, proof: DraftStep['proofs'][number]): boolean =>
  proofs.some(({ check }) => asKey(check) === asKey(proof.check));

/** A step that another one makes needless leaves its findings to that one. */
function folded(mendings: readonly Mending[]): Mending[] {
  const providers = mendings.flatMap((one) => (one.step.provides ?? []).map((what) => ({ what, one })));
  const into = new Map<Mending, Mending>();
  for (const one of mendings) {
    const { unless } = one.step;
    const other = providers.find((provider) => provider.what === unless && provider.one !== one)?.one;
    if (unless !== undefined && other && other.step.unless === undefined) into.set(one, other);
  }
  return mendings
    .filter((one) => !into.has(one))
    .map((one) => {
      const gone = [...into].filter(([, other]) => other === one).map(([from]) => from);
      return {
        step: {
          ...one.step,
          requires: union(
            one.step.requires,
            gone.flatMap(({ step }) => step.requires ?? []),
          ),
        },
        findings: union(
          one.findings,
          gone.flatMap(({ findings }) => findings),
        ),
      };
    });
}

/** @throws PlanError where two steps leave the same state with different values */
export function refuseConflicts(mendings: readonly Mending[]): void {
  const states = new Map<string, { title: string; after: string }>();
  for (const { step } of mendings)
    for (const { state, after, write } of step.changes) {
      const key = keyOfRead(state);
      // what only the moment knows is told apart by what finds it
      const left = asKey([after, asKey(after).includes('"$find"') ? write.finds : null]);
      const known = states.get(key);
      if (known && known.after !== left && known.title !== step.title.en)
        throw new PlanError(
          `two steps leave ${state.service} ${state.operation} with different values: “${known.title}” and “${step.title.en}”`,
        );
      states.set(key, { title: step.title.en, after: left });
    }
}

/**
 * The steps in an order in which they can be taken, each with the indices of those that it needs first. Those that need
 * nothing of each other stay in the order in which they were given.
 * @throws PlanError where steps wait for each other
 */
export function ordered(mendings: readonly Mending[]): { mending: Mending; after: number[] }[] {
  const providers = new Map<string, number[]>();
  for (const [index, { step }] of mendings.entries())
    for (const what of step.provides ?? []) providers.set(what, [...(providers.get(what) ?? []), index]);
  const needs = mendings.map(
    ({ step }, index) =>
      new Set(
        (step.requires ?? []).flatMap((what) => providers.get(what) ?? []).filter((one) => one !== index),
      ),
  );
  const placed: number[] = [];
  const lastAlone = new Map<string, number>();
  const after = new Map<number, Set<number>>();
  while (placed.length < mendings.length) {
    const next = mendings.findIndex(
      (_, index) => !placed.includes(index) && [...(needs[index] ?? [])].every((one) => placed.includes(one)),
    );
    if (next < 0)
      throw new PlanError(`steps wait for each other: ${cycle(mendings, needs, placed).join(' → ')}`);
    const own = new Set(needs[next]);
    const alone = mendings[next]?.step.alone;
    const before = alone === undefined ? undefined : lastAlone.get(alone);
    if (before !== undefined) own.add(before);
    if (alone !== undefined) lastAlone.set(alone, next);
    after.set(next, own);
    placed.push(next);
  }
  return placed.flatMap((index) => {
    const mending = mendings[index];
    return mending
      ? [
          {
            mending,
            after: [...(after.get(index) ?? [])].map((one) => placed.indexOf(one)).sort((a, b) => a - b),
          },
        ]
      : [];
  });
}

/** The titles of steps that wait for each other, the first one again at the end. */
function cycle(
  mendings: readonly Mending[],
  needs: readonly Set<number>[],
  placed: readonly number[],
): string[] {
  const left = mendings.map((_, index) => index).filter((index) => !placed.includes(index));
  const seen: number[] = [];
  let at = left[0];
  while (at !== undefined && !seen.includes(at)) {
    seen.push(at);
    at = [...(needs[at] ?? [])].find((one) => left.includes(one));
  }
  const round = at === undefined ? seen : [...seen.slice(seen.indexOf(at)), at];
  return round.map((index) => `“${mendings[index]?.step.title.en ?? ''}”`);
}
