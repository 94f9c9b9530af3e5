import { describe, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { resourcesOf } from '../resources.ts';
import { evidenceOf, Graph, observedOf, refusedDetail, seenOf } from './graph.ts';
import {
  ACCOUNT,
  Account,
  BALANCER,
  BUCKET,
  CERTIFICATE,
  denied,
  GROUP,
  LISTENER,
  RECORD,
  REGION,
  RULE,
  SERVICE,
} from './test-estate.ts';
import { BALANCER_ARN, BALANCER_DNS, GROUP_ARN, plainShop, record, shop } from './test-shop.ts';

const declared: Fact = {
  kind: BALANCER,
  name: 'declared',
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'main.tf', line: 1 },
  environments: [],
};

test('what is only declared is not there', () => {
  const graph = new Graph(resourcesOf([declared]), [], []);
  expect(graph.all(BALANCER)).toEqual([]);
  expect(graph.named(BALANCER, 'declared')).toBeUndefined();
});

describe('by name', () => {
  const graph = shop().graph();
  test.each([
    ['front', true],
    ['FRONT', true],
    [BALANCER_ARN, true],
    [BALANCER_DNS, true],
    ['web', false],
  ])('%s', (name, is) => expect(graph.named(BALANCER, name) !== undefined).toBe(is));

  test('of several the one in the region, and none of another account', () => {
    const twice = new Account();
    for (const region of ['us-east-1', REGION])
      twice.see(BALANCER, 'front', {}, { region, arn: `arn:${region}` });
    const found = twice.graph();
    expect(found.named(BALANCER, 'front', { region: REGION })?.region).toBe(REGION);
    expect(found.named(BALANCER, 'front', { region: 'us-east-1' })?.region).toBe('us-east-1');
    expect(found.named(BALANCER, 'front', { account: '999999999999' })).toBeUndefined();
  });
});

describe('what receives requests for a host', () => {
  const account = plainShop();
  account.see(BUCKET, 'files.example', {});
  const graph = account.graph();
  test.each([
    [BALANCER_DNS, 1],
    [`${BALANCER_DNS.toUpperCase()}.`, 1],
    [`dualstack.${BALANCER_DNS}`, 1],
    // names of these are domain names, and answer nothing by themselves
    ['shop.example', 0],
    ['files.example', 0],
    ['front', 0],
  ])('%s: %i', (host, count) => expect(graph.answering(host)).toHaveLength(count));
});

test('relations are walked both ways, by their type and kind', () => {
  const graph = plainShop().graph();
  const group = graph.named(GROUP, GROUP_ARN);
  if (!group) throw new Error('no group');
  expect(graph.into(group, 'registers-in', SERVICE).map(({ name }) => name)).toEqual(['web']);
  expect(graph.into(group, 'registers-in', LISTENER)).toEqual([]);
  expect(graph.out(group, 'part-of', BALANCER).map(({ id }) => id)).toEqual([BALANCER_ARN]);
  expect(graph.out(group, 'elsewhere')).toEqual([]);
  expect(graph.get(GROUP_ARN)).toBe(group);
});

describe('what was not seen', () => {
  test.each<[string, Account, Parameters<Graph['unseen']>, string | undefined]>([
    [
      'nothing, of a list that was read',
      new Account(),
      [BALANCER, { account: ACCOUNT, region: REGION }],
      undefined,
    ],
    ['a list that was refused', new Account().refuse(BALANCER), [BALANCER, {}], `list:${BALANCER}`],
    ['another region', new Account(), [BALANCER, { region: 'eu-north-1' }], ''],
    ['another account', new Account(), [BALANCER, { account: '999999999999' }], ''],
    [
      'of a kind of no region the region does not count',
      new Account(),
      [RECORD, { region: 'eu-north-1' }],
      undefined,
    ],
    ['inside one thing', plainShop(), [RULE, {}, 'front:443'], undefined],
    [
      'inside one thing whose list was refused',
      plainShop().refuse(RULE, 'front:443'),
      [RULE, {}, 'front:443'],
      `list:${RULE}`,
    ],
    ['inside another one', plainShop().refuse(RULE, 'front:443'), [RULE, {}, 'front:80'], undefined],
    ['lists inside things tell nothing of the whole', plainShop(), [RULE, {}], ''],
    ['inside one thing that nobody asked about', plainShop(), [RULE, {}, 'gone:1'], ''],
  ])('%s', (_, account, asked, operation) =>
    expect(account.graph().unseen(...asked)?.operation).toBe(operation),
  );

  test('an account that could not be opened says why', () => {
    const refusal = denied('sts:AssumeRole');
    const observation = {
      source: 'aws',
      account: '',
      regions: [],
      kinds: new Set<never>(),
      lookups: [],
      refusal,
    } as const;
    expect(new Graph([], [], [observation]).unseen(BALANCER)).toEqual(refusal);
  });

  test('where nobody asked, that is what is said, in both languages', () => {
    const why = new Graph([], [], []).unseen(BALANCER, { region: REGION })?.why;
    expect(why).toEqual({
      fr: 'personne n’a demandé à lire\u00a0: répartiteur de charge dans `eu-west-3`',
      en: 'nobody asked to read: load balancer in `eu-west-3`',
    });
  });
});

test('of several facts about one thing the first that states a property tells it; files tell nothing', () => {
  const account = new Account();
  record(account, 'shop.example', 'a.test', { weight: 1, setIdentifier: 'a' });
  record(account, 'shop.example', 'b.test', { weight: 2, ttl: 60, setIdentifier: 'b' });
  const [one] = account.graph().all(RECORD);
  if (!one) throw new Error('no record');
  expect(observedOf(one)).toHaveLength(2);
  expect(seenOf(one)).toMatchObject({ aliasTarget: 'a.test', weight: 1, ttl: 60 });
  const [said] = resourcesOf([{ ...declared, properties: { scheme: 'internal' } }]);
  expect(said && seenOf(said)).toEqual({});
});

test('a resource tells the reads that told of it, and the first that was refused', () => {
  const account = plainShop().forget(GROUP, 'targets', 'a:Read').forget(GROUP, 'matcher', 'b:Read');
  const [group] = account.graph().all(GROUP);
  expect(group && refusedDetail(group)).toEqual(denied('a:Read'));
  expect(group && evidenceOf(group)).toHaveLength(1);
  const [certificate] = account.graph().all(CERTIFICATE);
  expect(certificate && refusedDetail(certificate)).toBeUndefined();
});
