import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { type DraftStep, read, say, write } from './draft.ts';
import { type Mending, merged, ordered, PlanError, refuseConflicts } from './order.ts';

/** A step that sets something to a value. */
const step = (
  title: string,
  more: Partial<DraftStep> = {},
  [what, value]: [string, Json] = [title, 1],
): DraftStep => ({
  title: say(title, title),
  reason: say('', ''),
  risk: 'none',
  changes: [
    {
      write: write('x', 'Set', undefined, { what, value }),
      state: read('x', 'Get', undefined, { what }, 'value'),
      after: value,
    },
  ],
  proofs: [],
  ...more,
});
const of = (...steps: DraftStep[]): Mending[] =>
  steps.map((one, index) => ({ step: one, findings: [`GAP-${index + 1}`] }));
const order = (...steps: DraftStep[]) =>
  ordered(merged(of(...steps))).map(({ mending, after }) => [mending.step.title.en, ...after]);

describe('the order of steps', () => {
  test('is that of what they need, and else the one in which they are given', () => {
    expect(
      order(
        step('redirect', { requires: ['listener'] }),
        step('record'),
        step('listener', { provides: ['listener'], requires: ['certificate'] }),
        step('certificate', { provides: ['certificate'] }),
      ),
    ).toEqual([['record'], ['certificate'], ['listener', 1], ['redirect', 2]]);
  });

  test('does not wait for what no step provides', () => {
    expect(order(step('redirect', { requires: ['listener'] }))).toEqual([['redirect']]);
  });

  test('takes those that change one document one after the other', () => {
    expect(order(step('a', { alone: 'E1' }), step('b'), step('c', { alone: 'E1' }))).toEqual([
      ['a'],
      ['b'],
      ['c', 0],
    ]);
  });

  test('names those that wait for each other', () => {
    const steps = of(
      step('start'),
      step('a', { requires: ['b'], provides: ['a'] }),
      step('b', { requires: ['a'], provides: ['b'] }),
    );
    expect(() => ordered(steps)).toThrow(new PlanError('steps wait for each other: “a” → “b” → “a”'));
  });
});

test('two steps that leave one state with different values are an error that names them', () => {
  const steps = of(step('redirect', {}, ['action', 'redirect']), step('forward', {}, ['action', 'forward']));
  expect(() => refuseConflicts(steps)).toThrow(/x Get with different values: “redirect” and “forward”/);
  expect(() => refuseConflicts(of(step('a'), step('b')))).not.toThrow();
});

describe('steps of several problems', () => {
  test('that are the same change are one, with the findings of both', () => {
    const [one, ...others] = merged(
      of(step('a', { requires: ['x'] }, ['s', 1]), step('another title', { requires: ['y'] }, ['s', 1])),
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({ findings: ['GAP-1', 'GAP-2'], step: { requires: ['x', 'y'] } });
  });

  test('that another makes needless leave it their findings and what they wait for', () => {
    const [one, ...others] = merged(
      of(
        step('start again', { unless: 'deployment', provides: ['deployment'], requires: ['network'] }),
        step('new revision', { provides: ['deployment'] }),
      ),
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({ step: { title: { en: 'new revision' }, requires: ['network'] } });
    expect(one?.findings).toEqual(['GAP-2', 'GAP-1']);
  });

  test('that lead to one state by two calls are one that is taken and one that waits for a new audit', () => {
    const first = step('with one certificate', { provides: ['listener'] }, ['listener', 'HTTPS']);
    const [change] = first.changes;
    const other = {
      ...first,
      title: say('', 'with another'),
      changes: change ? [{ ...change, write: write('x', 'Set', undefined, { certificate: 'other' }) }] : [],
    };
    const [, second] = merged(of(first, other));
    expect(second?.step).toMatchObject({
      changes: [],
      requires: ['listener'],
      needs: [{ en: expect.stringContaining('audit again') }],
    });
  });
});
