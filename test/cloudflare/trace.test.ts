import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOf } from '../support/audit-folder.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { accessTo, audited, constat, reportIn } from './command.ts';

const URL = 'https://app.quay.example/';
const ESTATE = {
  name: 'Quay',
  workers: [{ name: 'front' }],
  zones: [
    {
      name: 'quay.example',
      records: [{ name: 'app', type: 'AAAA', content: '100::', proxied: true }],
      routes: [{ pattern: 'app.quay.example/*', script: 'front' }],
    },
  ],
};

let api: CloudflareApi;
let partial: CloudflareApi;
beforeAll(async () => {
  api = await startCloudflareApi(ESTATE);
  partial = await startCloudflareApi({ ...ESTATE, auditor: { zones: ['quay.example'] } });
});
afterAll(async () => {
  await Promise.all([api.stop(), partial.stop()]);
});

const rolesIn = (root: string) => reportIn(root).paths?.map(({ hops }) => hops.map(({ role }) => role));

/** A trace of a URL alone, without a repository; its report is in the folder. */
async function traced(from: CloudflareApi, url = URL) {
  const root = mkdtempSync(path.join(tmpdir(), 'constat-edge-'));
  const ended = await constat(
    accessTo(from),
    ...['trace', url, '--cloudflare', '--lang', 'en', '--format', 'json', '--out', path.join(root, 'out')],
  );
  return { root, ended };
}

test('an audit follows a URL through Cloudflare alone', async () => {
  const root = folderOf({ 'README.md': '# Quay\n' });
  const { err } = await audited(accessTo(api), root, '--url', URL);
  expect(err).not.toMatch(/^constat:/m);
  expect(rolesIn(root)).toEqual([['dns', 'cdn', 'route', 'worker']]);
});

test('a trace reads what a path may pass, and nothing else', async () => {
  const { root, ended } = await traced(api);
  expect(ended.err).not.toMatch(/^constat:/m);
  expect(rolesIn(root)).toEqual([['dns', 'cdn', 'route', 'worker']]);
  const operations = reportIn(root).coverage.flatMap((one) => one.operations.map(({ name }) => name));
  expect(operations.some((name) => name.endsWith('/workers/scripts'))).toBe(true);
  expect(operations.filter((name) => /d1|kv|queues|stream|hyperdrive/.test(name))).toEqual([]);
});

test('a token that does not see every zone leaves a missing record unknown', async () => {
  const url = 'https://gone.quay.example/';
  const checkIn = (root: string) => reportIn(root).paths?.[0]?.hops[0]?.checks[0];
  expect(checkIn((await traced(api, url)).root)).toMatchObject({ id: 'dns-record-missing', result: 'fail' });
  expect(checkIn((await traced(partial, url)).root)).toMatchObject({
    id: 'dns-record-missing',
    result: 'unknown',
  });
});

test('a record that Cloudflare lacks is no step of Route 53', async () => {
  const { plan, findings } = reportIn((await traced(api, 'https://gone.quay.example/')).root);
  expect(findings.map(({ rule }) => rule)).toContain('dns-record-missing');
  expect(plan?.steps ?? []).toEqual([]);
});
