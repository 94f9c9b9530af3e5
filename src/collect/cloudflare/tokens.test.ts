import { expect, test } from 'vitest';
import { ACCOUNT, collected, denied, of, page, refused } from './test-api.ts';
import { tokens } from './tokens.ts';

const READS = [{ name: 'Zone Read' }, { name: 'DNS Read' }];
const every = { 'com.cloudflare.api.account.zone.*': '*' };
const policy = (resources: object, more: object = {}) => ({
  effect: 'allow',
  permission_groups: READS,
  resources,
  ...more,
});
const first = (list: object[]) => (query: URLSearchParams) =>
  page(query.get('page') === '1' ? list : [], { total_count: list.length });

const seesEveryZone = async (policies: object[]) => {
  const { facts } = await collected(tokens, {
    '/user/tokens/verify': { id: 't1', status: 'active' },
    '/user/tokens': first([
      { id: 't1', name: 'audit', policies },
      { id: 't2', name: 'other', policies: [] },
    ]),
    [of('/tokens')]: first([]),
  });
  expect(facts.find(({ name }) => name === 'other')?.properties).not.toHaveProperty('seesEveryZone');
  return facts.find(({ name }) => name === 'audit')?.properties?.seesEveryZone;
};

test.each([
  ['all zones', [policy(every)], true],
  ['all zones of the account', [policy({ [`com.cloudflare.api.account.${ACCOUNT}`]: every })], true],
  ['all zones of all accounts', [policy({ 'com.cloudflare.api.account.*': every })], true],
  ['one zone', [policy({ 'com.cloudflare.api.account.zone.b0b': '*' })], false],
  ['all zones of another account', [policy({ 'com.cloudflare.api.account.f0f': every })], false],
  ['all zones, but not to list them', [policy(every, { permission_groups: [{ name: 'DNS Read' }] })], false],
  [
    'all zones but one',
    [policy(every), policy({ 'com.cloudflare.api.account.zone.b0b': '*' }, { effect: 'deny' })],
    false,
  ],
  ['nothing that is told', [], false],
])('a token of %s sees every zone of the account: %j', async (_, policies, sees) => {
  expect(await seesEveryZone(policies)).toBe(sees);
});

test('a token of the account is found among the account’s, and no user’s are asked for', async () => {
  const { facts, lookups, asked } = await collected(tokens, {
    '/user/tokens/verify': refused(401, 1000, 'Invalid API Token'),
    [of('/tokens/verify')]: { id: 't3', status: 'active' },
    [of('/tokens')]: first([{ id: 't3', name: 'ci', policies: [policy(every)] }]),
  });
  expect(facts).toMatchObject([{ name: 'ci', builtIn: true, properties: { seesEveryZone: true } }]);
  expect(lookups.filter(({ refusal }) => refusal)).toEqual([]);
  expect(asked.some((one) => one.startsWith('GET /user/tokens?'))).toBe(false);
});

test('a token that neither verification knows leaves the user’s tokens unestablished', async () => {
  const { lookups, operations } = await collected(tokens, {
    '/user/tokens/verify': denied(),
    [of('/tokens/verify')]: refused(401, 1000, 'Invalid API Token'),
    [of('/tokens')]: first([]),
  });
  expect(lookups.map(({ refusal }) => refusal?.operation)).toContain('GET /user/tokens/verify');
  expect(operations.find(({ name }) => name === 'GET /user/tokens/verify')).toMatchObject({ denied: 1 });
});
