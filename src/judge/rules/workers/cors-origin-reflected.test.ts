import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import { estate, findings, worker } from '../../test-estate.ts';
import { corsOriginReflected } from './cors-origin-reflected.ts';

const at = (line: number) => ({ source: 'repo' as const, file: 'src/cors.ts', line });
const open: WorkerCode['cors'] = [{ policy: 'reflected', origins: [], at: at(9) }];
const credentials = (line: number, value = 'true') => [
  { name: 'access-control-allow-credentials', value, at: at(line) },
];
const found = (parts: Partial<WorkerCode>) =>
  findings(corsOriginReflected, estate({ artifacts: { workers: [worker(parts)] } }));

test('an origin that is sent back is told, and weighs more with credentials', () => {
  expect(found({ cors: open })).toMatchObject([
    { severity: 'medium', evidence: [{ file: 'src/cors.ts', line: 9 }] },
  ]);
  expect(found({ cors: open, headers: credentials(10) })).toMatchObject([
    { severity: 'high', evidence: [{ line: 9 }, { line: 10 }] },
  ]);
  expect(found({ cors: open, headers: credentials(90) })).toMatchObject([{ severity: 'medium' }]);
});

test('any origin and a list are no reflection', () => {
  expect(found({ cors: [{ policy: 'any', origins: [], at: at(9) }] })).toEqual([]);
  expect(found({ cors: [] })).toEqual([]);
});
