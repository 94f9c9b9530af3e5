import { expect, test } from 'vitest';
import { estate, findings, job, step, workflow, workflowOf } from '../../test-estate.ts';
import { failureMasked } from './failure-masked.ts';

const found = (...steps: ReturnType<typeof step>[]) =>
  findings(failureMasked, estate({ artifacts: { workflows: [workflowOf(steps)] } }));

test('a push followed by `|| true` is a medium finding at its line', () => {
  const [finding] = found(
    step({ name: 'Push', run: 'set -e\ndocker build -t api .\ndocker push api || true' }),
  );
  expect(finding).toMatchObject({ severity: 'medium', evidence: [{ line: 13 }] });
  expect(finding?.message.en).toBe(
    'In job `deploy`, `|| true` turns a failure of `docker push api` into a success.',
  );
});

test('a service that could not be updated and is only announced is masked', () => {
  const script =
    'aws ecs update-service --cluster c --service s --force-new-deployment || echo "not updated"';
  expect(found(step({ run: script }))[0]?.title.en).toContain('`aws ecs update-service`');
});

test('a test that may fail is low', () => {
  expect(found(step({ run: 'npm test || true' }))[0]?.severity).toBe('low');
});

test('the finding stays the same when lines move', () => {
  const [before] = found(step({ run: 'npm test || true' }));
  const [after] = found(step({ line: 80, run: '# a note\nnpm test || true' }));
  expect(after?.fingerprint).toBe(before?.fingerprint);
});

test.each([
  'aws ecs describe-services --services s || true',
  'aws ecr create-repository --repository-name api || true',
  'docker stop api || true\ndocker rm api || true',
  'grep -q x file || echo absent',
  'rm -rf out || true',
  'docker push api || exit 1',
  'for i in 1 2 3; do docker push api && break || echo again; done',
])('%s is sound', (run) => expect(found(step({ run }))).toEqual([]));

test('a deployment step that may fail is masked, unless a later step reads its outcome', () => {
  const deploy = step({
    name: 'Deploy',
    uses: 'aws-actions/amazon-ecs-deploy-task-definition@v2',
    continueOnError: true,
  });
  expect(found(deploy)[0]?.message.en).toContain(
    '`continue-on-error: true` turns a failure of `Deploy` into a success',
  );
  const reads = step({ condition: "steps.deploy.outcome != 'success'", run: 'exit 1' });
  expect(found(deploy, reads)).toEqual([]);
});

test('a cache, a notification or a scan that may fail is sound', () => {
  expect(found(step({ uses: 'actions/cache@v5', continueOnError: true }))).toEqual([]);
  expect(found(step({ uses: 'slackapi/slack-github-action@v2', continueOnError: true }))).toEqual([]);
  expect(found(step({ run: 'npm audit', continueOnError: true }))).toEqual([]);
});

test('diagnostics after a failure, and other shells, are not judged', () => {
  expect(found(step({ condition: 'failure()', run: 'aws ecs wait services-stable || true' }))).toEqual([]);
  expect(found(step({ shell: 'pwsh', run: 'docker push api || true' }))).toEqual([]);
  const cleanup = workflow({
    jobs: [job({ condition: 'always()', steps: [step({ run: 'terraform apply || true' })] })],
  });
  expect(findings(failureMasked, estate({ artifacts: { workflows: [cleanup] } }))).toEqual([]);
});
