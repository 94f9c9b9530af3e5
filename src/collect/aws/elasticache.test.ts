import { expect, test } from 'vitest';
import { elasticache } from './elasticache.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:elasticache:eu-west-3:${ACCOUNT}:${rest}`;
const answers = {
  'elasticache:DescribeCacheClusters': `<CacheClusters><CacheCluster><CacheClusterId>sessions-001</CacheClusterId><ARN>${arn('cluster:sessions-001')}</ARN><CacheClusterStatus>available</CacheClusterStatus><Engine>redis</Engine><EngineVersion>7.1.0</EngineVersion><CacheNodeType>cache.t4g.small</CacheNodeType><ReplicationGroupId>sessions</ReplicationGroupId><SecurityGroups><member><SecurityGroupId>sg-1</SecurityGroupId></member></SecurityGroups><CacheNodes><CacheNode><Endpoint><Address>one.example</Address><Port>6379</Port></Endpoint></CacheNode></CacheNodes></CacheCluster></CacheClusters>`,
  'elasticache:DescribeReplicationGroups': `<ReplicationGroups><ReplicationGroup><ReplicationGroupId>sessions</ReplicationGroupId><ARN>${arn('replicationgroup:sessions')}</ARN><Status>available</Status><MemberClusters><ClusterId>sessions-001</ClusterId></MemberClusters><NodeGroups><NodeGroup><PrimaryEndpoint><Address>primary.example</Address><Port>6379</Port></PrimaryEndpoint></NodeGroup></NodeGroups><AutomaticFailover>enabled</AutomaticFailover><MultiAZ>disabled</MultiAZ><AtRestEncryptionEnabled>true</AtRestEncryptionEnabled><TransitEncryptionEnabled>true</TransitEncryptionEnabled><CacheNodeType>cache.t4g.small</CacheNodeType></ReplicationGroup></ReplicationGroups>`,
  'elasticache:DescribeServerlessCaches': `<ServerlessCaches><member><ServerlessCacheName>pages</ServerlessCacheName><ARN>${arn('serverlesscache:pages')}</ARN><Status>available</Status><Engine>valkey</Engine><MajorEngineVersion>8</MajorEngineVersion><Endpoint><Address>pages.example</Address><Port>6379</Port></Endpoint><SubnetIds><SubnetId>subnet-1</SubnetId></SubnetIds></member></ServerlessCaches>`,
};

test('a cache cluster says what it is, and is known by the addresses of its nodes', async () => {
  const { facts } = await collected(elasticache, answers);
  expect(factOf(facts, 'sessions-001')).toMatchObject({
    kind: 'AWS::ElastiCache::CacheCluster',
    arn: arn('cluster:sessions-001'),
    otherNames: ['one.example'],
    properties: { engine: 'redis', engineVersion: '7.1.0', cacheNodeType: 'cache.t4g.small', port: 6379 },
    relations: [{ type: 'protected-by', to: { name: 'sg-1' } }],
  });
});

test('a replication group contains its clusters, and says what is on', async () => {
  const { facts } = await collected(elasticache, answers);
  expect(factOf(facts, 'sessions')).toMatchObject({
    kind: 'AWS::ElastiCache::ReplicationGroup',
    otherNames: ['primary.example'],
    properties: {
      automaticFailoverEnabled: true,
      multiAZEnabled: false,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
    },
    relations: [{ type: 'contains', to: { kind: 'AWS::ElastiCache::CacheCluster', name: 'sessions-001' } }],
  });
});

test('failover that is being switched on is neither on nor off', async () => {
  const { facts } = await collected(elasticache, {
    ...answers,
    'elasticache:DescribeReplicationGroups': answers['elasticache:DescribeReplicationGroups'].replace(
      '<AutomaticFailover>enabled',
      '<AutomaticFailover>enabling',
    ),
  });
  expect(factOf(facts, 'sessions').properties).not.toHaveProperty('automaticFailoverEnabled');
});

test('a serverless cache is in its subnets', async () => {
  const { facts } = await collected(elasticache, answers);
  expect(factOf(facts, 'pages')).toMatchObject({
    kind: 'AWS::ElastiCache::ServerlessCache',
    otherNames: ['pages.example'],
    properties: { engine: 'valkey', majorEngineVersion: '8' },
    relations: [{ type: 'in-subnet', to: { name: 'subnet-1' } }],
  });
});

test.each([
  ['DescribeCacheClusters', 'AWS::ElastiCache::CacheCluster'],
  ['DescribeReplicationGroups', 'AWS::ElastiCache::ReplicationGroup'],
  ['DescribeServerlessCaches', 'AWS::ElastiCache::ServerlessCache'],
])('where %s is refused %s is not established, and the others are', async (operation, kind) => {
  const { lookups } = await collected(elasticache, { ...answers, [`elasticache:${operation}`]: DENIED });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind, refusal: { operation: `elasticache:${operation}`, permission: `elasticache:${operation}` } },
  ]);
});
