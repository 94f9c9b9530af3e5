import { expect, test } from 'vitest';
import { logs } from './logs.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

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
