import { CreateTableCommand, DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateCacheClusterCommand,
  type CreateCacheClusterCommandInput,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { CreateDBInstanceCommand, type CreateDBInstanceCommandInput, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ParameterType, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Statement } from './identity.ts';
import { each, type Made } from './made.ts';

export interface DataDescription {
  buckets?: Record<
    string,
    {
      versioning?: 'Enabled' | 'Suspended';
      encryption?: 'AES256' | 'aws:kms';
      /** All four settings at once. */
      publicAccessBlock?: boolean;
      policy?: Statement[];
    }
  >;
  databases?: Record<string, Omit<Partial<CreateDBInstanceCommandInput>, 'DBInstanceIdentifier'>>;
  caches?: Record<string, Omit<Partial<CreateCacheClusterCommandInput>, 'CacheClusterId'>>;
  tables?: Record<string, { billing?: 'PAY_PER_REQUEST' | 'PROVISIONED'; pointInTimeRecovery?: boolean }>;
  /** Values of secrets and parameters: made up where none is given. */
  secrets?: Record<string, { value?: string }>;
  parameters?: Record<string, { value?: string; type?: ParameterType }>;
}

const VALUE = 'canary-value';

export async function seedBuckets(made: Made, { buckets }: DataDescription): Promise<void> {
  const s3 = made.client(S3Client);
  await each(buckets, async (Bucket, { versioning, encryption, publicAccessBlock, policy }) => {
    // The first region has no constraint.
    const elsewhere = made.region !== 'us-east-1';
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        ...(elsewhere && { CreateBucketConfiguration: { LocationConstraint: made.region as never } }),
      }),
    );
    made.keep('bucket', Bucket, `arn:aws:s3:::${Bucket}`);
    if (versioning)
      await s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: versioning } }),
      );
    if (encryption)
      await s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } }],
          },
        }),
      );
    if (publicAccessBlock !== undefined)
      await s3.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: publicAccessBlock,
            BlockPublicPolicy: publicAccessBlock,
            IgnorePublicAcls: publicAccessBlock,
            RestrictPublicBuckets: publicAccessBlock,
          },
        }),
      );
    if (policy) {
      const Statement = policy.map((one) => ({ Effect: 'Allow', ...one }));
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    }
  });
}

export async function seedData(made: Made, description: DataDescription): Promise<void> {
  const { databases, caches, tables, secrets, parameters } = description;
  await each(databases, async (DBInstanceIdentifier, input) => {
    const command = new CreateDBInstanceCommand({
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: 20,
      MasterUsername: 'owner',
      MasterUserPassword: VALUE,
      ...input,
      DBInstanceIdentifier,
    });
    const { DBInstance } = await made.client(RDSClient).send(command);
    made.keep('database', DBInstanceIdentifier, DBInstance?.DBInstanceArn);
  });
  await each(caches, async (CacheClusterId, input) => {
    const common = { Engine: 'redis', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 1 };
    const command = new CreateCacheClusterCommand({ ...common, ...input, CacheClusterId });
    const { CacheCluster } = await made.client(ElastiCacheClient).send(command);
    made.keep('cache', CacheClusterId, CacheCluster?.CacheClusterId);
  });
  const dynamodb = made.client(DynamoDBClient);
  await each(tables, async (TableName, { billing = 'PAY_PER_REQUEST', pointInTimeRecovery }) => {
    const command = new CreateTableCommand({
      TableName,
      BillingMode: billing,
      ...(billing === 'PROVISIONED' && {
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      }),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    });
    made.keep('table', TableName, (await dynamodb.send(command)).TableDescription?.TableArn);
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    if (pointInTimeRecovery)
      await dynamodb.send(
        new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }),
      );
  });
  await each(secrets, async (Name, { value: SecretString = VALUE }) => {
    const { ARN } = await made
      .client(SecretsManagerClient)
      .send(new CreateSecretCommand({ Name, SecretString }));
    made.keep('secret', Name, ARN);
  });
  await each(parameters, async (Name, { value: Value = VALUE, type: Type = 'String' }) => {
    await made.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type }));
    made.keep('parameter', Name, Name);
  });
}
