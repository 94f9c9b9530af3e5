import { expect, test } from 'vitest';
import { memoryTree } from '#collect/readers/memory-tree.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Run } from '#model/workflow.ts';
import { environmentsOfRun, whereabouts } from './run-context.ts';
import { SourceLines } from './source-lines.ts';

const run = (parts: Partial<Run>): Run => ({
  job: 'deploy',
  events: ['push'],
  inputs: {},
  matrix: {},
  chain: ['.github/workflows/ship.yml'],
  auth: 'none',
  credentials: [],
  secrets: [],
  variables: [],
  calls: [],
  notes: [],
  ...parts,
});

test.each([
  ['the environment of its job', { environment: 'Production', inputs: { env: 'dev' } }, ['prod']],
  ['a word of that environment', { environment: 'staging-deploy' }, ['staging']],
  ['an input that chooses', { inputs: { target: 'stg' } }, ['staging']],
  ['a cell of the matrix', { matrix: { stage: 'test' } }, ['test']],
  ['nothing, for a word under a key of another sort', { inputs: { mode: 'qa' } }, []],
  ['its file', { chain: ['.github/workflows/deploy-prod.yml'] }, ['prod']],
  [
    'nothing, when it chooses an environment of its own name',
    { inputs: { environment: 'grantee1' }, chain: ['.github/workflows/deploy-prod.yml'] },
    [],
  ],
  ['nothing, when its environment is known only at run time', { environment: '⟨inputs.env⟩' }, []],
  ['nothing at all', {}, []],
])('a run is for %s', (_, parts, expected) => {
  expect(environmentsOfRun(run(parts))).toEqual(expected);
});

test('where the file and all that is deployed say another environment than the job’s, they are believed', () => {
  const update = (service: string) =>
    ({
      tool: 'aws',
      operation: 'ecs update-service',
      arguments: { cluster: 'shop', service },
      line: 6,
      verb: 'requires',
      certainty: 'rehearsed',
    }) as const;
  const of = (file: string, ...services: string[]) =>
    environmentsOfRun(
      run({ environment: 'production', chain: [`.github/workflows/${file}`], calls: services.map(update) }),
    );
  expect(of('dev.yml', 'shop-dev')).toEqual(['dev']);
  expect(of('deploy-test.yml', 'ShopTestService')).toEqual(['test']);
  expect(of('dev.yml', 'shop-dev', 'shop-prod')).toEqual(['prod']);
  expect(of('dev.yml', 'shop')).toEqual(['prod']);
  expect(of('ship.yml', 'shop-dev')).toEqual(['prod']);
});

test('a run is for what a variable of its job says, else one of the workflow, else for the environment of its cluster', () => {
  const source = (file: string) => ({
    file,
    name: 'Ship',
    triggers: [],
    jobs: [{ id: 'deploy', line: 4 } as WorkflowSource['jobs'][number]],
    runs: [],
    errors: [],
  });
  const call = { tool: 'aws', operation: 'ecs update-service', arguments: { cluster: 'shop-prod' } };
  const ship = (text: string) => {
    const file = '.github/workflows/ship.yml';
    const lines = new SourceLines(memoryTree({ [file]: text }));
    const calls = [{ ...call, line: 6, verb: 'requires', certainty: 'rehearsed' } as Run['calls'][number]];
    return environmentsOfRun(run({ chain: [file], calls }), source(file), lines);
  };
  expect(ship('env:\n  STAGE: dev\njobs:\n  deploy:\n    env:\n      DEPLOY_ENV: staging\n')).toEqual([
    'staging',
  ]);
  expect(ship('env:\n  STAGE: dev\njobs:\n  deploy:\n    env:\n      NODE_ENV: production\n')).toEqual([
    'dev',
  ]);
  expect(ship('env:\n  X: 1\njobs:\n  deploy:\n    steps: []\n')).toEqual(['prod']);
});

test('the region is the action’s, else the one that a file sets, and the account is the role’s', () => {
  const lines = new SourceLines(
    memoryTree({
      'a.yml':
        'env:\n  # AWS_REGION: us-east-1\n  AWS_REGION: eu-west-3 # Paris\n  AWS_ACCOUNT_ID: "210123456780"\n',
    }),
  );
  expect(whereabouts({ calls: [], files: ['a.yml'] }, lines)).toEqual({
    region: 'eu-west-3',
    account: '210123456780',
  });
  expect(
    whereabouts({ calls: [], files: ['a.yml'], role: 'arn:aws:iam::310123456780:role/x' }, lines).account,
  ).toBe('310123456780');
  const call = {
    tool: 'action',
    operation: 'aws-actions/configure-aws-credentials',
    arguments: { 'aws-region': 'eu-central-1' },
    line: 1,
    verb: 'uses',
    certainty: 'rehearsed',
  } as const;
  expect(whereabouts({ calls: [call], files: ['a.yml'] }, lines).region).toBe('eu-central-1');
});
