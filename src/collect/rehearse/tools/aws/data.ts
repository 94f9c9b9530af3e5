import { aroundSymbols } from '#lib/symbolic.ts';
import type { Verb } from '#model/fact.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { operationOf, type Services } from './service.ts';

/** The bucket of `s3://bucket/key`; access points are no buckets. */
export const bucketOf = (text: string): string | undefined =>
  aroundSymbols(text, (hidden) => /^s3:\/\/([^/:\s]+)/.exec(hidden)?.[1]);

/** `aws s3` takes its buckets as words: what is written to must be there, what is read from is used. */
function s3Buckets(call: ParsedCall): Named[] {
  const operation = operationOf(call);
  const verbOf = (index: number): Verb => {
    if (operation === 'mb') return 'creates';
    if (operation === 'rb') return 'deletes';
    if (operation === 'ls' || operation === 'presign') return 'uses';
    return index > 0 || call.words.length < 2 || operation === 'mv' ? 'requires' : 'uses';
  };
  return call.words.flatMap((word, index) => {
    const name = bucketOf(word);
    return name === undefined ? [] : [{ kind: 'AWS::S3::Bucket', name, verb: verbOf(index) }];
  });
}

/** Buckets, databases, caches, streams, file systems. */
export const data: Services = {
  s3: {
    named: (call, found) => [...found, ...s3Buckets(call)],
    verbs: {
      mb: 'creates',
      rb: 'deletes',
      rm: 'requires',
      ls: 'uses',
      presign: 'uses',
      cp: 'requires',
      mv: 'requires',
      sync: 'requires',
      website: 'requires',
    },
  },
  s3api: { options: { bucket: 'AWS::S3::Bucket' } },
  dynamodb: {
    options: { 'table-name': 'AWS::DynamoDB::Table', 'global-table-name': 'AWS::DynamoDB::GlobalTable' },
  },
  rds: {
    options: {
      'db-instance-identifier': 'AWS::RDS::DBInstance',
      'db-cluster-identifier': 'AWS::RDS::DBCluster',
      'db-subnet-group-name': 'AWS::RDS::DBSubnetGroup',
      'db-parameter-group-name': 'AWS::RDS::DBParameterGroup',
      'db-proxy-name': 'AWS::RDS::DBProxy',
    },
    verbs: { 'create-db-snapshot': 'requires', 'create-db-cluster-snapshot': 'requires' },
  },
  docdb: { options: { 'db-cluster-identifier': 'AWS::DocDB::DBCluster' } },
  redshift: { options: { 'cluster-identifier': 'AWS::Redshift::Cluster' } },
  elasticache: {
    options: {
      'cache-cluster-id': 'AWS::ElastiCache::CacheCluster',
      'replication-group-id': 'AWS::ElastiCache::ReplicationGroup',
      'cache-subnet-group-name': 'AWS::ElastiCache::SubnetGroup',
    },
  },
  opensearch: { options: { 'domain-name': 'AWS::OpenSearchService::Domain' } },
  es: {
    options: { 'domain-name': 'AWS::OpenSearchService::Domain' },
    subjects: { 'elasticsearch-domain': 'AWS::OpenSearchService::Domain' },
  },
  efs: { options: { 'file-system-id': 'AWS::EFS::FileSystem' } },
  kinesis: { options: { 'stream-name': 'AWS::Kinesis::Stream', 'stream-arn': 'AWS::Kinesis::Stream' } },
  firehose: { options: { 'delivery-stream-name': 'AWS::KinesisFirehose::DeliveryStream' } },
  backup: { options: { 'backup-vault-name': 'AWS::Backup::BackupVault' } },
  transfer: {},
  lightsail: {
    options: {
      'service-name': [[/container/, 'AWS::Lightsail::Container']],
      'instance-name': 'AWS::Lightsail::Instance',
    },
    verbs: { 'create-container-service-deployment': 'requires' },
  },
};
