import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import { estate, findings, worker } from '../../test-estate.ts';
import { corsAnyOrigin } from './cors-any-origin.ts';

const at = (line: number) => ({ source: 'repo' as const, file: 'src/cors.ts', line });
const open: WorkerCode['cors'] = [{ policy: 'any', origins: [], at: at(9) }];
const credentials = (line: number, value = 'true') => [
  { name: 'access-control-allow-credentials', value, at: at(line) },
];
const found = (parts: Partial<WorkerCode>) =>
  findings(corsAnyOrigin, estate({ artifacts: { workers: [worker(parts)] } }));

const token: WorkerCode['tokens'][number] = {
  at: at(40),
  signature: 'yes',
  algorithms: [],
  issuer: 'yes',
  audience: 'yes',
  expiry: 'yes',
  keyCache: 'yes',
};

test('any origin is told beside tokens, or with credentials in the same answer', () => {
  expect(found({ cors: open, tokens: [token] })).toMatchObject([
    { severity: 'medium', evidence: [{ line: 9 }, { line: 40 }] },
  ]);
  expect(found({ cors: open, headers: credentials(11) })[0]?.message.en).toContain(
    '`Access-Control-Allow-Credentials` is set as well',
  );
});

test('a public API, a list, and credentials of another answer are none', () => {
  expect(found({ cors: open })).toEqual([]);
  expect(found({ cors: open, headers: credentials(90) })).toEqual([]);
  expect(found({ cors: open, headers: credentials(11, 'false') })).toEqual([]);
  expect(
    found({ cors: [{ policy: 'list', origins: ['https://a.example'], at: at(9) }], tokens: [token] }),
  ).toEqual([]);
});
