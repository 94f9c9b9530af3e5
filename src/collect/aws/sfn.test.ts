import { expect, test } from 'vitest';
import { sfn } from './sfn.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = `arn:aws:states:eu-west-3:${ACCOUNT}:stateMachine:orders-prod`;
const GROUP = `arn:aws:logs:eu-west-3:${ACCOUNT}:log-group:/aws/vendedlogs/orders:*`;
const answers = {
  'states:ListStateMachines': {
    stateMachines: [
      { name: 'orders-prod', stateMachineArn: arn, type: 'EXPRESS', creationDate: 1_772_000_000 },
    ],
  },
  'states:DescribeStateMachine': {
    stateMachineArn: arn,
    status: 'ACTIVE',
    definition: '{"Parameters":{"password":"hidden"}}',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/orders`,
    loggingConfiguration: {
      level: 'ERROR',
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: GROUP } }],
    },
  },
};
const declared = [['AWS::StepFunctions::StateMachine', 'orders-prod']] as const;

test('a state machine is told by the list alone where no file names it', async () => {
  const { facts, calls } = await collected(sfn, answers);
  expect(factOf(facts, 'orders-prod')).toMatchObject({ arn, properties: { type: 'EXPRESS' } });
  expect(calls).toEqual(['states:ListStateMachines']);
});

test('one that a file names is told with its role and its logs, and never its definition', async () => {
  const { facts } = await collected(sfn, answers, { declared });
  expect(factOf(facts, 'orders-prod').relations).toEqual([
    { type: 'assumes', to: { kind: 'AWS::IAM::Role', name: `arn:aws:iam::${ACCOUNT}:role/orders` } },
    { type: 'logs-to', to: { kind: 'AWS::Logs::LogGroup', name: GROUP } },
  ]);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(sfn, { 'states:ListStateMachines': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({ permission: 'states:ListStateMachines' });
});

test('one whose description is refused is there, with the refusal', async () => {
  const { facts } = await collected(sfn, { ...answers, 'states:DescribeStateMachine': DENIED }, { declared });
  expect(factOf(facts, 'orders-prod')).toMatchObject({
    properties: { type: 'EXPRESS' },
    refusals: [{ operation: 'states:DescribeStateMachine' }],
  });
});
