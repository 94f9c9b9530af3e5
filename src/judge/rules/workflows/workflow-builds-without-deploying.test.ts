import { expect, test } from 'vitest';
import type { Call } from '#model/workflow.ts';
import { call, estate, fact, findings, job, resource, run, trigger, workflow } from '../../test-estate.ts';
import { workflowBuildsWithoutDeploying } from './workflow-builds-without-deploying.ts';

const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const push = (reference = `${host}/landing:⟨github.sha⟩`) =>
  call('docker push', { arguments: { words: [reference] } });
const login = call('docker login', { arguments: { registry: host } });
const update = call('aws ecs update-service', { arguments: { cluster: 'web', service: 'landing' } });
const builds = (...calls: Call[]) => workflow({ file: '.github/workflows/push.yml', runs: [run({ calls })] });
const found = (workflows: ReturnType<typeof workflow>[], parts = {}) =>
  findings(workflowBuildsWithoutDeploying, estate({ artifacts: { workflows }, ...parts }));

test('an image pushed to ECR that nothing deploys is a medium finding on its repository', () => {
  const [finding] = found([builds(login, push(), push(`${host}/landing:latest`))]);
  expect(finding).toMatchObject({ severity: 'medium', confidence: 'medium' });
  expect(finding?.title.en).toContain('`landing` is built and deployed by nothing');
});

test('an account and a region known only to the run change nothing: the repository has a name', () => {
  expect(found([builds(push('⟨aws account⟩.dkr.ecr.⟨aws region⟩.amazonaws.com/landing:1'))])).toHaveLength(1);
});

test('a deployment in the same workflow is enough, in whichever job', () => {
  const deploying = {
    ...builds(push()),
    runs: [run({ calls: [push()] }), run({ job: 'release', calls: [update] })],
  };
  expect(found([deploying])).toEqual([]);
});

test('another workflow that deploys and names the repository takes over', () => {
  const other = workflow({ file: 'deploy.yml', runs: [run({ calls: [update] })] });
  expect(found([builds(push()), other])).toEqual([]);
  const unrelated = call('aws ecs update-service', { arguments: { cluster: 'web', service: 'api' } });
  expect(
    found([builds(push()), workflow({ file: 'deploy.yml', runs: [run({ calls: [unrelated] })] })]),
  ).toHaveLength(1);
});

test('a task definition of the repository that names the image counts; a document does not', () => {
  const named = (source: 'repo' | 'docs', file: string) =>
    resource('AWS::ECR::Repository', 'landing', [fact(source, { evidence: { source, file, line: 4 } })]);
  expect(found([builds(push())], { resources: [named('repo', 'infra/task-definition.json')] })).toEqual([]);
  expect(found([builds(push())], { resources: [named('docs', 'docs/aws.md')] })).toHaveLength(1);
});

test.each([
  ['a push to a branch that something watches', call('git push')],
  ['another workflow started', call('gh workflow run', { arguments: { words: ['deploy.yml'] } })],
  ['a hook called', call('curl', { arguments: { words: ['⟨secrets.DEPLOY_HOOK⟩'] } })],
  ['an action that is not known', call('action acme/rollout')],
])('%s may be the deployment', (_, handOver) => expect(found([builds(push(), handOver)])).toEqual([]));

test('a public registry publishes, and an unknown or remote repository is nobody’s fault', () => {
  expect(found([builds(push('ghcr.io/acme/tool:2'))])).toEqual([]);
  expect(found([builds(push(`${host}/⟨inputs.service⟩:1`))])).toEqual([]);
  const remote = job({ id: 'rest', uses: { text: 'acme/shared/.github/workflows/deploy.yml@v2', line: 30 } });
  expect(found([{ ...builds(push()), jobs: [remote] }])).toEqual([]);
  expect(found([{ ...builds(push()), triggers: [trigger('workflow_call')] }])).toEqual([]);
});
