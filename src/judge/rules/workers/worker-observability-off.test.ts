import { expect, test } from 'vitest';
import type { Estate } from '#model/estate.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { estate, fact, findings, resource, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerObservabilityOff } from './worker-observability-off.ts';

const silent = (parts: Partial<WranglerEnvironment> = {}) =>
  wranglerEnvironment({ observability: { isOn: false }, ...parts });
const found = (
  environments: WranglerEnvironment[],
  parts: Partial<WranglerConfig> = {},
  others: Pick<Partial<Estate>, 'resources' | 'relations'> = {},
) =>
  findings(
    workerObservabilityOff,
    estate({ artifacts: { wranglerConfigs: [wranglerConfig({ environments, ...parts })] }, ...others }),
  );

test('a Worker in production whose logs nobody keeps is told once', () => {
  expect(found([silent()])).toMatchObject([{ severity: 'low', evidence: [{ line: 1 }] }]);
  const [finding] = found([
    wranglerEnvironment(),
    silent({ name: 'production', line: 12, observability: { isOn: false, line: 14 } }),
  ]);
  expect(finding).toMatchObject({ environments: ['production'], evidence: [{ line: 14 }] });
});

test('what is on, is no production, has no code or sends its logs elsewhere is none', () => {
  expect(found([wranglerEnvironment()])).toEqual([]);
  expect(found([silent(), wranglerEnvironment({ name: 'production' })])).toEqual([]);
  expect(found([silent({ script: { name: 'lock-staging', line: 1 } })])).toEqual([]);
  expect(found([silent()], { isPages: true })).toEqual([]);
  expect(found([silent()], { file: 'examples/a/wrangler.toml' })).toEqual([]);
  const script = resource('Cloudflare::Workers::Script', 'lock-keeper', [fact('repo')]);
  const relations = [{ from: script.id, to: 'x', type: 'logs-to', evidence: [] }];
  expect(found([silent()], {}, { resources: [script], relations })).toEqual([]);
});
