import { expect, test } from 'vitest';
import { noArtifacts } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import { reconcile } from './reconcile.ts';
import { declared, documented } from './test-facts.ts';

const ACCOUNT = '123456789012';
const QUEUE = 'AWS::SQS::Queue';
const looked: Observation = {
  source: 'aws',
  account: ACCOUNT,
  regions: ['eu-west-3'],
  kinds: new Set([QUEUE]),
  lookups: [{ source: 'aws', kind: QUEUE, account: ACCOUNT, region: 'eu-west-3' }],
};
const inProd = (name: string, more: Partial<Fact> = {}) =>
  declared(QUEUE, name, { unknownAccount: 'infra/prod\nprod', region: 'eu-west-3', ...more });
const seen = (name: string): Fact => ({
  ...declared(QUEUE, name, { region: 'eu-west-3', account: ACCOUNT }),
  source: 'aws',
  sort: 'observed',
  evidence: { source: 'aws', operation: 'sqs:ListQueues', at: '2026-11-28T00:00:00Z' },
});
const none = noArtifacts();
const standing = (...facts: Fact[]) =>
  reconcile('quay', facts, none, [], {}, [looked]).resources.map(({ name, status, reason }) => [
    name,
    status,
    reason?.en,
  ]);

test('what is declared for an account that only the run knows is not missing in another', () => {
  expect(standing(inProd('orders'), inProd('mails'), seen('others'))).toEqual([
    ['mails', 'unverified', expect.stringMatching(/account that only the deployment knows.*`infra\/prod`/)],
    ['orders', 'unverified', expect.any(String)],
    ['others', 'undocumented', undefined],
  ]);
});

test('it is missing where something that is deployed with it is there', () => {
  const there = [inProd('mails'), seen('mails')];
  expect(standing(inProd('orders'), ...there)).toEqual([
    ['mails', 'verified', undefined],
    ['orders', 'missing', expect.any(String)],
  ]);
  const inDev = inProd('orders', { unknownAccount: 'infra/prod\ndev' });
  expect(standing(inDev, ...there)[1]?.[1]).toBe('unverified');
  expect(standing(inProd('orders'), documented(QUEUE, 'orders'))[0]?.[1]).toBe('unverified');
});

test('so is what workflows name under credentials of their own, once something of theirs is there', () => {
  const byWorkflow = declared(QUEUE, 'orders');
  expect(standing(byWorkflow, inProd('mails'))[1]).toEqual([
    'orders',
    'unverified',
    expect.stringContaining('own credentials'),
  ]);
  const there = [declared(QUEUE, 'bills'), seen('bills')];
  expect(standing(byWorkflow, inProd('mails'), ...there).map(([name, status]) => [name, status])).toEqual([
    ['bills', 'verified'],
    ['mails', 'unverified'],
    ['orders', 'missing'],
  ]);
  // where nothing is deployed elsewhere there is one account
  expect(standing(byWorkflow)[0]?.[1]).toBe('missing');
  expect(standing({ ...byWorkflow, account: ACCOUNT }, inProd('mails'))[1]?.[1]).toBe('missing');
});

test('a name that several deployments give, or that is open, proves none of them', () => {
  const inDev = (name: string) => inProd(name, { unknownAccount: 'infra/dev\ndev' });
  const both = [inProd('audit'), inDev('audit'), seen('audit')];
  const open = inProd('quay-⟨var.env⟩-mails', { nameStatus: 'template' });
  const found = standing(inProd('orders'), ...both, open, seen('quay-dev-mails'));
  expect(found.map(([name, status]) => [name, status])).toEqual([
    ['audit', 'verified'],
    ['orders', 'unverified'],
    ['quay-dev-mails', 'verified'],
  ]);
});
