import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeContinuousBackupsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeCacheClustersCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetBucketEncryptionCommand, GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { motoForTests } from './moto.ts';
import { type AccountDescription, seed } from './seed.ts';

const REGION = 'eu-west-3';
const GITHUB = 'token.actions.githubusercontent.com';

/** One of everything that can be described. */
const SHOP: AccountDescription = {
  oidcProviders: { [GITHUB]: {} },
  roles: {
    deploy: {
      trust: [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` },
          Condition: { StringLike: { [`${GITHUB}:sub`]: 'repo:shop/*' } },
        },
      ],
    },
    task: {
      trust: 'ecs-tasks.amazonaws.com',
      policies: { read: [{ Action: 's3:GetObject', Resource: '*' }] },
      attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    },
  },
  keys: { shop: { Description: 'of the shop' } },
  trails: { audit: { bucket: 'shop-trail' } },
  vpcs: {
    main: {
      cidr: '10.0.0.0/16',
      subnets: {
        'public-a': { cidr: '10.0.0.0/24', zone: 'a', routes: 'public' },
        'public-b': { cidr: '10.0.1.0/24', zone: 'b', routes: 'public' },
        'private-a': { cidr: '10.0.2.0/24', zone: 'a', routes: 'private' },
      },
      routeTables: { public: { internet: true }, private: { nat: 'out' } },
      nats: { out: { subnet: 'public-a' } },
      securityGroups: {
        balancer: { ingress: [{ port: 443, from: '0.0.0.0/0' }] },
        api: { ingress: [{ port: [8000, 8080], from: 'balancer' }] },
      },
    },
  },
  certificates: { 'shop.example.org': { alternatives: ['www.shop.example.org'] } },
  targetGroups: {
    api: { vpc: 'main', Port: 8080, TargetType: 'ip', HealthCheckPath: '/health', targets: ['10.0.2.7'] },
  },
  loadBalancers: {
    shop: {
      subnets: ['public-a', 'public-b'],
      securityGroups: ['balancer'],
      listeners: [
        { port: 80, to: { redirect: 'HTTPS' } },
        {
          port: 443,
          certificate: 'shop.example.org',
          to: { answer: 404 },
          rules: [{ hosts: ['api.shop.example.org'], paths: ['/v1/*'], to: { forward: 'api' } }],
        },
      ],
    },
  },
  repositories: { 'shop/api': { imageTagMutability: 'IMMUTABLE', images: [['1.0'], ['1.1', 'latest'], []] } },
  taskDefinitions: {
    api: {
      taskRole: 'task',
      cpu: '256',
      memory: '512',
      networkMode: 'awsvpc',
      revisions: 2,
      containers: {
        api: { image: 'shop/api:1.1', portMappings: [{ containerPort: 8080 }] },
        proxy: { image: 'public.ecr.aws/nginx:1' },
      },
    },
  },
  clusters: {
    shop: {
      services: {
        api: {
          taskDefinition: 'api',
          desiredCount: 2,
          subnets: ['private-a'],
          securityGroups: ['api'],
          targetGroups: [{ name: 'api', container: 'api', port: 8080 }],
        },
        worker: { taskDefinition: 'api', stopped: true },
      },
    },
  },
  distributions: {
    site: { aliases: ['www.shop.example.org'], origin: 'bucket shop-site' },
    api: { origin: 'load-balancer shop' },
  },
  zones: {
    'shop.example.org': {
      records: {
        'api.shop.example.org A': { loadBalancer: 'shop' },
        'www.shop.example.org A': { distribution: 'site' },
        'old.shop.example.org CNAME': ['gone.example.net'],
      },
    },
    'shop.internal': { private: 'main' },
  },
  buckets: {
    'shop-site': { versioning: 'Enabled', encryption: 'AES256', publicAccessBlock: true },
    'shop-trail': { policy: [{ Action: 's3:PutObject', Resource: '*', Principal: '*' }] },
  },
  databases: { orders: { StorageEncrypted: true, MultiAZ: true } },
  caches: { sessions: {} },
  tables: { baskets: { pointInTimeRecovery: true }, stock: { billing: 'PROVISIONED' } },
  secrets: { 'shop/database': {} },
  parameters: { '/shop/token': { type: 'SecureString' } },
  logGroups: { '/ecs/api': { retentionInDays: 30 }, '/ecs/worker': {} },
  alarms: { 'api-cpu': { Dimensions: [{ Name: 'ServiceName', Value: 'api' }] } },
  queues: { orders: { VisibilityTimeout: '45' }, 'mail.fifo': { FifoQueue: 'true' } },
  topics: { alerts: { emails: ['ops@example.org'], queues: ['orders'] } },
  functions: { import: { role: 'task', MemorySize: 256, Environment: { Variables: { STAGE: 'prod' } } } },
  rules: { nightly: { schedule: 'rate(1 day)', functions: ['import'], queues: ['orders'] } },
};

const moto = motoForTests();
const settings = () => ({
  endpoint: moto.url,
  region: REGION,
  forcePathStyle: true,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const fill = (description = SHOP) => seed(moto.url, REGION, description);

test('what a fresh account is given has the same ids each time', async () => {
  const first = await fill();
  await moto.reset();
  expect(await fill()).toEqual(first);
}, 60_000);

test('only what is described is made', async () => {
  expect(Object.keys(await fill({ queues: { orders: {} } }))).toEqual(['queue orders']);
  expect(
    await new ECRClient(settings())
      .send(new DescribeImagesCommand({ repositoryName: 'x' }))
      .catch(({ name }) => name),
  ).toBe('RepositoryNotFoundException');
  expect((await new SQSClient(settings()).send(new ListQueuesCommand())).QueueUrls).toHaveLength(1);
});

test('a name that is not described is an error', async () => {
  const missing = { rules: { nightly: { schedule: 'rate(1 day)', functions: ['import'] } } };
  await expect(fill(missing)).rejects.toThrow('the description has no function import');
});

describe('the account', () => {
  test('has the network', async () => {
    const ids = await fill();
    const ec2 = new EC2Client(settings());
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [ids['subnet private-a'] ?? ''] }),
    );
    expect(Subnets).toMatchObject([
      { VpcId: ids['vpc main'], CidrBlock: '10.0.2.0/24', AvailabilityZone: 'eu-west-3a' },
    ]);
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand());
    const routes = (table: string) =>
      RouteTables?.find(({ RouteTableId }) => RouteTableId === ids[`route-table ${table}`]);
    expect(routes('public')?.Routes).toContainEqual(
      expect.objectContaining({ GatewayId: ids['internet-gateway main'] }),
    );
    expect(routes('private')?.Routes).toContainEqual(
      expect.objectContaining({ NatGatewayId: ids['nat out'] }),
    );
    expect(routes('public')?.Associations).toHaveLength(2);
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [ids['security-group api'] ?? ''] }),
    );
    expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject([
      { FromPort: 8000, ToPort: 8080, UserIdGroupPairs: [{ GroupId: ids['security-group balancer'] }] },
    ]);
  }, 60_000);

  test('has what stands in front of the services', async () => {
    const ids = await fill();
    const elb = new ElasticLoadBalancingV2Client(settings());
    const LoadBalancerArn = ids['load-balancer shop'];
    const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    expect(Listeners).toMatchObject([
      { Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect' }] },
      { Port: 443, Protocol: 'HTTPS', DefaultActions: [{ Type: 'fixed-response' }] },
    ]);
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: ids['listener shop 443'] }));
    expect(Rules?.map(({ Actions }) => Actions?.[0]?.TargetGroupArn)).toContain(ids['target-group api']);
    const health = new DescribeTargetHealthCommand({ TargetGroupArn: ids['target-group api'] });
    expect((await elb.send(health)).TargetHealthDescriptions).toMatchObject([{ Target: { Id: '10.0.2.7' } }]);
    const { CertificateSummaryList } = await new ACMClient(settings()).send(new ListCertificatesCommand());
    expect(CertificateSummaryList).toMatchObject([{ DomainName: 'shop.example.org' }]);
    const HostedZoneId = ids['zone shop.example.org'];
    const { ResourceRecordSets } = await new Route53Client(settings()).send(
      new ListResourceRecordSetsCommand({ HostedZoneId }),
    );
    const aliases = ResourceRecordSets?.flatMap(({ AliasTarget }) => AliasTarget?.DNSName ?? []);
    expect(aliases?.map((name) => name.replace(/\.$/, ''))).toEqual([
      ids['load-balancer-dns shop'],
      ids['distribution-dns site'],
    ]);
    const { DistributionList } = await new CloudFrontClient(settings()).send(new ListDistributionsCommand());
    expect(DistributionList?.Items?.map(({ Origins }) => Origins?.Items?.[0]?.DomainName)).toEqual([
      'shop-site.s3.eu-west-3.amazonaws.com',
      ids['load-balancer-dns shop'],
    ]);
  }, 60_000);

  test('has the containers, and runs those that are not stopped', async () => {
    const ids = await fill();
    const ecs = new ECSClient(settings());
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: 'shop', services: ['api', 'worker'] }),
    );
    expect(services).toMatchObject([
      {
        serviceName: 'api',
        desiredCount: 2,
        runningCount: 2,
        taskDefinition: expect.stringMatching(/:task-definition\/api:2$/),
        loadBalancers: [{ targetGroupArn: ids['target-group api'] }],
      },
      { serviceName: 'worker', desiredCount: 1, runningCount: 0 },
    ]);
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'api' }));
    expect(taskDefinition?.containerDefinitions?.map(({ image }) => image)).toEqual([
      `${ids['repository shop/api']}:1.1`,
      'public.ecr.aws/nginx:1',
    ]);
    const { imageDetails } = await new ECRClient(settings()).send(
      new DescribeImagesCommand({ repositoryName: 'shop/api' }),
    );
    expect(imageDetails?.map(({ imageTags }) => imageTags ?? []).sort()).toEqual([
      [],
      ['1.0'],
      ['1.1', 'latest'],
    ]);
  }, 60_000);

  test('has roles, keys and trails', async () => {
    const ids = await fill();
    const { Role } = await new IAMClient(settings()).send(new GetRoleCommand({ RoleName: 'deploy' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('repo:shop/*');
    const { KeyMetadata } = await new KMSClient(settings()).send(
      new DescribeKeyCommand({ KeyId: 'alias/shop' }),
    );
    expect(KeyMetadata?.KeyId).toBe(ids['key shop']);
    const trail = await new CloudTrailClient(settings()).send(new GetTrailStatusCommand({ Name: 'audit' }));
    expect(trail.IsLogging).toBe(true);
  }, 60_000);

  test('has what keeps data', async () => {
    await fill();
    const s3 = new S3Client(settings());
    const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket: 'shop-site' }));
    expect(block.PublicAccessBlockConfiguration?.BlockPublicPolicy).toBe(true);
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket: 'shop-site' }));
    expect(JSON.stringify(encryption)).toContain('AES256');
    const { DBInstances } = await new RDSClient(settings()).send(new DescribeDBInstancesCommand());
    expect(DBInstances).toMatchObject([{ DBInstanceIdentifier: 'orders', StorageEncrypted: true }]);
    const { CacheClusters } = await new ElastiCacheClient(settings()).send(
      new DescribeCacheClustersCommand(),
    );
    expect(CacheClusters).toMatchObject([{ CacheClusterId: 'sessions' }]);
    const backups = new DescribeContinuousBackupsCommand({ TableName: 'baskets' });
    expect(JSON.stringify(await new DynamoDBClient(settings()).send(backups))).toContain('"ENABLED"');
    const { Parameters } = await new SSMClient(settings()).send(new DescribeParametersCommand());
    expect(Parameters).toMatchObject([{ Name: '/shop/token', Type: 'SecureString' }]);
  }, 60_000);

  test('has what events go through', async () => {
    const ids = await fill();
    const { logGroups } = await new CloudWatchLogsClient(settings()).send(new DescribeLogGroupsCommand());
    expect(logGroups?.map(({ retentionInDays }) => retentionInDays)).toEqual([30, undefined]);
    const { MetricAlarms } = await new CloudWatchClient(settings()).send(new DescribeAlarmsCommand());
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'api-cpu', Threshold: 80 }]);
    const { Subscriptions } = await new SNSClient(settings()).send(
      new ListSubscriptionsByTopicCommand({ TopicArn: ids['topic alerts'] }),
    );
    expect(Subscriptions?.map(({ Endpoint }) => Endpoint)).toEqual(['ops@example.org', ids['queue orders']]);
    const configuration = new GetFunctionConfigurationCommand({ FunctionName: 'import' });
    expect(await new LambdaClient(settings()).send(configuration)).toMatchObject({
      MemorySize: 256,
      Role: ids['role task'],
    });
    const { Targets } = await new EventBridgeClient(settings()).send(
      new ListTargetsByRuleCommand({ Rule: 'nightly' }),
    );
    expect(Targets?.map(({ Arn }) => Arn)).toEqual([ids['function import'], ids['queue orders']]);
  }, 60_000);
});
