import { describe, expect, test } from 'vitest';
import { type Step, sampleSteps } from '../../test/fixtures/sample-plan.ts';
import { BOX, drawnPlan, rounded } from './lane-geometry.ts';

const [sample] = sampleSteps();

/** A plan of `size` steps, each after up to three before it; the same seed gives the same plan. */
function randomPlan(seed: number, size: number): Step[] {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  return Array.from({ length: size }, (_, index): Step => {
    if (!sample) throw new Error('the sample has steps');
    const after = Array.from({ length: next(4) }, () => `S-${next(Math.max(index, 1))}`);
    return { ...sample, id: `S-${index}`, after: index === 0 ? [] : [...new Set(after)] };
  });
}

describe.each([
  sampleSteps(),
  ...Array.from({ length: 60 }, (_, seed) => randomPlan(seed + 1, 4 + (seed % 21))),
])('plan %#', (...steps) => {
  const { boxes, lines, bands, boxWidth, width, height } = drawnPlan(steps);

  test('every step and every dependency is drawn, inside the drawing', () => {
    expect(boxes).toHaveLength(steps.length);
    expect(lines).toHaveLength(steps.reduce((sum, { after }) => sum + after.length, 0));
    for (const [x, y] of lines.flat()) {
      expect(x > 0 && x < width).toBe(true);
      expect(bands.some((band) => y > band.y && y < band.y + band.height)).toBe(true);
    }
    for (const { x, y } of boxes) expect(x + boxWidth <= width && y + BOX <= height).toBe(true);
  });

  test('no line runs behind a box', () => {
    const hidden = lines.flatMap((line) =>
      line.slice(1).flatMap(([x, y], index) => {
        const [fromX, fromY] = line[index] ?? [x, y];
        return boxes.filter(
          (box) =>
            Math.max(x, fromX) > box.x &&
            Math.min(x, fromX) < box.x + boxWidth &&
            Math.max(y, fromY) > box.y &&
            Math.min(y, fromY) < box.y + BOX,
        );
      }),
    );
    expect(hidden.map(({ step }) => step.id)).toEqual([]);
  });
});

test('a plan without a step is an empty drawing', () => {
  expect(drawnPlan([])).toMatchObject({ boxes: [], lines: [], waves: [] });
});

test('corners are round, and no rounder than the line is long', () => {
  expect(
    rounded([
      [0, 0],
      [20, 0],
      [20, 4],
    ]),
  ).toBe('M0 0L18 0Q20 0 20 2L20 4');
});
