import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { run } from '#cli/run.ts';
import type { Report } from '#model/report.ts';
import { folderOf } from '../support/audit-folder.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { EVERYTHING } from './everything.ts';

/** What Terraform's provider declares: a database and a bucket that are there, a queue that is not, a route that leads elsewhere. */
const FILES = {
  'infra/main.tf': [
    'resource "cloudflare_d1_database" "shop" {\n  name = "shop"\n}',
    'resource "cloudflare_r2_bucket" "media" {\n  name = "shop-media"\n}',
    'resource "cloudflare_queue" "refunds" {\n  queue_name = "refunds"\n}',
    'resource "cloudflare_workers_route" "shop" {\n  pattern = "everything.example/shop/*"\n  script  = "shop-next"\n}',
  ].join('\n'),
};

let api: CloudflareApi;
beforeAll(async () => {
  api = await startCloudflareApi(EVERYTHING);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.clear();
  vi.stubEnv('CLOUDFLARE_API_BASE_URL', api.url);
  vi.stubEnv('CLOUDFLARE_API_TOKEN', api.token);
  vi.stubEnv('CLOUDFLARE_ACCOUNT_ID', '');
  vi.stubEnv('CLOUDFLARE_API_KEY', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Audits these files with Cloudflare: the exit code, what was said, and the report. */
async function audit(...args: string[]) {
  const root = folderOf(FILES);
  let said = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  const out = path.join(root, 'out');
  const code = await run([
    'node',
    'constat',
    'audit',
    root,
    '--out',
    out,
    '--lang',
    'en',
    '--no-lock',
    ...args,
  ]);
  vi.restoreAllMocks();
  let text = '';
  try {
    text = readFileSync(path.join(out, 'report.json'), 'utf8');
  } catch {}
  const report = text === '' ? undefined : (JSON.parse(text) as Report);
  const of = (name: string, kind?: string) =>
    report?.resources.find((one) => one.name === name && (kind === undefined || one.kind === kind));
  return { code, said, text, report, of };
}

test('what files declare is found, missing or drifted, and the report says how many calls it took', async () => {
  const { code, report, of, text, said } = await audit('--cloudflare');
  expect(code).toBe(0);
  expect(of('shop', 'Cloudflare::D1::Database')).toMatchObject({ status: 'verified', account: api.account });
  expect(of('shop-media')).toMatchObject({ status: 'verified' });
  expect(of('refunds')).toMatchObject({ status: 'missing' });
  expect(of('everything.example/shop/*')).toMatchObject({
    status: 'drifted',
    drift: [{ path: 'script', declared: 'shop-next', observed: 'shop-api' }],
    lastChange: { event: 'update', at: '2026-11-12T09:00:00Z' },
  });
  expect(of('flags')).toMatchObject({ status: 'undocumented' });
  const rules = new Set(report?.findings.map(({ rule }) => rule));
  for (const rule of ['resource-missing', 'resource-drifted', 'r2-bucket-public', 'access-application-open'])
    expect(rules).toContain(rule);
  const own = report?.coverage.filter(({ source }) => source === 'cloudflare') ?? [];
  expect(own.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
    `${api.account} complete`,
    'Cloudflare complete',
  ]);
  expect(own.map(({ reason }) => reason?.en).join()).toMatch(/\d+ calls/);
  expect(text + said).not.toContain(api.token);
});

test('a permission that is lacking leaves it unverified with its name, and the exit code says so', async () => {
  api.when('/accounts/{account_id}/queues', { kind: 'deny' });
  const { code, of, said, text } = await audit('--cloudflare');
  expect(code).toBe(3);
  expect(of('refunds')).toMatchObject({ status: 'unverified' });
  expect(text).toContain('permission `Queues Read`');
  expect(said).toContain('permissions that the token lacks: Queues Read');
  expect((await audit('--cloudflare', '--allow-partial')).code).toBe(0);
});

test('without a token, or with one that nobody knows, one sentence says what to do', async () => {
  vi.stubEnv('CLOUDFLARE_API_TOKEN', '');
  const without = await audit('--cloudflare');
  expect(without.code).toBe(3);
  expect(without.said).toContain('constat policy cloudflare');
  expect(without.of('shop', 'Cloudflare::D1::Database')).toMatchObject({ status: 'unverified' });
  vi.stubEnv('CLOUDFLARE_API_TOKEN', 'canary-token-of-nobody-at-all');
  const unknown = await audit('--cloudflare');
  expect(unknown.code).toBe(3);
  expect(unknown.said).toContain('does not know CLOUDFLARE_API_TOKEN');
  expect(unknown.said + unknown.text).not.toContain('canary');
});

test('without --cloudflare nothing is asked, and what can be told with it is said', async () => {
  const { code, of, said } = await audit();
  expect(code).toBe(0);
  expect(api.requests).toEqual([]);
  expect(of('shop', 'Cloudflare::D1::Database')).toMatchObject({ status: 'unverified' });
  expect(said).toContain('CLOUDFLARE_API_TOKEN=… constat audit --cloudflare');
});

test.each([
  [{ CLOUDFLARE_ACCOUNT_ID: 'shop' }, 'CLOUDFLARE_ACCOUNT_ID: not the id of an account'],
  [{ CLOUDFLARE_API_BASE_URL: 'nowhere' }, 'CLOUDFLARE_API_BASE_URL: not an address'],
])('%j is an error of usage', async (environment, message) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { code, said } = await audit('--cloudflare');
  expect(code).toBe(2);
  expect(said).toContain(message);
});

test('--max-rate is of Cloudflare too', async () => {
  vi.stubEnv('CLOUDFLARE_API_TOKEN', '');
  expect((await audit('--cloudflare', '--max-rate', '50')).code).toBe(3);
  expect((await audit('--max-rate', '50')).code).toBe(2);
});
