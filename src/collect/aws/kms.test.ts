import { expect, test } from 'vitest';
import { kms } from './kms.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:kms:eu-west-3:${ACCOUNT}:${rest}`;
const alias = (AliasName: string, TargetKeyId?: string) => ({
  AliasName,
  AliasArn: arn(AliasName),
  TargetKeyId,
});
const answers = {
  'kms:ListAliases': {
    Aliases: [alias('alias/shop-prod', 'own'), alias('alias/aws/rds', 'service'), alias('alias/aws/ssm')],
  },
  'kms:ListKeys': {
    Keys: ['own', 'service', 'bare'].map((KeyId) => ({ KeyId, KeyArn: arn(`key/${KeyId}`) })),
  },
  'kms:DescribeKey': ({ KeyId }: { KeyId: string }) => ({
    KeyMetadata: {
      KeyId,
      KeyState: 'Enabled',
      KeySpec: KeyId === 'bare' ? 'RSA_2048' : 'SYMMETRIC_DEFAULT',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      Enabled: true,
    },
  }),
  'kms:GetKeyRotationStatus': { KeyRotationEnabled: false },
};

test('a key is named by its alias, and known by its id', async () => {
  const { facts } = await collected(kms, answers);
  expect(factOf(facts, 'alias/shop-prod')).toMatchObject({
    arn: arn('key/own'),
    otherNames: ['own'],
    environments: ['prod'],
    properties: { keyState: 'Enabled', keySpec: 'SYMMETRIC_DEFAULT', keyManager: 'CUSTOMER' },
  });
  expect(factOf(facts, 'bare').arn).toBe(arn('key/bare'));
});

test('keys of AWS’s own services are told, and not asked about', async () => {
  const { facts, calls } = await collected(kms, answers);
  expect(factOf(facts, 'alias/aws/rds')).toMatchObject({ arn: arn('key/service'), builtIn: true });
  expect(calls.filter((call) => call === 'kms:DescribeKey')).toHaveLength(2);
  expect(calls).not.toContain('kms:GetKeyRotationStatus');
});

test('an alias of AWS’s own whose key is not made yet is not missing', async () => {
  const { facts } = await collected(kms, answers);
  expect(factOf(facts, 'alias/aws/ssm').builtIn).toBe(true);
});

test('whether a key rotates is told where a file names it, and where it could', async () => {
  const { facts, calls } = await collected(kms, answers, {
    declared: [
      ['AWS::KMS::Key', 'alias/shop-prod'],
      ['AWS::KMS::Key', 'bare'],
    ],
  });
  expect(factOf(facts, 'alias/shop-prod').properties).toMatchObject({ enableKeyRotation: false });
  expect(factOf(facts, 'bare').properties).not.toHaveProperty('enableKeyRotation');
  expect(calls.filter((call) => call === 'kms:GetKeyRotationStatus')).toHaveLength(1);
});

test('a refused key is there, with its refusals', async () => {
  const { facts } = await collected(
    kms,
    { ...answers, 'kms:DescribeKey': DENIED, 'kms:GetKeyRotationStatus': DENIED },
    { declared: [['AWS::KMS::Key', 'alias/shop-prod']] },
  );
  expect(factOf(facts, 'alias/shop-prod').refusals?.map(({ permission }) => permission)).toEqual([
    'kms:DescribeKey',
    'kms:GetKeyRotationStatus',
  ]);
});

test.each(['ListAliases', 'ListKeys'])('where %s is refused no key is established', async (operation) => {
  const { lookups } = await collected(kms, { ...answers, [`kms:${operation}`]: DENIED });
  expect(lookups).toMatchObject([
    { kind: 'AWS::KMS::Key', refusal: { operation: `kms:${operation}`, permission: `kms:${operation}` } },
  ]);
});
