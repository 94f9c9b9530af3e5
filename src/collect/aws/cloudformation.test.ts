import { expect, test } from 'vitest';
import { cloudformation } from './cloudformation.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:cloudformation:eu-west-3:${ACCOUNT}:stack/${name}/1a2b`;
const stack = (name: string, status: string, more = '') =>
  `<member><StackName>${name}</StackName><StackId>${arn(name)}</StackId><StackStatus>${status}</StackStatus>
   <CreationTime>2026-01-02T03:04:05Z</CreationTime>${more}</member>`;
const OUTPUTS =
  '<Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://user:hidden@db</OutputValue></member></Outputs>';
const resource = (type: string, id: string, status = 'CREATE_COMPLETE') =>
  `<member><LogicalResourceId>R</LogicalResourceId><ResourceType>${type}</ResourceType>
   <PhysicalResourceId>${id}</PhysicalResourceId><ResourceStatus>${status}</ResourceStatus>
   <LastUpdatedTimestamp>2026-01-02T03:04:05Z</LastUpdatedTimestamp></member>`;
const answers = {
  'cloudformation:DescribeStacks': `<Stacks>
    ${stack('shop-prod', 'UPDATE_ROLLBACK_COMPLETE', `${OUTPUTS}<DriftInformation><StackDriftStatus>DRIFTED</StackDriftStatus></DriftInformation>`)}
    ${stack('shop-prod-db', 'CREATE_COMPLETE', `<ParentId>${arn('shop-prod')}</ParentId>`)}
    ${stack('old', 'DELETE_COMPLETE')}</Stacks>`,
  'cloudformation:ListStackResources': `<StackResourceSummaries>
    ${resource('AWS::SQS::Queue', `https://sqs.eu-west-3.amazonaws.com/${ACCOUNT}/orders`)}
    ${resource('AWS::ECS::Service', `arn:aws:ecs:eu-west-3:${ACCOUNT}:service/shop/api`)}
    ${resource('AWS::SNS::Topic', 'gone', 'DELETE_COMPLETE')}
    ${resource('Custom::Seed', 'seed-1')}</StackResourceSummaries>`,
};
const declared = [['AWS::CloudFormation::Stack', 'shop-prod']] as const;

test('a stack is told with its status, its drift and the names of its outputs', async () => {
  const { facts } = await collected(cloudformation, answers);
  expect(factOf(facts, 'shop-prod')).toMatchObject({
    arn: arn('shop-prod'),
    properties: { stackStatus: 'UPDATE_ROLLBACK_COMPLETE', driftStatus: 'DRIFTED', outputs: ['Url'] },
  });
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a nested stack is part of its parent, and one that is deleted is none', async () => {
  const { facts } = await collected(cloudformation, answers);
  expect(factOf(facts, 'shop-prod-db').relations).toEqual([
    { type: 'part-of', to: { kind: 'AWS::CloudFormation::Stack', name: 'shop-prod' } },
  ]);
  expect(facts.map(({ name }) => name)).not.toContain('old');
});

test('what a stack contains is asked where a file names the stack', async () => {
  const { facts, calls } = await collected(cloudformation, answers, { declared });
  expect(factOf(facts, 'shop-prod').relations).toEqual([
    {
      type: 'contains',
      as: 'R',
      to: { kind: 'AWS::SQS::Queue', name: `https://sqs.eu-west-3.amazonaws.com/${ACCOUNT}/orders` },
    },
    { type: 'contains', as: 'R', to: { kind: 'AWS::ECS::Service', name: 'api', scope: 'shop' } },
  ]);
  expect(calls.filter((call) => call.endsWith('ListStackResources'))).toHaveLength(1);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(cloudformation, { 'cloudformation:DescribeStacks': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({
    operation: 'cloudformation:DescribeStacks',
    permission: 'cloudformation:DescribeStacks',
  });
});

test('a stack whose resources are refused is there, with the refusal', async () => {
  const refused = { ...answers, 'cloudformation:ListStackResources': DENIED };
  const { facts } = await collected(cloudformation, refused, { declared });
  expect(factOf(facts, 'shop-prod').refusals).toMatchObject([
    { operation: 'cloudformation:ListStackResources' },
  ]);
});
