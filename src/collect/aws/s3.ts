import {
  type Bucket,
  GetBucketEncryptionCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { bucketOf } from './s3/details.ts';
import { moment } from './stated.ts';

const BUCKET: Kind = 'AWS::S3::Bucket';

/**
 * Buckets with their encryption, versions and whether their policies are public; of those on a path how they are a
 * website, and which distributions may read them. Amazon S3 API Reference, version
 * 2006-03-01. What access control lists open is not read, nor what the account blocks as a whole.
 */
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
    GetBucketWebsite: 's3:GetBucketWebsite',
    GetBucketPolicy: 's3:GetBucketPolicy',
  },
  detailed: [BUCKET],
  async detail(aws, wanted) {
    await Promise.all(wanted.map((bucket) => bucketOf(aws, bucket)));
  },
  async collect(aws) {
    // with a size of pages the region of each bucket is told
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
  // another region would send each request on to the bucket's own
  const there = BucketRegion ? aws.in(BucketRegion) : aws;
  const [encryption, access, versioning, policy] = await Promise.all([
    there.ask(GetBucketEncryptionCommand, input, ['ServerSideEncryptionConfigurationNotFoundError']),
    there.ask(GetPublicAccessBlockCommand, input, ['NoSuchPublicAccessBlockConfiguration']),
    there.ask(GetBucketVersioningCommand, input),
    there.ask(GetBucketPolicyStatusCommand, input, ['NoSuchBucketPolicy']),
  ]);
  const byDefault =
    encryption.output?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  aws.see({
    kind: BUCKET,
    name: Name,
    arn: `arn:${aws.partition}:s3:::${Name}`,
    operation: 'ListBuckets',
    properties: {
      region: BucketRegion,
      creationDate: moment(CreationDate),
      encryption: encryption.output && (byDefault?.SSEAlgorithm ?? 'none'),
      // what was never set is off, which is not “suspended”
      versioning: versioning.output && (versioning.output.Status ?? 'Off'),
      publicAccessBlock: access.output && blocksAll(access.output.PublicAccessBlockConfiguration),
      hasPolicy: policy.output && policy.output.PolicyStatus !== undefined,
      publicPolicy: policy.output && policy.output.PolicyStatus?.IsPublic === true,
    },
    relations: [
      encryptedBy({ account: aws.account, region: BucketRegion ?? aws.region }, byDefault?.KMSMasterKeyID),
    ],
    refusals: [encryption.refusal, access.refusal, versioning.refusal, policy.refusal],
  });
}

const blocksAll = (block: PublicAccessBlockConfiguration | undefined): boolean =>
  [
    block?.BlockPublicAcls,
    block?.BlockPublicPolicy,
    block?.IgnorePublicAcls,
    block?.RestrictPublicBuckets,
  ].every((one) => one === true);
