import { expect, test } from 'vitest';
import { relationsOf, resourcesOf } from './resources.ts';
import { declared, documented } from './test-facts.ts';

test('a name in a workflow and in a page is one resource with both evidences, the region kept', () => {
  const [resource, ...rest] = resourcesOf([
    declared('AWS::ECR::Repository', 'orders', { region: 'eu-west-3', environments: ['prod'] }),
    documented('AWS::ECR::Repository', 'orders', { environments: ['dev'] }),
  ]);
  expect(rest).toEqual([]);
  expect(resource).toMatchObject({
    id: 'constat:AWS::ECR::Repository::orders',
    region: 'eu-west-3',
    environments: ['dev', 'prod'],
    status: 'unverified',
  });
  expect(resource?.declared.map((evidence) => evidence.source)).toEqual(['repo', 'docs']);
});

test('an ARN and a name of the same thing are one resource', () => {
  const resources = resourcesOf([
    declared('AWS::ECS::TaskDefinition', 'orders'),
    documented('AWS::ECS::TaskDefinition', 'arn:aws:ecs:eu-west-3:123456789012:task-definition/orders:7'),
  ]);
  expect(resources.map((resource) => resource.name)).toEqual(['orders']);
});

test('a page that names a service without its cluster speaks of the service of every cluster that has it', () => {
  const resources = resourcesOf([
    declared('AWS::ECS::Service', 'api', { scope: 'dev' }),
    declared('AWS::ECS::Service', 'api', { scope: 'prod' }),
    documented('AWS::ECS::Service', 'api'),
  ]);
  expect(resources.map(({ scope, declared: evidence }) => [scope, evidence.length])).toEqual([
    ['dev', 2],
    ['prod', 2],
  ]);
});

test('a service of a compose file for all environments is not only of the one that another file adds to it', () => {
  const of = (kind: 'Compose::Service' | 'AWS::ECR::Repository') =>
    resourcesOf([declared(kind, 'app'), declared(kind, 'app', { environments: ['dev'] })])[0]?.environments;
  expect(of('Compose::Service')).toEqual([]);
  expect(of('AWS::ECR::Repository')).toEqual(['dev']);
});

test('references and retired copies declare nothing', () => {
  expect(
    resourcesOf([
      declared('Docker::Image', 'nginx', { sort: 'retired' }),
      declared('AWS::ECS::Cluster', 'c', { sort: 'reference' }),
    ]),
  ).toEqual([]);
});

test('the best known way of a name stays', () => {
  const [resource] = resourcesOf([
    declared('AWS::ECS::Cluster', 'c', { nameStatus: 'resolved' }),
    declared('AWS::ECS::Cluster', 'c', { evidence: { source: 'repo', file: 'a.sh', line: 1 } }),
  ]);
  expect(resource?.nameStatus).toBe('literal');
});

test('a relation stands only between resources, once, with all its evidence', () => {
  const to = { kind: 'AWS::ECS::Cluster', name: 'c' } as const;
  const resources = resourcesOf([
    declared('AWS::ECS::Cluster', 'c'),
    declared('AWS::ECS::Service', 's', {
      scope: 'c',
      relations: [
        { type: 'runs-in', to },
        { type: 'runs-in', to: { ...to, name: 'elsewhere' } },
      ],
    }),
    declared('AWS::ECS::Service', 's', {
      scope: 'c',
      evidence: { source: 'repo', file: 'b.sh', line: 2 },
      relations: [{ type: 'runs-in', to }],
    }),
  ]);
  expect(relationsOf(resources)).toMatchObject([
    {
      type: 'runs-in',
      to: 'constat:AWS::ECS::Cluster::c',
      evidence: [{ file: '.github/workflows/deploy.yml' }, { file: 'b.sh' }],
    },
  ]);
});

test('a name that is a key of every object is a name like another', () => {
  expect(resourcesOf([declared('AWS::S3::Bucket', '__proto__')])[0]?.name).toBe('__proto__');
});
