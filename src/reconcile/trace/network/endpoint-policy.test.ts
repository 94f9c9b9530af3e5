import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { decisionOf } from './endpoint-policy.ts';

const LAYERS = 'arn:aws:s3:::prod-eu-west-3-starport-layer-bucket/⟨layer⟩';
const allow = (more: Record<string, Json> = {}): Json => ({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...more,
});
const decision = (...statements: Json[]) => decisionOf({ Statement: statements }, 's3:GetObject', LAYERS);

test('the default policy lets everything through', () => {
  expect(decision(allow())).toBe('allowed');
  expect(decision(allow({ Principal: { AWS: '*' } }))).toBe('allowed');
});

test('a policy for the layers alone lets them through', () => {
  expect(decision(allow({ Resource: 'arn:aws:s3:::prod-eu-west-3-starport-layer-bucket/*' }))).toBe(
    'allowed',
  );
});

test.each<[string, Json[]]>([
  ['no statement', []],
  ['another bucket', [allow({ Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'] })]],
  ['another action', [allow({ Action: 's3:PutObject' })]],
  ['a denial', [allow(), allow({ Effect: 'Deny', Action: 's3:Get*' })]],
])('%s denies', (_, statements) => {
  expect(decision(...statements)).toBe('denied');
});

test.each<[string, Json[]]>([
  ['a condition on who asks', [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })]],
  ['one principal', [allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })]],
  ['all but one principal', [allow({ Principal: undefined as never, NotPrincipal: { AWS: 'x' } })]],
  [
    'a denial for one principal',
    [allow(), allow({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::1:role/a' } })],
  ],
])('%s leaves it open', (_, statements) => {
  expect(decision(...statements)).toBe('unknown');
});
