import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collectCloudflare } from '#collect/cloudflare/collect-cloudflare.ts';
import { cloudflareCollectors } from '#collect/cloudflare/collectors.ts';
import type { Fact } from '#model/fact.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { EVERYTHING } from './everything.ts';
import { VirtualClock } from './virtual-clock.ts';

const clock = () => new Date('2026-11-28T12:00:00Z');
/** What files declare, so that every detail is asked for. */
const said: Fact[] = [
  ['Cloudflare::Workers::Script', 'shop-api'],
  ['Cloudflare::R2::Bucket', 'shop-media'],
].map(([kind, name]) => ({
  kind: kind as Fact['kind'],
  name: name ?? '',
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'wrangler.toml', line: 1 },
  environments: [],
}));

const read = (api: CloudflareApi, more: Partial<Record<string, string>> = {}) =>
  collectCloudflare(
    {
      environment: {
        CLOUDFLARE_API_BASE_URL: api.url,
        CLOUDFLARE_API_TOKEN: api.token,
        ...more,
      },
      delay: 1,
      attempts: 2,
      timeout: 2_000,
      timing: new VirtualClock(),
    },
    said,
    clock,
  );

const SECRET_MEMBERS = [
  'password',
  'secret',
  'client_secret',
  'token',
  'value',
  'text',
  'json',
  'key',
  'key_base64',
  'private_key',
  'access_key_secret',
  'tunnel_secret',
  'credentials_file',
  'comment',
  'email',
];

/** Puts a canary into every object of an answer, under each name that a secret may have and that is not there. */
function withCanaries(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCanaries);
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withCanaries(one)]));
  return { ...Object.fromEntries(SECRET_MEMBERS.map((name) => [name, `canary-${name}`])), ...own };
}

describe('an account that has something of everything', () => {
  let api: CloudflareApi;
  beforeAll(async () => {
    api = await startCloudflareApi(EVERYTHING);
  });
  beforeEach(() => api.clear());
  afterAll(() => api.stop());

  test('every kind is seen, each read is sent once and leads somewhere, and nothing is refused', async () => {
    const { facts, observations, coverage } = await read(api);
    const kinds = new Set(cloudflareCollectors.flatMap((one) => one.kinds));
    expect([...kinds].filter((kind) => !facts.some((fact) => fact.kind === kind))).toEqual([]);
    expect(observations.flatMap(({ lookups }) => lookups.filter(({ refusal }) => refusal))).toEqual([]);
    expect(coverage().map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(api.statistics.total).toMatchObject({
      duplicates: 0,
      missing: 0,
      denied: 0,
      throttled: 0,
      refused: 0,
    });
    expect(api.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(api.statistics.errors).toEqual([]);
  });

  test('what one thing is bound to, and led to, is known by name or id', async () => {
    const { facts } = await read(api);
    const of = (kind: Fact['kind'], name: string) =>
      facts.find((one) => one.kind === kind && one.name === name);
    const script = of('Cloudflare::Workers::Script', 'shop-api');
    const database = of('Cloudflare::D1::Database', 'shop');
    expect(script?.relations).toContainEqual({
      type: 'uses',
      to: { kind: 'Cloudflare::D1::Database', name: database?.properties?.id },
      as: 'DB',
    });
    expect(script?.properties).toMatchObject({
      workersDev: false,
      deployment: { by: 'dev@everything.example' },
    });
    expect(of('Cloudflare::Queue', 'orders')?.relations).toEqual([
      { type: 'routes-to', to: { kind: 'Cloudflare::Workers::Script', name: 'shop-api' } },
      { type: 'dead-letters-to', to: { kind: 'Cloudflare::Queue', name: 'orders-dead' } },
    ]);
    expect(of('Cloudflare::Workers::Route', 'everything.example/static/*')?.properties).toMatchObject({
      isOff: true,
    });
    expect(of('Cloudflare::R2::Bucket', 'eu-exports')?.properties).toMatchObject({ jurisdiction: 'eu' });
    expect(of('Cloudflare::R2::Bucket', 'shop-media')?.properties).toMatchObject({
      publicAtR2Dev: true,
      customDomains: ['media.everything.example'],
      lifecycleRules: [
        { does: ['abortMultipartUploadsTransition'] },
        { id: 'drafts', prefix: 'drafts/', does: ['deleteObjectsTransition'] },
      ],
      lockRules: [{ id: 'invoices', prefix: 'invoices/' }],
    });
    expect(of('Cloudflare::Zone', 'everything.example')?.properties).toMatchObject({
      sslMode: 'strict',
      minTlsVersion: '1.2',
      alwaysUseHttps: 'on',
      hsts: { enabled: false },
      dnssec: 'active',
      plan: 'pro',
    });
    expect(of('Cloudflare::Ruleset', 'everything.example http_ratelimit')?.properties?.rules).toMatchObject([
      { action: 'block', description: 'sign in', enabled: true },
    ]);
    expect(of('Cloudflare::Access::Application', 'status')?.properties?.policies).toMatchObject([
      { decision: 'bypass', include: ['everyone'] },
    ]);
    expect(of('Cloudflare::Access::ServiceToken', 'monitoring')?.properties?.expiresAt).toBeTypeOf('string');
    expect(of('Cloudflare::Stream', 'stream')?.properties).toMatchObject({ videos: 3, withoutSignedUrl: 3 });
    expect(of('Cloudflare::Pages::Project', 'docs')?.properties).toMatchObject({
      productionBranch: 'main',
      environments: [{ environment: 'production', secrets: ['SEARCH_KEY'] }, { environment: 'preview' }],
    });
    expect(of('Cloudflare::Tunnel', 'old-office')?.properties).toMatchObject({ connections: 0 });
  });

  test('no secret of any answer, and nothing of what is asked with, reaches a fact or the coverage', async () => {
    const plain = JSON.stringify((await read(api)).facts);
    api.clear();
    api.when('*', {
      kind: 'patch',
      patch: (envelope: { result: unknown }) => ({ ...envelope, result: withCanaries(envelope.result) }),
    });
    const { facts, observations, coverage } = await read(api);
    const told = JSON.stringify([facts, observations, coverage()]);
    // the address of whoever made a token or an event is told where it is read, and nowhere else
    expect(told.match(/canary-[a-z_0-9]+/g) ?? []).toEqual([]);
    expect(told).not.toContain(api.token);
    expect(facts.length).toBe((JSON.parse(plain) as unknown[]).length);
    // values of plain variables may be secrets too
    expect(plain).not.toContain('https://api.everything.example');
    expect(plain).not.toContain('perMinute');
  });

  test.each(['reset', 'timeout', 'truncate', 'garble', 'cut-page'] as const)(
    'every list that ends in %s leaves its kind unestablished and the rest read',
    async (kind) => {
      const fault = kind === 'timeout' ? ({ kind, times: 1 } as never) : { kind };
      for (const path of ['/accounts/{account_id}/d1/database', '/zones/{zone_id}/dns_records']) {
        api.clear();
        api.when(path, fault);
        const { observations, facts } = await read(api);
        const refused = observations.flatMap(({ lookups }) => lookups.filter(({ refusal }) => refusal));
        expect(refused.length).toBeGreaterThan(0);
        expect(new Set(refused.map((one) => one.refusal?.operation))).toEqual(new Set([`GET ${path}`]));
        expect(facts.some((one) => one.kind === 'Cloudflare::Workers::Script')).toBe(true);
      }
    },
    20_000,
  );
});

test('products that were never switched on are empty lists, or unavailable, and never a failure', async () => {
  const api = await startCloudflareApi({ name: 'Small', workers: [{ name: 'api' }] });
  const { observations, coverage } = await read(api);
  const lookups = observations.flatMap((one) => one.lookups);
  const of = (kind: Fact['kind']) => lookups.filter((one) => one.kind === kind);
  expect(of('Cloudflare::R2::Bucket').every(({ refusal }) => refusal === undefined)).toBe(true);
  expect(of('Cloudflare::Access::Application').every(({ refusal }) => refusal === undefined)).toBe(true);
  expect(coverage().map(({ state }) => state)).toEqual(['complete', 'complete']);
  await api.stop();
});
