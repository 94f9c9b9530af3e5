import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '#audit.ts';
import type { TokenPermission } from '#cli/cloudflare-permissions.ts';
import type { Coverage } from '#model/coverage.ts';
import { PERMISSIONS } from './api/operations.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { constat } from './command.ts';
import { EVERYTHING } from './everything.ts';
import { NOW, REPOSITORY, requestTo } from './matrix/estate.ts';

let printed: TokenPermission[];
let groups: string[];

beforeAll(async () => {
  const { code, out } = await constat({}, 'policy', 'cloudflare', '--format', 'json');
  expect(code).toBe(0);
  printed = (JSON.parse(out) as { permissions: TokenPermission[] }).permissions;
  groups = [...new Set(printed.map(({ permission }) => permission))];
});

let api: CloudflareApi | undefined;
afterAll(() => api?.stop());

/** A whole audit with a token that has these permission groups and no other: what it asked, and what was denied. */
async function auditedWith(permissions: readonly string[]): Promise<Coverage[]> {
  await api?.stop();
  api = await startCloudflareApi(EVERYTHING, { permissions, clock: () => NOW });
  const { audit: result } = await audit({
    path: REPOSITORY,
    shownAs: 'everything',
    name: 'everything',
    config: {},
    lock: { version: 1, next: 1, gaps: {} },
    lang: 'en',
    version: '0.0.0',
    clock: () => NOW,
    cloudflare: requestTo(api),
  });
  expect(api.statistics.errors).toEqual([]);
  return result.estate.coverage.filter(({ source }) => source === 'cloudflare');
}

const deniedIn = (coverage: readonly Coverage[]) =>
  coverage.flatMap(({ operations }) => operations).filter(({ denied }) => denied > 0);

test('every group that is printed is one of Cloudflare’s, and only reads', () => {
  expect(groups.filter((one) => !one.endsWith(' Read'))).toEqual([]);
  expect(groups.filter((one) => !PERMISSIONS.includes(one))).toEqual([]);
});

test('a token with what is printed, and no more, reads an account without one denial', async () => {
  const coverage = await auditedWith(groups);
  expect(deniedIn(coverage)).toEqual([]);
  expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
  const asked = new Set(coverage.flatMap(({ operations }) => operations.map(({ name }) => name)));
  // an application of today tells its policies; nothing else is left out
  const unread = printed.flatMap(({ reads }) => reads).filter((one) => !asked.has(one));
  expect(unread).toEqual(['GET /accounts/{account_id}/access/apps/{app_id}/policies']);
});

test('without any one of them something is denied, and its name is told', async () => {
  const wrong: string[] = [];
  for (const group of groups) {
    const denied = deniedIn(await auditedWith(groups.filter((one) => one !== group)));
    const reads = printed.filter(({ permission }) => permission === group).flatMap((one) => one.reads);
    if (denied.length === 0) wrong.push(`${group}: nothing is denied without it`);
    for (const { name, permission } of denied)
      if (permission !== group || !reads.includes(name))
        wrong.push(`${group}: ${name} is denied, and says that it needs ${permission}`);
  }
  expect(wrong).toEqual([]);
});
