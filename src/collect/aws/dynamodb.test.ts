import { expect, test } from 'vitest';
import { dynamodb } from './dynamodb.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const TABLE = `arn:aws:dynamodb:eu-west-3:${ACCOUNT}:table/orders`;
const KEY = `arn:aws:kms:eu-west-3:${ACCOUNT}:key/1`;
const table = {
  TableName: 'orders',
  TableArn: TABLE,
  TableStatus: 'ACTIVE',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ItemCount: 12,
  TableSizeBytes: 4096,
  BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  DeletionProtectionEnabled: true,
  SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: KEY },
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
};
const answers = {
  'dynamodb:ListTables': { TableNames: ['orders'] },
  'dynamodb:DescribeTable': { Table: table },
  'dynamodb:DescribeContinuousBackups': {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  },
};
const declared = [['AWS::DynamoDB::Table', 'orders']] as const;

test('a table says how it is paid, kept and encrypted', async () => {
  const { facts, calls } = await collected(dynamodb, answers);
  expect(factOf(facts, 'orders')).toMatchObject({
    arn: TABLE,
    properties: {
      status: 'ACTIVE',
      billingMode: 'PAY_PER_REQUEST',
      keySchema: ['id HASH'],
      deletionProtectionEnabled: true,
      sseEnabled: true,
      streamEnabled: true,
    },
    relations: [{ type: 'encrypted-by', to: { kind: 'AWS::KMS::Key', name: KEY } }],
  });
  expect(calls).toEqual(['dynamodb:ListTables', 'dynamodb:DescribeTable']);
});

test('a table that says nothing of its billing is provisioned, and of its key is encrypted by AWS', async () => {
  const { BillingModeSummary: _, SSEDescription: __, ...plain } = table;
  const { facts } = await collected(dynamodb, { ...answers, 'dynamodb:DescribeTable': { Table: plain } });
  expect(factOf(facts, 'orders').properties).toMatchObject({ billingMode: 'PROVISIONED', sseEnabled: false });
});

test('whether a table can be recovered is told where a file names it', async () => {
  const { facts } = await collected(dynamodb, answers, { declared });
  expect(factOf(facts, 'orders').properties).toMatchObject({ pointInTimeRecovery: false });
});

test('refused details keep the table, and say nothing for it', async () => {
  const { facts } = await collected(
    dynamodb,
    { ...answers, 'dynamodb:DescribeTable': DENIED, 'dynamodb:DescribeContinuousBackups': DENIED },
    { declared },
  );
  const seen = factOf(facts, 'orders');
  expect(seen.arn).toBe(TABLE);
  expect(seen.properties).toBeUndefined();
  expect(seen.refusals?.map(({ permission }) => permission)).toEqual([
    'dynamodb:DescribeTable',
    'dynamodb:DescribeContinuousBackups',
  ]);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(dynamodb, { 'dynamodb:ListTables': DENIED });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'dynamodb:ListTables', permission: 'dynamodb:ListTables' } },
  ]);
});
