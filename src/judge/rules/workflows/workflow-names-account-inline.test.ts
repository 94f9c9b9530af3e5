import { expect, test } from 'vitest';
import { call, estate, fact, findings, resource, run, step, workflowOf } from '../../test-estate.ts';
import { workflowNamesAccountInline } from './workflow-names-account-inline.ts';

const found = (...steps: ReturnType<typeof step>[]) =>
  findings(workflowNamesAccountInline, estate({ artifacts: { workflows: [workflowOf(steps)] } }));

test('an account in a role, a registry or a variable is one low finding that names it once', () => {
  const [finding] = found(
    step({
      uses: 'aws-actions/configure-aws-credentials@v5',
      with: { role: 'arn:aws:iam::444455556666:role/deploy' },
    }),
    step({ line: 20, run: 'set -e\ndocker push 444455556666.dkr.ecr.eu-west-1.amazonaws.com/api:1' }),
    step({ line: 30, environment: { AWS_ACCOUNT_ID: '444455556666' } }),
  );
  expect(finding).toMatchObject({
    severity: 'low',
    message: { en: 'The workflow names `444455556666` in its text.' },
  });
  expect(finding?.evidence).toMatchObject([{ line: 10 }, { line: 22 }, { line: 30 }]);
});

test('`env:` at the top is seen through the line that a fact quotes', () => {
  const evidence = {
    source: 'repo' as const,
    file: '.github/workflows/deploy.yml',
    line: 5,
    excerpt: 'AWS_ACCOUNT_ID: "444455556666"',
  };
  const resources = [resource('AWS::ECR::Repository', 'api', [fact('repo', { evidence })])];
  const list = findings(
    workflowNamesAccountInline,
    estate({ resources, artifacts: { workflows: [workflowOf([])] } }),
  );
  expect(list[0]?.evidence).toMatchObject([{ line: 5 }]);
});

test('an account put together from values of the file is told where it is used', () => {
  const push = call('docker push', {
    arguments: { image: '444455556666.dkr.ecr.eu-west-1.amazonaws.com/api:1' },
  });
  const one = workflowOf([], { runs: [run({ calls: [push] })] });
  const list = findings(workflowNamesAccountInline, estate({ artifacts: { workflows: [one] } }));
  expect(list[0]?.evidence).toMatchObject([{ line: 20 }]);
});

test('a variable, twelve digits of something else and the account of documentation are sound', () => {
  expect(found(step({ with: { role: `arn:aws:iam::\${{ vars.ACCOUNT }}:role/deploy` } }))).toEqual([]);
  expect(found(step({ run: 'echo 202512301200' }))).toEqual([]);
  expect(found(step({ run: 'echo arn:aws:iam::123456789012:role/x' }))).toEqual([]);
});

test('the account of a task definition that the workflow registers is written in that file, not in the workflow', () => {
  const register = call('aws ecs register-task-definition', {
    arguments: { 'execution-role-arn': 'arn:aws:iam::444455556666:role/run' },
  });
  const one = workflowOf([], { runs: [run({ calls: [register] })] });
  expect(findings(workflowNamesAccountInline, estate({ artifacts: { workflows: [one] } }))).toEqual([]);
});
