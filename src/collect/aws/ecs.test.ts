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
        {
          name: 'api',
          image: 'nginx:1',
          portMappings: [{ containerPort: 80 }, { containerPortRange: '9000-9010' }],
          environment: [{ name: 'PASSWORD', value: 'hidden' }],
        },
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

test('a family tells the ports of its containers, ranges left aside', async () => {
  const { facts } = await collected(ecs, answers);
  const family = facts.find(
    ({ kind, properties }) => kind === 'AWS::ECS::TaskDefinition' && properties?.containers,
  );
  expect(family?.properties?.containerPorts).toEqual(['api:80']);
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

const declared = [['AWS::ECS::Service', 'api']] as const;
/** As Amazon ECS answers for a service whose image cannot be pulled: Troubleshooting, “Stopped task error messages”. */
const short = {
  ...answers,
  'ecs:DescribeServices': {
    services: [
      {
        serviceArn: SERVICE,
        serviceName: 'api',
        clusterArn: CLUSTER,
        status: 'ACTIVE',
        desiredCount: 2,
        runningCount: 1,
        pendingCount: 1,
        launchType: 'FARGATE',
        taskDefinition: REVISION,
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
        deployments: [
          {
            id: 'ecs-svc/9223370442108012345',
            status: 'PRIMARY',
            taskDefinition: REVISION,
            desiredCount: 2,
            runningCount: 0,
            failedTasks: 3,
            rolloutState: 'FAILED',
            rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
          },
          {
            id: 'ecs-svc/9223370442108000000',
            status: 'ACTIVE',
            taskDefinition: REVISION.replace(':7', ':6'),
            desiredCount: 2,
            runningCount: 1,
            rolloutState: 'IN_PROGRESS',
          },
        ],
        events: [
          {
            id: '1a2b',
            createdAt: 1_764_300_000.123,
            message: '(service api) is unable to consistently start tasks successfully.',
          },
          {
            id: '3c4d',
            createdAt: 1_764_299_000,
            message: '(service api) has started 1 tasks: (task 5e6f).',
          },
        ],
      },
    ],
    failures: [],
  },
  'ecs:ListTasks': { taskArns: [`${CLUSTER.replace(':cluster/', ':task/')}/5e6f`] },
  'ecs:DescribeTasks': {
    tasks: [
      {
        taskArn: `${CLUSTER.replace(':cluster/', ':task/')}/5e6f`,
        taskDefinitionArn: REVISION,
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
        stopCode: 'TaskFailedToStart',
        stoppedAt: 1_764_300_100,
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/api:7: not found',
        containers: [
          { name: 'api', lastStatus: 'STOPPED', reason: 'CannotPullContainerError: not found', exitCode: 1 },
          { name: 'log-router', lastStatus: 'STOPPED', exitCode: 0 },
        ],
      },
      { taskArn: 'x', lastStatus: 'DEPROVISIONING', desiredStatus: 'STOPPED' },
    ],
    failures: [],
  },
};

test('a service that is short of tasks tells its events, its deployment and why tasks stopped', async () => {
  const { facts } = await collected(ecs, short, { declared });
  expect(facts.find(({ kind }) => kind === 'AWS::ECS::Service')?.properties).toMatchObject({
    desiredCount: 2,
    runningCount: 1,
    circuitBreaker: true,
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    deployments: 2,
    events: [
      '(service api) is unable to consistently start tasks successfully.',
      '(service api) has started 1 tasks: (task 5e6f).',
    ],
    stoppedTasks: [
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason: expect.stringContaining('CannotPullContainerError'),
        stoppedAt: '2025-11-28T03:21:40.000Z',
        taskDefinition: 'api:7',
        containers: [{ name: 'api', exitCode: 1, reason: 'CannotPullContainerError: not found' }],
      },
    ],
  });
});

test('a service that has its tasks, or that no file names, is not asked why tasks stopped', async () => {
  const whole = {
    ...answers,
    'ecs:DescribeServices': {
      services: [{ serviceArn: SERVICE, status: 'ACTIVE', desiredCount: 2, runningCount: 2 }],
    },
  };
  const asked = [await collected(ecs, whole, { declared }), await collected(ecs, short)];
  expect(asked.flatMap(({ calls }) => calls).filter((call) => call.endsWith('Tasks'))).toEqual([]);
});

test('a refused list of tasks leaves the service with its refusal', async () => {
  const { facts } = await collected(ecs, { ...short, 'ecs:ListTasks': DENIED }, { declared });
  const service = facts.find(({ kind }) => kind === 'AWS::ECS::Service');
  expect(service?.properties).not.toHaveProperty('stoppedTasks');
  expect(service?.refusals).toMatchObject([{ operation: 'ecs:ListTasks', permission: 'ecs:ListTasks' }]);
});
