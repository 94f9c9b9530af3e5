import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import {
  CreateCacheClusterCommand,
  CreateReplicationGroupCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Seeder, TWO } from './send.ts';

const PUBLIC = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  });

/** Stores, queues, keys, logs. Gives the ARN of a queue. */
export async function seedData(seed: Seeder, account: string, role: string): Promise<string> {
  const { region } = seed;
  const queue = `arn:aws:sqs:${region}:${account}:jobs-one`;
  const s3 = seed.client(S3Client);
  const events = seed.client(EventBridgeClient);
  const kms = seed.client(KMSClient);
  const cloudwatch = seed.client(CloudWatchClient);
  for (const name of TWO) {
    const Bucket = `files-${name}`;
    await seed.send(s3, CreateBucketCommand, {
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: region as never },
    });
    await seed.send(seed.client(SQSClient), CreateQueueCommand, { QueueName: `jobs-${name}` });
    await seed.send(seed.client(SNSClient), CreateTopicCommand, { Name: `alerts-${name}` });
    await seed.send(seed.client(DynamoDBClient), CreateTableCommand, {
      TableName: `carts-${name}`,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
      BillingMode: 'PAY_PER_REQUEST' as const,
    });
    await seed.send(seed.client(CloudWatchLogsClient), CreateLogGroupCommand, {
      logGroupName: `/app/${name}`,
    });
    await seed.send(cloudwatch, PutMetricAlarmCommand, {
      AlarmName: `alarm-${name}`,
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/ECS',
      Statistic: 'Average' as const,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold' as const,
    });
    await seed.send(seed.client(RDSClient), CreateDBInstanceCommand, {
      DBInstanceIdentifier: `shop-${name}`,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'shop',
      MasterUserPassword: 'not-a-secret',
    });
    await seed.send(seed.client(RDSClient), CreateDBClusterCommand, {
      DBClusterIdentifier: `cluster-${name}`,
      Engine: 'aurora-postgresql',
      MasterUsername: 'shop',
      MasterUserPassword: 'not-a-secret',
    });
    await seed.send(seed.client(ElastiCacheClient), CreateCacheClusterCommand, {
      CacheClusterId: `cache-${name}`,
      CacheNodeType: 'cache.t3.micro',
      Engine: 'redis',
      NumCacheNodes: 1,
    });
    await seed.send(seed.client(ElastiCacheClient), CreateReplicationGroupCommand, {
      ReplicationGroupId: `group-${name}`,
      ReplicationGroupDescription: 'test',
    });
    await seed.send(events, CreateEventBusCommand, { Name: `bus-${name}` });
    await seed.send(events, PutRuleCommand, { Name: `nightly-${name}`, ScheduleExpression: 'rate(1 day)' });
    await seed.send(events, PutTargetsCommand, {
      Rule: `nightly-${name}`,
      Targets: [{ Id: 'a', Arn: queue }],
    });
    await seed.send(seed.client(SchedulerClient), CreateScheduleCommand, {
      Name: `schedule-${name}`,
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' as const },
      Target: { Arn: queue, RoleArn: role },
    });
    await seed.send(seed.client(SecretsManagerClient), CreateSecretCommand, {
      Name: `shop/${name}`,
      SecretString: 'not-a-secret',
    });
    await seed.send(seed.client(SSMClient), PutParameterCommand, {
      Name: `/shop/${name}`,
      Type: 'String' as const,
      Value: 'x',
    });
    const key = await seed.send(kms, CreateKeyCommand, {});
    const { KeyId } = key.KeyMetadata as unknown as { KeyId: string };
    await seed.send(kms, CreateAliasCommand, { AliasName: `alias/shop-${name}`, TargetKeyId: KeyId });
    await seed.send(seed.client(OpenSearchClient), CreateDomainCommand, { DomainName: `search-${name}` });
    await seed.send(seed.client(EFSClient), CreateFileSystemCommand, { CreationToken: name });
  }
  await seed.send(s3, PutBucketVersioningCommand, {
    Bucket: 'files-one',
    VersioningConfiguration: { Status: 'Enabled' as const },
  });
  await seed.send(s3, PutBucketEncryptionCommand, {
    Bucket: 'files-one',
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    },
  });
  await seed.send(s3, PutPublicAccessBlockCommand, {
    Bucket: 'files-one',
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  await seed.send(s3, PutBucketPolicyCommand, { Bucket: 'files-two', Policy: PUBLIC('files-two') });
  await seed.send(seed.client(CloudWatchLogsClient), PutRetentionPolicyCommand, {
    logGroupName: '/app/one',
    retentionInDays: 30,
  });
  for (const name of TWO) {
    await seed.send(seed.client(CloudTrailClient), CreateTrailCommand, {
      Name: `trail-${name}`,
      S3BucketName: 'files-one',
    });
    await seed.send(seed.client(CloudTrailClient), StartLoggingCommand, { Name: `trail-${name}` });
  }
  return queue;
}
