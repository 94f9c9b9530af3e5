import { expect, test } from 'vitest';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerNameReused } from './worker-name-reused.ts';

const config = (file: string, main: string, environments: Partial<WranglerEnvironment>[] = [{}]) =>
  wranglerConfig({
    file,
    main: { path: main, line: 2, exists: true },
    environments: environments.map((one) => wranglerEnvironment(one)),
  });
const found = (...wranglerConfigs: WranglerConfig[]) =>
  findings(workerNameReused, estate({ artifacts: { wranglerConfigs } }));

test('two programs under one name are one gap with both places', () => {
  const [finding, ...others] = found(
    config('apps/lock/wrangler.toml', 'apps/lock/a.ts'),
    config('apps/keeper/wrangler.jsonc', 'apps/keeper/b.ts'),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    evidence: [{ file: 'apps/keeper/wrangler.jsonc' }, { file: 'apps/lock/wrangler.toml' }],
  });
});

test('two environments of one file under one name replace each other', () => {
  const [finding] = found(
    config('wrangler.toml', 'a.ts', [
      { script: { name: 'base', line: 1 } },
      { name: 'staging', script: { name: 'lock', line: 9 } },
      { name: 'production', script: { name: 'lock', line: 14 } },
    ]),
  );
  expect(finding?.message.en).toBe('`staging`, `production` deploy under the name `lock`.');
});

test('one program set up twice, a base beside its environment, and other accounts are none', () => {
  expect(found(config('a/wrangler.toml', 'a/x.ts'), config('a/wrangler.local.toml', 'a/x.ts'))).toEqual([]);
  expect(found(config('wrangler.toml', 'a.ts', [{}, { name: 'staging' }]))).toEqual([]);
  expect(
    found(
      config('a/wrangler.toml', 'a/x.ts', [{ accountId: '1' }]),
      config('b/wrangler.toml', 'b/x.ts', [{ accountId: '2' }]),
    ),
  ).toEqual([]);
  expect(found(config('a/wrangler.toml', 'a/x.ts'), config('examples/b/wrangler.toml', 'b/x.ts'))).toEqual(
    [],
  );
  const unnamed = { script: { name: '', line: 1 } };
  expect(
    found(config('a/wrangler.toml', 'a/x.ts', [unnamed]), config('b/wrangler.toml', 'b/x.ts', [unnamed])),
  ).toEqual([]);
});
