import { expect, test } from 'vitest';
import { config } from './config.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const QUEUE = `arn:aws:batch:eu-west-3:${ACCOUNT}:job-queue/nightly`;
const row = (arn: string, resourceType: string) => JSON.stringify({ arn, resourceType });
const answers = {
  'config:DescribeConfigurationAggregators': {
    ConfigurationAggregators: [{ ConfigurationAggregatorName: 'all' }],
  },
  'config:SelectAggregateResourceConfig': ({ NextToken }: { NextToken?: string }) =>
    NextToken
      ? { Results: [row(QUEUE, 'AWS::Batch::JobQueue')] }
      : {
          NextToken: 'more',
          Results: [
            'not json',
            '{}',
            row(`arn:aws:acm:eu-west-3:${ACCOUNT}:certificate/0a1b`, 'AWS::ACM::Certificate'),
            row(`arn:aws:iam::${ACCOUNT}:policy/gone`, 'AWS::IAM::Policy'),
          ],
        },
};

test('what an aggregator holds is told, of every page, but for kinds that are listed under any name', async () => {
  const { facts } = await collected(config, answers);
  expect(factOf(facts, 'nightly')).toMatchObject({ kind: 'AWS::Batch::JobQueue', arn: QUEUE });
  expect(facts).toHaveLength(1);
});

test('only this account and this region are asked for', async () => {
  let asked = '';
  await collected(config, {
    ...answers,
    'config:SelectAggregateResourceConfig': ({ Expression }: { Expression: string }) => {
      asked = Expression;
      return {};
    },
  });
  expect(asked).toContain(`accountId = '${ACCOUNT}'`);
  expect(asked).toContain(`'eu-west-3'`);
});

test('without an aggregator nothing is asked, and nothing is wrong', async () => {
  const { calls, coverage } = await collected(config, {});
  expect(calls).toEqual(['config:DescribeConfigurationAggregators']);
  expect(coverage).toMatchObject([{ denied: 0, failed: 0 }]);
});

test('a refusal is told in the coverage, and leaves nothing not established', async () => {
  const { lookups, coverage } = await collected(config, {
    ...answers,
    'config:SelectAggregateResourceConfig': DENIED,
  });
  expect(lookups).toEqual([]);
  expect(coverage.filter(({ denied }) => denied > 0)).toMatchObject([
    { permission: 'config:SelectAggregateResourceConfig' },
  ]);
});
