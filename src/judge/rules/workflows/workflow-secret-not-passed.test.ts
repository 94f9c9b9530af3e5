import { expect, test } from 'vitest';
import type { JobSource, Parameter, WorkflowSource } from '#model/artifacts.ts';
import { call, estate, findings, isUnknown, job, run, trigger, workflow } from '../../test-estate.ts';
import { workflowSecretNotPassed } from './workflow-secret-not-passed.ts';

const CALLEE = '.github/workflows/ship.yml';
const needs = (name: string, parts: Partial<Parameter> = {}): Parameter => ({
  name,
  line: 5,
  required: true,
  ...parts,
});
const callee = (takes: Partial<WorkflowSource['takes']>) =>
  workflow({
    file: CALLEE,
    triggers: [trigger('workflow_call')],
    takes: { inputs: [], secrets: [], ...takes },
  });
const caller = (parts: Partial<JobSource>, of: Partial<WorkflowSource> = {}) =>
  workflow({ jobs: [job({ uses: { text: `./${CALLEE}`, line: 9 }, ...parts })], ...of });
const of = (...workflows: WorkflowSource[]) => estate({ artifacts: { workflows } });
const found = (...workflows: WorkflowSource[]) => findings(workflowSecretNotPassed, of(...workflows));

test('a required secret that a call does not pass stops the workflow, and so does one that nobody declares', () => {
  const [finding] = found(
    callee({ secrets: [needs('REGISTRY_TOKEN')] }),
    caller({ secrets: [{ name: 'DOCKER_TOKEN', line: 11 }] }),
  );
  expect(finding).toMatchObject({
    severity: 'medium',
    evidence: [
      { file: '.github/workflows/deploy.yml', line: 9 },
      { file: '.github/workflows/deploy.yml', line: 11 },
      { file: CALLEE, line: 5 },
    ],
  });
  expect(finding?.message.en).toBe(
    `Job \`deploy\` calls \`${CALLEE}\`: it does not pass \`REGISTRY_TOKEN\`, which it requires, and it passes \`DOCKER_TOKEN\`, which it does not declare. GitHub refuses the file: none of its jobs starts.`,
  );
});

test('inputs are compared too, also where secrets are inherited', () => {
  const takes = { inputs: [needs('stage')], secrets: [needs('TOKEN')] };
  expect(found(callee(takes), caller({ secrets: 'inherit' }))).toHaveLength(1);
  const given = [{ name: 'region', value: 'x', line: 10 }];
  expect(found(callee({}), caller({ with: given }))).toHaveLength(1);
});

test('it is high where the workflow deploys, and one finding for all its calls', () => {
  const runs = [run({ calls: [call('aws ecs update-service')] })];
  const uses = { text: `./${CALLEE}`, line: 9 };
  const jobs = [job({ id: 'test', uses }), job({ id: 'deploy', uses })];
  expect(found(callee({ secrets: [needs('TOKEN')] }), workflow({ jobs, runs }))).toMatchObject([
    { severity: 'high' },
  ]);
});

test.each<[string, Partial<WorkflowSource['takes']>, Partial<JobSource>]>([
  [
    'names that differ in capitals',
    { secrets: [needs('TOKEN')] },
    { secrets: [{ name: 'token', line: 11 }] },
  ],
  ['inherited secrets', { secrets: [needs('TOKEN')] }, { secrets: 'inherit' }],
  ['a secret that is not required', { secrets: [needs('TOKEN', { required: false })] }, {}],
  ['an input with a default', { inputs: [needs('stage', { default: 'live' })] }, {}],
  [
    'an input that is given',
    { inputs: [needs('stage')] },
    { with: [{ name: 'stage', value: '', line: 10 }] },
  ],
])('%s is sound', (_, takes, parts) => {
  expect(found(callee(takes), caller(parts))).toEqual([]);
  expect(isUnknown(workflowSecretNotPassed, of(callee(takes), caller(parts)))).toBe(false);
});

test('the token of each job cannot be declared as a secret; a name that only looks like it can', () => {
  expect(found(callee({ secrets: [needs('github_token', { required: false })] }))).toMatchObject([
    { evidence: [{ file: CALLEE, line: 5 }] },
  ]);
  expect(found(callee({ secrets: [needs('GITHUB_ACTOR')] }))).toEqual([]);
});

test('a called workflow that was not read is unknown; one of another repository is not asked about', () => {
  expect(isUnknown(workflowSecretNotPassed, of(caller({})))).toBe(true);
  const elsewhere = caller({ uses: { text: 'acme/flows/.github/workflows/ship.yml@v2', line: 9 } });
  expect(isUnknown(workflowSecretNotPassed, of(elsewhere))).toBe(false);
});
