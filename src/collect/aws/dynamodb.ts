import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy } from './leads-to.ts';
import { listOf } from './list-of.ts';

const TABLE: Kind = 'AWS::DynamoDB::Table';

/** Tables; the backups of those that files name. Amazon DynamoDB API Reference, version 2012-08-10. */
export const dynamodb = defineAwsCollector({
  id: 'dynamodb',
  title: { fr: 'DynamoDB', en: 'DynamoDB' },
  service: 'dynamodb',
  where: 'regions',
  Client: DynamoDBClient,
  kinds: [TABLE],
  permissions: {
    ListTables: 'dynamodb:ListTables',
    DescribeTable: 'dynamodb:DescribeTable',
    DescribeContinuousBackups: 'dynamodb:DescribeContinuousBackups',
  },
  async collect(aws) {
    await listOf(
      aws,
      [TABLE],
      paginateListTables,
      { Limit: 100 },
      ({ TableNames }) => TableNames,
      (name) => seeTable(aws, name),
    );
  },
});

async function seeTable(aws: AwsScope, TableName: string): Promise<void> {
  const [table, backups] = await Promise.all([
    aws.ask(DescribeTableCommand, { TableName }),
    aws.isDeclared(TABLE, TableName) ? aws.ask(DescribeContinuousBackupsCommand, { TableName }) : undefined,
  ]);
  const is = table.output?.Table;
  const recovery =
    backups?.output?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  aws.see({
    kind: TABLE,
    name: TableName,
    arn: is?.TableArn ?? `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${TableName}`,
    operation: is ? 'DescribeTable' : 'ListTables',
    properties: {
      status: is?.TableStatus,
      // a table made before it could be chosen is provisioned, and says nothing
      billingMode: is && (is.BillingModeSummary?.BillingMode ?? 'PROVISIONED'),
      keySchema: is?.KeySchema?.map(({ AttributeName = '', KeyType = '' }) => `${AttributeName} ${KeyType}`),
      itemCount: is?.ItemCount,
      tableSizeBytes: is?.TableSizeBytes,
      deletionProtectionEnabled: is?.DeletionProtectionEnabled,
      // without it the table is encrypted by a key of DynamoDB's own
      sseEnabled: is && is.SSEDescription?.Status === 'ENABLED',
      streamEnabled: is && is.StreamSpecification?.StreamEnabled === true,
      pointInTimeRecovery: recovery && recovery === 'ENABLED',
    },
    relations: [encryptedBy(aws, is?.SSEDescription?.KMSMasterKeyArn)],
    refusals: [table.refusal, backups?.refusal],
  });
}
