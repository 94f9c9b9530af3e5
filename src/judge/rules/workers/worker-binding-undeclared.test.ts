import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';
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
import { workerBindingUndeclared } from './worker-binding-undeclared.ts';

const read = (
  name: string,
  parts: Partial<WorkerCode['reads'][number]> = {},
): WorkerCode['reads'][number] => ({
  name,
  at: { source: 'repo', file: 'src/index.ts', line: 7 },
  ...parts,
});
const of = (
  reads: WorkerCode['reads'],
  environments: Partial<WranglerEnvironment>[] = [{}],
  { artifacts, ...others }: Parameters<typeof estate>[0] = {},
) =>
  estate({
    ...others,
    artifacts: {
      wranglerConfigs: [
        wranglerConfig({ environments: environments.map((one) => wranglerEnvironment(one)) }),
      ],
      workers: [worker({ reads })],
      ...artifacts,
    },
  });
const found = (...given: Parameters<typeof of>) => findings(workerBindingUndeclared, of(...given));
const database = read('DB', { isBinding: true });

test('a binding that no environment has is told at its read', () => {
  const [finding] = found([database]);
  expect(finding).toMatchObject({ severity: 'medium', evidence: [{ file: 'src/index.ts', line: 7 }] });
  expect(finding?.message.en).toBe('The code uses `env.DB`, which no environment of `wrangler.toml` binds.');
});

test('a text may be a secret that was set by hand: it is told with care, with what an example says', () => {
  const environmentFiles = ['.dev.vars.example', 'other/.dev.vars.example'].map((file) => ({
    file,
    example: true,
    tracked: true,
    variables: [{ name: 'SIGNING_KEY', line: 3, secret: true, class: 'empty' as const }],
  }));
  expect(found([read('SIGNING_KEY')], [{}], { artifacts: { environmentFiles } })).toMatchObject([
    {
      severity: 'low',
      confidence: 'low',
      evidence: [{ file: '.dev.vars.example', line: 3 }, { file: 'src/index.ts' }],
    },
  ]);
});

test('what is bound anywhere, known as a secret, optional or given by the runtime is none', () => {
  const bound = { name: 'production', bindings: [{ type: 'd1', name: 'DB', line: 4 }] };
  expect(found([database], [{}, bound])).toEqual([]);
  expect(
    found([read('MODE', { isOptional: true }), read('CF_PAGES_URL'), read('ASSETS', { isBinding: true })]),
  ).toEqual([]);
  expect(found([read('KEY'), read('KEY', { isOptional: true })])).toEqual([]);
  expect(found([read('KEY')], [{ secrets: [{ name: 'KEY', line: 5 }] }])).toEqual([]);
  const secret = resource('Cloudflare::Workers::Secret', 'lock-keeper/KEY', [fact('repo')]);
  expect(found([read('KEY')], [{}], { resources: [secret] })).toEqual([]);
  expect(found([read('now')])).toEqual([]);
});

test('what the account says is bound is bound; what Terraform binds was not compared', () => {
  const script = (file: string, properties = {}) =>
    resource(
      'Cloudflare::Workers::Script',
      'lock-keeper',
      [fact('repo', { evidence: { source: 'repo', file, line: 1 } })],
      { properties },
    );
  expect(
    found([database], [{}], {
      resources: [script('wrangler.toml', { bindings: [{ name: 'DB', type: 'd1' }] })],
    }),
  ).toEqual([]);
  expect(found([database], [{}], { resources: [script('wrangler.toml')] })).toHaveLength(1);
  expect(isUnknown(workerBindingUndeclared, of([database], [{}], { resources: [script('main.tf')] }))).toBe(
    true,
  );
});
