import { describe, expect, test } from 'vitest';
import { sampleReport } from '../test/fixtures/sample-report.ts';
import {
  choices,
  deploys,
  environmentsOf,
  isDeploying,
  outcome,
  publishedBy,
  repositoryOf,
  runGroups,
} from './deployments.ts';
import type { Call, Workflow } from './vocabulary.ts';

const report = sampleReport();
const workflow = (name: string): Workflow => {
  const found = report.workflows.find(({ file }) => file.endsWith(name));
  if (!found) throw new Error(`the sample has no ${name}`);
  return found;
};
const call = (tool: string, operation: string): Call => ({
  tool,
  operation,
  arguments: {},
  line: 1,
  verb: 'uses',
  certainty: 'rehearsed',
});

test('a repository is told from its registry, tag and digest', () => {
  expect(repositoryOf('210987654321.dkr.ecr.eu-west-3.amazonaws.com/shop/web:⟨github.sha⟩')).toBe('shop/web');
  expect(repositoryOf('localhost:5000/web@sha256:abc')).toBe('web');
  expect(repositoryOf('shop/web')).toBe('shop/web');
});

describe('what a workflow does', () => {
  test('it publishes what it pushes, and only that', () => {
    expect(publishedBy(workflow('publish-catalogue.yml'), report)).toEqual(['boutique-catalogue']);
    expect(publishedBy(workflow('ci.yml'), report)).toEqual([]);
  });

  test('a relation names the repository where the calls do not', () => {
    const from = 'constat:GitHub::Actions::Workflow::ci.yml';
    const to = 'constat:AWS::ECR::Repository::boutique-web';
    const related = { ...report, relations: [{ from, to, type: 'pushes-to', evidence: [] }] };
    expect(publishedBy(workflow('ci.yml'), related)).toEqual(['boutique-web']);
  });

  test('publishing an image is not deploying it', () => {
    expect(deploys(workflow('publish-catalogue.yml'), report)).toBe(false);
    expect(deploys(workflow('deploy-boutique.yml'), report)).toBe(true);
  });

  test.each([
    ['aws', 'ecs update-service', true],
    ['wrangler', 'deploy', true],
    ['wrangler', 'pages deploy', true],
    ['wrangler', 'pages project list', false],
    ['wrangler', 'versions deploy', true],
    ['wrangler', 'versions upload', false],
    ['wrangler', 'deployments list', false],
    ['docker', 'compose up', true],
    ['docker', 'push', false],
    ['aws', 'ecs describe-services', false],
    ['aws', 's3 ls', false],
  ])('%s %s deploys: %s', (tool, operation, expected) => {
    expect(isDeploying(call(tool, operation))).toBe(expected);
  });
});

test('runs that make the same calls stand together, others apart', () => {
  expect(runGroups(workflow('ci.yml')).map((runs) => runs.length)).toEqual([3]);
  expect(runGroups(workflow('deploy-boutique.yml')).map((runs) => runs.length)).toEqual([1, 1, 1]);
});

test('a run is only said to go through when every call of it is known to succeed', () => {
  const run = workflow('publish-catalogue.yml').runs[0];
  if (!run) throw new Error('the sample has a run');
  const [first, ...rest] = run.calls.map((one) => ({ ...one, prediction: 'ok' as const }));
  if (!first) throw new Error('the run has calls');
  expect(outcome({ ...run, calls: [first, ...rest] })).toBe('through');
  expect(outcome({ ...run, calls: [{ ...first, prediction: 'unknown' }, ...rest] })).toBe('unknown');
  expect(outcome({ ...run, calls: [{ ...first, prediction: 'fails' }, ...rest] })).toBe('stops');
});

test('an environment that an input already tells is told once', () => {
  const [run] = workflow('deploy-boutique.yml').runs;
  expect(run && choices(run)).toEqual(['environment=dev']);
});

test('a workflow is for the environments that its choices lead to, and for those its jobs name', () => {
  const report = sampleReport();
  const [workflow] = report.workflows;
  if (!workflow) throw new Error('no workflow');
  const id = 'constat:GitHub::Actions::Workflow::x';
  const name = workflow.file.split('/').at(-1) ?? '';
  const own = { id, kind: 'GitHub::Actions::Workflow', name, environments: ['dev', 'prod'] };
  const runs = [
    { ...workflow.runs[0], environment: 'Prod' },
    { ...workflow.runs[0], environment: 'canary' },
  ];
  const given = { ...report, resources: [own] } as unknown as typeof report;
  expect(environmentsOf({ ...workflow, runs } as typeof workflow, given)).toEqual(['dev', 'prod', 'canary']);
});
