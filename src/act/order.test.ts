import { expect, test } from 'vitest';
import { ordered, select } from './order.ts';
import { stepOf } from './test-account.ts';

const step = (id: string, ...after: string[]) => stepOf(id, [], { after });
const ids = (steps: { id: string }[]) => steps.map(({ id }) => id);

test('each step comes after what it needs, else where the plan has it', () => {
  expect(ids(ordered([step('S-01', 'S-03'), step('S-02'), step('S-03'), step('S-04', 'S-01')]))).toEqual([
    'S-03',
    'S-01',
    'S-02',
    'S-04',
  ]);
});

test('what a chosen step needs is added, and told', () => {
  const plan = [step('S-01'), step('S-02', 'S-01'), step('S-03', 'S-02'), step('S-04')];
  const { steps, added } = select(plan, ['S-03']);
  expect(ids(steps)).toEqual(['S-01', 'S-02', 'S-03']);
  expect(added).toEqual(['S-01', 'S-02']);
  expect(select(plan, []).steps).toHaveLength(4);
});

test.each([
  [
    'steps that need each other',
    [step('S-01', 'S-02'), step('S-02', 'S-03'), step('S-03', 'S-02')],
    /S-02 → S-03 → S-02/,
  ],
  ['a step that is not there', [step('S-01', 'S-09')], /S-01 needs S-09/],
  ['two steps of one id', [step('S-01'), step('S-01')], /two steps S-01/],
])('%s are one line', (_, steps, message) => {
  expect(() => ordered(steps)).toThrow(message);
});

test('a step that nobody knows is one line, with those that there are', () => {
  expect(() => select([step('S-01')], ['S-02'])).toThrow('S-02: no step of this plan; it has S-01');
});
