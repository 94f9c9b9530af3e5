import {
  type CacheCluster,
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  paginateDescribeReplicationGroups,
  paginateDescribeServerlessCaches,
  type ReplicationGroup,
  type ServerlessCache,
} from '@aws-sdk/client-elasticache';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy, inNetwork } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const CLUSTER: Kind = 'AWS::ElastiCache::CacheCluster';
const GROUP: Kind = 'AWS::ElastiCache::ReplicationGroup';
const SERVERLESS: Kind = 'AWS::ElastiCache::ServerlessCache';

/**
 * Cache clusters, those of replication groups among them, replication groups and serverless caches. Amazon ElastiCache
 * API Reference, version 2015-02-02.
 */
export const elasticache = defineAwsCollector({
  id: 'elasticache',
  title: { fr: 'ElastiCache', en: 'ElastiCache' },
  service: 'elasticache',
  where: 'regions',
  Client: ElastiCacheClient,
  kinds: [CLUSTER, GROUP, SERVERLESS],
  permissions: {
    DescribeCacheClusters: 'elasticache:DescribeCacheClusters',
    DescribeReplicationGroups: 'elasticache:DescribeReplicationGroups',
    DescribeServerlessCaches: 'elasticache:DescribeServerlessCaches',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [CLUSTER],
        paginateDescribeCacheClusters,
        { MaxRecords: 100, ShowCacheNodeInfo: true },
        ({ CacheClusters }) => CacheClusters,
        (one) => seeCluster(aws, one),
      ),
      listOf(
        aws,
        [GROUP],
        paginateDescribeReplicationGroups,
        { MaxRecords: 100 },
        ({ ReplicationGroups }) => ReplicationGroups,
        (one) => seeGroup(aws, one),
      ),
      listOf(
        aws,
        [SERVERLESS],
        paginateDescribeServerlessCaches,
        { MaxResults: 50 },
        ({ ServerlessCaches }) => ServerlessCaches,
        (one) => seeServerless(aws, one),
      ),
    ]);
  },
});

function seeCluster(aws: AwsScope, one: CacheCluster): void {
  const nodes = one.CacheNodes ?? [];
  const groups = one.SecurityGroups?.flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []);
  aws.see({
    kind: CLUSTER,
    name: one.CacheClusterId ?? '',
    ...(one.ARN && { arn: one.ARN }),
    otherNames: [one.ConfigurationEndpoint?.Address, ...nodes.map(({ Endpoint }) => Endpoint?.Address)],
    operation: 'DescribeCacheClusters',
    properties: {
      status: one.CacheClusterStatus,
      engine: one.Engine,
      engineVersion: one.EngineVersion,
      cacheNodeType: one.CacheNodeType,
      numCacheNodes: one.NumCacheNodes,
      port: one.ConfigurationEndpoint?.Port ?? nodes[0]?.Endpoint?.Port,
      transitEncryptionEnabled: one.TransitEncryptionEnabled,
      atRestEncryptionEnabled: one.AtRestEncryptionEnabled,
      snapshotRetentionLimit: one.SnapshotRetentionLimit,
      cacheSubnetGroupName: one.CacheSubnetGroupName,
      securityGroupIds: groups,
    },
    relations: inNetwork({ groups }),
  });
}

function seeGroup(aws: AwsScope, one: ReplicationGroup): void {
  const nodes = one.NodeGroups ?? [];
  aws.see({
    kind: GROUP,
    name: one.ReplicationGroupId ?? '',
    ...(one.ARN && { arn: one.ARN }),
    otherNames: [
      one.ConfigurationEndpoint?.Address,
      ...nodes.flatMap(({ PrimaryEndpoint, ReaderEndpoint }) => [
        PrimaryEndpoint?.Address,
        ReaderEndpoint?.Address,
      ]),
    ],
    operation: 'DescribeReplicationGroups',
    properties: {
      status: one.Status,
      engine: one.Engine,
      cacheNodeType: one.CacheNodeType,
      automaticFailoverEnabled: isOn(one.AutomaticFailover),
      multiAZEnabled: isOn(one.MultiAZ),
      port: one.ConfigurationEndpoint?.Port ?? nodes[0]?.PrimaryEndpoint?.Port,
      transitEncryptionEnabled: one.TransitEncryptionEnabled,
      atRestEncryptionEnabled: one.AtRestEncryptionEnabled,
      authTokenEnabled: one.AuthTokenEnabled,
      snapshotRetentionLimit: one.SnapshotRetentionLimit,
    },
    relations: [
      ...(one.MemberClusters ?? []).map((cluster) => relation('contains', CLUSTER, cluster)),
      encryptedBy(aws, one.KmsKeyId),
    ],
  });
}

/** What is being switched is neither. */
const isOn = (state: string | undefined): boolean | undefined =>
  state === 'enabled' ? true : state === 'disabled' ? false : undefined;

function seeServerless(aws: AwsScope, one: ServerlessCache): void {
  const { SubnetIds: subnets, SecurityGroupIds: groups } = one;
  aws.see({
    kind: SERVERLESS,
    name: one.ServerlessCacheName ?? '',
    ...(one.ARN && { arn: one.ARN }),
    otherNames: [one.Endpoint?.Address, one.ReaderEndpoint?.Address],
    operation: 'DescribeServerlessCaches',
    properties: {
      status: one.Status,
      engine: one.Engine,
      majorEngineVersion: one.MajorEngineVersion,
      port: one.Endpoint?.Port,
      snapshotRetentionLimit: one.SnapshotRetentionLimit,
      subnetIds: subnets,
      securityGroupIds: groups,
    },
    relations: [...inNetwork({ subnets, groups }), encryptedBy(aws, one.KmsKeyId)],
  });
}
