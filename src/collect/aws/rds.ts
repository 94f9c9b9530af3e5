import {
  type DBCluster,
  type DBInstance,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const INSTANCE: Kind = 'AWS::RDS::DBInstance';
const CLUSTER: Kind = 'AWS::RDS::DBCluster';

/** Database instances and clusters. Amazon RDS API Reference, version 2014-10-31. */
export const rds = defineAwsCollector({
  id: 'rds',
  title: { fr: 'RDS', en: 'RDS' },
  service: 'rds',
  where: 'regions',
  Client: RDSClient,
  kinds: [INSTANCE, CLUSTER],
  permissions: {
    DescribeDBInstances: 'rds:DescribeDBInstances',
    DescribeDBClusters: 'rds:DescribeDBClusters',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [INSTANCE],
        paginateDescribeDBInstances,
        { MaxRecords: 100 },
        ({ DBInstances }) => DBInstances,
        (one) => seeInstance(aws, one),
      ),
      listOf(
        aws,
        [CLUSTER],
        paginateDescribeDBClusters,
        { MaxRecords: 100 },
        ({ DBClusters }) => DBClusters,
        (one) => seeCluster(aws, one),
      ),
    ]);
  },
});

function seeInstance(aws: AwsScope, one: DBInstance): void {
  const groups = (one.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
  const subnets = (one.DBSubnetGroup?.Subnets ?? []).flatMap(
    ({ SubnetIdentifier }) => SubnetIdentifier ?? [],
  );
  aws.see({
    kind: INSTANCE,
    name: one.DBInstanceIdentifier ?? '',
    ...(one.DBInstanceArn && { arn: one.DBInstanceArn }),
    otherNames: [one.Endpoint?.Address],
    operation: 'DescribeDBInstances',
    properties: {
      status: one.DBInstanceStatus,
      engine: one.Engine,
      engineVersion: one.EngineVersion,
      instanceClass: one.DBInstanceClass,
      allocatedStorage: one.AllocatedStorage,
      storageEncrypted: one.StorageEncrypted,
      publiclyAccessible: one.PubliclyAccessible,
      multiAZ: one.MultiAZ,
      deletionProtection: one.DeletionProtection,
      backupRetentionPeriod: one.BackupRetentionPeriod,
      endpoint: one.Endpoint?.Address,
      port: one.Endpoint?.Port,
      subnetIds: subnets,
      securityGroupIds: groups,
    },
    relations: [
      one.DBClusterIdentifier ? relation('part-of', CLUSTER, one.DBClusterIdentifier) : undefined,
      ...groups.map((group) => relation('protected-by', 'AWS::EC2::SecurityGroup', group)),
    ],
  });
}

function seeCluster(aws: AwsScope, one: DBCluster): void {
  aws.see({
    kind: CLUSTER,
    name: one.DBClusterIdentifier ?? '',
    ...(one.DBClusterArn && { arn: one.DBClusterArn }),
    otherNames: [one.Endpoint, one.ReaderEndpoint],
    operation: 'DescribeDBClusters',
    properties: {
      status: one.Status,
      engine: one.Engine,
      engineVersion: one.EngineVersion,
      storageEncrypted: one.StorageEncrypted,
      multiAZ: one.MultiAZ,
      deletionProtection: one.DeletionProtection,
      backupRetentionPeriod: one.BackupRetentionPeriod,
      endpoint: one.Endpoint,
      port: one.Port,
    },
  });
}
