import { expect, test } from 'vitest';
import type { Artifacts, WorkflowSource } from '#model/artifacts.ts';
import { call, document, estate, findings, job, run, step, workflow } from '../../test-estate.ts';
import { rollbackUndocumented } from './rollback-undocumented.ts';

const deploying = (parts: Partial<WorkflowSource> = {}) =>
  workflow({ runs: [run({ calls: [call('aws ecs update-service')] })], ...parts });
const found = (artifacts: Partial<Artifacts>) => findings(rollbackUndocumented, estate({ artifacts }));

test('deployments and no way back in writing are one medium finding of the estate', () => {
  expect(found({ workflows: [deploying()] })).toMatchObject([{ severity: 'medium', confidence: 'medium' }]);
});

test('a page on it is enough, a report of the past is not', () => {
  const topics = [{ topic: 'rollback' as const, line: 40 }];
  expect(found({ workflows: [deploying()], documents: [document('docs/run.md', { topics })] })).toEqual([]);
  expect(
    found({ workflows: [deploying()], documents: [document('old.md', { topics, report: true })] }),
  ).toHaveLength(1);
});

test.each([
  ['a workflow for it', workflow({ file: '.github/workflows/rollback.yml' })],
  [
    'a step for it',
    workflow({ jobs: [job({ steps: [step({ run: 'kubectl rollout undo deployment/api' })] })] }),
  ],
  [
    'a version to choose',
    deploying({
      runs: [run({ inputs: { image_tag: '⟨inputs.image_tag⟩' }, calls: [call('aws ecs update-service')] })],
    }),
  ],
])('%s is a way back', (_, other) => expect(found({ workflows: [deploying(), other] })).toEqual([]));

test('an estate that deploys nothing has nothing to go back from', () => {
  expect(
    found({
      workflows: [workflow({ runs: [run({ calls: [call('terraform apply'), call('docker push')] })] })],
    }),
  ).toEqual([]);
});

test('files copied to a bucket of backups are no deployment', () => {
  const copy = call('aws s3 sync', { arguments: { words: ['.', 's3://⟨secrets.S3_BACKUP_BUCKET⟩'] } });
  expect(found({ workflows: [workflow({ runs: [run({ calls: [copy] })] })] })).toEqual([]);
});

test('a workflow that registers the version that people choose is a way back too', () => {
  const inputs = { image_tag: '⟨inputs.image_tag⟩' };
  const promote = workflow({
    file: '.github/workflows/deploy-production.yml',
    runs: [run({ inputs, calls: [call('aws ecs register-task-definition')] })],
  });
  expect(found({ workflows: [deploying(), promote] })).toEqual([]);
});

test('one file and several are each told in their number', () => {
  const other = deploying({ file: '.github/workflows/api.yml' });
  expect(found({ workflows: [deploying()] })[0]?.message.fr).toContain('` déploie, et');
  expect(found({ workflows: [deploying(), other] })[0]?.message.fr).toContain('` déploient, et');
});
