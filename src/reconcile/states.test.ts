import { describe, expect, test } from 'vitest';
import type { Fact, TerraformResource } from '#model/fact.ts';
import { withStateNames } from './states.ts';

const fact = (
  name: string,
  nameStatus: Fact['nameStatus'],
  terraform: TerraformResource,
  parts: Partial<Fact> = {},
): Fact => ({
  kind: 'AWS::S3::Bucket',
  name,
  nameStatus,
  source: 'repo',
  sort: 'declared',
  evidence: { source: 'repo', file: `${terraform.root ?? ''}/main.tf`, line: 3 },
  environments: [],
  terraform,
  ...parts,
});
const configured = (name: string, parts: Partial<Fact & TerraformResource> = {}) => {
  const { address = 'aws_s3_bucket.files', root = 'infra', ways = 1, isForAll, ...rest } = parts;
  const status = name.includes('⟨') ? 'template' : name.startsWith('aws_') ? 'logical' : 'literal';
  return fact(name, status, { address, root, ways, ...(isForAll && { isForAll }) }, rest);
};
const stated = (
  name: string,
  address = 'aws_s3_bucket.files',
  file = '../prod.tfstate',
  parts: Partial<Fact> = {},
) =>
  fact(
    name,
    name.includes('aws_') ? 'logical' : 'resolved',
    { address },
    {
      source: 'import',
      evidence: { source: 'import', file, line: 14 },
      ...parts,
    },
  );
const names = (...facts: Fact[]) => withStateNames(facts).map(({ name, nameStatus }) => [name, nameStatus]);

test('an open name is the one that the state has for the address, with its ARN, and no longer under a condition', () => {
  const open = configured('quay-⟨random_id.x.hex⟩', { condition: 'aws_s3_bucket.files' });
  const [closed] = withStateNames([
    open,
    stated('quay-3f9a', undefined, undefined, { arn: 'arn:aws:s3:::quay-3f9a' }),
  ]);
  expect(closed).toMatchObject({
    name: 'quay-3f9a',
    nameStatus: 'resolved',
    source: 'repo',
    arn: 'arn:aws:s3:::quay-3f9a',
  });
  expect(closed).not.toHaveProperty('condition');
});

test('one that does not fit, or that another address has, stays open', () => {
  expect(names(configured('quay-⟨x⟩'), stated('shop-3f9a'))[0]).toEqual(['quay-⟨x⟩', 'template']);
  expect(names(configured('quay-⟨x⟩'), stated('quay-3f9a', 'aws_s3_bucket.logs'))[0]).toEqual([
    'quay-⟨x⟩',
    'template',
  ]);
});

test('what stands for as many as the run will say is each of them', () => {
  const all = configured('quay-⟨each.key⟩', { isForAll: true });
  const two = ['mail', 'print'].map((key) => stated(`quay-${key}`, `aws_s3_bucket.files["${key}"]`));
  expect(names(all, ...two).slice(0, 2)).toEqual([
    ['quay-mail', 'resolved'],
    ['quay-print', 'resolved'],
  ]);
});

describe('a name that is not written at all', () => {
  const logical = configured('aws_s3_bucket.files');

  test('is that of a state all of which the module declares', () => {
    expect(names(logical, stated('generated-1'))[0]).toEqual(['generated-1', 'resolved']);
  });

  test('stays where the state holds something that the module does not declare', () => {
    expect(names(logical, stated('generated-1'), stated('other', 'aws_s3_bucket.other'))[0]).toEqual([
      'aws_s3_bucket.files',
      'logical',
    ]);
  });

  test('stays where another module has the same address; one that names it otherwise is none', () => {
    const other = configured('aws_s3_bucket.files', { root: 'other' });
    expect(names(logical, other, stated('generated-1')).map(([name]) => name)).toContain(
      'aws_s3_bucket.files',
    );
    const named = configured('backups', { root: 'other' });
    expect(names(logical, named, stated('generated-1'))[0]).toEqual(['generated-1', 'resolved']);
    expect(names(logical, named, stated('backups'))[0]).toEqual(['aws_s3_bucket.files', 'logical']);
  });
});

test('a declaration of two ways of a module stays open until the states of both are given', () => {
  const both = configured('quay-⟨random_id.x.hex⟩', { ways: 2 });
  const prod = stated('quay-1');
  expect(names(both, prod)[0]).toEqual(['quay-⟨random_id.x.hex⟩', 'template']);
  const dev = stated('quay-2', undefined, '../dev.tfstate');
  expect(
    names(both, prod, dev)
      .slice(0, 2)
      .map(([name]) => name),
  ).toEqual(['quay-1', 'quay-2']);
});

test('relations follow, and what has no name in the state either has that of the configuration', () => {
  const to = { kind: 'AWS::S3::Bucket', name: 'aws_s3_bucket.files' } as const;
  const user = configured('user', { address: 'aws_s3_bucket.user', relations: [{ type: 'uses', to }] });
  const facts = withStateNames([configured('aws_s3_bucket.files'), user, stated('generated-1')]);
  expect(facts[1]?.relations).toEqual([{ type: 'uses', to: { ...to, name: 'generated-1' } }]);

  const same = names(configured('aws_s3_bucket.files'), stated('../x/aws_s3_bucket.files'));
  expect(same).toEqual([
    ['aws_s3_bucket.files', 'logical'],
    ['aws_s3_bucket.files', 'logical'],
  ]);
});

test('without a state nothing changes', () => {
  const facts = [configured('quay-⟨x⟩')];
  expect(withStateNames(facts)).toBe(facts);
});
