import {
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  paginateDescribeReplicationGroups,
} from '@aws-sdk/client-elasticache';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const CLUSTER: Kind = 'AWS::ElastiCache::CacheCluster';
const GROUP: Kind = 'AWS::ElastiCache::ReplicationGroup';

/** Cache clusters and replication groups. Amazon ElastiCache API Reference, version 2015-02-02. */
export const elasticache = defineAwsCollector({
  id: 'elasticache',
  title: { fr: 'ElastiCache', en: 'ElastiCache' },
  service: 'elasticache',
  where: 'regions',
  Client: ElastiCacheClient,
  kinds: [CLUSTER, GROUP],
  permissions: {
    DescribeCacheClusters: 'elasticache:DescribeCacheClusters',
    DescribeReplicationGroups: 'elasticache:DescribeReplicationGroups',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [CLUSTER],
        paginateDescribeCacheClusters,
        { MaxRecords: 100, ShowCacheNodeInfo: true },
        ({ CacheClusters }) => CacheClusters,
        (one) =>
          aws.see({
            kind: CLUSTER,
            name: one.CacheClusterId ?? '',
            ...(one.ARN && { arn: one.ARN }),
            otherNames: [
              one.ConfigurationEndpoint?.Address,
              ...(one.CacheNodes ?? []).map(({ Endpoint }) => Endpoint?.Address),
            ],
            operation: 'DescribeCacheClusters',
            properties: {
              status: one.CacheClusterStatus,
              engine: one.Engine,
              engineVersion: one.EngineVersion,
              cacheNodeType: one.CacheNodeType,
              numCacheNodes: one.NumCacheNodes,
              transitEncryptionEnabled: one.TransitEncryptionEnabled,
              atRestEncryptionEnabled: one.AtRestEncryptionEnabled,
            },
            relations: [
              one.ReplicationGroupId ? relation('part-of', GROUP, one.ReplicationGroupId) : undefined,
            ],
          }),
      ),
      listOf(
        aws,
        [GROUP],
        paginateDescribeReplicationGroups,
        { MaxRecords: 100 },
        ({ ReplicationGroups }) => ReplicationGroups,
        (one) =>
          aws.see({
            kind: GROUP,
            name: one.ReplicationGroupId ?? '',
            ...(one.ARN && { arn: one.ARN }),
            otherNames: [
              one.ConfigurationEndpoint?.Address,
              ...(one.NodeGroups ?? []).flatMap(({ PrimaryEndpoint, ReaderEndpoint }) => [
                PrimaryEndpoint?.Address,
                ReaderEndpoint?.Address,
              ]),
            ],
            operation: 'DescribeReplicationGroups',
            properties: {
              status: one.Status,
              engine: one.Engine,
              cacheNodeType: one.CacheNodeType,
              automaticFailover: one.AutomaticFailover,
              multiAZ: one.MultiAZ,
              transitEncryptionEnabled: one.TransitEncryptionEnabled,
              atRestEncryptionEnabled: one.AtRestEncryptionEnabled,
            },
          }),
      ),
    ]);
  },
});
