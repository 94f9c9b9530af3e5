import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { audit } from '#audit.ts';
import type { Report } from '#model/report.ts';
import { reportOf } from '#report/json.ts';
import { startCloudflareApi } from '../../cloudflare/api.ts';
import { copyOf, DAY } from '../../support/audit-folder.ts';

const APP = 'https://app.lanternes.example/';
const HEALTH = 'https://api.lanternes.example/health';
const API = 'https://api.lanternes.example/v1/x';

let report: Report;
beforeAll(async () => {
  const here = (name: string) => path.join(import.meta.dirname, name);
  const api = await startCloudflareApi(here('cloudflare.yaml'), { clock: () => DAY });
  try {
    const result = await audit({
      path: copyOf(here('repository')),
      shownAs: 'lanternes',
      name: 'lanternes',
      config: {},
      lock: { version: 1, next: 1, gaps: {} },
      lang: 'fr',
      version: '0.0.0',
      clock: () => DAY,
      urls: [APP, HEALTH, API],
      cloudflare: { environment: { CLOUDFLARE_API_TOKEN: api.token, CLOUDFLARE_API_BASE_URL: api.url } },
    });
    report = reportOf(result.audit);
  } finally {
    await api.stop();
  }
});

type Path = NonNullable<Report['paths']>[number];
const pathOf = (url: string): Path => {
  const found = report.paths?.find((one) => one.url === url);
  if (!found) throw new Error(url);
  return found;
};
const namesOf = ({ hops }: Path) =>
  hops.map(({ resource }) => report.resources.find(({ id }) => id === resource)?.name ?? resource);
const results = (one: Path, result: string) =>
  [...one.hops, ...one.side].flatMap(({ checks }) => checks.filter((check) => check.result === result));

describe('the front end', () => {
  test('its record leads to the zone, its custom domain to the Worker, and all of it is sound', () => {
    const app = pathOf(APP);
    expect(app.hops.map(({ role }) => role)).toEqual(['dns', 'cdn', 'route', 'worker']);
    expect(namesOf(app)).toEqual([
      'app.lanternes.example',
      'lanternes.example',
      'app.lanternes.example',
      'lanternes-vitrine',
    ]);
    expect([results(app, 'fail'), results(app, 'unknown'), app.causes]).toEqual([[], [], []]);
  });

  test('it stands behind its Access application, which the API does not', () => {
    expect(pathOf(APP).side).toMatchObject([
      { role: 'access', checks: [{ id: 'access-application', result: 'pass' }] },
    ]);
    expect(pathOf(APP).side[0]?.resource).toBeDefined();
    expect(pathOf(API).side[0]?.resource).toBeUndefined();
  });
});

describe('the API', () => {
  test('what the narrowed route takes reaches the Worker', () => {
    const api = pathOf(API);
    expect(namesOf(api)).toEqual([
      'api.lanternes.example',
      'lanternes.example',
      'api.lanternes.example/v1/*',
      'lanternes-api',
    ]);
    expect([results(api, 'fail'), results(api, 'unknown')]).toEqual([[], []]);
  });

  test('what it no longer takes ends at the zone, which alone is blamed', () => {
    const health = pathOf(HEALTH);
    expect(namesOf(health)).toEqual(['api.lanternes.example', 'lanternes.example']);
    expect(results(health, 'fail').map(({ id }) => id)).toEqual(['worker-route-missing']);
    expect(health.hops[1]?.checks.at(-1)).toMatchObject({
      result: 'fail',
      certainty: 'probable',
      text: { en: expect.stringContaining('only `api.lanternes.example/v1/*`') },
    });
    const found = report.findings.filter(({ rule }) => rule === 'worker-route-missing');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'high', confidence: 'medium' });
  });
});
