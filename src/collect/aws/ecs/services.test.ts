import type { Service } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { propertiesOf, relationsOf } from './services.ts';

const group = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-west-3:111122223333:targetgroup/${name}/73e2d6bc24d8a067`;
const bound = (name: string) => ({ targetGroupArn: group(name), containerName: 'app', containerPort: 3000 });
const groups = (service: Service) =>
  relationsOf(service).flatMap(({ type, to }) => (type === 'registers-in' ? to.name : []));

test('what another controller deploys is told by its sets, the first of them in place of the service', () => {
  const service: Service = {
    serviceName: 'app',
    deploymentController: { type: 'CODE_DEPLOY' },
    loadBalancers: [],
    taskSets: [
      {
        id: 'ecs-svc/2',
        status: 'ACTIVE',
        taskDefinition: 'arn:aws:ecs:eu-west-3:111122223333:task-definition/app:8',
        loadBalancers: [bound('green')],
      },
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        taskDefinition: 'arn:aws:ecs:eu-west-3:111122223333:task-definition/app:7',
        launchType: 'FARGATE',
        runningCount: 2,
        loadBalancers: [bound('blue')],
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
      },
    ],
  };
  expect(propertiesOf(service)).toMatchObject({
    deploymentController: 'CODE_DEPLOY',
    taskDefinition: 'app:7',
    launchType: 'FARGATE',
    subnets: ['subnet-1'],
    securityGroups: ['sg-1'],
    taskSets: [{ status: 'ACTIVE' }, { status: 'PRIMARY', running: 2, loadBalancers: [bound('blue')] }],
  });
  expect(groups(service)).toEqual([group('green'), group('blue')]);
  expect(relationsOf(service)[0]).toMatchObject({ type: 'uses-task-definition', to: { name: 'app' } });
});

test('groups that take turns are both told', () => {
  const service: Service = {
    loadBalancers: [
      { ...bound('blue'), advancedConfiguration: { alternateTargetGroupArn: group('green') } } as never,
    ],
  };
  expect(groups(service)).toEqual([group('blue'), group('green')]);
  expect(propertiesOf(service).loadBalancers).toEqual([
    { ...bound('blue'), alternateTargetGroupArn: group('green') },
  ]);
});
