import { afterAll, beforeAll, expect, test } from 'vitest';
import { motoPython, testsNeedMoto } from '../../aws/moto.ts';
import { breakages } from './breakages.ts';
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

test('no two faults have one name, and each says what it is', () => {
  expect(new Set(breakages.map(({ id }) => id)).size).toBe(breakages.length);
  expect(breakages.length).toBeGreaterThanOrEqual(60);
  for (const { id, blamed, because } of breakages)
    expect([id, blamed.length > 0 || because !== undefined]).toEqual([id, true]);
});

// not .concurrent: one account is broken and put back
test.each(breakages.map((fault) => [fault.id, fault] as const))(
  '%s',
  { timeout: 60_000 },
  async (_, fault) => {
    const { missed, sound, known, path } = await told(harbour, fault);
    expect({ missed, sound, known }).toEqual({ missed: [], sound: [], known: [] });
    // what is told in the report are causes: each of them begins at a root that was made
    const made = new Set(fault.blamed.map(({ check }) => check));
    for (const { checks } of path.causes) expect(made).toContain(checks[0]);
  },
);
