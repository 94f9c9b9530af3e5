import { expect, test } from 'vitest';
import { Grown } from '../../bench/aws/grown.ts';
import type { Answer } from './proxy/answer.ts';
import { Recording } from './proxy/recording.ts';
import { type AwsRequest, keyOf } from './proxy/request.ts';

const request = (name: string, parameters: Record<string, unknown>, xml = false): AwsRequest => {
  const [service = '', operation = ''] = name.split(':');
  return {
    service,
    region: 'us-east-1',
    operation,
    name,
    protocol: xml ? 'ec2' : 'json',
    method: 'POST',
    path: '/',
    parameters,
    body: Buffer.from(''),
  };
};
const recording = new Recording();
const record = (asked: AwsRequest, body: string) =>
  recording.set(keyOf(asked), { status: 200, headers: { 'x-amz-crc32': '1' }, body: Buffer.from(body) });
const vpcs = (items: string, next = '') =>
  `<R><vpcSet>${items}</vpcSet>${next && `<nextToken>${next}</nextToken>`}<requestId>x</requestId></R>`;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/089b5b49-8114-4252-84c3-6368bbc51a50';

record(request('dynamodb:ListTables', { Limit: 2 }), '{"TableNames":["arq-dev-0000-t0","van-prod-0001-t0"]}');
record(
  request('dynamodb:DescribeTable', { TableName: 'arq-dev-0000-t0' }),
  '{"Arn":"table/arq-dev-0000-t0"}',
);
record(request('dynamodb:DescribeTable', { TableName: 'van-prod-0001-t0' }), '{}');
record(
  request('ec2:DescribeVpcs', { MaxResults: '2' }, true),
  vpcs(
    '<item><id>vpc-0aaaaaaaaaaaaaaa1</id><in><item>a</item></in></item><item><id>vpc-0bbbbbbbbbbbbbbb1</id></item>',
    'more',
  ),
);
record(
  request('ec2:DescribeVpcs', { MaxResults: '2', NextToken: 'more' }, true),
  vpcs('<item><id>vpc-0ccccccccccccccc1</id></item>'),
);
record(request('acm:DescribeCertificate', { CertificateArn: CERTIFICATE }), `{"Arn":"${CERTIFICATE}"}`);
record(
  request('ecs:DescribeClusters', { clusters: ['arq-dev-0000-c'] }),
  '{"clusters":[{"clusterArn":"arq-dev-0000-c"}]}',
);
record(request('states:ListStateMachines', {}), '{"stateMachines":[]}');
record(request('glue:ListJobs', {}), '{"JobNames":["arq-dev-0000-job"]}');

const grown = new Grown(recording, 3);
const ask = (asked: AwsRequest): Answer | undefined => grown.get(keyOf(asked), asked);
const text = (asked: AwsRequest) => ask(asked)?.body.toString() ?? '';

test('a list in JSON gives every copy once, in pages of the size that is asked for', () => {
  const names: string[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const page = JSON.parse(
      text(request('dynamodb:ListTables', { Limit: 2, ...(token && { ExclusiveStartTableName: token }) })),
    );
    names.push(...page.TableNames);
    token = page.LastEvaluatedTableName;
    pages += 1;
  } while (token);
  expect(pages).toBe(3);
  expect(names).toEqual([
    ...['arq-dev-0000-t0', 'van-prod-0001-t0', 'arq-dev-0002-t0', 'van-prod-0003-t0'],
    ...['arq-dev-0004-t0', 'van-prod-0005-t0'],
  ]);
});

test('a list in XML does too, from every page that is recorded', () => {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const page = text(
      request('ec2:DescribeVpcs', { MaxResults: '2', ...(token && { NextToken: token }) }, true),
    );
    const found = [...page.matchAll(/<id>([^<]+)/g)].map(([, id = '']) => id);
    expect(found.length).toBeLessThanOrEqual(2);
    ids.push(...found);
    token = /<nextToken>([^<]+)/.exec(page)?.[1];
  } while (token);
  expect(ids).toHaveLength(9);
  expect(new Set(ids).size).toBe(9);
});

test('a detail is found by the name and by the id of a copy, which its answer has too', () => {
  const asked = request('dynamodb:DescribeTable', { TableName: 'arq-dev-0004-t0' });
  expect(text(asked)).toBe('{"Arn":"table/arq-dev-0004-t0"}');
  expect(ask(asked)?.headers).toEqual({});
  const copied = CERTIFICATE.replace(/.{4}$/, '0002');
  expect(text(request('acm:DescribeCertificate', { CertificateArn: copied }))).toBe(`{"Arn":"${copied}"}`);
});

test('a read of several things gives those of several copies', () => {
  const clusters = ['arq-dev-0000-c', 'arq-dev-0004-c'];
  expect(JSON.parse(text(request('ecs:DescribeClusters', { clusters }))).clusters).toEqual(
    clusters.map((clusterArn) => ({ clusterArn })),
  );
  expect(ask(request('ecs:DescribeClusters', { clusters: ['arq-dev-0000-x'] }))).toBeUndefined();
});

test('what the account has nothing of stays; what is not recorded is not made up', () => {
  expect(text(request('states:ListStateMachines', {}))).toBe('{"stateMachines":[]}');
  expect(ask(request('dynamodb:DescribeTable', { TableName: 'arq-dev-0000-t9' }))).toBeUndefined();
  expect(ask(request('dynamodb:ListTables', { Limit: 5 }))).toBeUndefined();
});

test('a list that nothing says how to grow is a mistake, and not a small account', () => {
  expect(() => ask(request('glue:ListJobs', {}))).toThrow('glue:ListJobs gives what grows with the account');
});
