import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';
import {
  call,
  composeFile,
  credential,
  document,
  estate,
  fact,
  job,
  resource,
  run,
  step,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { answerOf, faultsOf, script, viewOf } from './derived/test-answers.ts';
import { environments } from './environments.ts';

const ask = (id: string, artifacts: Partial<Artifacts>, parts: Partial<Omit<Estate, 'artifacts'>> = {}) =>
  answerOf(environments, id, viewOf(estate({ ...parts, artifacts })));
const told = (id: string, artifacts: Partial<Artifacts>, parts: Partial<Omit<Estate, 'artifacts'>> = {}) =>
  ask(id, artifacts, parts).told;

const DEPLOY = script('deploy.sh', 'shell', ['7 deploys wrangler deploy']);
const worker = (...list: Partial<WranglerEnvironment>[]) => ({
  wranglerConfigs: [
    wranglerConfig({ environments: [wranglerEnvironment(), ...list.map((one) => wranglerEnvironment(one))] }),
  ],
});
const database = (line: number, id: string) => ({ type: 'd1', name: 'DB', line, id });
const deploys = (environment: string | undefined, parts: Parameters<typeof run>[0] = {}) =>
  workflow({
    jobs: [
      job({ ...(environment !== undefined && { environment }), steps: [step({ run: 'kubectl apply' })] }),
    ],
    runs: [
      run({ ...(environment !== undefined && { environment }), calls: [call('kubectl apply')], ...parts }),
    ],
  });

test('its texts and ids', () => {
  expect(faultsOf(environments)).toEqual([]);
});

test('an environment beside production', () => {
  const id = 'environments-declared';
  expect(told(id, worker({ name: 'production', line: 8 }, { name: 'staging', line: 20 }))).toBe(
    'yes wrangler.toml:20 wrangler.toml:8',
  );
  expect(told(id, { workflows: [deploys('production')] })).toBe('no .github/workflows/deploy.yml:8');
  expect(told(id, { workflows: [deploys('staging')] })).toBe('partial .github/workflows/deploy.yml:8');
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('no deploy.sh:7');
  expect(told(id, { scriptTraits: [DEPLOY] }, { files: new Set(['netlify.toml']) })).toBe('unknown');
  expect(told(id, {}, { files: new Set(['src/a.ts']) })).toBe('unknown');
  // a script picks one of the overlays
  const overlays = ['staging', 'production'].map((name) => `k8s/overlays/${name}/kustomization.yaml`);
  expect(told(id, { scriptTraits: [DEPLOY] }, { files: new Set(overlays) })).toBe(
    `yes ${overlays[0]}:1 ${overlays[1]}:1`,
  );
  // what a compose file sets up may be somebody's machine
  expect(told(id, { composeFiles: [composeFile([])] })).toBe('unknown');
});

test('an environment without the bindings that the others have', () => {
  const id = 'environments-complete';
  const stated = { source: 'repo' as const, file: 'wrangler.toml', line: 9 };
  const lacks = (key: string, name: string) =>
    worker({ name: 'production', line: 8 }, { name: 'staging', line: 20, lacking: [{ key, name, stated }] });
  const incomplete = ask(id, lacks('d1_databases', 'DB'));
  expect(incomplete.told).toBe('no wrangler.toml:20');
  expect(incomplete.note.fr).toBe(
    '`staging` de `wrangler.toml` n’hérite pas de `DB`, que d’autres environnements ont.',
  );
  expect(told(id, lacks('vars', 'REGION'))).toBe('partial wrangler.toml:20');
  expect(told(id, worker({ name: 'production', line: 8 }, { name: 'staging', line: 20 }))).toMatch(/^yes/);
  const open = worker({
    name: 'production',
    line: 8,
    bindings: [{ type: 'd1', name: 'DB', line: 11, isIncomplete: true }],
  });
  expect(told(id, open)).toBe('partial wrangler.toml:11');
  expect(told(id, { workflows: [deploys('production'), deploys('staging')] })).toBe('unknown');
});

test('what a rule found of an environment is not found again', () => {
  const found = {
    rule: 'environment-incomplete',
    title: { fr: 'x', en: 'x' },
    evidence: [{ source: 'repo' as const, file: 'a.tf', line: 3 }],
  };
  expect(
    answerOf(environments, 'environments-complete', viewOf(estate(), { 'environment-incomplete': [found] }))
      .told,
  ).toBe('partial a.tf:3');
});

test('one database for two environments, or one each', () => {
  const id = 'environments-separate-data';
  const shared = ask(
    id,
    worker(
      { name: 'production', bindings: [database(11, 'a')] },
      { name: 'staging', bindings: [database(21, 'a')] },
    ),
  );
  expect(shared.told).toBe('no wrangler.toml:11 wrangler.toml:21');
  expect(shared.note.fr).toBe('`production`, `staging` sont liés à la même base par `DB`.');
  expect(
    told(
      id,
      worker(
        { name: 'production', bindings: [database(11, 'a')] },
        { name: 'staging', bindings: [database(21, 'b')] },
      ),
    ),
  ).toBe('yes wrangler.toml:11 wrangler.toml:21');
  // beside a production of its own, the top level is a copy of it or of none
  const top = wranglerConfig({
    environments: [
      wranglerEnvironment({ bindings: [database(3, 'a')] }),
      wranglerEnvironment({ name: 'production', bindings: [database(11, 'a')] }),
    ],
  });
  expect(told(id, { wranglerConfigs: [top] })).toBe('unknown');
  const staging = wranglerConfig({
    environments: [
      wranglerEnvironment({ bindings: [database(3, 'a')] }),
      wranglerEnvironment({ name: 'staging', bindings: [database(11, 'a')] }),
    ],
  });
  expect(told(id, { wranglerConfigs: [staging] })).toBe('no wrangler.toml:3 wrangler.toml:11');
  const tables = ['orders-staging', 'orders-prod'].map((name, line) =>
    resource('AWS::DynamoDB::Table', name, [
      fact('repo', { evidence: { source: 'repo', file: 'a.tf', line: line + 1 } }),
    ]),
  );
  expect(told(id, {}, { resources: tables })).toBe('yes a.tf:1 a.tf:2');
});

test('secrets: one value for two environments, names of their own, or what GitHub keeps', () => {
  const id = 'environments-separate-secrets';
  const reads = (input: string, secret: string, environment?: string) =>
    deploys(environment, {
      inputs: { target: input },
      secrets: [secret],
      credentials: [credential({ secrets: [secret] })],
    });
  const same = { workflows: [reads('production', 'AWS_KEY'), reads('staging', 'AWS_KEY')] };
  expect(told(id, same)).toBe('no .github/workflows/deploy.yml:14');
  expect(told(id, { workflows: [reads('production', 'PROD_KEY'), reads('staging', 'STAGING_KEY')] })).toBe(
    'yes .github/workflows/deploy.yml:14',
  );
  expect(
    told(id, {
      workflows: [reads('production', 'AWS_KEY', 'production'), reads('staging', 'AWS_KEY', 'staging')],
    }),
  ).toBe('unknown');
  expect(told(id, {})).toBe('unknown');
});

test('variables of one environment', () => {
  const id = 'environments-separate-variables';
  expect(told(id, {}, { files: new Set(['infra/prod.tfvars', 'infra/staging.tfvars']) })).toBe(
    'yes infra/prod.tfvars:1 infra/staging.tfvars:1',
  );
  expect(
    told(
      id,
      worker({
        name: 'staging',
        line: 9,
        variables: [{ name: 'REGION', line: 10, isSecret: false, class: 'plain' }],
      }),
    ),
  ).toBe('yes wrangler.toml:9');
  expect(told(id, {})).toBe('unknown');
});

test('branches that lead to the deployment', () => {
  const id = 'branches-lead-to-environments';
  expect(told(id, { workflows: [deploys(undefined)] })).toBe('yes .github/workflows/deploy.yml:3');
  const byHand = { ...deploys(undefined), triggers: [trigger('workflow_dispatch', { line: 4 })] };
  expect(told(id, { workflows: [byHand] })).toBe('partial .github/workflows/deploy.yml:4');
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('unknown');
});

test('production: what the rule found, what GitHub keeps', () => {
  const id = 'production-protected';
  const found = {
    rule: id,
    title: { fr: 'x', en: 'x' },
    evidence: [{ source: 'repo' as const, file: 'a.yml', line: 3 }],
  };
  expect(
    answerOf(environments, id, viewOf(estate(), { 'production-deploy-unprotected': [found] })).told,
  ).toBe('no a.yml:3');
  const named = ask(id, { workflows: [deploys('production')] });
  expect(named.told).toBe('unknown');
  expect(named.note.en).toContain('`production`');
  const bySsh = workflow({
    jobs: [job({ environment: 'production', steps: [step({ uses: 'appleboy/ssh-action@v1' })] })],
    runs: [run({ environment: 'production', calls: [call('ssh')] })],
  });
  expect(ask(id, { workflows: [bySsh] }).note.en).toContain('`production`');
});

test('the local environment', () => {
  const id = 'local-development-reproducible';
  const environmentFiles = [{ file: '.env.example', example: true, tracked: true, variables: [] }];
  const documents = [document('README.md', { topics: [{ topic: 'local-development', line: 5 }] })];
  expect(told(id, { environmentFiles, documents })).toBe('yes .env.example:1 README.md:5');
  expect(told(id, { documents })).toBe('partial README.md:5');
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('no');
  // what production runs from is started by nobody who develops
  expect(told(id, { composeFiles: [composeFile([], { file: 'compose.prod.yaml' })] })).toBe('no');
});

test('stages that have files of their own are not “only one”', () => {
  const id = 'environments-declared';
  const stages = (...files: string[]) => told(id, { scriptTraits: [DEPLOY] }, { files: new Set(files) });
  expect(stages('config/deploy/production.rb', 'config/deploy/staging.rb')).toBe(
    'partial config/deploy/production.rb:1 config/deploy/staging.rb:1',
  );
  expect(stages('config/deploy/production.rb')).toBe('no deploy.sh:7');
});
