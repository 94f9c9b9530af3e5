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
  ['AWS::EKS::Cluster', 'version', 1.3, '1.30'],
  ['AWS::S3::Bucket', 'versioning', 'Disabled', 'Off'],
  ['AWS::Lambda::Function', 'architectures', ['arm64', 'x86_64'], ['x86_64', 'arm64']],
  ['AWS::RDS::DBInstance', 'port', '5432', 5432],
])('%s: %s written in two ways is the same', (kind, property, one, other) => {
  expect(isSame(kind, property, one, other)).toBe(true);
});

test.each<[Kind, string, Json, Json]>([
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'healthCheckPath', '/health', '/Health'],
  ['AWS::CloudFront::Distribution', 'aliases', ['a.example.com'], ['a.example.com', 'b.example.com']],
  ['AWS::EC2::Volume', 'encrypted', false, true],
  ['AWS::EKS::Cluster', 'version', '1.30', '1.31'],
  ['AWS::S3::Bucket', 'versioning', 'Suspended', 'Off'],
  ['AWS::Lambda::Function', 'architectures', ['arm64'], ['x86_64']],
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
  ['AWS::EKS::Nodegroup', 'arn:aws:eks:eu-west-3:123456789012:nodegroup/shop/workers/a1b2', 'workers'],
  [
    'AWS::IAM::OIDCProvider',
    'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-3.amazonaws.com/id/A1B2',
    'oidc.eks.eu-west-3.amazonaws.com/id/A1B2',
  ],
  [
    'AWS::IAM::OIDCProvider',
    'https://token.actions.githubusercontent.com',
    'token.actions.githubusercontent.com',
  ],
  ['AWS::EC2::SecurityGroup', 'arn:aws:ec2:eu-west-3:123456789012:security-group/sg-1', 'sg-1'],
])('an ARN of %s holds its name', (kind, arn, name) => {
  expect(identity({ kind, name: arn }).name).toBe(name);
});

test('a record is told from others of its name by its type', () => {
  const key = { kind: 'AWS::Route53::RecordSet', name: 'WWW.example.com.', scope: 'A' } as const;
  expect(identity(key)).toEqual({ ...key, name: 'www.example.com' });
});
