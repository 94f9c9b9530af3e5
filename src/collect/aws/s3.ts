import {
  type Bucket,
  GetBucketEncryptionCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const BUCKET: Kind = 'AWS::S3::Bucket';

/** Buckets with their encryption, versions and whether they are public. Amazon S3 API Reference, version 2006-03-01. */
export const s3 = defineAwsCollector({
  id: 's3',
  title: { fr: 'S3', en: 'S3' },
  service: 's3',
  where: 'global',
  Client: S3Client,
  kinds: [BUCKET],
  permissions: {
    ListBuckets: 's3:ListAllMyBuckets',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
    GetBucketVersioning: 's3:GetBucketVersioning',
    GetBucketPolicyStatus: 's3:GetBucketPolicyStatus',
  },
  async collect(aws) {
    await listOf(
      aws,
      [BUCKET],
      paginateListBuckets,
      { MaxBuckets: 1000 },
      ({ Buckets }) => Buckets,
      (bucket) => seeBucket(aws, bucket),
    );
  },
});

async function seeBucket(aws: AwsScope, { Name = '', BucketRegion, CreationDate }: Bucket): Promise<void> {
  const input = { Bucket: Name };
  const [encryption, access, versioning, policy] = await Promise.all([
    aws.ask(GetBucketEncryptionCommand, input, ['ServerSideEncryptionConfigurationNotFoundError']),
    aws.ask(GetPublicAccessBlockCommand, input, ['NoSuchPublicAccessBlockConfiguration']),
    aws.ask(GetBucketVersioningCommand, input),
    aws.ask(GetBucketPolicyStatusCommand, input, ['NoSuchBucketPolicy']),
  ]);
  const block = access.output?.PublicAccessBlockConfiguration;
  aws.see({
    kind: BUCKET,
    name: Name,
    arn: `arn:${aws.partition}:s3:::${Name}`,
    operation: 'ListBuckets',
    properties: {
      region: BucketRegion,
      creationDate: moment(CreationDate),
      encryption:
        encryption.output &&
        (encryption.output.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault
          ?.SSEAlgorithm ??
          'none'),
      // what was never set is off, which is not “suspended”
      versioning: versioning.output && (versioning.output.Status ?? 'Off'),
      publicAccessBlock:
        access.output &&
        [
          block?.BlockPublicAcls,
          block?.BlockPublicPolicy,
          block?.IgnorePublicAcls,
          block?.RestrictPublicBuckets,
        ].every((one) => one === true),
      publicPolicy: policy.output && policy.output.PolicyStatus?.IsPublic === true,
    },
    refusals: [encryption.refusal, access.refusal, versioning.refusal, policy.refusal],
  });
}
