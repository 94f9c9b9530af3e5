import { afterAll, beforeAll, expect, test } from 'vitest';
import { motoPython, testsNeedMoto } from '../../aws/moto.ts';
import { pairs } from './breakages.ts';
import { Harbour } from './harbour.ts';
import { told } from './told.ts';

testsNeedMoto();
let harbour: Harbour;
beforeAll(async () => {
  if (!('python' in motoPython())) return;
  harbour = await Harbour.start();
  await harbour.follow(Harbour.urls);
}, 60_000);
afterAll(() => harbour?.stop());

const both = pairs();

test('there are enough pairs', () => {
  expect(both.length).toBeGreaterThanOrEqual(40);
});

test.each(both.map(([first, second]) => [first.id, second.id, first, second] as const))(
  'both are named: %s, %s',
  { timeout: 60_000 },
  async (_, __, first, second) => {
    const { unnamed, sound } = await told(harbour, first, second);
    expect({ unnamed, sound }).toEqual({ unnamed: [], sound: [] });
  },
);
