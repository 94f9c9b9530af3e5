import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { answerUnknown } from '../account/everything.ts';
import { awsForTests } from '../aws/aws-for-tests.ts';
import { folderOf } from '../support/audit-folder.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { accessTo, audited, reportIn } from './command.ts';

const aws = awsForTests();
const REGION = 'eu-west-3';

/** One estate with half of its things on either side. */
const FILES = {
  'infra/main.tf': `provider "aws" {
  region = "${REGION}"
}

resource "aws_s3_bucket" "media" {
  bucket = "harbour-media"
}

resource "aws_sqs_queue" "orders" {
  name = "harbour-orders"
}

resource "aws_sqs_queue" "returns" {
  name = "harbour-returns"
}

resource "cloudflare_zone" "harbour" {
  name = "harbour.example"
}

resource "cloudflare_r2_bucket" "media" {
  name = "harbour-media"
}

resource "cloudflare_queue" "orders" {
  queue_name = "harbour-orders"
}

resource "cloudflare_queue" "returns" {
  queue_name = "harbour-returns"
}
`,
};

let edge: CloudflareApi;
beforeAll(async () => {
  edge = await startCloudflareApi({
    name: 'Harbour',
    zones: [{ name: 'harbour.example' }],
    r2: [{ name: 'harbour-media' }],
    queues: [{ name: 'harbour-orders' }, { name: 'harbour-forgotten' }],
  });
});
beforeEach(async () => {
  edge.clear();
  const settings = {
    endpoint: aws.moto,
    region: REGION,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    forcePathStyle: true,
  };
  const LocationConstraint = REGION;
  await new S3Client(settings).send(
    new CreateBucketCommand({ Bucket: 'harbour-media', CreateBucketConfiguration: { LocationConstraint } }),
  );
  const sqs = new SQSClient(settings);
  for (const QueueName of ['harbour-orders', 'harbour-left'])
    await sqs.send(new CreateQueueCommand({ QueueName }));
  answerUnknown(aws.proxy, aws.account);
});
afterAll(() => edge.stop());

async function both(): Promise<{ code: number; out: string; report: Report }> {
  const root = folderOf(FILES);
  const access = {
    ...accessTo(edge),
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  };
  const { code, out, err } = await audited(access, root, '--aws', '--region', REGION);
  expect(err).toBe('');
  return { code, out, report: reportIn(root) };
}

const statuses = ({ resources }: Report) =>
  Object.fromEntries(
    resources
      .filter(({ kind, name }) => /Bucket|Queue$|Zone$/.test(kind) && name.startsWith('harbour'))
      .map(({ kind, name, status }) => [`${kind} ${name}`, status]),
  );
const SOUND = {
  'AWS::S3::Bucket harbour-media': 'verified',
  'AWS::SQS::Queue harbour-left': 'undocumented',
  'AWS::SQS::Queue harbour-orders': 'verified',
  'AWS::SQS::Queue harbour-returns': 'missing',
  'Cloudflare::Queue harbour-forgotten': 'undocumented',
  'Cloudflare::Queue harbour-orders': 'verified',
  'Cloudflare::Queue harbour-returns': 'missing',
  'Cloudflare::R2::Bucket harbour-media': 'verified',
  'Cloudflare::Zone harbour.example': 'verified',
};
const accounts = ({ coverage }: Report) =>
  coverage.filter(({ source, state }) => /aws|cloudflare/.test(source) && state !== 'skipped');

test('one audit reads both accounts, and what has the same name on both sides is two things', {
  timeout: 120_000,
}, async () => {
  const { code, out, report } = await both();
  expect(statuses(report)).toEqual(SOUND);
  expect(code).toBe(0);
  expect(out).not.toMatch(/Not read +(?:AWS|Cloudflare)/);
  const read = accounts(report);
  expect(new Set(read.map(({ source }) => source))).toEqual(new Set(['aws', 'cloudflare']));
  expect(read.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(read.map(({ scope }) => scope)).toContain(edge.account);
  const missing = report.findings.filter(({ rule }) => rule === 'resource-missing');
  expect(missing.map(({ title }) => title.en).sort()).toEqual([
    '`harbour-returns`: Cloudflare queue not in the account',
    expect.stringMatching(/`harbour-returns`: SQS queue not in the account/),
  ]);
});

test('what is refused on one side changes nothing on the other', { timeout: 120_000 }, async () => {
  edge.when('/accounts/{account_id}/queues', { kind: 'deny' });
  aws.proxy.when('s3:ListBuckets', { kind: 'deny' });
  const { code, out, report } = await both();
  expect(code).toBe(3);
  const { 'Cloudflare::Queue harbour-forgotten': _, ...known } = SOUND;
  expect(statuses(report)).toEqual({
    ...known,
    'AWS::S3::Bucket harbour-media': 'unverified',
    'Cloudflare::Queue harbour-orders': 'unverified',
    'Cloudflare::Queue harbour-returns': 'unverified',
  });
  const partial = accounts(report).filter(({ state }) => state !== 'complete');
  expect(new Set(partial.map(({ source }) => source))).toEqual(new Set(['aws', 'cloudflare']));
  expect(out).toMatch(/Not read +Cloudflare.*Queues Read/);
  const reasons = report.resources.flatMap(({ reason, status }) =>
    status === 'unverified' ? [reason?.en] : [],
  );
  expect(reasons.filter((one) => one?.includes('Queues Read'))).toHaveLength(2);
  expect(reasons.filter((one) => one?.includes('s3:ListBuckets'))).toHaveLength(1);
});

test('without a token for the one, the other is read in full', { timeout: 120_000 }, async () => {
  const root = folderOf(FILES);
  const access = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  };
  const { code } = await audited(access, root, '--aws', '--region', REGION);
  expect(code).toBe(3);
  const report = reportIn(root);
  for (const [name, status] of Object.entries(statuses(report)))
    expect([name, status]).toEqual([
      name,
      name.startsWith('AWS') ? SOUND[name as keyof typeof SOUND] : 'unverified',
    ]);
});
