import { expect, test } from 'vitest';
import type { Component } from '#model/component.ts';
import type { Estate } from '#model/estate.ts';
import { call, estate, fact, findings, isUnknown, job, resource, run, workflow } from '../../test-estate.ts';
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
  expect(found([row('dev', 'service', true), row('dev', 'task definition')])[0]).toMatchObject({
    severity: 'low',
    confidence: 'medium',
  });
});

test('a service that nothing says is reached from outside needs no target group, routing or domain', () => {
  const reach = ['target group', 'listener rule', 'domain'].map((component) => row('dev', component));
  expect(found([row('dev', 'service', true), ...reach])).toEqual([]);
});

test('a registry whose name says no environment is shared by all of them', () => {
  const registry = resource('AWS::ECR::Repository', 'billing', [fact('repo')]);
  const named = { ...row('prod', 'registry', true), resource: registry.id };
  const rows = [row('dev', 'service', true), row('dev', 'registry'), row('prod', 'service', true)];
  expect(found([...rows, named], { resources: [service, registry] })).toEqual([]);
  const ofProd = resource('AWS::ECR::Repository', 'billing-prod', [fact('repo')]);
  const other = { ...named, resource: ofProd.id };
  expect(found([...rows, other], { resources: [service, ofProd] })).toHaveLength(1);
});

test('what the same workflow names for another system, or by a variable, is not absent', () => {
  const update = (cluster: string) =>
    call('aws ecs update-service', { arguments: { cluster, service: 'billing' } });
  const deployed = (cluster: string) => ({
    workflows: [workflow({ runs: [run({ calls: [update(cluster)] })] })],
  });
  const lent = resource('AWS::ECS::Cluster', 'quay', [fact('repo')], { system: 'orders' });
  const rows = [
    row('dev', 'service', true),
    row('dev', 'cluster'),
    { ...row('dev', 'cluster', true), system: 'orders', resource: lent.id },
  ];
  const of = (cluster: string, components = rows) =>
    findings(
      environmentIncomplete,
      estate({ systems, resources: [service, lent], components, artifacts: deployed(cluster) }),
    );
  expect(of('quay')).toEqual([]);
  expect(of('⟨vars.CLUSTER⟩', rows.slice(0, 2))).toEqual([]);
  expect(of('other', rows.slice(0, 2))).toHaveLength(1);
});

test('an action that no model knows and that publishes images may be where the registry is named', () => {
  const components = [row('dev', 'service', true), row('dev', 'registry')];
  const using = (action: string) => {
    const used = call(`action ${action}`, { verb: 'uses' });
    const artifacts = { workflows: [workflow({ runs: [run({ calls: [used] })] })] };
    return findings(environmentIncomplete, estate({ systems, resources: [service], components, artifacts }));
  };
  expect(using('acme/build-push-to-ecr@v2')).toEqual([]);
  expect(using('acme/setup-docker@v2')).toHaveLength(1);
  expect(using('acme/notify@v2')).toHaveLength(1);
});

test('what only a compose file starts in a development environment is somebody’s own machine', () => {
  const app = resource('Compose::Service', 'app', [fact('repo')]);
  const rows = (environment: string) => [
    { ...row(environment, 'service', true), resource: app.id, blueprint: 'host-service' as const },
    { ...row(environment, 'host'), blueprint: 'host-service' as const },
  ];
  const on = (environment: string) => found(rows(environment), { resources: [app] });
  expect(on('dev')).toEqual([]);
  expect(on('prod')).toHaveLength(1);
});

test('an image of a public registry needs no registry of one’s own', () => {
  const image = resource('Docker::Image', 'acme/billing:1', [fact('repo')]);
  const named = { ...row('dev', 'image', true), resource: image.id };
  const on = (rows: Component[]) => found(rows, { resources: [service, image] });
  expect(on([row('dev', 'service', true), named, row('dev', 'registry')])).toEqual([]);
  expect(on([row('dev', 'service', true), row('dev', 'image'), row('dev', 'registry')])).toHaveLength(1);
});

test('with Terraform in the tree and not read, nobody knows what is absent', () => {
  const components = [row('dev', 'service', true), row('dev', 'task definition')];
  const files = new Set(['infra/main.tf']);
  expect(found(components, { files })).toEqual([]);
  expect(isUnknown(environmentIncomplete, estate({ systems, resources: [service], components, files }))).toBe(
    true,
  );
});

test('with Terraform of which every name is known, what is absent is; with an open name it is not', () => {
  const components = [row('dev', 'service', true), row('dev', 'task definition')];
  const files = new Set(['infra/main.tf']);
  const inTerraform = (name: string, nameStatus: 'literal' | 'template') =>
    resource(
      'AWS::SQS::Queue',
      name,
      [fact('repo', { evidence: { source: 'repo', file: 'infra/main.tf', line: 1 } })],
      { nameStatus },
    );
  const queue = inTerraform('jobs', 'literal');
  const open = inTerraform('⟨var.env⟩-jobs', 'template');
  expect(found(components, { files, resources: [service, queue] })).toHaveLength(1);
  expect(found(components, { files: new Set(files), resources: [service, queue, open] })).toEqual([]);
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
  const read = estate({ systems, resources: [service], components, artifacts });
  expect(isUnknown(environmentIncomplete, read)).toBe(true);
});

test('a role, a trigger and a log group are most often made apart: only told where another environment has one', () => {
  const apart = ['role', 'trigger', 'logs'].map((component) => row('dev', component));
  expect(found([row('dev', 'service', true), ...apart])).toEqual([]);
  expect(found([row('dev', 'service', true), ...apart, row('prod', 'trigger', true)])).toHaveLength(1);
});
