import { expect, test } from 'vitest';
import { callsOf, runsOf } from './test-workflow.ts';

test('a job that needs a skipped one is skipped too, unless it asks how that one ended', async () => {
  const runs = await runsOf(`on: [push, pull_request]
jobs:
  build:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    steps: [{ run: docker push r.quai.fr/shop:1 }]
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps: [{ run: aws s3 ls s3://shop }]
  report:
    needs: build
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: aws s3 ls s3://reports }]
`);
  expect(runs.map(({ job, events }) => [job, events])).toEqual([
    ['build', ['push']],
    ['deploy', ['push']],
    ['report', ['push', 'pull_request']],
  ]);
});

test('a pattern of branches with one star is a branch of which an end is known', async () => {
  const runs = await runsOf(`on:
  push: { branches: ['*_dev', '*_qa', main] }
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      TIER: \${{ (endsWith(github.ref, '_dev') && 'dev') || (endsWith(github.ref, '_qa') && 'qa') || 'none' }}
    steps: [{ run: aws s3 ls "s3://shop-$TIER" }]
`);
  expect(runs.flatMap(({ calls }) => calls.map((call) => call.arguments.words))).toEqual([
    ['s3://shop-none'],
    ['s3://shop-dev'],
    ['s3://shop-qa'],
  ]);
});

test('a boolean that is given to an input of text is its text', async () => {
  const runs = await runsOf(
    `
on: push
jobs:
  go:
    uses: ./.github/workflows/run.yml
    with: { apply: true }
`,
    {
      '.github/workflows/run.yml': `
on:
  workflow_call:
    inputs:
      apply: { type: string, default: 'false' }
jobs:
  apply:
    runs-on: ubuntu-latest
    steps:
      - if: inputs.apply == 'true'
        run: terraform apply
`,
    },
  );
  expect(callsOf(runs).join()).toContain('terraform apply');
});
