import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { cloudflareClients, testsNeedCloudflareClients } from './clients.ts';
import { EVERYTHING, type Names, namesOf } from './everything.ts';

const found = cloudflareClients();
const folder = 'folder' in found ? found.folder : '';
testsNeedCloudflareClients();

/** Tells at the end which other machines were asked, where the guard of the tests kept them from it. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { for (const one of globalThis[Symbol.for('constat.outgoing')] ?? []) console.error('outgoing: ' + one); });",
)}`;

let api: CloudflareApi;
let names: Names;
let home: string;
beforeAll(async () => {
  api = await startCloudflareApi(EVERYTHING);
  names = await namesOf(api);
  home = mkdtempSync(path.join(tmpdir(), 'constat-wrangler-'));
});
afterAll(async () => {
  await api.stop();
  rmSync(home, { recursive: true });
});

async function wrangler(...parameters: string[]): Promise<{ stdout: string; stderr: string }> {
  const program = path.join(folder, 'node_modules/wrangler/bin/wrangler.js');
  return await promisify(execFile)(process.execPath, [program, ...parameters], {
    cwd: home,
    timeout: 50_000,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CONFIG_HOME: home,
      CI: 'true',
      NO_COLOR: '1',
      // the guard, which Wrangler's own processes have too
      NODE_OPTIONS: `${process.env.NODE_OPTIONS} --import=${TELL}`,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_WRITE_LOGS: 'false',
      CLOUDFLARE_API_BASE_URL: api.url,
      CLOUDFLARE_API_TOKEN: api.token,
      CLOUDFLARE_ACCOUNT_ID: api.account,
    },
  });
}

/** What Wrangler is asked, and what of the estate it must show. */
const ASKED: readonly [parameters: string[], shown: string[]][] = [
  [['whoami'], ['ops@everything.example', 'Everything']],
  [
    ['d1', 'list', '--json'],
    ['"shop"', '"shop-staging"'],
  ],
  [['d1', 'info', 'shop', '--json'], ['"running_in_region": "WEUR"']],
  [['d1', 'time-travel', 'info', 'shop', '--json'], ['"bookmark": "00000085-']],
  [
    ['kv', 'namespace', 'list'],
    ['"shop-cache"', '"flags"'],
  ],
  [
    ['r2', 'bucket', 'list'],
    ['shop-media', 'backups'],
  ],
  [['queues', 'list'], ['orders-dead']],
  [['pages', 'project', 'list'], ['docs.pages.dev, docs.everything.example']],
  [
    ['secret', 'list', '--name', 'shop-api'],
    ['PAYMENT_KEY', 'WEBHOOK_SECRET'],
  ],
  [
    ['deployments', 'list', '--name', 'shop-api'],
    ['2026-10-20T10:00:00.000Z', 'prices'],
  ],
  [
    ['deployments', 'status', '--name', 'shop-api'],
    ['2026-11-10T10:00:00.000Z', '(100%)'],
  ],
  [
    ['versions', 'list', '--name', 'shop-api'],
    ['Upload', 'dev@everything.example'],
  ],
  [
    ['versions', 'view', '{version_id}', '--name', 'shop-api'],
    ['env.DB ({database_id})', 'nodejs_compat'],
  ],
  [['hyperdrive', 'list'], ['db.everything.example']],
  [['vectorize', 'list'], ['products']],
];

const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name) => names[name] ?? '?');

/** Two at a time, as there may be no more than two cores. */
async function inPairs<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const left = work.entries();
  const worker = async () => {
    for (const [index, one] of left) results[index] = await one();
  };
  await Promise.all([worker(), worker()]);
  return results;
}

test('Wrangler gets what it expects, and asks nobody else', { timeout: 120_000 }, async () => {
  const seen = await inPairs(
    ASKED.map(([parameters, shown]) => async () => {
      const { stdout, stderr } = await wrangler(...parameters.map(filled)).catch((error) => error);
      const missing = shown.map(filled).filter((text) => !String(stdout).includes(text));
      const outgoing = String(stderr).match(/^outgoing: .*$/gm) ?? [];
      return missing.length + outgoing.length === 0
        ? []
        : [`${parameters.join(' ')}: ${[...missing, ...outgoing].join('; ')}\n${stdout}\n${stderr}`];
    }),
  );
  expect(seen.flat()).toEqual([]);
  const unknown = api.requests.filter(({ operation }) => !operation).map(({ name }) => name);
  // what it shows beside a database comes of GraphQL
  expect(unknown.filter((name) => name !== 'POST /graphql')).toEqual([]);
});

test('Wrangler knows the API’s errors', { timeout: 60_000 }, async () => {
  const said = async (...parameters: string[]) => {
    const { stdout, stderr } = await wrangler(...parameters).catch((error) => error);
    return `${stdout}${stderr}`;
  };
  // by its code, 10007
  expect(await said('secret', 'list', '--name', 'nobody')).toContain('Worker "nobody" not found.');
  api.when('d1.database.list', { kind: 'deny' });
  expect(await said('d1', 'list')).toContain('Authentication error [code: 10000]');
});
