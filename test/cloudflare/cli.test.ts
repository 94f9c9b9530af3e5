import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderOf } from '../support/audit-folder.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { accessTo, audited, constat, reportIn } from './command.ts';
import { EVERYTHING } from './everything.ts';

const FILES = {
  'wrangler.toml': `name = "shop-api"
main = "index.ts"
compatibility_date = "2026-05-01"
workers_dev = false
[placement]
mode = "smart"
[[d1_databases]]
binding = "DB"
database_name = "shop"
database_id = "72efd023-ec1e-8a0d-8d23-e40f9656d7f2"
`,
  'index.ts': 'export default { fetch: () => new Response("") };\n',
};

let api: CloudflareApi;
let expired: CloudflareApi;
let disabled: CloudflareApi;
let portal: http.Server;
/** A port of this machine that nobody listens to. */
let closed: string;

const listening = async (server: http.Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`;
};
let portalUrl: string;

beforeAll(async () => {
  api = await startCloudflareApi(EVERYTHING);
  expired = await startCloudflareApi({ name: 'Old', auditor: { expires_on: '2026-01-01T00:00:00Z' } });
  disabled = await startCloudflareApi({ name: 'Off', auditor: { status: 'disabled' } });
  portal = http.createServer((_, response) => response.end('<html>Sign in to the network</html>'));
  portalUrl = await listening(portal);
  const gone = http.createServer();
  closed = await listening(gone);
  await new Promise((resolve) => gone.close(resolve));
});
beforeEach(() => api.clear());
afterAll(async () => {
  await Promise.all([api, expired, disabled].map((one) => one.stop()));
  await new Promise((resolve) => portal.close(resolve));
});

const unknown = 'x'.repeat(40);
const CASES: [what: string, environment: () => Record<string, string>, told: RegExp, line?: RegExp][] = [
  ['no token', () => ({ CLOUDFLARE_API_BASE_URL: api.url }), /no Cloudflare credentials were found/],
  [
    'a token with a word before it',
    () => ({ ...accessTo(api), CLOUDFLARE_API_TOKEN: `Bearer ${api.token}` }),
    /CLOUDFLARE_API_TOKEN holds spaces or characters that no token has/,
  ],
  [
    'a part of a token',
    () => ({ ...accessTo(api), CLOUDFLARE_API_TOKEN: 'constat' }),
    /CLOUDFLARE_API_TOKEN has not the form of a token/,
  ],
  [
    'a token of nobody',
    () => ({ ...accessTo(api), CLOUDFLARE_API_TOKEN: unknown }),
    /Cloudflare does not know CLOUDFLARE_API_TOKEN/,
  ],
  [
    'a token of nobody, and an account',
    () => ({ ...accessTo(api), CLOUDFLARE_API_TOKEN: unknown, CLOUDFLARE_ACCOUNT_ID: api.account }),
    /Cloudflare does not know CLOUDFLARE_API_TOKEN/,
  ],
  ['an expired token', () => accessTo(expired), /the token in CLOUDFLARE_API_TOKEN has expired/],
  [
    'an expired token, and an account',
    () => ({ ...accessTo(expired), CLOUDFLARE_ACCOUNT_ID: expired.account }),
    /the token in CLOUDFLARE_API_TOKEN has expired/,
  ],
  ['a token that is switched off', () => accessTo(disabled), /is not active \(disabled\)/],
  [
    'a key without its address',
    () => ({ CLOUDFLARE_API_BASE_URL: api.url, CLOUDFLARE_API_KEY: 'k'.repeat(37) }),
    /CLOUDFLARE_API_KEY is of use only with CLOUDFLARE_EMAIL/,
  ],
  [
    'an account that the token does not open',
    () => ({ ...accessTo(api), CLOUDFLARE_ACCOUNT_ID: 'f'.repeat(32) }),
    /the token opens nothing of this account: check CLOUDFLARE_ACCOUNT_ID/,
  ],
  [
    'an address where the API is not',
    () => ({ ...accessTo(api), CLOUDFLARE_API_BASE_URL: api.url.replace('/client/v4', '/v9') }),
    /GET \/accounts failed \(7003, HTTP 404\); check CLOUDFLARE_API_BASE_URL/,
  ],
  [
    'an address of another server',
    () => ({ ...accessTo(api), CLOUDFLARE_API_BASE_URL: portalUrl }),
    /what answers is not Cloudflare’s API .*; check CLOUDFLARE_API_BASE_URL/,
  ],
  [
    'an address of another server, and an account',
    () => ({ ...accessTo(api), CLOUDFLARE_API_BASE_URL: portalUrl, CLOUDFLARE_ACCOUNT_ID: api.account }),
    /what answers is not Cloudflare’s API .*; check CLOUDFLARE_API_BASE_URL/,
  ],
  [
    'no network',
    () => ({ ...accessTo(api), CLOUDFLARE_API_BASE_URL: closed }),
    /Cloudflare’s API cannot be reached \(ECONNREFUSED\)/,
  ],
  [
    'no network, and an account',
    () => ({ ...accessTo(api), CLOUDFLARE_API_BASE_URL: closed, CLOUDFLARE_ACCOUNT_ID: api.account }),
    /Cloudflare’s API cannot be reached \(ECONNREFUSED\)/,
  ],
];

const notRead = (out: string) => out.split('\n').filter((line) => /^Not read +Cloudflare/.test(line));

test.each(CASES)(
  '%s is told in one line, and the audit of the files goes on',
  async (_, environment, told) => {
    const root = folderOf(FILES);
    const given = environment();
    const { code, out, err } = await audited(given, root);
    expect([code, err]).toEqual([3, '']);
    const lines = notRead(out);
    expect(lines).toEqual([expect.stringMatching(told)]);
    expect(lines[0]).not.toMatch(/TypeError|undefined|\n|\bat .*:\d+:\d+/);
    const report = reportIn(root);
    const own = report.resources.filter(({ declared }) => declared.length > 0);
    expect(own.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      'shop unverified',
      'shop-api unverified',
    ]);
    const secrets = [given.CLOUDFLARE_API_TOKEN, given.CLOUDFLARE_API_KEY].filter(
      (one) => one !== undefined && one.length > 20,
    );
    for (const secret of secrets) expect(out + JSON.stringify(report)).not.toContain(secret);
  },
);

test.each([
  ['an account that is no id', { CLOUDFLARE_ACCOUNT_ID: 'my account' }, /^constat: CLOUDFLARE_ACCOUNT_ID: /],
  [
    'an address that is none',
    { CLOUDFLARE_API_BASE_URL: 'api.cloudflare.com' },
    /^constat: CLOUDFLARE_API_BASE_URL: /,
  ],
  ['an address of files', { CLOUDFLARE_API_BASE_URL: 'file:///etc' }, /^constat: CLOUDFLARE_API_BASE_URL: /],
])('%s is wrong usage: one line, and nothing is asked', async (_, environment, line) => {
  const { code, out, err } = await audited({ ...accessTo(api), ...environment }, folderOf(FILES));
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(line);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(api.requests).toEqual([]);
});

test('an account that is read in full establishes what files declare', async () => {
  const root = folderOf(FILES);
  const { code, out, err } = await audited(accessTo(api), root);
  expect([code, err, notRead(out)]).toEqual([0, '', []]);
  const own = reportIn(root).resources.filter(({ declared }) => declared.length > 0);
  expect(own.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    'shop verified',
    'shop-api verified',
  ]);
});

test('without a permission the summary says which, and --allow-partial accepts it', async () => {
  api.when('/accounts/{account_id}/d1/database', { kind: 'deny' });
  const root = folderOf(FILES);
  const { code, out, err } = await audited(accessTo(api), root);
  expect([code, err]).toEqual([3, '']);
  expect(notRead(out)).toEqual([expect.stringMatching(/permissions that the token lacks: D1 Read/)]);
  expect((await audited(accessTo(api), root, '--allow-partial')).code).toBe(0);
});

test('an audit without --cloudflare asks nothing of it, whatever the environment holds', async () => {
  const root = folderOf(FILES);
  const { code, out } = await constat(
    accessTo(api),
    'audit',
    root,
    '--no-lock',
    '--lang',
    'en',
    '--out',
    `${root}/out`,
  );
  expect(code).toBe(0);
  expect(out).toMatch(/Not read .*Cloudflare.*no access was asked for/);
  expect(api.requests).toEqual([]);
});
