import { expect, test } from 'vitest';
import { cognito } from './cognito.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const POOL = 'AWS::Cognito::UserPool';
const TRIGGER = `arn:aws:lambda:eu-west-3:${ACCOUNT}:function:sign-up`;
const answers = {
  'cognito-idp:ListUserPools': {
    UserPools: [{ Id: 'eu-west-3_AbCdEfGhI', Name: 'shop-prod', LambdaConfig: { PreSignUp: TRIGGER } }],
  },
  'cognito-idp:DescribeUserPool': {
    UserPool: {
      Id: 'eu-west-3_AbCdEfGhI',
      MfaConfiguration: 'OFF',
      DeletionProtection: 'ACTIVE',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: false } },
    },
  },
};

test('a pool is named by its id, known by its name, and triggers its functions', async () => {
  const { facts, calls } = await collected(cognito, answers);
  expect(factOf(facts, 'eu-west-3_AbCdEfGhI')).toMatchObject({
    arn: `arn:aws:cognito-idp:eu-west-3:${ACCOUNT}:userpool/eu-west-3_AbCdEfGhI`,
    otherNames: ['shop-prod'],
    environments: ['prod'],
    relations: [{ type: 'triggers', to: { kind: 'AWS::Lambda::Function', name: TRIGGER } }],
  });
  expect(calls).toEqual(['cognito-idp:ListUserPools']);
});

test.each(['eu-west-3_AbCdEfGhI', 'shop-prod'])(
  'a file that names the pool %s has it described',
  async (name) => {
    const { facts } = await collected(cognito, answers, { declared: [[POOL, name]] });
    expect(factOf(facts, 'eu-west-3_AbCdEfGhI').properties).toMatchObject({
      mfaConfiguration: 'OFF',
      deletionProtection: 'ACTIVE',
      passwordPolicy: { minimumLength: 12, requireSymbols: false },
    });
  },
);

test('a pool whose details are refused is still seen', async () => {
  const { facts } = await collected(
    cognito,
    { ...answers, 'cognito-idp:DescribeUserPool': DENIED },
    { declared: [[POOL, 'shop-prod']] },
  );
  expect(factOf(facts, 'eu-west-3_AbCdEfGhI').refusals).toMatchObject([
    { permission: 'cognito-idp:DescribeUserPool' },
  ]);
});

test('a refused list is not established, and says what would open it', async () => {
  const { lookups } = await collected(cognito, { 'cognito-idp:ListUserPools': DENIED });
  expect(lookups).toMatchObject([{ kind: POOL, refusal: { permission: 'cognito-idp:ListUserPools' } }]);
});
