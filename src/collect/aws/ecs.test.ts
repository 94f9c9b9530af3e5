import { expect, test } from 'vitest';
import { ecs } from './ecs.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const CLUSTER = `arn:aws:ecs:eu-west-3:${ACCOUNT}:cluster/shop-prod`;
const SERVICE = `arn:aws:ecs:eu-west-3:${ACCOUNT}:service/shop-prod/api`;
const REVISION = `arn:aws:ecs:eu-west-3:${ACCOUNT}:task-definition/api:7`;

const answers = {
  'ecs:ListClusters': { clusterArns: [CLUSTER] },
  'ecs:DescribeClusters': { clusters: [{ clusterArn: CLUSTER, status: 'ACTIVE' }] },
  'ecs:ListServices': { serviceArns: [SERVICE] },
  'ecs:DescribeServices': {
    services: [{ serviceArn: SERVICE, status: 'ACTIVE', desiredCount: 2, taskDefinition: REVISION }],
  },
  'ecs:ListTaskDefinitionFamilies': { families: ['api', 'old'] },
  'ecs:DescribeTaskDefinition': {
    taskDefinition: {
      taskDefinitionArn: REVISION,
      containerDefinitions: [
        { name: 'api', image: 'nginx:1', environment: [{ name: 'PASSWORD', value: 'hidden' }] },
      ],
    },
  },
};

test('a service runs in its cluster and deploys the family whose revision it runs', async () => {
  const { facts } = await collected(ecs, answers);
  const service = facts.find(({ kind }) => kind === 'AWS::ECS::Service');
  expect(service).toMatchObject({
    name: 'api',
    scope: 'shop-prod',
    arn: SERVICE,
    account: ACCOUNT,
    region: 'eu-west-3',
    properties: { desiredCount: 2, taskDefinition: 'api:7' },
  });
  expect(service?.relations).toContainEqual({
    type: 'uses-task-definition',
    to: { kind: 'AWS::ECS::TaskDefinition', name: 'api' },
  });
});

test('variables of a container are told by name, never by value', async () => {
  const { facts } = await collected(ecs, answers);
  expect(JSON.stringify(facts)).toContain('PASSWORD');
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a family that no service runs is seen by its name', async () => {
  const { facts } = await collected(ecs, answers);
  expect(factOf(facts, 'old')).toMatchObject({ kind: 'AWS::ECS::TaskDefinition' });
});

test('a refused list of services is not established, and says what would open it', async () => {
  const { lookups, facts } = await collected(ecs, { ...answers, 'ecs:ListServices': DENIED });
  expect(lookups.find(({ scope }) => scope === 'shop-prod')?.refusal).toMatchObject({
    sort: 'denied',
    operation: 'ecs:ListServices',
    permission: 'ecs:ListServices',
  });
  expect(factOf(facts, 'shop-prod').properties).toMatchObject({ status: 'ACTIVE' });
});

test('a refused description keeps the service, with its refusal', async () => {
  const { facts } = await collected(ecs, { ...answers, 'ecs:DescribeServices': DENIED });
  const service = facts.find(({ kind }) => kind === 'AWS::ECS::Service');
  expect(service?.refusals).toMatchObject([{ operation: 'ecs:DescribeServices' }]);
});
