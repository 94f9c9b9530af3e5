import { CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { Made } from '../../../aws/seed/made.ts';
import { type AccountDescription, seed } from '../../../aws/seed.ts';

/**
 * One site on one path, with everything wrong at once that a hand-written audit of such a site found: the distribution
 * asks over HTTPS and nothing listens on 443, port 80 forwards in the clear, targets are unhealthy, the last revision does
 * not start since its image cannot be pulled from a subnet without a way out, the grace period is too short, and the
 * logs may not be read.
 */
export const ACCOUNT = '640418273915';
export const REGION = 'eu-west-3';
export const URL = 'https://phare.example/';
/** Reads that the auditor is not allowed. */
export const DENIED = ['logs:DescribeLogGroups'];
/** Seconds that a task is given before its health counts, and those that its container takes to start. */
export const GRACE = 120;
const STARTS = 180;

/** Addresses of the two tasks that run. */
const TARGETS = ['10.60.0.41', '10.60.1.42'];
const CONTAINER = 3000;
const SITE = 'phare-vitrine';

const container = (repository: string, tag: string) => ({
  name: SITE,
  image: `${repository}:${tag}`,
  essential: true,
  portMappings: [{ containerPort: CONTAINER }],
  environment: [
    { name: 'PORT', value: String(CONTAINER) },
    { name: 'HOSTNAME', value: '0.0.0.0' },
  ],
  healthCheck: {
    command: ['CMD-SHELL', `wget -q -O- http://127.0.0.1:${CONTAINER}/health || exit 1`],
    startPeriod: STARTS,
    interval: 30,
    retries: 3,
  },
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: {
      'awslogs-group': `/ecs/${SITE}`,
      'awslogs-region': REGION,
      'awslogs-stream-prefix': 'ecs',
    },
  },
});

const ESTATE: AccountDescription = {
  roles: {
    'phare-execution': {
      trust: 'ecs-tasks.amazonaws.com',
      attached: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'],
    },
  },
  vpcs: {
    phare: {
      cidr: '10.60.0.0/16',
      subnets: {
        'phare-a': { cidr: '10.60.0.0/24', zone: 'a', routes: 'phare' },
        'phare-b': { cidr: '10.60.1.0/24', zone: 'b', routes: 'phare' },
      },
      routeTables: { phare: { internet: true } },
      securityGroups: {
        'phare-alb': {
          ingress: [
            { port: 80, from: '0.0.0.0/0' },
            { port: 443, from: '0.0.0.0/0' },
          ],
        },
        'phare-tasks': { ingress: [{ port: CONTAINER, from: 'phare-alb' }] },
      },
    },
  },
  certificates: {
    'phare-edge': { domain: 'phare.example', alternatives: ['www.phare.example'], region: 'us-east-1' },
    'phare-region': { domain: 'phare.example', alternatives: ['*.phare.example'] },
  },
  targetGroups: {
    'phare-tg': {
      vpc: 'phare',
      Port: 80,
      TargetType: 'ip',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 10,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 5,
      Matcher: { HttpCode: '200-399' },
      targets: TARGETS.map((address) => `${address}:${CONTAINER}`),
    },
  },
  loadBalancers: {
    'phare-alb': {
      subnets: ['phare-a', 'phare-b'],
      securityGroups: ['phare-alb'],
      listeners: [{ port: 80, to: { forward: 'phare-tg' } }],
    },
  },
  repositories: { [SITE]: { images: [['1.4.0'], ['1.5.0', 'latest']], architectures: ['amd64'] } },
  logGroups: { [`/ecs/${SITE}`]: { retentionInDays: 30 } },
  clusters: { phare: {} },
  distributions: {
    phare: {
      aliases: ['phare.example', 'www.phare.example'],
      origin: 'load-balancer phare-alb',
      certificate: 'phare-edge',
      sendsHost: true,
    },
  },
  zones: {
    'phare.example': {
      records: Object.fromEntries(
        ['phare.example', 'www.phare.example'].flatMap((name) =>
          ['A', 'AAAA'].map((type) => [`${name} ${type}`, { distribution: 'phare' }]),
        ),
      ),
    },
  },
};

/** Fills an empty account. Gives what AWS calls each thing. */
export async function fill(endpoint: string): Promise<Record<string, string>> {
  const ids = await seed(endpoint, REGION, ESTATE, ACCOUNT);
  const made = new Made(endpoint, REGION, ACCOUNT);
  try {
    const ecs = made.client(ECSClient);
    const repository = ids[`repository ${SITE}`] ?? '';
    // the third revision has the newer image
    for (const tag of ['1.3.0', '1.4.0', '1.5.0'])
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: SITE,
          executionRoleArn: ids['role phare-execution'],
          cpu: '512',
          memory: '1024',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
          containerDefinitions: [container(repository, tag)],
        }),
      );

    const { service } = await ecs.send(
      new CreateServiceCommand({
        cluster: 'phare',
        serviceName: SITE,
        taskDefinition: `${SITE}:3`,
        launchType: 'FARGATE',
        desiredCount: 2,
        healthCheckGracePeriodSeconds: GRACE,
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['phare-a', 'phare-b'].map((name) => ids[`subnet ${name}`] ?? ''),
            securityGroups: [ids['security-group phare-tasks'] ?? ''],
            assignPublicIp: 'DISABLED',
          },
        },
        loadBalancers: [
          {
            targetGroupArn: ids['target-group phare-tg'],
            containerName: SITE,
            containerPort: CONTAINER,
          },
        ],
      }),
    );
    return { ...ids, [`service phare ${SITE}`]: service?.serviceArn ?? '' };
  } finally {
    made.close();
  }
}
