import { CreateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { Made } from '../../aws/seed/made.ts';
import { type AccountDescription, seed } from '../../aws/seed.ts';

/** A shop of our own invention: three services of Fargate, each reached in another way. */
export const ACCOUNT = '552903617348';
export const REGION = 'eu-west-3';

/** The ways through the estate, by what tells them apart. */
export const URLS = {
  /** CloudFront, then a load balancer; tasks in private subnets with a NAT gateway. */
  web: 'https://harbour.example/',
  /** A load balancer by rules of host and path; tasks in subnets without a way out, with endpoints of the VPC. */
  orders: 'https://api.harbour.example/v1/orders',
  /** A load balancer; tasks with addresses of the internet. */
  status: 'https://status.harbour.example/',
} as const;
export type Way = keyof typeof URLS;

const https = (from = '0.0.0.0/0') => [
  { port: 80, from },
  { port: 443, from },
];

const QUAYS: NonNullable<AccountDescription['vpcs']> = {
  harbour: {
    cidr: '10.40.0.0/16',
    subnets: {
      'harbour-public-a': { cidr: '10.40.0.0/24', zone: 'a', routes: 'harbour-public' },
      'harbour-public-b': { cidr: '10.40.1.0/24', zone: 'b', routes: 'harbour-public' },
      'harbour-private-a': { cidr: '10.40.10.0/24', zone: 'a', routes: 'harbour-private-a' },
      'harbour-private-b': { cidr: '10.40.11.0/24', zone: 'b', routes: 'harbour-private-b' },
    },
    routeTables: {
      'harbour-public': { internet: true },
      'harbour-private-a': { nat: 'harbour-a' },
      'harbour-private-b': { nat: 'harbour-b' },
    },
    nats: { 'harbour-a': { subnet: 'harbour-public-a' }, 'harbour-b': { subnet: 'harbour-public-b' } },
    securityGroups: {
      'harbour-balancer': { ingress: https() },
      'harbour-web': { ingress: [{ port: 3000, from: 'harbour-balancer' }] },
      'status-balancer': { ingress: https(), egress: [{ port: 8080, to: 'status-tasks' }] },
      'status-tasks': { ingress: [{ port: 8080, from: 'status-balancer' }] },
    },
  },
  vault: {
    cidr: '10.50.0.0/16',
    subnets: {
      'vault-public-a': { cidr: '10.50.0.0/24', zone: 'a', routes: 'vault-public' },
      'vault-public-b': { cidr: '10.50.1.0/24', zone: 'b', routes: 'vault-public' },
      'vault-closed-a': { cidr: '10.50.10.0/24', zone: 'a', routes: 'vault-closed' },
      'vault-closed-b': { cidr: '10.50.11.0/24', zone: 'b', routes: 'vault-closed' },
    },
    routeTables: { 'vault-public': { internet: true }, 'vault-closed': {} },
    securityGroups: {
      'vault-balancer': { ingress: https(), egress: [{ port: 9000, to: 'vault-orders' }] },
      'vault-orders': { ingress: [{ port: 9000, from: 'vault-balancer' }] },
      'vault-endpoints': { ingress: [{ port: 443, from: '10.50.0.0/16' }] },
    },
    endpoints: Object.fromEntries([
      ...['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'].map((service) => [
        `vault-${service}`,
        {
          service,
          subnets: ['vault-closed-a', 'vault-closed-b'],
          securityGroups: ['vault-endpoints'],
        },
      ]),
      ['vault-s3', { service: 's3', routeTables: ['vault-closed'] }],
    ]),
  },
};

/** The zone of an address, by the subnet that it is in. */
export function zoneOf(address: string): string | undefined {
  const net = address.split('.').slice(0, 3).join('.');
  const subnets = Object.values(QUAYS).flatMap((vpc) => Object.values(vpc.subnets ?? {}));
  const subnet = subnets.find(({ cidr }) => cidr.startsWith(`${net}.`));
  return subnet && `${REGION}${subnet.zone}`;
}

const listeners = (certificate: string, group: string) => [
  { port: 80, to: { redirect: 'HTTPS' } },
  { port: 443, certificate, to: { forward: group } },
];

const group = (vpc: string, Port: number, HealthCheckPath: string, targets: string[]) => ({
  vpc,
  Port,
  TargetType: 'ip' as const,
  HealthCheckPath,
  HealthCheckIntervalSeconds: 30,
  UnhealthyThresholdCount: 3,
  targets,
});

/** Logs of a container, as the console sets them up. */
const logsTo = (name: string) => ({
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': name, 'awslogs-region': REGION, 'awslogs-stream-prefix': 'ecs' },
});

interface Task {
  port: number;
  secrets?: { name: string; valueFrom: string }[];
}

/** One container that listens on its port, on every address. */
const task = (name: string, { port, secrets }: Task) => ({
  executionRole: 'harbour-execution',
  cpu: '512',
  memory: '1024',
  networkMode: 'awsvpc' as const,
  requiresCompatibilities: ['FARGATE' as const],
  runtimePlatform: { cpuArchitecture: 'X86_64' as const, operatingSystemFamily: 'LINUX' as const },
  revisions: 3,
  containers: {
    [name]: {
      image: `harbour/${name}:2.4.0`,
      essential: true,
      portMappings: [{ containerPort: port }],
      environment: [
        { name: 'PORT', value: String(port) },
        { name: 'HOSTNAME', value: '0.0.0.0' },
      ],
      logConfiguration: logsTo(`/ecs/harbour/${name}`),
      ...(secrets && { secrets }),
    },
  },
});

const service = (name: string, port: number, subnets: string[], securityGroup: string, publicIp = false) => ({
  taskDefinition: `harbour-${name}`,
  desiredCount: 2,
  subnets,
  securityGroups: [securityGroup],
  publicIp,
  targetGroups: [{ name: `harbour-${name}`, container: name, port }],
});

const repository = { images: [['2.3.0'], ['2.4.0', 'stable']], architectures: ['amd64', 'arm64'] };

/** Everything but the secrets and the web ACL, whose ARNs it names. */
const described = (secret: string, webAcl: string): AccountDescription => ({
  roles: {
    'harbour-execution': {
      trust: 'ecs-tasks.amazonaws.com',
      attached: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'],
      policies: {
        secrets: [
          { Action: ['secretsmanager:GetSecretValue'], Resource: secret },
          {
            Action: ['ssm:GetParameters'],
            Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/harbour/*`,
          },
        ],
      },
    },
  },
  vpcs: QUAYS,
  certificates: {
    'harbour-edge': {
      domain: 'harbour.example',
      alternatives: ['www.harbour.example'],
      region: 'us-east-1',
    },
    'harbour-region': { domain: 'harbour.example', alternatives: ['*.harbour.example'] },
  },
  targetGroups: {
    'harbour-web': group('harbour', 3000, '/health', ['10.40.10.21', '10.40.11.22']),
    'harbour-orders': group('vault', 9000, '/v1/health', ['10.50.10.31', '10.50.11.32']),
    'harbour-status': group('harbour', 8080, '/', ['10.40.0.41', '10.40.1.42']),
    // an older one that nothing leads to
    'harbour-web-old': { vpc: 'harbour', Port: 3000, TargetType: 'ip', HealthCheckPath: '/health' },
  },
  loadBalancers: {
    'harbour-web': {
      subnets: ['harbour-public-a', 'harbour-public-b'],
      securityGroups: ['harbour-balancer'],
      listeners: listeners('harbour-region', 'harbour-web'),
    },
    'harbour-orders': {
      subnets: ['vault-public-a', 'vault-public-b'],
      securityGroups: ['vault-balancer'],
      listeners: [
        { port: 80, to: { redirect: 'HTTPS' } },
        {
          port: 443,
          certificate: 'harbour-region',
          to: { answer: 404 },
          rules: [
            { hosts: ['api.harbour.example'], paths: ['/v1/*'], to: { forward: 'harbour-orders' } },
            { hosts: ['api.harbour.example'], paths: ['/v0/*'], to: { answer: 410 } },
          ],
        },
      ],
    },
    'harbour-status': {
      subnets: ['harbour-public-a', 'harbour-public-b'],
      securityGroups: ['status-balancer'],
      listeners: listeners('harbour-region', 'harbour-status'),
    },
  },
  repositories: { 'harbour/web': repository, 'harbour/orders': repository, 'harbour/status': repository },
  logGroups: Object.fromEntries(
    ['web', 'orders', 'status'].map((name) => [`/ecs/harbour/${name}`, { retentionInDays: 30 }]),
  ),
  taskDefinitions: {
    'harbour-web': task('web', {
      port: 3000,
      secrets: [
        { name: 'SESSION_KEY', valueFrom: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/harbour/session` },
      ],
    }),
    'harbour-orders': task('orders', { port: 9000, secrets: [{ name: 'DATABASE_URL', valueFrom: secret }] }),
    'harbour-status': task('status', { port: 8080 }),
  },
  clusters: {
    harbour: {
      services: {
        web: service('web', 3000, ['harbour-private-a', 'harbour-private-b'], 'harbour-web'),
        orders: service('orders', 9000, ['vault-closed-a', 'vault-closed-b'], 'vault-orders'),
        status: service('status', 8080, ['harbour-public-a', 'harbour-public-b'], 'status-tasks', true),
      },
    },
  },
  distributions: {
    'harbour-web': {
      aliases: ['harbour.example', 'www.harbour.example'],
      origin: 'load-balancer harbour-web',
      certificate: 'harbour-edge',
      webAcl,
      sendsHost: true,
    },
    'harbour-assets': {
      aliases: ['assets.harbour.example'],
      origin: 'bucket harbour-assets',
      certificate: 'harbour-edge',
    },
  },
  buckets: { 'harbour-assets': { publicAccessBlock: true } },
  zones: {
    'harbour.example': {
      records: {
        'harbour.example A': { distribution: 'harbour-web' },
        'harbour.example AAAA': { distribution: 'harbour-web' },
        'www.harbour.example A': { distribution: 'harbour-web' },
        'www.harbour.example AAAA': { distribution: 'harbour-web' },
        'api.harbour.example A first': { loadBalancer: 'harbour-orders', weight: 90 },
        'api.harbour.example A second': { loadBalancer: 'harbour-orders', weight: 10 },
        'status.harbour.example A': { loadBalancer: 'harbour-status' },
      },
    },
    'harbour.internal': { private: 'harbour' },
  },
});

/** Fills an empty account with the estate as it is when all is well. Gives what AWS calls each thing. */
export async function fill(endpoint: string): Promise<Record<string, string>> {
  const kept = await seed(
    endpoint,
    REGION,
    { secrets: { 'harbour/database': {} }, parameters: { '/harbour/session': { type: 'SecureString' } } },
    ACCOUNT,
  );
  const made = new Made(endpoint, REGION, ACCOUNT);
  const { Summary } = await made
    .client(WAFV2Client, 'us-east-1')
    .send(
      new CreateWebACLCommand({
        Name: 'harbour-edge',
        Scope: 'CLOUDFRONT',
        DefaultAction: { Allow: {} },
        VisibilityConfig: {
          SampledRequestsEnabled: false,
          CloudWatchMetricsEnabled: false,
          MetricName: 'harbour-edge',
        },
      }),
    )
    .finally(() => made.close());
  const webAcl = Summary?.ARN ?? '';
  const ids = await seed(endpoint, REGION, described(kept['secret harbour/database'] ?? '', webAcl), ACCOUNT);
  return { ...kept, ...ids, 'web-acl harbour-edge': webAcl };
}
