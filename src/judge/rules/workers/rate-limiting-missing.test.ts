import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerBinding } from '#model/wrangler.ts';
import {
  estate,
  fact,
  findings,
  isUnknown,
  resource,
  worker,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { rateLimitingMissing } from './rate-limiting-missing.ts';

const place = { source: 'repo' as const, file: 'src/api.ts', line: 9 };
const of = (
  parts: Partial<WorkerCode>,
  bindings: WranglerBinding[] = [],
  others: Parameters<typeof estate>[0] = {},
) =>
  estate({
    artifacts: {
      wranglerConfigs: [
        wranglerConfig({
          environments: [
            wranglerEnvironment({ bindings, workersDev: { isOn: true, isStated: false, line: 1 } }),
          ],
        }),
      ],
      workers: [worker(parts)],
    },
    ...others,
  });
const found = (...given: Parameters<typeof of>) => findings(rateLimitingMissing, of(...given));

test('what writes, checks tokens, takes webhooks or asks a database is told', () => {
  expect(found({ writes: [place] })).toMatchObject([
    {
      severity: 'medium',
      confidence: 'medium',
      evidence: [{ file: 'src/api.ts', line: 9 }, { file: 'src/index.ts' }],
    },
  ]);
  expect(
    found({ webhooks: [{ path: '/hooks/form', isVerified: true, at: place }] })[0]?.message.en,
  ).toContain('`/hooks/form`');
  expect(found({}, [{ type: 'd1', name: 'DB', line: 4 }])[0]?.message.en).toContain('`DB`');
});

test('what has nothing to protect, or a limit, is none', () => {
  expect(found({})).toEqual([]);
  expect(found({}, [{ type: 'kv_namespace', name: 'KV', line: 4 }])).toEqual([]);
  expect(found({ writes: [place], rateLimits: [place] })).toEqual([]);
  expect(found({ writes: [place] }, [{ type: 'ratelimit', name: 'LIMITER', line: 4 }])).toEqual([]);
  expect(found({ writes: [place], handlers: [{ event: 'queue', at: place }] })).toEqual([]);
});

test('a rule of the zone, or what was not read, leaves it open', () => {
  const ruleset = resource('Cloudflare::Ruleset', 'quay.example http_ratelimit', [fact('repo')]);
  expect(isUnknown(rateLimitingMissing, of({ writes: [place] }, [], { resources: [ruleset] }))).toBe(true);
  const blindSpots: WorkerCode['blindSpots'] = [{ what: 'environment-passed-on', at: place }];
  expect(isUnknown(rateLimitingMissing, of({ writes: [place], blindSpots }))).toBe(true);
});

test('the rules of an account that was read in full are told apart', () => {
  const coverage = [
    { source: 'cloudflare' as const, scope: 'a', state: 'complete' as const, operations: [] },
  ];
  const [finding] = found({ writes: [place] }, [], { coverage });
  expect(finding?.confidence ?? 'high').toBe('high');
  expect(finding?.message.en).not.toContain('were not read');
});
