import { expect, test } from 'vitest';
import { rds } from './rds.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:rds:eu-west-3:${ACCOUNT}:${rest}`;
const instance = (name: string, engine: string, more = '') =>
  `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier><DBInstanceArn>${arn(`db:${name}`)}</DBInstanceArn><Engine>${engine}</Engine><DBInstanceClass>db.t4g.medium</DBInstanceClass>${more}</DBInstance>`;
const cluster = (name: string, engine: string, more = '') =>
  `<DBCluster><DBClusterIdentifier>${name}</DBClusterIdentifier><DBClusterArn>${arn(`cluster:${name}`)}</DBClusterArn><Engine>${engine}</Engine>${more}</DBCluster>`;
const instances = (...list: string[]) => `<DBInstances>${list.join('')}</DBInstances>`;
const clusters = (...list: string[]) => `<DBClusters>${list.join('')}</DBClusters>`;

const ENDPOINT = 'shop-prod.abc123.eu-west-3.rds.amazonaws.com';
const postgres = instance(
  'shop-prod',
  'postgres',
  `<DBInstanceStatus>available</DBInstanceStatus><EngineVersion>17.4</EngineVersion><StorageEncrypted>true</StorageEncrypted><PubliclyAccessible>false</PubliclyAccessible><MultiAZ>true</MultiAZ><DeletionProtection>true</DeletionProtection><BackupRetentionPeriod>7</BackupRetentionPeriod><Endpoint><Address>${ENDPOINT}</Address><Port>5432</Port></Endpoint><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId></VpcSecurityGroupMembership></VpcSecurityGroups><DBSubnetGroup><VpcId>vpc-1</VpcId><Subnets><Subnet><SubnetIdentifier>subnet-1</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup><MasterUsername>hidden</MasterUsername>`,
);

test('an instance says what it is, who reaches it and how it is kept', async () => {
  const { facts } = await collected(rds, { 'rds:DescribeDBInstances': instances(postgres) });
  expect(factOf(facts, 'shop-prod')).toMatchObject({
    kind: 'AWS::RDS::DBInstance',
    arn: arn('db:shop-prod'),
    otherNames: [ENDPOINT],
    environments: ['prod'],
    properties: {
      engine: 'postgres',
      engineVersion: '17.4',
      instanceClass: 'db.t4g.medium',
      storageEncrypted: true,
      publiclyAccessible: false,
      multiAZ: true,
      deletionProtection: true,
      backupRetentionPeriod: 7,
      port: 5432,
    },
    relations: [
      { type: 'in-vpc', to: { name: 'vpc-1' } },
      { type: 'in-subnet', to: { name: 'subnet-1' } },
      { type: 'protected-by', to: { name: 'sg-1' } },
    ],
  });
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a cluster is known by its endpoints, and its instances are part of it', async () => {
  const { facts } = await collected(rds, {
    'rds:DescribeDBInstances': instances(
      instance('orders-1', 'aurora-mysql', '<DBClusterIdentifier>orders</DBClusterIdentifier>'),
    ),
    'rds:DescribeDBClusters': clusters(
      cluster(
        'orders',
        'aurora-mysql',
        '<Endpoint>w.example</Endpoint><ReaderEndpoint>r.example</ReaderEndpoint>',
      ),
    ),
  });
  expect(factOf(facts, 'orders').otherNames).toEqual(['w.example', 'r.example']);
  expect(factOf(facts, 'orders-1').relations).toEqual([
    { type: 'part-of', to: { kind: 'AWS::RDS::DBCluster', name: 'orders' } },
  ]);
});

test('databases of DocumentDB and Neptune are not those of RDS', async () => {
  const { facts } = await collected(rds, {
    'rds:DescribeDBInstances': instances(instance('documents-1', 'docdb')),
    'rds:DescribeDBClusters': clusters(cluster('documents', 'docdb'), cluster('graph', 'neptune')),
  });
  expect(facts.map(({ kind, name }) => [kind, name])).toEqual(
    expect.arrayContaining([
      ['AWS::DocDB::DBInstance', 'documents-1'],
      ['AWS::DocDB::DBCluster', 'documents'],
      ['AWS::Neptune::DBCluster', 'graph'],
    ]),
  );
});

test('one that a file calls a cluster of RDS is found as that', async () => {
  const { facts } = await collected(
    rds,
    { 'rds:DescribeDBClusters': clusters(cluster('documents', 'docdb')) },
    { declared: [['AWS::RDS::DBCluster', 'documents']] },
  );
  expect(factOf(facts, 'documents').kind).toBe('AWS::RDS::DBCluster');
});

test('a refused list of instances is not established, and clusters are', async () => {
  const { lookups } = await collected(rds, {
    'rds:DescribeDBInstances': DENIED,
    'rds:DescribeDBClusters': clusters(cluster('orders', 'aurora-mysql')),
  });
  const open = lookups.filter(({ refusal }) => refusal);
  expect(open.map(({ kind }) => kind)).toEqual([
    'AWS::RDS::DBInstance',
    'AWS::DocDB::DBInstance',
    'AWS::Neptune::DBInstance',
  ]);
  expect(open[0]?.refusal).toMatchObject({
    operation: 'rds:DescribeDBInstances',
    permission: 'rds:DescribeDBInstances',
  });
  expect(lookups.filter(({ refusal }) => !refusal).map(({ kind }) => kind)).toContain('AWS::RDS::DBCluster');
});
