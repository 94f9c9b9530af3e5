import { expect, test } from 'vitest';
import type { Json, Kind } from '../fact.ts';
import { identity, kindOf } from './kinds.ts';

const isSame = (kind: Kind, property: string, one: Json, other: Json): boolean => {
  const normal = kindOf(kind).compared?.[property];
  if (!normal) throw new Error(`${kind} does not compare ${property}`);
  return JSON.stringify(normal(one)) === JSON.stringify(normal(other));
};

test.each<[Kind, string, Json, Json]>([
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'protocol', 'http', 'HTTP'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'port', '8080', 8080],
  [
    'AWS::CloudFront::Distribution',
    'aliases',
    ['b.example.com', 'a.example.com'],
    ['a.example.com', 'b.example.com'],
  ],
  ['AWS::EC2::Volume', 'encrypted', 'true', true],
])('%s: %s written in two ways is the same', (kind, property, one, other) => {
  expect(isSame(kind, property, one, other)).toBe(true);
});

test.each<[Kind, string, Json, Json]>([
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'healthCheckPath', '/health', '/Health'],
  ['AWS::CloudFront::Distribution', 'aliases', ['a.example.com'], ['a.example.com', 'b.example.com']],
  ['AWS::EC2::Volume', 'encrypted', false, true],
])('%s: %s that differs is not', (kind, property, one, other) => {
  expect(isSame(kind, property, one, other)).toBe(false);
});

test.each<[Kind, string, string]>([
  ['AWS::WAFv2::WebACL', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/a1b2c3d4', 'edge'],
  [
    'AWS::ApiGateway::DomainName',
    'arn:aws:apigateway:eu-west-3::/domainnames/api.example.com',
    'api.example.com',
  ],
  ['AWS::EC2::SecurityGroup', 'arn:aws:ec2:eu-west-3:123456789012:security-group/sg-1', 'sg-1'],
])('an ARN of %s holds its name', (kind, arn, name) => {
  expect(identity({ kind, name: arn }).name).toBe(name);
});

test('a record is told from others of its name by its type', () => {
  const key = { kind: 'AWS::Route53::RecordSet', name: 'WWW.example.com.', scope: 'A' } as const;
  expect(identity(key)).toEqual({ ...key, name: 'www.example.com' });
});
