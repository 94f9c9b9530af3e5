import { expect, test } from 'vitest';
import { collectCloudflare } from '#collect/cloudflare/collect-cloudflare.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { resourcesOf } from '#reconcile/resources.ts';
import type { CloudflareAccount } from './api/estate.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { NOW, requestTo } from './matrix/estate.ts';

/** More than any page holds that is given where nothing is asked for, and more than most pages can hold. */
const MANY = 130;
const many = <T>(one: (index: number) => T, count = MANY): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const named = (name: string) => (index: number) => ({ name: `${name}-${index}` });

const large = (): CloudflareAccount => ({
  name: 'Large',
  tokens: {
    user: many(named('user-token')),
    account: many(named('account-token')),
  },
  workers: many((index) => ({ name: `worker-${index}`, secrets: ['KEY'], schedules: ['0 3 * * *'] }), 70),
  domains: many((index) => ({
    hostname: `d${index}.large.example`,
    service: 'worker-1',
    zone: 'zone-1.example',
  })),
  d1: many(named('database')),
  kv: many((index) => ({ title: `namespace-${index}` }), 1_030),
  r2: many(named('bucket')),
  queues: many(named('queue')),
  hyperdrive: many(named('config')),
  vectorize: many(named('index')),
  durable_objects: many((index) => ({ class: `Class${index}`, script: 'worker-1' }), 1_030),
  pages: many(named('project'), 33),
  zones: many(
    (index) => ({
      name: `zone-${index}.example`,
      ...(index === 0 && {
        records: many((record) => ({ name: `r${record}`, type: 'A', content: '192.0.2.1' }), 5_010),
        routes: many((route) => ({ pattern: `zone-0.example/${route}/*`, script: 'worker-1' })),
        certificate_packs: many((pack) => ({ type: 'advanced', hosts: [`${pack}.zone-0.example`] })),
      }),
    }),
    60,
  ),
  rulesets: many((index) => ({ phase: 'http_request_firewall_custom', name: `set ${index}` })),
  access: {
    applications: many((index) => ({ name: `application-${index}`, domain: `a${index}.example` })),
    policies: many(named('policy')),
    identity_providers: many((index) => ({ name: `provider-${index}`, type: 'oidc' })),
    service_tokens: many(named('service-token')),
  },
  turnstile: many(named('widget')),
  tunnels: many(named('tunnel')),
});

/** How many of each kind the account holds. */
const HELD: [Kind, number][] = [
  ['Cloudflare::Workers::Script', 70],
  ['Cloudflare::Workers::Secret', 70],
  ['Cloudflare::Workers::Domain', MANY],
  ['Cloudflare::D1::Database', MANY],
  ['Cloudflare::KV::Namespace', 1_030],
  ['Cloudflare::R2::Bucket', MANY],
  ['Cloudflare::Queue', MANY],
  ['Cloudflare::Hyperdrive::Config', MANY],
  ['Cloudflare::Vectorize::Index', MANY],
  ['Cloudflare::DurableObjects::Namespace', 1_030],
  ['Cloudflare::Pages::Project', 33],
  ['Cloudflare::Zone', 60],
  ['Cloudflare::DNS::Record', 5_010],
  ['Cloudflare::Workers::Route', MANY],
  ['Cloudflare::CertificatePack', 60 + MANY],
  ['Cloudflare::Ruleset', MANY],
  ['Cloudflare::Access::Application', MANY],
  ['Cloudflare::Access::Policy', MANY],
  ['Cloudflare::Access::IdentityProvider', MANY],
  ['Cloudflare::Access::ServiceToken', MANY],
  ['Cloudflare::Turnstile::Widget', MANY],
  ['Cloudflare::Tunnel', MANY],
  // with the one that reads
  ['Cloudflare::APIToken', 2 * MANY + 1],
];

const read = (api: CloudflareApi, said: readonly Fact[] = []) =>
  collectCloudflare(requestTo(api), said, () => NOW);

const declared = (kind: Kind, name: string): Fact => ({
  kind,
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'main.tf', line: 1 },
  environments: [],
});

test('lists are read to their end, however many pages they have', { timeout: 60_000 }, async () => {
  const api = await startCloudflareApi(large(), {
    clock: () => NOW,
    limit: { requests: 100_000, seconds: 300 },
  });
  const { facts, coverage } = await read(api);
  const seen = HELD.map(([kind]) => [kind, facts.filter((one) => one.kind === kind).length]);
  expect(seen).toEqual(HELD);
  expect(coverage().map(({ state }) => state)).toEqual(['complete', 'complete']);
  expect(api.statistics.total.duplicates).toBe(0);
  await api.stop();
});

const WORKERS = ['Cloudflare::Workers::Secret', 'Cloudflare::Workers::CronTrigger'] as const;

test('what is in a Worker that was not looked into is not missing', { timeout: 60_000 }, async () => {
  const api = await startCloudflareApi(large(), {
    clock: () => NOW,
    limit: { requests: 100_000, seconds: 300 },
  });
  const said = [
    declared('Cloudflare::Workers::CronTrigger', 'worker-3 0 3 * * *'),
    declared('Cloudflare::Workers::Secret', 'worker-3/KEY'),
  ];
  const { facts, observations } = await read(api, said);
  const resources = resourcesOf([...said, ...facts], observations).filter(
    ({ declared: own }) => own.length > 0,
  );
  expect(resources.map(({ kind }) => kind).sort()).toEqual([...WORKERS].sort());
  expect(resources.filter(({ status }) => status === 'missing')).toEqual([]);
  await api.stop();
});

const ZONES: CloudflareAccount = {
  name: 'Zones',
  zones: [
    { name: 'seen.example', records: [{ name: '@', type: 'A', content: '192.0.2.1' }] },
    { name: 'hidden.example', records: [{ name: '@', type: 'A', content: '192.0.2.2' }] },
  ],
};
const HIDDEN: Fact[] = [
  declared('Cloudflare::Zone', 'hidden.example'),
  declared('Cloudflare::Zone', 'seen.example'),
  { ...declared('Cloudflare::DNS::Record', 'hidden.example'), scope: 'A' },
  declared('Cloudflare::D1::Database', 'nowhere'),
];
const statusesOf = async (account: CloudflareAccount, permissions?: readonly string[]) => {
  const api = await startCloudflareApi(account, { clock: () => NOW, ...(permissions && { permissions }) });
  const { facts, observations } = await read(api, HIDDEN);
  await api.stop();
  const resources = resourcesOf([...HIDDEN, ...facts], observations).filter(
    ({ declared: own }) => own.length > 0,
  );
  return new Map(resources.map((one) => [`${one.kind.split('::').at(-1)} ${one.name}`, one]));
};

test('a zone that the token does not see is not missing, nor is anything in it', async () => {
  const statuses = await statusesOf({ ...ZONES, auditor: { zones: ['seen.example'] } });
  expect([...statuses].map(([name, { status }]) => `${name}: ${status}`).sort()).toEqual([
    'Database nowhere: missing',
    'Record hidden.example: unverified',
    'Zone hidden.example: unverified',
    'Zone seen.example: verified',
  ]);
  expect(statuses.get('Zone hidden.example')?.reason?.en).toMatch(/does not see/);
});

test('without the permission to read its own policies nobody knows whether a token sees all zones', async () => {
  const permissions = ['Zone Read', 'DNS Read', 'D1 Read'];
  const statuses = await statusesOf(ZONES, permissions);
  expect(statuses.get('Zone seen.example')?.status).toBe('verified');
  expect(statuses.get('Zone hidden.example')?.status).toBe('verified');
  const scoped = await statusesOf({ ...ZONES, auditor: { zones: ['seen.example'] } }, permissions);
  expect(scoped.get('Zone hidden.example')).toMatchObject({ status: 'unverified' });
  expect(scoped.get('Zone hidden.example')?.reason?.en).toContain('API Tokens Read');
  expect(scoped.get('Database nowhere')?.status).toBe('missing');
});

test('a zone that nobody has is missing where the token sees them all', async () => {
  const statuses = await statusesOf({ ...ZONES, zones: ZONES.zones?.slice(0, 1) ?? [] });
  expect(statuses.get('Zone hidden.example')?.status).toBe('missing');
  expect(statuses.get('Record hidden.example')?.status).toBe('missing');
});
