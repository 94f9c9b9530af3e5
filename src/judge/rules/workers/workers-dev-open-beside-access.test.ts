import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';
import {
  estate,
  fact,
  findings,
  resource,
  worker,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { workersDevOpenBesideAccess } from './workers-dev-open-beside-access.ts';

const place = { source: 'repo' as const, file: 'src/auth.ts', line: 7 };
const token = (signature: 'yes' | 'no' | 'unknown') => ({
  at: place,
  signature,
  algorithms: [],
  issuer: 'yes' as const,
  audience: 'yes' as const,
  expiry: 'yes' as const,
  keyCache: 'no' as const,
});
const behind = (parts: Partial<WorkerCode> = {}) => worker({ access: [place], ...parts });
const open = (parts: Partial<WranglerEnvironment> = {}) =>
  wranglerEnvironment({ workersDev: { isOn: true, isStated: false, line: 1 }, ...parts });
const found = (
  environments: WranglerEnvironment[],
  workers: WorkerCode[],
  resources = [] as ReturnType<typeof resource>[],
) =>
  findings(
    workersDevOpenBesideAccess,
    estate({ resources, artifacts: { wranglerConfigs: [wranglerConfig({ environments })], workers } }),
  );

test('an open address beside code that asks for the token is a gap, as heavy as what the code checks', () => {
  expect(found([open()], [behind({ tokens: [token('no')] })])).toMatchObject([{ severity: 'high' }]);
  expect(found([open()], [behind({ tokens: [token('unknown')] })])).toMatchObject([{ severity: 'medium' }]);
  const [finding] = found([open()], [behind({ tokens: [token('yes')] })]);
  expect(finding).toMatchObject({
    severity: 'low',
    evidence: [
      { file: 'src/auth.ts', line: 7 },
      { file: 'wrangler.toml', line: 1 },
    ],
  });
  expect(finding?.message.en).toContain('by default, for want of `workers_dev = false`');
});

test('previews are addresses too', () => {
  const previews = wranglerEnvironment({ previewUrls: { isOn: true, isStated: true, line: 9 } });
  expect(found([previews], [behind()])).toMatchObject([{ evidence: [{}, { line: 9 }] }]);
});

test('an application of Access for the host of a route guards the script', () => {
  const application = (domain: string) =>
    resource('Cloudflare::Access::Application', 'desk', [fact('repo')], { properties: { domain } });
  const routed = open({ routes: [{ pattern: 'desk.example/*', isCustomDomain: false, line: 3 }] });
  expect(found([routed], [], [application('desk.example/admin')])).toHaveLength(1);
  expect(found([routed], [], [application('other.example')])).toEqual([]);
  expect(found([open()], [behind()], [application('lock-keeper.acme.workers.dev')])).toEqual([]);
});

test('what is closed, has no Access, or is a developer’s own, is none', () => {
  expect(found([wranglerEnvironment()], [behind()])).toEqual([]);
  expect(found([open()], [worker()])).toEqual([]);
  expect(found([open()], [])).toEqual([]);
  expect(found([wranglerEnvironment(), open({ name: 'dev' })], [behind()])).toEqual([]);
  expect(found([open(), wranglerEnvironment({ name: 'production' })], [behind()])).toEqual([]);
});
