import {
  type DBCluster,
  type DBInstance,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy, inNetwork, leadsTo } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const INSTANCE: Kind = 'AWS::RDS::DBInstance';
const CLUSTER: Kind = 'AWS::RDS::DBCluster';
/** Services whose databases RDS lists among its own: each has its own names of kinds. */
const OTHERS: Record<string, { instance: Kind; cluster: Kind }> = {
  docdb: { instance: 'AWS::DocDB::DBInstance', cluster: 'AWS::DocDB::DBCluster' },
  neptune: { instance: 'AWS::Neptune::DBInstance', cluster: 'AWS::Neptune::DBCluster' },
};
const others = (what: 'instance' | 'cluster') => Object.values(OTHERS).map((one) => one[what]);

/**
 * Database instances and clusters, those of DocumentDB and Neptune among them. Amazon RDS API Reference, version
 * 2014-10-31.
 */
export const rds = defineAwsCollector({
  id: 'rds',
  title: { fr: 'RDS', en: 'RDS' },
  service: 'rds',
  where: 'regions',
  Client: RDSClient,
  kinds: [INSTANCE, CLUSTER, ...others('instance'), ...others('cluster')],
  permissions: {
    DescribeDBInstances: 'rds:DescribeDBInstances',
    DescribeDBClusters: 'rds:DescribeDBClusters',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [INSTANCE, ...others('instance')],
        paginateDescribeDBInstances,
        { MaxRecords: 100 },
        ({ DBInstances }) => DBInstances,
        (one) => seeInstance(aws, one),
      ),
      listOf(
        aws,
        [CLUSTER, ...others('cluster')],
        paginateDescribeDBClusters,
        { MaxRecords: 100 },
        ({ DBClusters }) => DBClusters,
        (one) => seeCluster(aws, one),
      ),
    ]);
  },
});

/** The kind of an engine's service, but RDS's where a file speaks of it as that: the two share their names. */
function kindOf(aws: AwsScope, what: 'instance' | 'cluster', engine: string | undefined, name: string): Kind {
  const plain = what === 'instance' ? INSTANCE : CLUSTER;
  const own = OTHERS[engine ?? '']?.[what];
  return own === undefined || aws.isDeclared(plain, name) ? plain : own;
}

function seeInstance(aws: AwsScope, one: DBInstance): void {
  const { DBInstanceIdentifier: name = '', DBClusterIdentifier: cluster, DBSubnetGroup: network } = one;
  const groups = groupsOf(one);
  const subnets = network?.Subnets?.flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
  aws.see({
    kind: kindOf(aws, 'instance', one.Engine, name),
    name,
    ...(one.DBInstanceArn && { arn: one.DBInstanceArn }),
    otherNames: [one.Endpoint?.Address],
    operation: 'DescribeDBInstances',
    properties: {
      status: one.DBInstanceStatus,
      engine: one.Engine,
      engineVersion: one.EngineVersion,
      instanceClass: one.DBInstanceClass,
      allocatedStorage: one.AllocatedStorage,
      storageType: one.StorageType,
      storageEncrypted: one.StorageEncrypted,
      publiclyAccessible: one.PubliclyAccessible,
      multiAZ: one.MultiAZ,
      deletionProtection: one.DeletionProtection,
      backupRetentionPeriod: one.BackupRetentionPeriod,
      autoMinorVersionUpgrade: one.AutoMinorVersionUpgrade,
      endpoint: one.Endpoint?.Address,
      port: one.Endpoint?.Port,
      subnetIds: subnets,
      securityGroupIds: groups,
    },
    relations: [
      cluster ? relation('part-of', kindOf(aws, 'cluster', one.Engine, cluster), cluster) : undefined,
      ...inNetwork({ vpc: network?.VpcId, subnets, groups }),
      encryptedBy(aws, one.KmsKeyId),
      leadsTo(aws, 'uses', one.MasterUserSecret?.SecretArn),
    ],
  });
}

function seeCluster(aws: AwsScope, one: DBCluster): void {
  const { DBClusterIdentifier: name = '' } = one;
  const groups = groupsOf(one);
  aws.see({
    kind: kindOf(aws, 'cluster', one.Engine, name),
    name,
    ...(one.DBClusterArn && { arn: one.DBClusterArn }),
    otherNames: [one.Endpoint, one.ReaderEndpoint, ...(one.CustomEndpoints ?? [])],
    operation: 'DescribeDBClusters',
    properties: {
      status: one.Status,
      engine: one.Engine,
      engineVersion: one.EngineVersion,
      engineMode: one.EngineMode,
      storageEncrypted: one.StorageEncrypted,
      multiAZ: one.MultiAZ,
      deletionProtection: one.DeletionProtection,
      backupRetentionPeriod: one.BackupRetentionPeriod,
      endpoint: one.Endpoint,
      port: one.Port,
      dBSubnetGroup: one.DBSubnetGroup,
      securityGroupIds: groups,
    },
    relations: [
      ...inNetwork({ groups }),
      encryptedBy(aws, one.KmsKeyId),
      leadsTo(aws, 'uses', one.MasterUserSecret?.SecretArn),
    ],
  });
}

const groupsOf = ({ VpcSecurityGroups = [] }: DBInstance | DBCluster): string[] =>
  VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
