import { expect, test } from 'vitest';
import type { ProgramSettings } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { corsAnyOriginWithCredentials } from './cors-any-origin-with-credentials.ts';

type Cors = ProgramSettings['cors'][number];
const cors = (policy: Cors['policy'], credentials: boolean | undefined, parts: Partial<Cors> = {}): Cors => ({
  policy,
  origins: [],
  ...(credentials !== undefined && { credentials }),
  at: { source: 'repo', file: 'backend/main.py', line: 10 },
  ...parts,
});
const found = (...list: Cors[]) =>
  findings(corsAnyOriginWithCredentials, estate({ artifacts: { programs: [program({ cors: list })] } }));

test('an origin that is sent back with credentials is high', () => {
  expect(found(cors('reflected', true))).toMatchObject([
    { severity: 'high', evidence: [{ file: 'backend/main.py', line: 10 }] },
  ]);
});

test('any origin as the default of a setting weighs less', () => {
  const [one] = found(cors('setting', true, { origins: ['*'], setting: 'CORS_ORIGINS' }));
  expect(one?.severity).toBe('medium');
  expect(one?.message.en).toContain('unless `CORS_ORIGINS` is set');
});

test.each([
  [
    'what a developer lets in on their machine',
    cors('reflected', true, { at: { source: 'repo', file: 'app/settings/dev.py', line: 15 } }),
  ],
  ['a list', cors('list', true, { origins: ['https://a.example'] })],
  ['any origin, of which browsers refuse the answer', cors('any', true, { origins: ['*'] })],
  ['an origin that is sent back without credentials', cors('reflected', false)],
  ['credentials that are not known', cors('reflected', undefined)],
  [
    'a setting whose default is a list',
    cors('setting', true, { origins: ['https://a.example'], setting: 'O' }),
  ],
  [
    'a default that a library of Node.js answers as it is',
    cors('setting', true, { origins: ['*'], at: { source: 'repo', file: 'src/app.ts', line: 3 } }),
  ],
])('%s is no finding', (_name, one) => {
  expect(found(one)).toEqual([]);
});
