import { expect, test } from 'vitest';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Run } from '#model/workflow.ts';
import { call, estate, findings, job, run, trigger, workflow } from '../../test-estate.ts';
import { productionDeployUnprotected } from './production-deploy-unprotected.ts';

const update = (service = 'api') =>
  call('aws ecs update-service', { arguments: { cluster: 'web', service } });
const found = (runs: Partial<Run>[], parts: Partial<WorkflowSource> = {}) =>
  findings(
    productionDeployUnprotected,
    estate({
      artifacts: {
        workflows: [workflow({ runs: runs.map((one) => run({ calls: [update()], ...one })), ...parts })],
      },
    }),
  );

test('a choice of production without an environment is a medium finding that says what was not read', () => {
  const [finding] = found([{ inputs: { target: 'dev' } }, { inputs: { target: 'production' } }]);
  expect(finding).toMatchObject({ severity: 'medium', environments: ['prod'] });
  expect(finding?.message.en).toContain('(`production`) without `environment:`. The protection rules');
});

test('production is read from the name of the service, the file or the branch', () => {
  expect(found([{ calls: [update('api-prod')] }])).toHaveLength(1);
  expect(found([{}], { file: '.github/workflows/deploy-prod.yml' })).toHaveLength(1);
  expect(found([{}], { triggers: [trigger('push', { branches: ['production'] })] })).toHaveLength(1);
});

test('a job with an environment is sound: its rules are GitHub’s to say', () => {
  expect(found([{ inputs: { target: 'prod' }, environment: 'production' }])).toEqual([]);
});

test('another environment chosen, or named by the service, is not production whatever the file is called', () => {
  expect(found([{ inputs: { target: 'staging' } }], { file: 'deploy-prod.yml' })).toEqual([]);
  expect(found([{ calls: [update('api-staging')] }], { file: 'deploy-prod.yml' })).toEqual([]);
});

test('a run that deploys nothing, and one that no sign calls production, are not judged', () => {
  expect(found([{ calls: [call('docker push')], inputs: { target: 'prod' } }])).toEqual([]);
  expect(found([{}])).toEqual([]);
});

test('a service of dev in a cluster called after production is not production', () => {
  const shared = (service: string) =>
    call('aws ecs update-service', { arguments: { cluster: 'shared-prod', service } });
  expect(found([{ calls: [shared('api-dev')] }])).toEqual([]);
  expect(found([{ calls: [shared('api')] }])).toHaveLength(1);
});

test('a job that waits for one that only asks for approval is sound; a deployed staging is no approval', () => {
  const approve = job({ id: 'approve', environment: 'release' });
  const jobs = [approve, job({ needs: ['approve'] })];
  const inputs = { target: 'prod' };
  expect(found([{ inputs, job: 'deploy / api' }], { jobs })).toEqual([]);
  expect(found([{ inputs }, { job: 'approve', environment: 'release' }], { jobs })).toHaveLength(1);
});
