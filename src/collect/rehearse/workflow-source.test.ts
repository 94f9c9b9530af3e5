import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { strayWorkflows } from './stray-workflows.ts';
import { readWorkflow } from './workflow-source.ts';

const read = (text: string) => readWorkflow('.github/workflows/deploy.yml', text);

const FULL = `name: Deploy the shop
on:
  push:
    branches: [main, 'release/**']
    paths: [src/**]
  pull_request:
    branches-ignore: [old]
  schedule:
    - cron: '0 3 * * *'
permissions:
  id-token: write
concurrency: deploy
jobs:
  build:
    name: Build
    if: github.actor != 'bot'
    runs-on: ubuntu-latest
    environment: { name: live, url: 'https://x' }
    permissions: read-all
    continue-on-error: true
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - name: Go
        if: always()
        shell: bash
        continue-on-error: true
        env: { STAGE: live }
        run: |
          echo one
          echo two
  deploy:
    needs: build
    uses: ./.github/workflows/ecs.yml
`;

test('every part of a workflow is read with its line', () => {
  const { source } = read(FULL);
  expect(source).toMatchObject({
    name: 'Deploy the shop',
    permissions: { value: { 'id-token': 'write' }, line: 10 },
    concurrency: 12,
    errors: [],
  });
  expect(source?.triggers).toMatchObject([
    { event: 'push', line: 3, branches: ['main', 'release/**'], paths: ['src/**'] },
    { event: 'pull_request', line: 6, branchesIgnore: ['old'] },
    { event: 'schedule', line: 8, schedules: ['0 3 * * *'] },
  ]);
  expect(source?.jobs).toMatchObject([
    {
      id: 'build',
      line: 14,
      name: 'Build',
      condition: "github.actor != 'bot'",
      environment: 'live',
      permissions: { value: 'read-all', line: 19 },
      continueOnError: true,
      steps: [
        { line: 22, uses: { text: 'actions/checkout@v4', line: 22 }, with: { 'fetch-depth': '0' } },
        {
          line: 24,
          name: 'Go',
          condition: 'always()',
          shell: 'bash',
          environment: { STAGE: 'live' },
          run: { line: 30 },
        },
      ],
    },
    { id: 'deploy', needs: ['build'], uses: { text: './.github/workflows/ecs.yml', line: 34 } },
  ]);
});

test.each([
  ['on: push', ['push']],
  ['on: [push, workflow_dispatch]', ['push', 'workflow_dispatch']],
  ['"on": { push: {}, release: { types: [published] } }', ['push', 'release']],
  ['true: push', ['push']],
  ['on: { workflow_dispatch: }', ['workflow_dispatch']],
])('%s starts on its events', (on, events) => {
  const { source } = read(`${on}\njobs: { a: { runs-on: x, steps: [] } }`);
  expect(source?.triggers.map(({ event, line }) => [event, line])).toEqual(events.map((event) => [event, 1]));
});

test('what a workflow takes and what a job gives to one are read with their lines', () => {
  const { source } = read(`on:
  workflow_call:
    inputs:
      stage: { required: true, type: string }
      size: { required: true, type: number, default: 2 }
    secrets:
      TOKEN: { required: true }
      SPARE:
  pull_request: { types: [opened, edited] }
jobs:
  call:
    uses: ./.github/workflows/other.yml
    with:
      stage: live
    secrets:
      TOKEN: not-a-reference
  all:
    uses: ./.github/workflows/other.yml
    secrets: inherit
  steps:
    runs-on: x
    steps:
      - uses: ./.github/actions/tidy
        with:
          title: \${{ github.head_ref }}
`);
  expect(source?.takes).toEqual({
    inputs: [
      { name: 'stage', line: 4, required: true },
      { name: 'size', line: 5, required: true, default: '2' },
    ],
    secrets: [
      { name: 'TOKEN', line: 7, required: true },
      { name: 'SPARE', line: 8, required: false },
    ],
  });
  expect(source?.triggers[1]).toMatchObject({ event: 'pull_request', types: ['opened', 'edited'] });
  const [call, all, steps] = source?.jobs ?? [];
  expect(call?.with).toEqual([{ name: 'stage', value: 'live', line: 14 }]);
  expect(call?.secrets).toEqual([{ name: 'TOKEN', line: 16 }]);
  expect(all?.secrets).toBe('inherit');
  expect(steps?.steps[0]?.withLines).toEqual({ title: 25 });
});

test.each([
  ['inputs that are a list', 'on: { workflow_call: { inputs: [a], secrets: x } }'],
  ['a trigger without anything', 'on: { workflow_call: }'],
  ['a word', 'on: workflow_call'],
])('a workflow takes nothing by %s', (_, on) => {
  const { source } = read(`${on}\njobs: { a: { uses: ./x.yml, with: [a], secrets: 3 } }`);
  expect(source?.takes).toEqual({ inputs: [], secrets: [] });
  expect(source?.jobs[0]).not.toHaveProperty('with');
  expect(source?.jobs[0]).not.toHaveProperty('secrets');
});

test('anchors and merge keys are followed, and lines stay true', () => {
  const { source } = read(`on: push
jobs:
  a: &base
    runs-on: x
    env: &env { A: '1' }
    steps: [{ run: 'echo a' }]
  b:
    <<: *base
    name: B
`);
  expect(source?.jobs[1]).toMatchObject({ id: 'b', name: 'B', line: 7, steps: [{ line: 6 }] });
});

test.each([
  ['on: push\njobs:\n  a: [', 'invalid YAML', undefined],
  ['- a\n- b', 'not a YAML mapping', 'not-a-mapping'],
  ['', 'empty workflow', 'not-a-mapping'],
  ['on: push', 'without `jobs`', 'no-jobs'],
])('%j is no workflow, and says why', (text, why, stray) => {
  const reading = read(text);
  expect(reading.source).toBeUndefined();
  expect(reading.unread).toMatchObject({ asked: true });
  expect(reading.unread?.why.en).toContain(why);
  expect(reading.stray?.why).toBe(stray);
});

test('a workflow without a trigger is read, and never starts', () => {
  const { source, stray } = read('jobs: { a: { runs-on: x, steps: [] } }');
  expect(source?.triggers).toEqual([]);
  expect(stray?.why).toBe('no-trigger');
});

test('what GitHub would refuse is told with its line', () => {
  const { source } = read(`on: push
job: x
jobs:
  a:
    runs-on: x
    needs: z
    steps:
      - id: s
        run: x
        uses: y
      - id: s
        runs: x
  b: {}
`);
  expect(source?.errors).toEqual([
    { line: 2, message: 'unknown key job' },
    { line: 6, message: 'job a needs z, which is no job' },
    { line: 8, message: 'step has both `run` and `uses`' },
    { line: 11, message: 'step has neither `run` nor `uses`' },
    { line: 11, message: 'step id s given twice' },
    { line: 12, message: 'unknown key runs' },
    { line: 13, message: 'job b has neither `runs-on` nor `uses`' },
    { line: 13, message: 'job b has no steps' },
  ]);
});

const GOOD = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n';
test.each([
  ['.github/deploy.yml', 'misplaced'],
  ['.github/workflows/shop/deploy.yml', 'misplaced'],
  ['workflows/deploy.yaml', 'misplaced'],
  ['services/api/.github/workflows/ci.yml', 'misplaced'],
  ['.github/workflows/deploy.md', 'extension'],
  ['.github/workflows/deploy.yml.txt', 'extension'],
])('%s looks like a workflow and GitHub never runs it', (file, why) => {
  expect(strayWorkflows(memoryTree({ [file]: GOOD }))).toEqual([{ file, line: 2, why }]);
});

test.each([
  '.github/workflows/deploy.yml',
  '.github/workflows/deploy.yml.disabled',
  '.github/workflows/old.yml.bak',
  '.github/workflow-templates/deploy.yml',
  '.github/dependabot.yml',
  'examples/shop/.github/workflows/ci.yml',
  'templates/app/.github/workflows/ci.yml',
  'node_modules/x/.github/workflows/ci.yml',
  '{{cookiecutter.name}}/.github/workflows/ci.yml',
  'docs/workflows/ci.yml',
  'ci/deploy.yml',
])('%s is no stray workflow', (file) => {
  expect(strayWorkflows(memoryTree({ [file]: GOOD }))).toEqual([]);
});

test.each([
  ['a page about workflows', '.github/workflows/README.md', '# Workflows\n\n```yaml\non: push\njobs:\n```\n'],
  ['a composite action', '.github/action-x.yml', 'name: x\nruns: { using: composite, steps: [] }\n'],
  ['another system', '.github/pipeline.yml', 'on: push\njobs: [a, b]\n'],
])('%s is no stray workflow', (_, file, text) => {
  expect(strayWorkflows(memoryTree({ [file]: text }))).toEqual([]);
});
