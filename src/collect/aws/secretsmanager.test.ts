import { expect, test } from 'vitest';
import { secretsmanager } from './secretsmanager.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:secretsmanager:eu-west-3:${ACCOUNT}:secret:${name}-AbCdEf`;
const ROTATION = `arn:aws:lambda:eu-west-3:${ACCOUNT}:function:rotate`;
const secret = (Name: string, more: object = {}) => ({ Name, ARN: arn(Name), ...more });

test('a secret says when it changed and whether it rotates', async () => {
  const { facts } = await collected(secretsmanager, {
    'secretsmanager:ListSecrets': {
      SecretList: [
        secret('shop/db', {
          RotationEnabled: true,
          RotationLambdaARN: ROTATION,
          RotationRules: { AutomaticallyAfterDays: 30 },
          LastChangedDate: 1_767_225_600,
        }),
      ],
    },
  });
  expect(factOf(facts, 'shop/db')).toMatchObject({
    arn: arn('shop/db'),
    properties: { rotationEnabled: true, rotationDays: 30, lastChangedDate: '2026-01-01T00:00:00.000Z' },
    relations: [{ type: 'uses', to: { kind: 'AWS::Lambda::Function', name: ROTATION } }],
  });
});

test('a secret that waits to be deleted is there until it is', async () => {
  let asked: object = {};
  const { facts } = await collected(secretsmanager, {
    'secretsmanager:ListSecrets': (input: object) => {
      asked = input;
      return { SecretList: [secret('old', { DeletedDate: 1_767_225_600 })] };
    },
  });
  expect(asked).toMatchObject({ IncludePlannedDeletion: true });
  expect(factOf(facts, 'old').properties).toMatchObject({ deletedDate: '2026-01-01T00:00:00.000Z' });
});

test('a secret that a service of AWS manages is its own', async () => {
  const { facts } = await collected(secretsmanager, {
    'secretsmanager:ListSecrets': { SecretList: [secret('rds!db-1', { OwningService: 'rds' })] },
  });
  expect(factOf(facts, 'rds!db-1').builtIn).toBe(true);
});

test('only the list is asked for, and a refused one is not established', async () => {
  const { lookups, calls } = await collected(secretsmanager, { 'secretsmanager:ListSecrets': DENIED });
  expect(Object.keys(secretsmanager.permissions)).toEqual(['ListSecrets']);
  expect(new Set(calls)).toEqual(new Set(['secretsmanager:ListSecrets']));
  expect(lookups).toMatchObject([
    { refusal: { operation: 'secretsmanager:ListSecrets', permission: 'secretsmanager:ListSecrets' } },
  ]);
});
