import { expect, test } from 'vitest';
import type { Fact, Kind } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import { resourcesOf } from './resources.ts';
import { withStacks } from './stacks.ts';
import { declared } from './test-facts.ts';

const ACCOUNT = '123456789012';
const STACK: Kind = 'AWS::CloudFormation::Stack';
const BUCKET: Kind = 'AWS::S3::Bucket';
const inTemplate = (stacks: string[], more: Partial<Fact> = {}): Fact =>
  declared(BUCKET, 'Files', {
    nameStatus: 'logical',
    evidence: { source: 'repo', file: 'infra/quay.yml', line: 4 },
    stackResource: { id: 'Files', stacks },
    ...more,
  });
const seen = (kind: Kind, name: string, more: Partial<Fact> = {}): Fact => ({
  ...declared(kind, name),
  source: 'aws',
  sort: 'observed',
  evidence: { source: 'aws', operation: 'any:Read', at: '2026-11-28T00:00:00Z' },
  account: ACCOUNT,
  ...more,
});
const stack = (name: string, as: string, bucket: string): Fact =>
  seen(STACK, name, { relations: [{ type: 'contains', as, to: { kind: BUCKET, name: bucket } }] });
const looked: Observation = {
  source: 'aws',
  account: ACCOUNT,
  regions: ['eu-west-3'],
  kinds: new Set([BUCKET, STACK]),
  lookups: [{ source: 'aws', kind: BUCKET, account: ACCOUNT }],
};
const buckets = (...facts: Fact[]) =>
  resourcesOf(withStacks(facts), [looked])
    .filter(({ kind }) => kind === BUCKET)
    .map(({ name, status }) => [name, status]);

test('what only a template names is what its stack says it became', () => {
  expect(
    buckets(
      inTemplate(['quay-prod']),
      stack('quay-prod', 'Files', 'quay-prod-files-1a2b3c'),
      seen(BUCKET, 'quay-prod-files-1a2b3c'),
      seen(BUCKET, 'quay-prod-files-9z8y7x'),
    ),
  ).toEqual([
    ['quay-prod-files-1a2b3c', 'verified'],
    ['quay-prod-files-9z8y7x', 'undocumented'],
  ]);
});

test('one that several stacks deploy is each of theirs', () => {
  expect(
    buckets(
      inTemplate(['quay-dev', 'quay-prod']),
      stack('quay-dev', 'Files', 'dev-1a2b'),
      stack('quay-prod', 'Files', 'prod-3c4d'),
      seen(BUCKET, 'dev-1a2b'),
      seen(BUCKET, 'prod-3c4d'),
    ).map(([, status]) => status),
  ).toEqual(['verified', 'verified']);
});

test('a call that deploys the template says of which stack it is', () => {
  const deploy = declared(STACK, 'quay-prod', { properties: { template: 'infra/quay.yml' } });
  const account = [stack('quay-prod', 'Files', 'quay-files-1a2b'), seen(BUCKET, 'quay-files-1a2b')];
  expect(buckets(inTemplate([]), deploy, ...account)).toEqual([['quay-files-1a2b', 'verified']]);
  const other = { ...deploy, properties: { template: 'other.yml' } };
  expect(
    buckets(inTemplate([]), other, ...account)
      .map(([, status]) => status)
      .sort(),
  ).toEqual(['undocumented', 'unverified']);
});

test('a stack whose name is open is the one that alone fits, or the one of each environment', () => {
  const files = ['quay-1', 'quay-2'].map((name) => seen(BUCKET, `${name}-files`));
  const stacks = ['quay-stack-1', 'quay-stack-2'].map((name, index) =>
    stack(name, 'Files', `quay-${index + 1}-files`),
  );
  const statuses = (name: string, ...facts: Fact[]) =>
    buckets(inTemplate([name]), ...facts).map(([, status]) => status);
  expect(statuses('quay-stack-⟨secrets.N⟩', ...files.slice(0, 1), ...stacks.slice(0, 1))).toEqual([
    'verified',
  ]);
  expect(statuses('quay-stack-⟨secrets.N⟩', ...files, ...stacks)).not.toContain('verified');
  const each = ['dev', 'prod'].map((env) => stack(`quay-${env}-stack`, 'Files', `${env}-files`));
  const own = ['dev', 'prod'].map((env) => seen(BUCKET, `${env}-files`));
  expect(statuses('quay-⟨secrets.ENVIRONMENT⟩-stack', ...own, ...each)).toEqual(['verified', 'verified']);
});

test('the CDK ends its ids with a hash; where two differ by it alone nobody knows which is meant', () => {
  const hashed = inTemplate(['quay-prod'], {
    stackResource: { id: 'Files', stacks: ['quay-prod'], isHashed: true },
  });
  const one = stack('quay-prod', 'Files1A2B3C4D', 'files-one');
  expect(buckets(hashed, one, seen(BUCKET, 'files-one'))).toEqual([['files-one', 'verified']]);
  const two = stack('quay-prod', 'Files99999999', 'files-two');
  expect(
    buckets(hashed, one, two, seen(BUCKET, 'files-one'), seen(BUCKET, 'files-two')).map(
      ([, status]) => status,
    ),
  ).not.toContain('verified');
});

test('another stack, or another kind of that name, is not it', () => {
  const account = [stack('orders-prod', 'Files', 'orders-files'), seen(BUCKET, 'orders-files')];
  expect(
    buckets(inTemplate(['quay-prod']), ...account)
      .map(([, status]) => status)
      .sort(),
  ).toEqual(['undocumented', 'unverified']);
});
