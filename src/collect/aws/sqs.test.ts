import { expect, test } from 'vitest';
import { sqs } from './sqs.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const url = (name: string) => `https://sqs.eu-west-3.amazonaws.com/${ACCOUNT}/${name}`;
const arn = (name: string) => `arn:aws:sqs:eu-west-3:${ACCOUNT}:${name}`;
const attributes = {
  VisibilityTimeout: '120',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ApproximateNumberOfMessages: '3',
  SqsManagedSseEnabled: 'true',
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('orders-dlq'), maxReceiveCount: 5 }),
};
const answers = {
  'sqs:ListQueues': { QueueUrls: [url('orders')] },
  'sqs:GetQueueAttributes': { Attributes: attributes },
};

test('a queue says how long messages stay, how many wait and where the failed ones go', async () => {
  const { facts } = await collected(sqs, answers);
  expect(factOf(facts, 'orders')).toMatchObject({
    arn: arn('orders'),
    properties: {
      fifoQueue: false,
      visibilityTimeout: 120,
      messageRetentionPeriod: 345_600,
      delaySeconds: 0,
      approximateNumberOfMessages: 3,
      encrypted: true,
      maxReceiveCount: 5,
    },
    relations: [{ type: 'dead-letters-to', to: { kind: 'AWS::SQS::Queue', name: arn('orders-dlq') } }],
  });
});

test('a queue without a key is not encrypted', async () => {
  const { facts } = await collected(sqs, {
    ...answers,
    'sqs:GetQueueAttributes': { Attributes: { SqsManagedSseEnabled: 'false' } },
  });
  expect(factOf(facts, 'orders').properties).toMatchObject({ encrypted: false });
});

test('a redrive policy that cannot be read says nothing', async () => {
  const { facts } = await collected(sqs, {
    ...answers,
    'sqs:GetQueueAttributes': { Attributes: { VisibilityTimeout: '30', RedrivePolicy: 'null{' } },
  });
  expect(factOf(facts, 'orders').relations).toBeUndefined();
  expect(factOf(facts, 'orders').properties).toMatchObject({ visibilityTimeout: 30 });
});

test('a queue whose attributes are refused is there, and says whether it is FIFO by its name', async () => {
  const { facts } = await collected(sqs, {
    'sqs:ListQueues': { QueueUrls: [url('orders.fifo')] },
    'sqs:GetQueueAttributes': DENIED,
  });
  const seen = factOf(facts, 'orders.fifo');
  expect(seen.properties).toEqual({ fifoQueue: true });
  expect(seen.refusals).toMatchObject([
    { operation: 'sqs:GetQueueAttributes', permission: 'sqs:GetQueueAttributes' },
  ]);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(sqs, { 'sqs:ListQueues': DENIED });
  expect(lookups).toMatchObject([
    { kind: 'AWS::SQS::Queue', refusal: { operation: 'sqs:ListQueues', permission: 'sqs:ListQueues' } },
  ]);
});
