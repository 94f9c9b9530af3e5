import { expect, test } from 'vitest';
import { cloudwatch } from './cloudwatch.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:cloudwatch:eu-west-3:${ACCOUNT}:alarm:${name}`;
const TOPIC = `arn:aws:sns:eu-west-3:${ACCOUNT}:on-call`;
const metric = {
  AlarmName: 'Orders waiting',
  AlarmArn: arn('Orders waiting'),
  StateValue: 'ALARM',
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  OKActions: [TOPIC, `arn:aws:automate:eu-west-3:ec2:recover`],
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateAgeOfOldestMessage',
  Statistic: 'Maximum',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 300,
  Period: 60,
  EvaluationPeriods: 5,
  Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
};

test('an alarm says what it watches, in which state it is and whom it calls', async () => {
  const { facts } = await collected(cloudwatch, { 'cloudwatch:DescribeAlarms': { MetricAlarms: [metric] } });
  expect(factOf(facts, 'Orders waiting')).toMatchObject({
    arn: metric.AlarmArn,
    properties: {
      state: 'ALARM',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateAgeOfOldestMessage',
      threshold: 300,
      dimensions: ['QueueName=orders'],
    },
    relations: [{ type: 'sends-to', to: { kind: 'AWS::SNS::Topic', name: TOPIC } }],
  });
});

test('an alarm made of others is one under the same kind', async () => {
  let asked: string[] = [];
  const { facts, calls } = await collected(cloudwatch, {
    'cloudwatch:DescribeAlarms': ({ AlarmTypes }: { AlarmTypes: string[] }) => {
      asked = AlarmTypes;
      return {
        CompositeAlarms: [
          {
            AlarmName: 'Shop',
            AlarmArn: arn('Shop'),
            AlarmRule: 'ALARM("Orders waiting")',
            StateValue: 'OK',
          },
        ],
      };
    },
  });
  expect(asked).toEqual(['MetricAlarm', 'CompositeAlarm']);
  expect(factOf(facts, 'Shop')).toMatchObject({
    kind: 'AWS::CloudWatch::Alarm',
    properties: { state: 'OK', alarmRule: 'ALARM("Orders waiting")' },
  });
  expect(calls).toHaveLength(1);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(cloudwatch, { 'cloudwatch:DescribeAlarms': DENIED });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'cloudwatch:DescribeAlarms', permission: 'cloudwatch:DescribeAlarms' } },
  ]);
});
