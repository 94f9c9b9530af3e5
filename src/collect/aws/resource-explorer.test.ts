import { expect, test } from 'vitest';
import { resourceExplorer } from './resource-explorer.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const QUEUE = `arn:aws:batch:eu-west-3:${ACCOUNT}:job-queue/nightly`;
const answers = {
  'resource-explorer-2:ListIndexes': { Indexes: [{ Region: 'eu-west-3', Type: 'LOCAL' }] },
  'resource-explorer-2:GetDefaultView': {
    ViewArn: `arn:aws:resource-explorer-2:eu-west-3:${ACCOUNT}:view/all/1`,
  },
  'resource-explorer-2:ListResources': {
    Resources: [
      { Arn: QUEUE, ResourceType: 'batch:job-queue', CfnResourceType: 'AWS::Batch::JobQueue' },
      { Arn: `arn:aws:novel:eu-west-3:${ACCOUNT}:th-ing/one`, CfnResourceType: 'AWS::Novel::THing' },
      { Arn: `arn:aws:sqs:eu-west-3:${ACCOUNT}:gone`, CfnResourceType: 'AWS::SQS::Queue' },
    ],
  },
};

test('what an index holds is told, in CloudFormation’s words where it has them', async () => {
  const { facts } = await collected(resourceExplorer, answers);
  expect(factOf(facts, 'nightly')).toMatchObject({ kind: 'AWS::Batch::JobQueue', arn: QUEUE });
  expect(factOf(facts, 'one').kind).toBe('AWS::Novel::THing');
  expect(facts).toHaveLength(2);
});

test('the index of an aggregator is asked for this region and for what has none', async () => {
  let asked: unknown;
  await collected(resourceExplorer, {
    ...answers,
    'resource-explorer-2:ListResources': (input: { Filters: object }) => {
      asked = input.Filters;
      return {};
    },
  });
  expect(asked).toEqual({ FilterString: 'region:eu-west-3,global' });
});

test('without an index nothing is searched: a search could make one', async () => {
  const { calls, coverage } = await collected(resourceExplorer, {});
  expect(calls).toEqual(['resource-explorer-2:ListIndexes']);
  expect(coverage).toMatchObject([{ denied: 0, failed: 0 }]);
});

test('without a default view nothing is searched', async () => {
  const { calls } = await collected(resourceExplorer, {
    ...answers,
    'resource-explorer-2:GetDefaultView': {},
  });
  expect(calls).not.toContain('resource-explorer-2:ListResources');
});

test('a refusal is told in the coverage, and leaves nothing not established', async () => {
  const refused = { ...answers, 'resource-explorer-2:ListResources': DENIED };
  const { lookups, coverage } = await collected(resourceExplorer, refused);
  expect(lookups).toEqual([]);
  expect(coverage.filter(({ denied }) => denied > 0)).toMatchObject([
    { permission: 'resource-explorer-2:ListResources' },
  ]);
});
