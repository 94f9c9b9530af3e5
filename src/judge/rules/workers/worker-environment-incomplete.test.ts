import { expect, test } from 'vitest';
import type { WranglerBinding, WranglerEnvironment } from '#model/wrangler.ts';
import { estate, findings, worker, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerEnvironmentIncomplete } from './worker-environment-incomplete.ts';

const DB: WranglerBinding = { type: 'd1', name: 'DB', line: 26, to: 'locks', id: 'x' };
const variable = (name: string) => ({ name, line: 30, isSecret: false, class: 'plain' as const });
const lacks = (key: string, name?: string, line = 26) => ({
  key,
  ...(name !== undefined && { name }),
  stated: { source: 'repo' as const, file: 'wrangler.toml', line },
});
const production = wranglerEnvironment({ name: 'production', line: 20, bindings: [DB] });
const staging = (parts: Partial<WranglerEnvironment> = {}) =>
  wranglerEnvironment({ name: 'staging', line: 40, lacking: [lacks('d1_databases', 'DB')], ...parts });
const found = (
  environments: WranglerEnvironment[],
  workers = [worker({ reads: [{ name: 'DB', at: { source: 'repo', file: 'src/db.ts', line: 4 } }] })],
  file = 'wrangler.toml',
) =>
  findings(
    workerEnvironmentIncomplete,
    estate({ artifacts: { wranglerConfigs: [wranglerConfig({ file, environments })], workers } }),
  );

test('a staging environment without its database is told once, with the lines on which others have it', () => {
  const [finding, ...others] = found([
    wranglerEnvironment(),
    production,
    staging({ lacking: [lacks('d1_databases', 'DB'), lacks('vars', 'AUDIENCE', 23)] }),
  ]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'medium', environments: ['staging'] });
  expect(finding?.message.en).toBe(
    'Environment `staging` lacks `DB`, which other levels of the file state (line 26). The code reads `env.DB` (`src/db.ts:4`).',
  );
  expect(finding?.evidence).toMatchObject([
    { file: 'src/db.ts', line: 4 },
    { file: 'wrangler.toml', line: 26 },
    { file: 'wrangler.toml', line: 40 },
  ]);
});

test('without the code every binding counts, and variables where the environment has none', () => {
  const [finding] = found(
    [
      wranglerEnvironment({ variables: [variable('AUDIENCE')] }),
      production,
      staging({ lacking: [lacks('d1_databases', 'DB'), lacks('vars', 'AUDIENCE', 3)] }),
    ],
    [],
  );
  expect(finding?.message.en).toContain('`DB`, `AUDIENCE`');
});

test('variables alone, and an environment of developers, weigh less', () => {
  const base = wranglerEnvironment({ variables: [variable('AUDIENCE')], bindings: [DB] });
  expect(found([base, staging({ lacking: [lacks('vars', 'AUDIENCE')] })], [])).toMatchObject([
    { severity: 'low' },
  ]);
  expect(found([base, staging({ name: 'dev' })], [])).toMatchObject([{ severity: 'low' }]);
});

test('what only developers have, the code never asks for, or one environment alone sets, is lacking to nobody', () => {
  const dev = wranglerEnvironment({ name: 'dev', bindings: [DB] });
  expect(found([wranglerEnvironment(), dev, staging()], [])).toEqual([]);
  expect(found([production, staging()], [worker()])).toEqual([]);
  const own = staging({ variables: [variable('MODE')], lacking: [lacks('vars', 'DEBUG')] });
  const one = wranglerEnvironment({ name: 'production', variables: [variable('DEBUG')] });
  expect(found([one, own], [])).toEqual([]);
  expect(found([production, staging({ lacking: [lacks('tail_consumers')] })], [])).toEqual([]);
});

test('code that was not read in full may ask for anything', () => {
  const blind = worker({
    blindSpots: [{ what: 'framework', at: { source: 'repo', file: 'src/a.ts', line: 1 } }],
  });
  expect(found([production, staging()], [blind])).toHaveLength(1);
});

test('environments that are called after what they do need not be alike, unless the base has it', () => {
  const helper = wranglerEnvironment({ name: 'helper', bindings: [DB] });
  expect(found([wranglerEnvironment(), helper, staging({ name: 'leader' })], [])).toEqual([]);
  expect(found([wranglerEnvironment({ bindings: [DB] }), staging({ name: 'leader' })], [])).toHaveLength(1);
});

test('configurations for show and those of one level are left alone', () => {
  expect(found([production, staging()], [], 'examples/a/wrangler.toml')).toEqual([]);
  expect(found([staging()], [])).toEqual([]);
});
