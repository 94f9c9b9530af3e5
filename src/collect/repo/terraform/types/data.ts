import type { SettingMapping, TypeMapping } from './mapping.ts';

/** Databases, stores and caches. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_s3_bucket: {
    kind: 'AWS::S3::Bucket',
    name: ['bucket'],
    prefix: 'bucket_prefix',
    idIsName: true,
    properties: {
      encryption:
        'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm',
    },
  },
  aws_dynamodb_table: {
    kind: 'AWS::DynamoDB::Table',
    name: ['name'],
    idIsName: true,
    properties: {
      billingMode: 'billing_mode',
      pointInTimeRecovery: 'point_in_time_recovery.enabled',
      deletionProtectionEnabled: 'deletion_protection_enabled',
      sseEnabled: 'server_side_encryption.enabled',
    },
  },
  aws_db_instance: {
    kind: 'AWS::RDS::DBInstance',
    name: ['identifier', 'db_instance_identifier'],
    prefix: 'identifier_prefix',
    properties: {
      engine: 'engine',
      engineVersion: 'engine_version',
      instanceClass: 'instance_class',
      multiAZ: 'multi_az',
      publiclyAccessible: 'publicly_accessible',
      storageEncrypted: 'storage_encrypted',
      allocatedStorage: 'allocated_storage',
      backupRetentionPeriod: 'backup_retention_period',
      deletionProtection: 'deletion_protection',
      port: 'port',
    },
    relations: [
      ['vpc_security_group_ids', 'uses'],
      ['kms_key_id', 'uses'],
    ],
  },
  aws_rds_cluster: {
    kind: 'AWS::RDS::DBCluster',
    name: ['cluster_identifier'],
    prefix: 'cluster_identifier_prefix',
    idIsName: true,
    properties: {
      engine: 'engine',
      engineVersion: 'engine_version',
      engineMode: 'engine_mode',
      storageEncrypted: 'storage_encrypted',
      backupRetentionPeriod: 'backup_retention_period',
      deletionProtection: 'deletion_protection',
      port: 'port',
    },
    relations: [
      ['vpc_security_group_ids', 'uses'],
      ['kms_key_id', 'uses'],
    ],
  },
  aws_rds_cluster_instance: {
    kind: 'AWS::RDS::DBInstance',
    name: ['identifier'],
    prefix: 'identifier_prefix',
    idIsName: true,
    properties: {
      engine: 'engine',
      engineVersion: 'engine_version',
      instanceClass: 'instance_class',
      publiclyAccessible: 'publicly_accessible',
    },
    relations: [['cluster_identifier', 'part-of', 'AWS::RDS::DBCluster']],
  },
  aws_elasticache_cluster: {
    kind: 'AWS::ElastiCache::CacheCluster',
    name: ['cluster_id'],
    idIsName: true,
    properties: {
      engine: 'engine',
      engineVersion: 'engine_version',
      cacheNodeType: 'node_type',
      numCacheNodes: 'num_cache_nodes',
      port: 'port',
    },
    relations: [['security_group_ids', 'uses']],
  },
  aws_elasticache_replication_group: {
    kind: 'AWS::ElastiCache::ReplicationGroup',
    name: ['replication_group_id'],
    idIsName: true,
    properties: {
      engine: 'engine',
      engineVersion: 'engine_version',
      cacheNodeType: 'node_type',
      atRestEncryptionEnabled: 'at_rest_encryption_enabled',
      transitEncryptionEnabled: 'transit_encryption_enabled',
      automaticFailoverEnabled: 'automatic_failover_enabled',
      multiAZEnabled: 'multi_az_enabled',
      port: 'port',
    },
    relations: [['security_group_ids', 'uses']],
  },
  aws_opensearch_domain: {
    kind: 'AWS::OpenSearchService::Domain',
    name: ['domain_name'],
    properties: { engineVersion: 'engine_version' },
  },
  aws_elasticsearch_domain: { kind: 'AWS::OpenSearchService::Domain', name: ['domain_name'] },
  aws_db_proxy: {
    kind: 'AWS::RDS::DBProxy',
    name: ['name'],
    properties: { engineFamily: 'engine_family', requireTLS: 'require_tls' },
    relations: [['role_arn', 'assumes', 'AWS::IAM::Role']],
  },
  aws_docdb_cluster: {
    kind: 'AWS::DocDB::DBCluster',
    name: ['cluster_identifier'],
    prefix: 'cluster_identifier_prefix',
    idIsName: true,
    properties: {
      engineVersion: 'engine_version',
      storageEncrypted: 'storage_encrypted',
      deletionProtection: 'deletion_protection',
    },
  },
  aws_redshift_cluster: {
    kind: 'AWS::Redshift::Cluster',
    name: ['cluster_identifier'],
    idIsName: true,
    properties: {
      nodeType: 'node_type',
      encrypted: 'encrypted',
      publiclyAccessible: 'publicly_accessible',
    },
  },
  aws_msk_cluster: {
    kind: 'AWS::MSK::Cluster',
    name: ['cluster_name'],
    properties: { kafkaVersion: 'kafka_version' },
  },
  aws_athena_workgroup: { kind: 'AWS::Athena::WorkGroup', name: ['name'], idIsName: true },
  aws_glue_catalog_database: { kind: 'AWS::Glue::Database', name: ['name'] },
  aws_efs_file_system: {
    kind: 'AWS::EFS::FileSystem',
    name: ['tags.Name'],
    properties: {
      encrypted: 'encrypted',
      performanceMode: 'performance_mode',
      throughputMode: 'throughput_mode',
    },
  },
};

const bucket = { of: 'bucket', kind: 'AWS::S3::Bucket' } as const;

export const settings: Record<string, SettingMapping> = {
  aws_s3_bucket_versioning: { ...bucket, properties: { versioning: 'versioning_configuration.status' } },
  aws_s3_bucket_server_side_encryption_configuration: {
    ...bucket,
    properties: { encryption: 'rule.apply_server_side_encryption_by_default.sse_algorithm' },
  },
  aws_s3_bucket_public_access_block: {
    ...bucket,
    all: [
      'publicAccessBlock',
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
    ],
  },
  aws_s3_bucket_logging: { ...bucket, relations: [['target_bucket', 'logs-to', 'AWS::S3::Bucket']] },
  aws_s3_bucket_notification: {
    ...bucket,
    relations: [
      ['lambda_function.lambda_function_arn', 'routes-to'],
      ['queue.queue_arn', 'routes-to'],
      ['topic.topic_arn', 'routes-to'],
    ],
  },
  aws_efs_mount_target: {
    of: 'file_system_id',
    kind: 'AWS::EFS::FileSystem',
    relations: [['subnet_id', 'runs-in']],
  },
};
