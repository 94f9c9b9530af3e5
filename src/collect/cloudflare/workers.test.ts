import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { collected, denied, of } from './test-api.ts';
import { workers } from './workers.ts';

const declared: Fact = {
  kind: 'Cloudflare::Workers::Script',
  name: 'lock-keeper',
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'wrangler.toml', line: 1 },
  environments: [],
};
const script = (path = '') => of(`/workers/scripts/lock-keeper${path}`);
const routes = {
  [of('/workers/scripts')]: [
    { id: 'lock-keeper', modified_on: '2026-11-01T00:00:00Z', last_deployed_from: 'dash' },
  ],
  [of('/workers/domains')]: [
    { id: 'd0', hostname: 'locks.quay.example', service: 'lock-keeper', zone_name: 'quay.example' },
  ],
  [script('/settings')]: {
    bindings: [
      { type: 'd1', name: 'DB', id: '0a0b', database_id: '0a0b' },
      { type: 'plain_text', name: 'MODE', text: 'canary-value' },
      { type: 'secret_text', name: 'GATE_KEY' },
    ],
    compatibility_date: '2026-03-01',
    observability: { enabled: true },
  },
  [script('/subdomain')]: { enabled: true, previews_enabled: false },
  [script('/schedules')]: { schedules: [{ cron: '0 3 * * *' }] },
  [script('/deployments')]: {
    deployments: [
      {
        id: 'dep2',
        source: 'wrangler',
        created_on: '2026-11-20T08:00:00Z',
        author_email: 'ann@quay.example',
        annotations: { 'workers/triggered_by': 'deployment' },
        versions: [{ version_id: 'v2', percentage: 100 }],
      },
      { id: 'dep1', source: 'dash', created_on: '2026-11-02T08:00:00Z', versions: [] },
    ],
  },
  [script('/versions')]: {
    items: [
      {
        id: 'v2',
        metadata: { created_on: '2026-11-20T07:59:00Z' },
        annotations: { 'workers/tag': 'b83a8ec' },
      },
    ],
  },
};

test('a script is seen with its bindings, its public address and the version that runs', async () => {
  const { facts, lookups } = await collected(workers, routes, [declared]);
  expect(facts.find(({ kind }) => kind === 'Cloudflare::Workers::Script')).toMatchObject({
    name: 'lock-keeper',
    properties: {
      bindings: [
        { type: 'd1', name: 'DB', to: '0a0b' },
        { type: 'plain_text', name: 'MODE' },
      ],
      compatibilityDate: '2026-03-01',
      workersDev: true,
      previewUrls: false,
      deployedFrom: 'dash',
      deployment: {
        at: '2026-11-20T08:00:00Z',
        by: 'ann@quay.example',
        source: 'wrangler',
        versions: [{ id: 'v2', percentage: 100, tag: 'b83a8ec' }],
      },
    },
    relations: [{ type: 'uses', to: { kind: 'Cloudflare::D1::Database', name: '0a0b' }, as: 'DB' }],
  });
  expect(facts.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'Cloudflare::Workers::CronTrigger lock-keeper 0 3 * * *',
    'Cloudflare::Workers::Domain locks.quay.example',
    'Cloudflare::Workers::Script lock-keeper',
    'Cloudflare::Workers::Secret lock-keeper/GATE_KEY',
  ]);
  expect(lookups.every(({ refusal }) => refusal === undefined)).toBe(true);
  expect(JSON.stringify(facts)).not.toContain('canary');
});

test('settings that may not be read leave secrets unestablished, and the script seen', async () => {
  const { facts, lookups, operations } = await collected(
    workers,
    { ...routes, [script('/settings')]: denied() },
    [declared],
  );
  const [seen] = facts.filter(({ kind }) => kind === 'Cloudflare::Workers::Script');
  expect(seen?.properties).not.toHaveProperty('bindings');
  expect(seen?.refusals).toMatchObject([{ sort: 'denied', permission: 'Workers Scripts Read' }]);
  expect(lookups.filter(({ refusal }) => refusal).map(({ kind }) => kind)).toEqual([
    'Cloudflare::Workers::Secret',
  ]);
  expect(operations.find(({ name }) => name.endsWith('/settings'))).toMatchObject({ calls: 1, denied: 1 });
});

test('a list of scripts that may not be read establishes nothing of what is in them', async () => {
  const { lookups } = await collected(workers, { ...routes, [of('/workers/scripts')]: denied() });
  expect(lookups.filter(({ refusal }) => refusal).map(({ kind }) => kind)).toEqual([
    'Cloudflare::Workers::Script',
    'Cloudflare::Workers::Secret',
    'Cloudflare::Workers::CronTrigger',
  ]);
});
