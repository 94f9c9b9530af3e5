import { expect, test } from 'vitest';
import { encryptedBy, leadsTo } from './leads-to.ts';

const aws = { account: '111122223333', region: 'eu-west-3' };
const here = 'eu-west-3:111122223333';

test.each([
  [`arn:aws:sqs:${here}:orders`, 'AWS::SQS::Queue', `arn:aws:sqs:${here}:orders`],
  [
    `arn:aws:dynamodb:${here}:table/orders/stream/2026-01-01T00:00:00.000`,
    'AWS::DynamoDB::Table',
    `arn:aws:dynamodb:${here}:table/orders`,
  ],
  [
    `arn:aws:lambda:${here}:function:api:live`,
    'AWS::Lambda::Function',
    `arn:aws:lambda:${here}:function:api`,
  ],
  [
    `arn:aws:kinesis:${here}:stream/clicks/consumer/web:1`,
    'AWS::Kinesis::Stream',
    `arn:aws:kinesis:${here}:stream/clicks`,
  ],
  [
    'arn:aws:iam::111122223333:role/service/worker',
    'AWS::IAM::Role',
    'arn:aws:iam::111122223333:role/service/worker',
  ],
])('%s leads to what it is part of', (arn, kind, name) => {
  expect(leadsTo(aws, 'reads', arn)).toEqual({ type: 'reads', to: { kind, name } });
});

test.each([
  'arn:aws:sqs:eu-west-3:999999999999:orders',
  'arn:aws:sqs:us-east-1:111122223333:orders',
  `arn:aws:autoscaling:${here}:scalingPolicy:1:autoScalingGroupName/web`,
  'orders',
  undefined,
])('%s leads to nothing that is known here', (arn) => {
  expect(leadsTo(aws, 'reads', arn)).toBeUndefined();
});

test('a key is named by its ARN, its id or an alias, and one of another account is not ours', () => {
  const to = (key: string) => encryptedBy(aws, key)?.to.name;
  expect(to(`arn:aws:kms:${here}:key/1`)).toBe(`arn:aws:kms:${here}:key/1`);
  expect(to('alias/data')).toBe('alias/data');
  expect(to('arn:aws:kms:eu-west-3:999999999999:key/1')).toBeUndefined();
  expect(encryptedBy(aws, undefined)).toBeUndefined();
});
