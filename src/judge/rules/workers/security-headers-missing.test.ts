import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig } from '#model/wrangler.ts';
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
import { securityHeadersMissing } from './security-headers-missing.ts';

const place = { source: 'repo' as const, file: 'src/index.ts', line: 9 };
const open = wranglerEnvironment({ workersDev: { isOn: true, isStated: false, line: 1 } });
const of = (
  parts: Partial<WorkerCode> = {},
  { config = {}, ...others }: { config?: Partial<WranglerConfig> } & Parameters<typeof estate>[0] = {},
) =>
  estate({
    ...others,
    artifacts: {
      wranglerConfigs: [wranglerConfig({ environments: [open], ...config })],
      workers: [worker(parts)],
      ...others.artifacts,
    },
  });
const found = (...given: Parameters<typeof of>) => findings(securityHeadersMissing, of(...given));
const header = (name: string, value?: string) => ({ name, at: place, ...(value !== undefined && { value }) });

test('a Worker that sets none is told once, with their names', () => {
  const [finding, ...rest] = found({ pages: [place] });
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'medium',
    evidence: [{ file: 'src/index.ts', line: 1 }, { line: 9 }],
  });
  expect(finding?.message.en).toContain('`Content-Security-Policy`, `Strict-Transport-Security`');
  expect(finding?.message.en).toContain('The transform rules of the zone were not read.');
  expect(found()).toMatchObject([{ severity: 'low' }]);
});

test('what is set, in code or in `_headers`, is not lacking; one alone is no gap', () => {
  const set = [header('strict-transport-security'), header('x-content-type-options')];
  expect(found({ headers: set })[0]?.message.en).toContain('`Content-Security-Policy`, `X-Frame-Options`');
  expect(found({ headers: [...set, header('x-frame-options')] })).toEqual([]);
  // who frames a page is said by the policy as well, and one that is not written out may say it
  expect(found({ headers: [header('content-security-policy', "frame-ancestors 'none'"), ...set] })).toEqual(
    [],
  );
  expect(found({ headers: [header('content-security-policy'), header('x-content-type-options')] })).toEqual(
    [],
  );
  const rule = { path: '/*', line: 1, headers: set.map(({ name }) => ({ name, line: 2 })), removed: [] };
  const headerFiles = [{ file: 'public/_headers', rules: [rule] }];
  const [finding] = found({}, { artifacts: { headerFiles } });
  expect(finding?.message.en).toMatch(
    /^Neither the code, read in full, nor `_headers` sets `Content-Security-Policy`, `X-Frame-Options`\./,
  );
});

test('what was not read may set them; a framework that only routes does not', () => {
  const framework = (name: string) => ({ blindSpots: [{ what: 'framework' as const, at: place, name }] });
  for (const name of ['hono', 'hono/cors', 'itty-router', 'toucan-js'])
    expect(found(framework(name))).toHaveLength(1);
  for (const name of [
    'next',
    'astro',
    '@remix-run/cloudflare',
    'hono-secure-headers',
    'express-secure-headers',
  ])
    expect(isUnknown(securityHeadersMissing, of(framework(name)))).toBe(true);
  expect(
    isUnknown(securityHeadersMissing, of({ blindSpots: [{ what: 'module-not-found', at: place }] })),
  ).toBe(true);
  expect(found({ blindSpots: [{ what: 'environment-passed-on', at: place }] })).toHaveLength(1);
});

test('answers of an origin or of another Worker, and rules of the zone, leave it open', () => {
  expect(isUnknown(securityHeadersMissing, of({ forwards: [{ at: place }] }))).toBe(true);
  const service = { type: 'service', name: 'SHOP', line: 4 };
  const config = { environments: [{ ...open, bindings: [service] }] };
  expect(
    isUnknown(securityHeadersMissing, of({ forwards: [{ binding: 'SHOP', at: place }] }, { config })),
  ).toBe(true);
  expect(found({ forwards: [{ binding: 'ASSETS', at: place }] })).toHaveLength(1);
  const ruleset = resource('Cloudflare::Ruleset', 'http_response_headers_transform', [fact('repo')]);
  expect(isUnknown(securityHeadersMissing, of({}, { resources: [ruleset] }))).toBe(true);
});

test('what answers nobody is none', () => {
  expect(found({ handlers: [] })).toEqual([]);
  expect(found({ handlers: [{ event: 'scheduled', at: place }] })).toEqual([]);
  expect(found({}, { config: { environments: [wranglerEnvironment()] } })).toEqual([]);
  expect(found({ config: 'examples/a/wrangler.toml' })).toEqual([]);
});
