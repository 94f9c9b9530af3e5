import { expect, test } from 'vitest';
import { ssm } from './ssm.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:ssm:eu-west-3:${ACCOUNT}:parameter${name}`;
const listed = (...Parameters: object[]) => ({ 'ssm:DescribeParameters': { Parameters } });

test('a parameter says what it is and by which key it is encrypted, and no value', async () => {
  const { facts } = await collected(
    ssm,
    listed({
      Name: '/shop/token',
      ARN: arn('/shop/token'),
      Type: 'SecureString',
      KeyId: 'alias/shop',
      Version: 3,
    }),
  );
  expect(factOf(facts, '/shop/token')).toMatchObject({
    arn: arn('/shop/token'),
    properties: { type: 'SecureString', version: 3 },
    relations: [{ type: 'encrypted-by', to: { kind: 'AWS::KMS::Key', name: 'alias/shop' } }],
  });
  expect(Object.keys(ssm.permissions)).toEqual(['DescribeParameters']);
});

test('a name without a slash has one in its ARN', async () => {
  const { facts } = await collected(ssm, listed({ Name: 'token', Type: 'String' }));
  expect(factOf(facts, 'token').arn).toBe(arn('/token'));
});

test('what AWS keeps for its services is its own', async () => {
  const { facts } = await collected(
    ssm,
    listed({ Name: '/aws/reference/x', Type: 'String' }, { Name: '/shop/x' }),
  );
  expect(facts.filter(({ builtIn }) => builtIn).map(({ name }) => name)).toEqual(['/aws/reference/x']);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(ssm, { 'ssm:DescribeParameters': DENIED });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'ssm:DescribeParameters', permission: 'ssm:DescribeParameters' } },
  ]);
});
