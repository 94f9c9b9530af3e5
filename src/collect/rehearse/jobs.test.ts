import { expect, test } from 'vitest';
import { runsOf } from './test-workflow.ts';

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
