import { expect, test } from 'vitest';
import { sns } from './sns.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:sns:eu-west-3:${ACCOUNT}:${name}`;
const topics = (...names: string[]) =>
  `<Topics>${names.map((name) => `<member><TopicArn>${arn(name)}</TopicArn></member>`).join('')}</Topics>`;
const attributes = (values: Record<string, string>) =>
  `<Attributes>${Object.entries(values)
    .map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`)
    .join('')}</Attributes>`;

test('a topic says how many listen, and by which key it is encrypted', async () => {
  const { facts } = await collected(sns, {
    'sns:ListTopics': topics('orders.fifo'),
    'sns:GetTopicAttributes': attributes({
      DisplayName: 'Orders',
      SubscriptionsConfirmed: '2',
      SubscriptionsPending: '1',
      KmsMasterKeyId: 'alias/messages',
    }),
  });
  expect(factOf(facts, 'orders.fifo')).toMatchObject({
    arn: arn('orders.fifo'),
    properties: {
      displayName: 'Orders',
      fifoTopic: true,
      subscriptionsConfirmed: 2,
      subscriptionsPending: 1,
      encrypted: true,
    },
    relations: [{ type: 'encrypted-by', to: { kind: 'AWS::KMS::Key', name: 'alias/messages' } }],
  });
});

test('a topic without a key is not encrypted', async () => {
  const { facts } = await collected(sns, {
    'sns:ListTopics': topics('alerts'),
    'sns:GetTopicAttributes': attributes({ SubscriptionsConfirmed: '0' }),
  });
  expect(factOf(facts, 'alerts').properties).toEqual({
    fifoTopic: false,
    subscriptionsConfirmed: 0,
    encrypted: false,
  });
});

test('a topic whose attributes are refused is there', async () => {
  const { facts } = await collected(sns, {
    'sns:ListTopics': topics('alerts'),
    'sns:GetTopicAttributes': DENIED,
  });
  expect(factOf(facts, 'alerts').properties).toEqual({ fifoTopic: false });
  expect(factOf(facts, 'alerts').refusals).toMatchObject([
    { operation: 'sns:GetTopicAttributes', permission: 'sns:GetTopicAttributes' },
  ]);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(sns, { 'sns:ListTopics': DENIED });
  expect(lookups).toMatchObject([
    { kind: 'AWS::SNS::Topic', refusal: { operation: 'sns:ListTopics', permission: 'sns:ListTopics' } },
  ]);
});
