import { expect } from 'vitest';
import type { Json, Kind } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { Path } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import type { Proof, Step } from '#model/step.ts';
import { keyOfRead } from '#plan/before.ts';
import { type Captured, capturesOf, finish } from '#plan/finish.ts';
import { draftsOf, type PlanInput } from '#plan/plan.ts';
import { Executor } from './execute.ts';

/** A failed check on a hop of a path, as a hop model gives it. */
export interface Failure {
  id: string;
  values: Record<string, Json>;
  resource?: string;
}

export const URL_OF_TESTS = 'https://shop.example/';

/** A path on which these checks fail. */
export function pathOf(failures: readonly Failure[], url = URL_OF_TESTS): Path {
  return {
    url,
    side: [],
    causes: [],
    hops: failures.map(({ id, values, resource = 'arn:aws:test' }) => ({
      resource,
      role: 'load-balancer',
      status: 'undocumented',
      request: { scheme: 'https', host: 'shop.example', port: 443, path: '/' },
      checks: [{ id, values, result: 'fail', evidence: [], text: { fr: id, en: id } }],
    })),
  };
}

export const planOf = (
  failures: readonly Failure[],
  more: { findings?: Finding[]; resources?: Resource[] } = {},
): PlanInput => ({
  findings: more.findings ?? [],
  resources: more.resources ?? [],
  paths: [pathOf(failures)],
});

/** The plan with what an endpoint says of each state that it changes. */
export async function planned(
  input: PlanInput,
  executor: Executor,
): Promise<{ steps: Step[]; proofs: Proof[] }> {
  const drafts = draftsOf(input);
  const captured: [string, { value: Json }][] = [];
  for (const read of capturesOf(drafts))
    captured.push([keyOfRead(read), { value: await executor.read(read) }]);
  return finish(drafts, new Map(captured) as Captured);
}

/** A plan without an account: every state is what is given for all of them. */
export function plannedWith(input: PlanInput, value: Json = null): { steps: Step[]; proofs: Proof[] } {
  const drafts = draftsOf(input);
  return finish(drafts, new Map(capturesOf(drafts).map((read) => [keyOfRead(read), { value }])));
}

/**
 * Applies a plan to an account and undoes it: before, each state is what was captured; after, the proofs of the account
 * hold; undone, each state is what was captured again.
 */
export async function applyAndUndo(endpoint: string, input: PlanInput): Promise<Step[]> {
  const executor = new Executor(endpoint);
  try {
    const { steps, proofs } = await planned(input, executor);
    const taken = steps.filter(({ changes }) => changes.length > 0);
    expect(taken, 'no step sends anything').not.toEqual([]);
    for (const step of taken) {
      expect(step.needs ?? []).toEqual([]);
      for (const { write, state, before, after } of step.changes) {
        expect(await executor.read(state)).toEqual(before);
        expect(await executor.after(after, write), `${step.title.en}: nothing to do`).not.toEqual(before);
        await executor.write(write);
        expect(await executor.read(state), step.title.en).toEqual(await executor.after(after, write));
      }
      // how tasks are replaced is told in time, which moto does not carry on
      for (const { check } of proofs.filter(({ id }) => step.proofs.includes(id)))
        if (check?.type === 'aws' && !/rolloutState/.test(check.read.query))
          expect(await executor.read(check.read)).toEqual(check.equals);
    }
    // taken again it has nothing to do
    const again = await planned(input, executor);
    expect(again.steps.filter(({ changes }) => changes.length > 0).map(({ state }) => state)).toEqual(
      taken.map((step) =>
        step.changes.some(({ after }) => JSON.stringify(after).includes('$find'))
          ? expect.anything()
          : 'applied',
      ),
    );
    for (const step of [...taken].reverse())
      for (const { undo, state, before } of [...step.changes].reverse()) {
        if (!undo) {
          expect(
            step.irreversible,
            `${step.title.en}: neither undone nor said to be irreversible`,
          ).toBeDefined();
          continue;
        }
        await executor.write(undo);
        expect(await executor.read(state), `${step.title.en}: undone`).toEqual(before);
      }
    return taken;
  } finally {
    executor.close();
  }
}

/** A resource as an audit tells it: one that files name and the account does not hold, unless more is said. */
export const resource = (kind: Kind, name: string, more: Partial<Resource>): Resource => ({
  id: `constat:${kind}::${name}`,
  key: `constat:${kind}::${name}`,
  kind,
  name,
  provider: 'aws',
  region: 'eu-west-3',
  environments: [],
  status: 'missing',
  declared: [],
  observed: [],
  properties: {},
  drift: [],
  facts: [],
  ...more,
});
