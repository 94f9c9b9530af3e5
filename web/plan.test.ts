import { expect, test } from 'vitest';
import { largePathReport, pathReport } from '../test/fixtures/path-report.ts';
import { type Step, sampleSteps } from '../test/fixtures/sample-plan.ts';
import { sampleReport } from '../test/fixtures/sample-report.ts';
import { lanesOf, proofPlaces, waveOf, wavesOf } from './plan.ts';

const [sample] = sampleSteps();
const step = (id: string, ...after: string[]): Step => {
  if (!sample) throw new Error('the sample has steps');
  return { ...sample, id, after };
};
const ids = (steps: readonly Step[]) => wavesOf(steps).map((wave) => wave.steps.map(({ id }) => id));

test('a step stands in the wave after the last that it needs', () => {
  expect(ids(sampleSteps())).toEqual([['S-01', 'S-02', 'S-03'], ['S-04'], ['S-05'], ['S-06']]);
});

test('a step that names one that is not there needs nothing of it', () => {
  expect(ids([step('S-01', 'S-99')])).toEqual([['S-01']]);
});

test('a cycle loses no step', () => {
  const waves = ids([step('S-01', 'S-02'), step('S-02', 'S-01'), step('S-03', 'S-02')]);
  expect(waves.flat().sort()).toEqual(['S-01', 'S-02', 'S-03']);
});

test('a chain stays in its row; what opens beside it opens a row', () => {
  const places = lanesOf(sampleSteps()).map(({ rows, slots }) => ({
    rows,
    slots: slots.map(({ step: { id }, column, row }) => `${id} ${column},${row}`),
  }));
  expect(places).toEqual([
    { rows: 3, slots: ['S-01 0,0', 'S-02 0,1', 'S-03 0,2', 'S-04 1,1', 'S-05 2,1', 'S-06 3,1'] },
  ]);
});

test('steps that do not depend on each other stand in lanes apart, single ones in the last', () => {
  const lanes = lanesOf([step('S-01'), step('S-02'), step('S-03', 'S-02'), step('S-04')]);
  expect(lanes.map(({ slots }) => slots.map((slot) => slot.step.id))).toEqual([
    ['S-02', 'S-03'],
    ['S-01', 'S-04'],
  ]);
});

test('no two steps of a lane stand in one place, and no step stands before one that it needs', () => {
  const { steps } = largePathReport().plan;
  const waves = waveOf(steps);
  const lanes = lanesOf(steps);
  expect(lanes.flatMap(({ slots }) => slots)).toHaveLength(steps.length);
  for (const { slots } of lanes)
    expect(new Set(slots.map(({ column, row }) => `${column},${row}`)).size).toBe(slots.length);
  for (const { id, after } of steps)
    for (const needed of after) expect(waves.get(needed)).toBeLessThan(waves.get(id) ?? 0);
});

test('a proof is read under its step, at the end of the plan, or among the commands to verify', () => {
  const { ofSteps, final, toVerify } = proofPlaces(pathReport());
  expect([...ofSteps.keys()]).toEqual(['PR-1', 'PR-2', 'PR-3', 'PR-4', 'PR-5', 'PR-6']);
  expect(final.map(({ id }) => id)).toEqual(['PR-7']);
  expect(toVerify).toEqual(sampleReport().proofs);
});

test('without a plan every proof is a command to verify', () => {
  const { proofs } = pathReport();
  expect(proofPlaces({ plan: { steps: [] }, proofs }).toVerify).toEqual(proofs);
});
