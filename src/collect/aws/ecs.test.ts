import { expect, test } from 'vitest';
import { ecs } from './ecs.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

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
    deployments: [
      {
        id: 'ecs-svc/9223370442108012345',
        status: 'PRIMARY',
        taskDefinition: 'api:7',
        desired: 2,
        running: 0,
        failedTasks: 3,
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      },
      {
        id: 'ecs-svc/9223370442108000000',
        status: 'ACTIVE',
        taskDefinition: 'api:6',
        desired: 2,
        running: 1,
        rolloutState: 'IN_PROGRESS',
      },
    ],
    circuitBreakerRollback: true,
    events: [
      '(service api) is unable to consistently start tasks successfully.',
      '(service api) has started 1 tasks: (task 5e6f).',
    ],
    eventTimes: ['2025-11-28T03:20:00.123Z', '2025-11-28T03:03:20.000Z'],
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

const TASK = `${CLUSTER.replace(':cluster/', ':task/')}/7a8b`;
const onPath = {
  ...answers,
  'ecs:ListTasks': ({ desiredStatus }: { desiredStatus: string }) => ({
    taskArns: desiredStatus === 'RUNNING' ? [TASK] : [`${TASK}-stopped`],
  }),
  'ecs:DescribeTasks': ({ tasks: [arn] }: { tasks: string[] }) => ({
    tasks: [
      arn === TASK
        ? {
            taskArn: TASK,
            taskDefinitionArn: REVISION,
            lastStatus: 'RUNNING',
            healthStatus: 'HEALTHY',
            availabilityZone: 'eu-west-3a',
            attachments: [
              {
                type: 'ElasticNetworkInterface',
                details: [
                  { name: 'subnetId', value: 'subnet-1' },
                  { name: 'networkInterfaceId', value: 'eni-1' },
                  { name: 'privateIPv4Address', value: '10.0.1.7' },
                ],
              },
            ],
            overrides: {
              containerOverrides: [{ environment: [{ name: 'TOKEN', value: 'canary-override' }] }],
            },
            containers: [
              { name: 'api', image: 'nginx:1', imageDigest: 'sha256:1a2b', lastStatus: 'RUNNING' },
            ],
          }
        : {
            taskArn: arn,
            lastStatus: 'STOPPED',
            stopCode: 'EssentialContainerExited',
            stoppedReason: 'Essential container in task exited',
            containers: [{ name: 'api', exitCode: 1 }],
          },
    ],
  }),
  'ecs:DescribeTaskDefinition': ({ taskDefinition }: { taskDefinition: string }) => ({
    taskDefinition:
      taskDefinition === 'api'
        ? { taskDefinitionArn: REVISION.replace(':7', ':9'), revision: 9 }
        : { taskDefinitionArn: REVISION, revision: 7 },
  }),
};

test('a service on a path is told with the tasks that it runs, why the last ones stopped, and the last revision', async () => {
  const { facts, calls } = await detailed(ecs, onPath, [['AWS::ECS::Service', 'api']]);
  const own = facts.filter(({ kind }) => kind === 'AWS::ECS::Service');
  expect(own).toHaveLength(2);
  for (const fact of own) expect(fact).toMatchObject({ name: 'api', scope: 'shop-prod', arn: SERVICE });
  expect(facts.find(({ kind }) => kind === 'AWS::ECS::TaskDefinition')).toMatchObject({
    arn: REVISION.replace(':7', ''),
    properties: { latestRevision: 9 },
  });
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({
    tasks: [
      {
        id: '7a8b',
        taskDefinition: 'api:7',
        lastStatus: 'RUNNING',
        healthStatus: 'HEALTHY',
        zone: 'eu-west-3a',
        subnet: 'subnet-1',
        networkInterface: 'eni-1',
        privateAddress: '10.0.1.7',
        containers: [{ name: 'api', image: 'nginx:1', imageDigest: 'sha256:1a2b', lastStatus: 'RUNNING' }],
      },
    ],
    stoppedTasks: [
      {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        containers: [{ name: 'api', exitCode: 1 }],
      },
    ],
    latestRevision: 9,
  });
  expect(JSON.stringify(facts)).not.toContain('canary');
  expect(calls.toSorted()).toEqual([
    'ecs:DescribeTaskDefinition',
    'ecs:DescribeTasks',
    'ecs:DescribeTasks',
    'ecs:ListTasks',
    'ecs:ListTasks',
  ]);
});

test('stopped tasks that the lists told, or were refused, are not asked for again', async () => {
  for (const listTasks of [short['ecs:ListTasks'], DENIED]) {
    const { calls } = await detailed(
      ecs,
      { ...short, 'ecs:ListTasks': listTasks },
      [['AWS::ECS::Service', 'api']],
      { declared },
    );
    // the one for those that run
    expect(calls.filter((call) => call === 'ecs:ListTasks')).toHaveLength(1);
  }
});

test('refused tasks leave what is not known out', async () => {
  const { facts } = await detailed(ecs, { ...onPath, 'ecs:DescribeTasks': DENIED }, [
    ['AWS::ECS::Service', 'api'],
  ]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({ latestRevision: 9 });
  expect(facts.flatMap(({ refusals = [] }) => refusals)).toMatchObject([
    { permission: 'ecs:DescribeTasks' },
    { permission: 'ecs:DescribeTasks' },
  ]);
});

test('a service says where its load balancer finds it, and how it is deployed', async () => {
  const targetGroupArn = `arn:aws:elasticloadbalancing:eu-west-3:${ACCOUNT}:targetgroup/api/73e2d6bc24d8a067`;
  const { facts } = await collected(ecs, {
    ...answers,
    'ecs:DescribeServices': {
      services: [
        {
          serviceArn: SERVICE,
          loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 8080 }],
          serviceRegistries: [{ registryArn: 'arn:aws:servicediscovery:…', containerPort: 8080 }],
          capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
          deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
          enableExecuteCommand: false,
          platformVersion: 'LATEST',
          events: [{ message: 'failed to fetch secret password=hunter2hunter2' }],
        },
      ],
    },
  });
  const service = facts.find(({ kind }) => kind === 'AWS::ECS::Service');
  expect(service?.properties).toMatchObject({
    loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 8080 }],
    serviceRegistries: [{ containerPort: 8080 }],
    capacityProviders: ['FARGATE_SPOT'],
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    enableExecuteCommand: false,
    platformVersion: 'LATEST',
    events: ['failed to fetch secret password=…'],
  });
});
