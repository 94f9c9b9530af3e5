import { expect, test } from 'vitest';
import { access } from './access.ts';
import { collected, denied, of, refused } from './test-api.ts';

const once = (items: object[]) => (query: URLSearchParams) => (query.get('page') === '1' ? items : []);
const empty = {
  [of('/access/apps')]: [],
  [of('/access/policies')]: [],
  [of('/access/identity_providers')]: [],
  [of('/access/service_tokens')]: [],
};

test('whom a policy names is not told, only by what sort of rule', async () => {
  const { facts } = await collected(access, {
    ...empty,
    [of('/access/apps')]: once([
      {
        id: 'a1',
        name: 'desk',
        type: 'self_hosted',
        domain: 'desk.quay.example',
        policies: [
          { name: 'staff', decision: 'allow', include: [{ email: { email: 'canary@quay.example' } }] },
        ],
      },
    ]),
    [of('/access/identity_providers')]: once([
      { id: 'p1', name: 'staff', type: 'oidc', config: { client_secret: 'canary' } },
    ]),
  });
  expect(facts).toMatchObject([
    { properties: { policies: [{ name: 'staff', decision: 'allow', include: ['email'] }] } },
    { properties: { type: 'oidc' } },
  ]);
  expect(JSON.stringify(facts)).not.toContain('canary');
});

test('policies that stand apart and may not be read are told as refused', async () => {
  const { facts } = await collected(access, {
    ...empty,
    [of('/access/apps')]: once([{ id: 'a1', name: 'desk', domain: 'desk.quay.example' }]),
    [of('/access/apps/a1/policies')]: denied(),
  });
  expect(facts[0]?.properties).not.toHaveProperty('policies');
  expect(facts[0]?.refusals).toMatchObject([{ permission: 'Access: Apps and Policies Read' }]);
});

test('an account without Zero Trust has nothing of it; another error says nothing of the kind', async () => {
  const off = Object.fromEntries(
    Object.keys(empty).map((path) => [path, refused(403, 9999, 'access.api.error.not_enabled')]),
  );
  expect((await collected(access, off)).lookups.map(({ refusal }) => refusal)).toEqual(
    Array(4).fill(undefined),
  );
  const broken = Object.fromEntries(
    Object.keys(empty).map((path) => [path, refused(403, 9999, 'access.api.error.other')]),
  );
  expect((await collected(access, broken)).lookups.every(({ refusal }) => refusal)).toBe(true);
});
