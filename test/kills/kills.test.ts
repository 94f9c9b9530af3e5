import { expect, test } from 'vitest';
import { killRuns } from './kills.ts';

test.each([
  ['plain' as const, 25, 4],
  ['sdk' as const, 2, 1],
])(
  'real processes that are killed (%s, %i kills): no change is lost, none is made twice',
  async (sort, kills, atOnce) => {
    const told = await killRuns(sort, kills, atOnce, 20_261_128);
    expect(told.kills).toBeGreaterThanOrEqual(kills);
    expect(told.wrong).toEqual([]);
    expect(told.stopped).toEqual([]);
  },
  60_000,
);
