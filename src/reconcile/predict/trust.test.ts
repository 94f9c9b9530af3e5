import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import type { Caller } from '#model/prediction.ts';
import { accepts } from './trust.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const trust = (condition: Json, principal = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}`): Json => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: principal },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition,
    },
  ],
});
const caller = (parts: Partial<Caller> = {}): Caller => ({
  authentication: 'oidc',
  repository: 'quay/orders',
  event: 'push',
  branch: 'main',
  ...parts,
});
const sub = (pattern: string, operator = 'StringLike') =>
  trust({
    StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
    [operator]: { [`${GITHUB}:sub`]: pattern },
  });

test('a job of the repository, on the branch that the role names, is accepted', () => {
  expect(accepts(sub('repo:quay/orders:ref:refs/heads/main', 'StringEquals'), caller())).toBe('allowed');
  expect(accepts(sub('repo:quay/*'), caller())).toBe('allowed');
});

test('another branch, another repository and another environment are not', () => {
  expect(accepts(sub('repo:quay/orders:ref:refs/heads/main'), caller({ branch: 'staging' }))).toBe('denied');
  expect(accepts(sub('repo:quay/shop:*'), caller())).toBe('denied');
  expect(accepts(sub('repo:quay/orders:environment:prod'), caller({ environment: 'staging' }))).toBe(
    'denied',
  );
});

test('a job with an environment bears it instead of its branch', () => {
  const role = sub('repo:quay/orders:ref:refs/heads/main');
  expect(accepts(role, caller({ environment: 'prod' }))).toBe('denied');
});

test('nobody knows for a repository, a branch or a claim that is not known', () => {
  const role = sub('repo:quay/orders:ref:refs/heads/main');
  const { repository: _, ...nameless } = caller();
  const { branch: __, ...anywhere } = caller();
  expect(accepts(role, nameless)).toBe('unknown');
  expect(accepts(role, anywhere)).toBe('unknown');
  expect(accepts(sub('repo:quay@123/orders@456:ref:refs/heads/main'), caller())).toBe('unknown');
  expect(accepts(trust({ Bool: { [`${GITHUB}:x`]: 'true' } }), caller())).toBe('unknown');
  expect(accepts(undefined, caller())).toBe('unknown');
});

test('a role that trusts somebody else does not accept GitHub’s token', () => {
  expect(accepts(trust({}, 'arn:aws:iam::123456789012:oidc-provider/gitlab.com'), caller())).toBe('denied');
  const service = {
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  expect(accepts(service, caller())).toBe('denied');
});

test('an environment that the role asks for is not borne by a job without one, whatever its branch', () => {
  const { branch: _, ...anywhere } = caller({ event: 'workflow_run' });
  expect(accepts(sub('repo:quay/orders:environment:prod'), anywhere)).toBe('denied');
  expect(accepts(sub('repo:quay/orders:*'), anywhere)).toBe('allowed');
});

test('a workflow that others call bears the claim of whoever calls it', () => {
  const called = caller({ event: 'workflow_call' });
  expect(accepts(sub('repo:quay/shop:ref:refs/heads/main'), called)).toBe('unknown');
  expect(accepts(sub('repo:quay/shop:environment:prod'), { ...called, environment: 'dev' })).toBe('denied');
});

test('a clone that writes the name of the repository in other letters denies nothing', () => {
  expect(accepts(sub('repo:Quay/Orders:ref:refs/heads/main'), caller())).toBe('unknown');
});
