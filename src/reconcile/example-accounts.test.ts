import { expect, test } from 'vitest';
import { withoutExampleAccounts } from './example-accounts.ts';
import { declared, documented } from './test-facts.ts';

const KIND = 'AWS::ECS::Service';
const observed = (account: string) => ({
  source: 'aws' as const,
  account,
  regions: ['eu-west-3'],
  kinds: new Set([KIND] as const),
  lookups: [],
});
const accounts = (account: string, read: string) =>
  withoutExampleAccounts(
    [documented(KIND, 'quay-api', { account }), declared(KIND, 'quay-api', { account })],
    [observed(read)],
  ).map((fact) => fact.account);

test('the account of an example in a page is left out, that of a file that is deployed from stays', () => {
  expect(accounts('123456789012', '210123456780')).toEqual([undefined, '123456789012']);
});

test('an account that was read, and one that is nobody’s example, stay', () => {
  expect(accounts('123456789012', '123456789012')).toEqual(['123456789012', '123456789012']);
  expect(accounts('210123456780', '210123456780')).toEqual(['210123456780', '210123456780']);
});
