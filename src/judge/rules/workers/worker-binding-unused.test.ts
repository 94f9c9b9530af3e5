import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import {
  estate,
  findings,
  isUnknown,
  worker,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { workerBindingUnused } from './worker-binding-unused.ts';

const place = { source: 'repo' as const, file: 'src/index.ts', line: 7 };
const of = (parts: Partial<WorkerCode> = {}, type = 'd1') => {
  const bindings = [{ type, name: 'DB', line: 4 }];
  return estate({
    artifacts: {
      wranglerConfigs: [
        wranglerConfig({
          environments: [
            wranglerEnvironment({ bindings }),
            wranglerEnvironment({ name: 'production', bindings: [{ type, name: 'DB', line: 14 }] }),
          ],
        }),
      ],
      workers: [worker(parts)],
    },
  });
};
const found = (...given: Parameters<typeof of>) => findings(workerBindingUnused, of(...given));

test('a binding that no module reads is told wherever it is bound', () => {
  expect(found()).toMatchObject([
    { severity: 'low', evidence: [{ file: 'wrangler.toml', line: 4 }, { line: 14 }] },
  ]);
});

test('one that is read, or that needs no read, is none', () => {
  expect(found({ reads: [{ name: 'DB', at: place, isOptional: true }] })).toEqual([]);
  for (const type of ['assets', 'durable_object_namespace', 'workflow', 'service', 'version_metadata'])
    expect(found({}, type)).toEqual([]);
});

test('an entry that exports what a package made is not judged', () => {
  expect(isUnknown(workerBindingUnused, of({ handlers: [] }))).toBe(true);
});

test('where the environment goes out of sight, nothing is said', () => {
  for (const what of ['environment-passed-on', 'module-not-found', 'module-unreadable'] as const)
    expect(isUnknown(workerBindingUnused, of({ blindSpots: [{ what, at: place }] }))).toBe(true);
  expect(
    isUnknown(workerBindingUnused, of({ blindSpots: [{ what: 'framework', at: place, name: 'next' }] })),
  ).toBe(true);
  expect(found({ blindSpots: [{ what: 'framework', at: place, name: 'hono' }] })).toHaveLength(1);
});
