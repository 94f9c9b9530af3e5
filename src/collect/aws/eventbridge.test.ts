import { expect, test } from 'vitest';
import { eventbridge } from './eventbridge.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:${ACCOUNT}:${rest}`;
const BUSES = {
  EventBuses: ['default', 'shop'].map((Name) => ({ Name, Arn: arn('events', `event-bus/${Name}`) })),
};
const rules = ({ EventBusName }: { EventBusName: string }) => ({
  Rules:
    EventBusName === 'default'
      ? [
          {
            Name: 'nightly',
            Arn: arn('events', 'rule/nightly'),
            State: 'ENABLED',
            ScheduleExpression: 'cron(0 3 * * ? *)',
          },
          {
            Name: 'AutoScalingManagedRule',
            Arn: arn('events', 'rule/AutoScalingManagedRule'),
            ManagedBy: 'autoscaling.amazonaws.com',
          },
        ]
      : [{ Name: 'order-placed', Arn: arn('events', 'rule/shop/order-placed'), State: 'DISABLED' }],
});
const answers = {
  'events:ListEventBuses': BUSES,
  'events:ListRules': rules,
  'events:ListTargetsByRule': {
    Targets: [
      {
        Id: '1',
        Arn: arn('ecs', 'cluster/jobs'),
        RoleArn: `arn:aws:iam::${ACCOUNT}:role/events`,
        EcsParameters: { TaskDefinitionArn: arn('ecs', 'task-definition/report:7') },
        Input: '{"token":"hidden"}',
      },
    ],
  },
};
const declared = [['AWS::Events::Rule', 'nightly']] as const;

test('rules of every bus are told with their schedule and state', async () => {
  const { facts } = await collected(eventbridge, answers);
  expect(factOf(facts, 'nightly')).toMatchObject({
    properties: { state: 'ENABLED', scheduleExpression: 'cron(0 3 * * ? *)', eventBusName: 'default' },
    relations: [{ type: 'part-of', to: { kind: 'AWS::Events::EventBus', name: 'default' } }],
  });
  expect(factOf(facts, 'order-placed')).toMatchObject({
    arn: arn('events', 'rule/shop/order-placed'),
    properties: { state: 'DISABLED', eventBusName: 'shop' },
  });
});

test('the default bus and the rules of services are made by AWS', async () => {
  const { facts } = await collected(eventbridge, answers);
  const builtIn = facts.filter((fact) => fact.builtIn).map(({ name }) => name);
  expect(builtIn.sort()).toEqual(['AutoScalingManagedRule', 'default']);
});

test('what a rule starts is told where a file names it, without what it is started with', async () => {
  const { facts, calls } = await collected(eventbridge, answers, { declared });
  expect(factOf(facts, 'nightly').relations).toEqual(
    expect.arrayContaining([
      { type: 'routes-to', to: { kind: 'AWS::ECS::Cluster', name: arn('ecs', 'cluster/jobs') } },
      { type: 'routes-to', to: { kind: 'AWS::ECS::TaskDefinition', name: 'report:7' } },
      { type: 'assumes', to: { kind: 'AWS::IAM::Role', name: `arn:aws:iam::${ACCOUNT}:role/events` } },
    ]),
  );
  expect(JSON.stringify(facts)).not.toContain('hidden');
  expect(calls.filter((call) => call === 'events:ListTargetsByRule')).toHaveLength(1);
});

test('refused targets keep the rule', async () => {
  const { facts } = await collected(
    eventbridge,
    { ...answers, 'events:ListTargetsByRule': DENIED },
    { declared },
  );
  expect(factOf(facts, 'nightly')).toMatchObject({
    properties: { state: 'ENABLED' },
    refusals: [{ operation: 'events:ListTargetsByRule', permission: 'events:ListTargetsByRule' }],
  });
  expect(factOf(facts, 'nightly').properties).not.toHaveProperty('targets');
});

test('where the rules of one bus are refused no rule can be missing, and the others are told', async () => {
  const { facts, lookups } = await collected(eventbridge, {
    ...answers,
    'events:ListRules': (input: { EventBusName: string }) =>
      input.EventBusName === 'shop' ? DENIED : rules(input),
  });
  expect(factOf(facts, 'nightly').kind).toBe('AWS::Events::Rule');
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind: 'AWS::Events::Rule', refusal: { operation: 'events:ListRules', permission: 'events:ListRules' } },
  ]);
});

test('where buses are refused neither buses nor rules are established', async () => {
  const { lookups } = await collected(eventbridge, { ...answers, 'events:ListEventBuses': DENIED });
  expect(lookups.map(({ kind, refusal }) => [kind, refusal?.operation])).toEqual([
    ['AWS::Events::EventBus', 'events:ListEventBuses'],
    ['AWS::Events::Rule', 'events:ListEventBuses'],
  ]);
});
