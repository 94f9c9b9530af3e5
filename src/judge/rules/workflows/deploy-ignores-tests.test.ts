import { expect, test } from 'vitest';
import type { JobSource } from '#model/artifacts.ts';
import { call, estate, findings, job, run, step, workflow } from '../../test-estate.ts';
import { deployIgnoresTests } from './deploy-ignores-tests.ts';

const checks = job({ id: 'unit', line: 5, steps: [step({ run: 'go test ./...' })] });
const found = (parts: Partial<JobSource> = {}, tested: JobSource = checks, event = 'push') =>
  findings(
    deployIgnoresTests,
    estate({
      artifacts: {
        workflows: [
          workflow({
            jobs: [tested, job({ id: 'lint' }), job(parts)],
            runs: [
              run({ calls: [call('aws ecs update-service')] }),
              run({ job: tested.id, events: [event] }),
            ],
          }),
        ],
      },
    }),
  );

test('a deployment that starts beside the tests is a medium finding with both places', () => {
  expect(found()).toMatchObject([{ severity: 'medium', evidence: [{ line: 5 }, { line: 20 }] }]);
  expect(found({ needs: ['lint'] })).toHaveLength(1);
});

test('a deployment that waits for the tests, or tests itself, is sound', () => {
  expect(found({ needs: ['unit'] })).toEqual([]);
  expect(found({ steps: [step({ run: 'npm test' })] })).toEqual([]);
});

test('tests of what was deployed, and tests of another event, are not waited for', () => {
  expect(found({}, { ...checks, needs: ['deploy'] })).toEqual([]);
  expect(found({}, { ...checks, id: 'e2e' })).toEqual([]);
  expect(found({}, checks, 'pull_request')).toEqual([]);
});

test('a stack that is changed apart from the version need not wait for its tests', () => {
  const runs = [run({ calls: [call('aws cloudformation deploy')] }), run({ job: 'unit' })];
  const workflows = [workflow({ jobs: [checks, job()], runs })];
  expect(findings(deployIgnoresTests, estate({ artifacts: { workflows } }))).toEqual([]);
});
