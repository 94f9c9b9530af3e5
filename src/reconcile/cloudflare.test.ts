import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import type { Lookup, Observation } from '#model/lookup.ts';
import { resourcesOf } from './resources.ts';

const ACCOUNT = 'a'.repeat(32);
const declared = (kind: Fact['kind'], name: string, parts: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'wrangler.toml', line: 3 },
  environments: [],
  ...parts,
});
const observed = (kind: Fact['kind'], name: string, parts: Partial<Fact> = {}): Fact => ({
  ...declared(kind, name),
  source: 'cloudflare',
  sort: 'observed',
  evidence: { source: 'cloudflare', operation: 'GET /accounts/{account_id}/…', at: '2026-11-28T12:00:00Z' },
  account: ACCOUNT,
  arn: `/accounts/${ACCOUNT}/${kind}/${name}`,
  ...parts,
});
const observation = (kind: Fact['kind'], refusal?: Lookup['refusal']): Observation => ({
  source: 'cloudflare',
  account: ACCOUNT,
  regions: [],
  kinds: new Set([kind]),
  lookups: [{ source: 'cloudflare', kind, account: ACCOUNT, ...(refusal && { refusal }) }],
});
const D1 = 'Cloudflare::D1::Database';
const ROUTE = 'Cloudflare::Workers::Route';
const routesTo = (name: string): Partial<Fact> => ({
  relations: [{ type: 'routes-to', to: { kind: 'Cloudflare::Workers::Script', name } }],
});
const one = (facts: Fact[], kind: Fact['kind'], refusal?: Lookup['refusal']) => {
  const resources = resourcesOf(facts, [observation(kind, refusal)]);
  expect(resources).toHaveLength(1);
  return resources[0];
};

test('a database is known by its id, whatever files call it', () => {
  const facts = [
    declared(D1, 'DB', { otherNames: ['id-1'], properties: { id: 'id-1' } }),
    observed(D1, 'locks', { otherNames: ['id-1'], properties: { id: 'id-1' } }),
  ];
  expect(one(facts, D1)).toMatchObject({ name: 'locks', status: 'verified' });
});

test('a database of that name with another id has drifted', () => {
  const facts = [
    declared(D1, 'locks', { otherNames: ['id-1'], properties: { id: 'id-1' } }),
    observed(D1, 'locks', { otherNames: ['id-2'], properties: { id: 'id-2' } }),
  ];
  expect(one(facts, D1)).toMatchObject({
    status: 'drifted',
    drift: [{ path: 'id', declared: 'id-1', observed: 'id-2' }],
  });
});

test('a route that leads to another script than its file says has drifted', () => {
  const drifted = [
    declared(ROUTE, 'quay.example/*', routesTo('gate')),
    observed(ROUTE, 'quay.example/*', routesTo('gate-old')),
  ];
  expect(one(drifted, ROUTE)?.drift).toEqual([{ path: 'script', declared: 'gate', observed: 'gate-old' }]);
  const off = [
    declared(ROUTE, 'quay.example/*', routesTo('gate')),
    observed(ROUTE, 'quay.example/*', { properties: { isOff: true } }),
  ];
  expect(one(off, ROUTE)?.drift).toEqual([{ path: 'script', declared: 'gate', observed: null }]);
  const same = [
    declared(ROUTE, 'quay.example/*', routesTo('gate')),
    observed(ROUTE, 'quay.example/*', routesTo('gate')),
  ];
  expect(one(same, ROUTE)).toMatchObject({ status: 'verified', drift: [] });
});

test('an account of AWS in the files says nothing of where Cloudflare’s things are', () => {
  const facts = [
    declared('AWS::SQS::Queue', 'mails', { account: '310123456780' }),
    declared(D1, 'locks', { otherNames: ['id-1'] }),
  ];
  const database = resourcesOf(facts, [observation(D1)]).find(({ kind }) => kind === D1);
  expect(database).toMatchObject({ status: 'missing' });
  expect(database?.reason?.en).toContain(ACCOUNT);
});

test('a list that the token may not read is unverified with the permission, never missing', () => {
  const why = { fr: 'refusé (permission `D1 Read`)', en: 'denied (permission `D1 Read`)' };
  const refusal = { sort: 'denied', operation: 'GET …', permission: 'D1 Read', why } as const;
  expect(one([declared(D1, 'locks')], D1, refusal)).toMatchObject({ status: 'unverified', reason: why });
});
