import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig } from '#model/wrangler.ts';
import {
  estate,
  findings,
  isUnknown,
  worker,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { healthRouteMissing } from './health-route-missing.ts';

const place = { source: 'repo' as const, file: 'src/api.ts', line: 9 };
const of = (parts: Partial<WorkerCode>, config: Partial<WranglerConfig> = {}) =>
  estate({
    artifacts: {
      wranglerConfigs: [
        wranglerConfig({
          environments: [wranglerEnvironment({ workersDev: { isOn: true, isStated: false, line: 1 } })],
          ...config,
        }),
      ],
      workers: [worker({ writes: [place], ...parts })],
    },
  });
const found = (...given: Parameters<typeof of>) => findings(healthRouteMissing, of(...given));

test('an API without one is told', () => {
  expect(found({})).toMatchObject([
    { severity: 'low', evidence: [{ file: 'src/api.ts', line: 9 }, { file: 'src/index.ts' }] },
  ]);
});

test('one that has it, answers no API, or is asked by nobody, is none', () => {
  expect(found({ health: [{ path: '/health', at: place }] })).toEqual([]);
  expect(found({ writes: [] })).toEqual([]);
  expect(found({ handlers: [{ event: 'scheduled', at: place }] })).toEqual([]);
  expect(found({}, { environments: [wranglerEnvironment()] })).toEqual([]);
  expect(found({}, { isPages: true })).toEqual([]);
});

test('what routes out of sight leaves it open', () => {
  expect(
    isUnknown(healthRouteMissing, of({ blindSpots: [{ what: 'framework', at: place, name: 'next' }] })),
  ).toBe(true);
  expect(found({ blindSpots: [{ what: 'framework', at: place, name: 'hono' }] })).toHaveLength(1);
  expect(isUnknown(healthRouteMissing, of({ forwards: [{ at: place }] }))).toBe(true);
});
