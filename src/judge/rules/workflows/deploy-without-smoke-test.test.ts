import { expect, test } from 'vitest';
import type { JobSource } from '#model/artifacts.ts';
import type { Call } from '#model/workflow.ts';
import { call, estate, findings, job, run, step, workflow } from '../../test-estate.ts';
import { deployWithoutSmokeTest } from './deploy-without-smoke-test.ts';

const update = call('aws ecs update-service', { line: 20 });
const found = (calls: Call[], jobs: JobSource[] = [job()]) =>
  findings(
    deployWithoutSmokeTest,
    estate({ artifacts: { workflows: [workflow({ jobs, runs: [run({ calls })] })] } }),
  );

test('a service updated and left is a medium finding at the command', () => {
  const [finding] = found([update]);
  expect(finding).toMatchObject({ severity: 'medium', evidence: [{ line: 20 }] });
  expect(finding?.message.en).toContain('After `aws ecs update-service`');
});

test.each([
  ['a wait', call('aws ecs wait services-stable', { line: 24 })],
  ['a probe', call('curl', { line: 24 })],
  ['the state of the service, read in a loop', call('aws ecs describe-services', { line: 24 })],
])('%s after it is a check', (_, check) => expect(found([update, check])).toEqual([]));

test('a probe before the deployment is none', () => {
  expect(found([call('curl', { line: 12 }), update])).toHaveLength(1);
});

test('the action that waits for stability, and a later step that tests, are checks', () => {
  const waits = step({
    line: 18,
    uses: 'aws-actions/amazon-ecs-deploy-task-definition@v2',
    with: { 'wait-for-service-stability': 'true' },
  });
  expect(found([update], [job({ steps: [waits] })])).toEqual([]);
  const deploys = step({ line: 18, run: './deploy.sh' });
  const probes = step({ line: 26, name: 'Smoke test', run: './probe.sh' });
  expect(found([update], [job({ steps: [deploys, probes] })])).toEqual([]);
  expect(found([update], [job({ steps: [{ ...probes, line: 10 }, deploys] })])).toHaveLength(1);
});

test('a later step that only prints is no check, whatever it is called and shows', () => {
  const deploys = step({ line: 18, run: './deploy.sh' });
  const prints = (run: string) =>
    found([update], [job({ steps: [deploys, step({ line: 26, name: 'Test deployment', run })] })]);
  expect(prints('echo "See https://a.example/health"')).toHaveLength(1);
  expect(
    prints('if [ "${{ steps.check.outputs.ok }}" = true ]; then\n  echo "verify /health"\nfi'),
  ).toHaveLength(1);
  expect(prints('echo "Probing"\ncurl -fsS https://a.example/health')).toEqual([]);
  expect(prints('echo "$(curl -fsS https://a.example/health)"')).toEqual([]);
});

test('a later step that only spells `latest` or `checkout` is no check', () => {
  const deploys = step({ line: 18, run: './deploy.sh' });
  const tags = step({ line: 26, run: 'docker push acme/api:latest\ngit checkout main' });
  expect(found([update], [job({ steps: [deploys, tags] })])).toHaveLength(1);
});

test('a job that waits for the deployment and tests it is a check, also through another', () => {
  const tag = job({ id: 'tag', needs: ['deploy'] });
  expect(found([update], [job(), tag])).toHaveLength(1);
  expect(found([update], [job(), tag, job({ id: 'e2e', needs: ['tag'] })])).toEqual([]);
});

test('commands that return once the result is known, and runs that only build, are not judged', () => {
  for (const command of [
    'aws cloudformation deploy',
    'flyctl deploy',
    'wrangler deploy',
    'aws s3 sync',
    'docker push',
  ])
    expect(found([call(command)])).toEqual([]);
  expect(found([call('helm upgrade', { arguments: { wait: true } })])).toEqual([]);
});

test('the action that waits is seen in the reusable workflow that uses it', () => {
  const file = '.github/workflows/reusable.yml';
  const waits = step({ line: 18, uses: 'x/y@v1', with: { 'wait-for-service-stability': 'true' } });
  const caller = (steps: ReturnType<typeof step>[]) => [
    workflow({
      runs: [
        run({
          job: 'call / deploy',
          chain: ['.github/workflows/deploy.yml', file],
          calls: [call('aws ecs update-service', { file, line: 20 })],
        }),
      ],
    }),
    workflow({ file, jobs: [job({ steps })] }),
  ];
  const judged = (workflows: ReturnType<typeof caller>) =>
    findings(deployWithoutSmokeTest, estate({ artifacts: { workflows } }));
  expect(judged(caller([waits]))).toEqual([]);
  expect(judged(caller([step({ line: 18, uses: 'x/y@v1' })]))).toHaveLength(1);
});

test('whether an action used by a composite action waits is not known', () => {
  const file = '.github/actions/deploy/action.yml';
  expect(found([call('aws ecs update-service', { file, line: 20 })])).toEqual([]);
});

test('the same deployment once more, as a way back after the check failed, is not left unchecked', () => {
  const again = call('aws ecs update-service', { line: 40 });
  const probe = call('curl', { line: 30 });
  expect(found([update, probe, again])).toEqual([]);
  const other = call('aws ecs update-service', { line: 40, arguments: { service: 'worker' } });
  expect(found([update, probe, other])).toHaveLength(1);
});

test('the action for Beanstalk waits unless it is told not to', () => {
  const updated = call('aws elasticbeanstalk update-environment', { line: 20 });
  const deploy = (parts = {}) =>
    step({ line: 20, uses: 'einaregilsson/beanstalk-deploy@v22', with: { region: 'eu-west-1', ...parts } });
  expect(found([updated], [job({ steps: [deploy()] })])).toEqual([]);
  expect(found([updated], [job({ steps: [deploy({ wait_for_deployment: 'false' })] })])).toHaveLength(1);
});
