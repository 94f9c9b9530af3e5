import { expect, test } from 'vitest';
import type { StepSource } from '#model/artifacts.ts';
import { estate, findings, isUnknown, job, run, step, workflow } from '../../test-estate.ts';
import { taskDefinitionFileMissing } from './task-definition-file-missing.ts';

const checkout = step({ uses: 'actions/checkout@v5' });
const render = (path: string) =>
  step({
    line: 30,
    uses: 'aws-actions/amazon-ecs-render-task-definition@v1',
    with: { 'task-definition': path },
  });
const of = (steps: StepSource[], inputs = {}) =>
  estate({
    files: new Set(['.aws/api.json']),
    artifacts: { workflows: [workflow({ jobs: [job({ steps })], runs: [run({ inputs })] })] },
  });
const found = (steps: StepSource[], inputs = {}) => findings(taskDefinitionFileMissing, of(steps, inputs));

test('a task definition that the tree does not have is a high finding at the step that reads it', () => {
  expect(found([checkout, render('.aws/api-dev.json')])).toMatchObject([
    { severity: 'high', confidence: 'medium', evidence: [{ line: 30 }] },
  ]);
});

test('a path that an input gives is looked for', () => {
  const steps = [checkout, render('${{ inputs.definition }}')];
  expect(found(steps, { definition: '.aws/api-dev.json' })).toHaveLength(1);
  expect(found(steps, { definition: '.aws/api.json' })).toEqual([]);
  expect(found(steps)).toEqual([]);
});

test('one that is there, or that a step before writes, is sound; an output of the step is no file', () => {
  expect(found([checkout, render('./.aws/api.json')])).toEqual([]);
  const fetched = step({ run: 'aws ecs describe-task-definition --task-definition api > task.json' });
  expect(found([checkout, fetched, render('task.json')])).toEqual([]);
  const output = step({ run: 'echo "image=api:1" >> "$GITHUB_OUTPUT"' });
  expect(found([checkout, output, render('task.json')])).toHaveLength(1);
});

test('without the list of files nobody knows', () => {
  const read = { ...of([checkout, render('task.json')]), files: new Set<string>() };
  expect(isUnknown(taskDefinitionFileMissing, read)).toBe(true);
});
