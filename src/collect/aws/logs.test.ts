import { expect, test } from 'vitest';
import { logs } from './logs.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

const KEY = `arn:aws:kms:eu-west-3:${ACCOUNT}:key/1`;
const arn = (name: string) => `arn:aws:logs:eu-west-3:${ACCOUNT}:log-group:${name}`;
const group = (logGroupName: string, more: object = {}) => ({
  logGroupName,
  arn: `${arn(logGroupName)}:*`,
  ...more,
});

test('a log group says how long it keeps lines, and by which key', async () => {
  const { facts } = await collected(logs, {
    'logs:DescribeLogGroups': {
      logGroups: [group('/ecs/api', { retentionInDays: 30, storedBytes: 1024, kmsKeyId: KEY })],
    },
  });
  expect(factOf(facts, '/ecs/api')).toMatchObject({
    arn: arn('/ecs/api'),
    properties: { retentionInDays: 30, storedBytes: 1024 },
    relations: [{ type: 'encrypted-by', to: { kind: 'AWS::KMS::Key', name: KEY } }],
  });
});

test('a group that keeps lines for ever states no retention', async () => {
  const { facts } = await collected(logs, { 'logs:DescribeLogGroups': { logGroups: [group('/ecs/api')] } });
  expect(factOf(facts, '/ecs/api').properties ?? {}).not.toHaveProperty('retentionInDays');
});

test('a refused page leaves the list open, and keeps what was seen', async () => {
  const { facts, lookups } = await collected(logs, {
    'logs:DescribeLogGroups': ({ nextToken }: { nextToken?: string }) =>
      nextToken ? DENIED : { logGroups: [group('/ecs/api')], nextToken: 'more' },
  });
  expect(facts).toHaveLength(1);
  expect(lookups).toMatchObject([
    { refusal: { operation: 'logs:DescribeLogGroups', permission: 'logs:DescribeLogGroups' } },
  ]);
});

test('of a group on a path the moment of its last line is told, and no line', async () => {
  const list = { 'logs:DescribeLogGroups': { logGroups: [group('/ecs/api'), group('/ecs/web')] } };
  const asked: unknown[] = [];
  const { facts } = await detailed(
    logs,
    {
      ...list,
      'logs:DescribeLogStreams': (input: { logGroupName: string }) => {
        asked.push(input);
        return { logStreams: [{ logStreamName: 'web/1', lastEventTimestamp: Date.UTC(2026, 10, 20) }] };
      },
    },
    [['AWS::Logs::LogGroup', '/ecs/api']],
  );
  expect(asked).toEqual([{ logGroupName: '/ecs/api', orderBy: 'LastEventTime', descending: true, limit: 1 }]);
  expect(facts).toMatchObject([
    { name: '/ecs/api', properties: { hasLines: true, lastLineAt: '2026-11-20T00:00:00.000Z' } },
  ]);
});

test.each([
  ['no line came yet', { logStreams: [] }, { properties: { hasLines: false } }],
  ['nobody may look', DENIED, { refusals: [{ permission: 'logs:DescribeLogStreams' }] }],
])('%s', async (_, answer, told) => {
  const { facts } = await detailed(
    logs,
    { 'logs:DescribeLogGroups': { logGroups: [group('/ecs/api')] }, 'logs:DescribeLogStreams': answer },
    [['AWS::Logs::LogGroup', '/ecs/api']],
  );
  expect(facts).toMatchObject([told]);
});
