import { expect, test } from 'vitest';
import { s3 } from './s3.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const KEY = `arn:aws:kms:eu-west-3:${ACCOUNT}:key/1`;
const blocks = (last: boolean) =>
  `<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>${last}</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;
const answers = {
  's3:ListBuckets':
    '<ListAllMyBucketsResult><Buckets><Bucket><Name>shop-files</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>eu-west-3</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>',
  's3:GetBucketEncryption': `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${KEY}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
  's3:GetPublicAccessBlock': blocks(true),
  's3:GetBucketVersioning': '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  's3:GetBucketPolicyStatus': '<PolicyStatus><IsPublic>TRUE</IsPublic></PolicyStatus>',
};
const none = (code: string) => ({ status: 404, code });

test('a bucket says where it is, how it encrypts, keeps versions and what it opens', async () => {
  const { facts } = await collected(s3, answers);
  const seen = factOf(facts, 'shop-files');
  expect(seen).toMatchObject({
    arn: 'arn:aws:s3:::shop-files',
    properties: {
      region: 'eu-west-3',
      encryption: 'aws:kms',
      versioning: 'Enabled',
      publicAccessBlock: true,
      publicPolicy: true,
    },
    relations: [{ type: 'encrypted-by', to: { name: KEY } }],
  });
  expect(seen.region).toBeUndefined();
});

test('what was never set is told as such, and is no refusal', async () => {
  const { facts } = await collected(s3, {
    ...answers,
    's3:GetBucketEncryption': none('ServerSideEncryptionConfigurationNotFoundError'),
    's3:GetPublicAccessBlock': none('NoSuchPublicAccessBlockConfiguration'),
    's3:GetBucketVersioning': '<VersioningConfiguration/>',
    's3:GetBucketPolicyStatus': none('NoSuchBucketPolicy'),
  });
  const seen = factOf(facts, 'shop-files');
  expect(seen.properties).toMatchObject({
    encryption: 'none',
    versioning: 'Off',
    publicAccessBlock: false,
    publicPolicy: false,
  });
  expect(seen.refusals).toBeUndefined();
});

test('three of the four blocks do not block', async () => {
  const { facts } = await collected(s3, { ...answers, 's3:GetPublicAccessBlock': blocks(false) });
  expect(factOf(facts, 'shop-files').properties).toMatchObject({ publicAccessBlock: false });
});

test('a bucket is asked in its own region, which no request has to be sent on to', async () => {
  const { regions } = await collected(s3, answers, { region: 'us-east-1' });
  expect(regions).toEqual(['us-east-1', 'eu-west-3', 'eu-west-3', 'eu-west-3', 'eu-west-3']);
});

test('a refused detail is left out, and keeps the bucket', async () => {
  const { facts } = await collected(s3, { ...answers, 's3:GetBucketEncryption': DENIED });
  const seen = factOf(facts, 'shop-files');
  expect(seen.properties).not.toHaveProperty('encryption');
  expect(seen.refusals).toMatchObject([
    { operation: 's3:GetBucketEncryption', permission: 's3:GetEncryptionConfiguration' },
  ]);
});

test('a refused list is not established anywhere', async () => {
  const { lookups } = await collected(s3, { 's3:ListBuckets': DENIED });
  expect(lookups).toMatchObject([
    { kind: 'AWS::S3::Bucket', refusal: { operation: 's3:ListBuckets', permission: 's3:ListAllMyBuckets' } },
  ]);
  expect(lookups[0]).not.toHaveProperty('region');
});
