import { expect, test } from 'vitest';
import type { WranglerEnvironment } from '#model/wrangler.ts';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerDomainInherited } from './worker-domain-inherited.ts';

const route = { pattern: 'lock.example', isCustomDomain: true, line: 5 };
const top = wranglerEnvironment({ routes: [route] });
const env = (name: string, parts: Partial<WranglerEnvironment> = {}) =>
  wranglerEnvironment({
    name,
    line: 12,
    script: { name: `lock-keeper-${name}`, line: 12 },
    routes: [route],
    ...parts,
  });
const found = (...environments: WranglerEnvironment[]) =>
  findings(
    workerDomainInherited,
    estate({ artifacts: { wranglerConfigs: [wranglerConfig({ environments })] } }),
  );

test('a trial environment that takes the routes of the top level is told with both places', () => {
  expect(found(top, env('staging'))).toMatchObject([
    { severity: 'high', environments: ['staging'], evidence: [{ line: 5 }, { line: 12 }] },
  ]);
});

test('routes of its own, the same script, production, and a base without routes are none', () => {
  expect(found(top, env('staging', { routes: [] }))).toEqual([]);
  expect(found(top, env('staging', { routes: [{ ...route, line: 14 }] }))).toEqual([]);
  expect(found(top, env('staging', { script: top.script }))).toEqual([]);
  expect(found(top, env('production'))).toEqual([]);
  expect(found(wranglerEnvironment(), env('staging'))).toEqual([]);
});
