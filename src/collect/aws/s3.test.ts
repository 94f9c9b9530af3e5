import { expect, test } from 'vitest';
import { s3 } from './s3.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

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

const BUCKET = 'AWS::S3::Bucket';
const DISTRIBUTION = `arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5E6F7`;
const OAI = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL';
const policyOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const reads = (Principal: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::shop-files/*',
  ...more,
});
const onPath = {
  ...answers,
  's3:GetBucketWebsite':
    '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>404.html</Key></ErrorDocument></WebsiteConfiguration>',
  's3:GetBucketPolicy': policyOf(
    reads(
      { Service: 'cloudfront.amazonaws.com' },
      { Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } } },
    ),
    reads({ AWS: OAI }),
    reads({ AWS: '*' }, { Condition: { StringEquals: { 'aws:Referer': 'canary-referer' } } }),
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ),
};

test('a bucket on a path says how it is a website, and which distributions its policy lets read', async () => {
  const { facts, regions } = await detailed(s3, onPath, [[BUCKET, 'shop-files']], { region: 'us-east-1' });
  expect(facts).toMatchObject([{ name: 'shop-files', arn: 'arn:aws:s3:::shop-files' }]);
  expect(facts[0]?.properties).toEqual({
    website: { indexDocument: 'index.html', errorDocument: '404.html' },
    readingDistributions: [DISTRIBUTION],
    readingIdentities: ['E2QWRUHAPOMQZL'],
    hasCanonicalReaders: false,
    policyDenies: true,
  });
  expect(JSON.stringify(facts)).not.toContain('canary');
  expect(regions).toEqual(['eu-west-3', 'eu-west-3']);
});

test('a policy that names no distribution lets each of them read; what does not read does not count', async () => {
  const { facts } = await detailed(
    s3,
    {
      ...onPath,
      's3:GetBucketPolicy': policyOf(
        reads({ Service: 'cloudfront.amazonaws.com' }),
        reads({ AWS: OAI }, { Action: ['s3:PutObject'] }),
        reads({ AWS: OAI }, { Effect: 'Deny' }),
      ),
    },
    [[BUCKET, 'shop-files']],
  );
  expect(facts[0]?.properties).toMatchObject({
    readingDistributions: ['*'],
    readingIdentities: [],
    policyDenies: true,
  });
});

test('a bucket that is no website and has no policy is told so; what is refused is left out', async () => {
  const without = {
    's3:GetBucketWebsite': none('NoSuchWebsiteConfiguration'),
    's3:GetBucketPolicy': none('NoSuchBucketPolicy'),
  };
  const { facts } = await detailed(s3, { ...answers, ...without }, [[BUCKET, 'shop-files']]);
  expect(facts[0]?.properties).toMatchObject({ website: false, readingDistributions: [] });
  const refused = await detailed(s3, { ...onPath, 's3:GetBucketPolicy': DENIED }, [[BUCKET, 'shop-files']]);
  expect(refused.facts[0]?.properties).not.toHaveProperty('readingDistributions');
  expect(refused.facts[0]?.refusals).toMatchObject([{ permission: 's3:GetBucketPolicy' }]);
});
