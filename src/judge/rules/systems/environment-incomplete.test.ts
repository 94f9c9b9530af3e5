import { expect, test } from 'vitest';
import type { Component } from '#model/component.ts';
import type { Estate } from '#model/estate.ts';
import { estate, fact, findings, job, resource, workflow } from '../../test-estate.ts';
import { environmentIncomplete } from './environment-incomplete.ts';

const service = resource('AWS::ECS::Service', 'billing', [fact('repo')]);
const systems = [
  {
    id: 'billing',
    title: 'Billing',
    environments: ['dev', 'prod'],
    workflows: ['.github/workflows/deploy.yml'],
  },
];
const row = (environment: string, component: string, named = false): Component => ({
  system: 'billing',
  environment,
  blueprint: 'ecs-web-service',
  component,
  ...(named ? { resource: service.id, status: 'unverified' } : { status: 'undefined' }),
  note: { fr: 'x', en: 'x' },
});
const found = (components: Component[], parts: Partial<Omit<Estate, 'artifacts'>> = {}) =>
  findings(environmentIncomplete, estate({ systems, resources: [service], components, ...parts }));

test('what another environment of the system has and this one lacks is medium, one finding per environment', () => {
  const [finding, ...others] = found([
    row('dev', 'service', true),
    row('dev', 'target group', true),
    row('prod', 'service', true),
    row('prod', 'target group'),
  ]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'medium', systems: ['billing'], environments: ['prod'] });
  expect(finding?.message.en).toBe(
    'No file that was read declares: target group. Other environments of the same system have: target group.',
  );
});

test('what no environment has may be kept elsewhere: low and less sure', () => {
  expect(found([row('dev', 'service', true), row('dev', 'domain')])[0]).toMatchObject({
    severity: 'low',
    confidence: 'medium',
  });
});

test('with Terraform in the tree and not read, it is low, hardly sure, and says why', () => {
  const [finding] = found([row('dev', 'service', true), row('dev', 'domain')], {
    files: new Set(['infra/main.tf']),
  });
  expect(finding).toMatchObject({ severity: 'low', confidence: 'low' });
  expect(finding?.message.en).toContain('`Terraform` is not read: these components may be there.');
});

test('an environment of which nothing is declared is told by the workflows of its system', () => {
  expect(found([row('prod', 'service'), row('prod', 'domain')])[0]?.evidence).toMatchObject([
    { file: '.github/workflows/deploy.yml' },
  ]);
});

test('a complete environment is sound, and a system without a blueprint is not judged', () => {
  expect(found([row('dev', 'service', true)])).toEqual([]);
  expect(found([])).toEqual([]);
});

test('what a workflow of another repository deploys may be what is missing', () => {
  const called = { text: 'acme/deploy/.github/workflows/ecs.yml@v2', line: 4 };
  const artifacts = { workflows: [workflow({ jobs: [job({ uses: called })] })] };
  const components = [row('dev', 'service', true), row('dev', 'registry')];
  const [finding] = findings(
    environmentIncomplete,
    estate({ systems, resources: [service], components, artifacts }),
  );
  expect(finding).toMatchObject({ severity: 'low', confidence: 'low' });
  expect(finding?.message.en).toContain('`acme/deploy/.github/workflows/ecs.yml@v2` is not read');
});
