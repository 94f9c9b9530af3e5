import { expect, test } from 'vitest';
import type { WorkflowSource } from '#model/artifacts.ts';
import { call, estate, findings, job, run, trigger, workflow } from '../../test-estate.ts';
import { workflowWithoutConcurrency } from './workflow-without-concurrency.ts';

const update = call('aws ecs update-service');
const found = (parts: Partial<WorkflowSource> = {}, ...others: WorkflowSource[]) =>
  findings(
    workflowWithoutConcurrency,
    estate({
      artifacts: {
        workflows: [workflow({ jobs: [job()], runs: [run({ calls: [update] })], ...parts }), ...others],
      },
    }),
  );

test('a workflow that deploys on push without concurrency is a low finding at the deployment', () => {
  expect(found()).toMatchObject([{ severity: 'low', evidence: [{ line: 20 }] }]);
});

test('concurrency at the top, or on the job that deploys, is enough', () => {
  expect(found({ concurrency: 6 })).toEqual([]);
  expect(found({ jobs: [job({ concurrency: 12 })] })).toEqual([]);
  expect(found({ jobs: [job(), job({ id: 'lint', concurrency: 12 })] })).toHaveLength(1);
});

test('concurrency in the reusable workflow counts', () => {
  const shared = workflow({ file: 'shared.yml', concurrency: 4 });
  const runs = [
    run({ job: 'rollout', calls: [update], chain: ['.github/workflows/deploy.yml', 'shared.yml'] }),
  ];
  expect(found({ runs }, shared)).toEqual([]);
});

test('files brought back from a bucket are no deployment, files put there are', () => {
  const sync = (...words: string[]) => [run({ calls: [call('aws s3 sync', { arguments: { words } })] })];
  expect(found({ runs: sync('s3://cache/models', 'models') })).toEqual([]);
  expect(found({ runs: sync('dist', 's3://site') })).toHaveLength(1);
});

test('a run started by hand, one that only builds, and a Terraform state that has its own lock are not judged', () => {
  expect(found({ runs: [run({ events: ['workflow_dispatch'], calls: [update] })] })).toEqual([]);
  expect(found({ runs: [run({ calls: [call('docker push')] })] })).toEqual([]);
  expect(found({ runs: [run({ calls: [call('terraform apply')] })] })).toEqual([]);
});

test('the message says on what the workflow deploys', () => {
  const on = (event: string, tags: string[] = []) =>
    found({ triggers: [trigger(event, { tags })], runs: [run({ events: [event], calls: [update] })] })[0]
      ?.message;
  expect(on('push')?.en).toContain('on each push');
  expect(on('push', ['v*'])?.en).toContain('on each tag that is pushed');
  expect(on('workflow_run')?.fr).toContain('à chaque `workflow_run`');
});

test('pictures put into a bucket are no version', () => {
  const calls = [call('aws s3 sync', { arguments: { words: ['./static/images', 's3://site/images'] } })];
  expect(found({ runs: [run({ calls })] })).toEqual([]);
});
