import { expect, test } from 'vitest';
import { isPlausible, isStandIn } from './plausible.ts';

test.each([
  ['AWS::S3::Bucket', 'quay-assets', true],
  ['AWS::S3::Bucket', 'quay_assets', false],
  ['AWS::S3::Bucket', 'quay-⟨inputs.env with spaces⟩', true],
  ['AWS::ECR::Repository', 'team/quay', true],
  ['AWS::ECR::Repository', 'Team/Quay', false],
  ['AWS::ECS::Cluster', 'prod $CLUSTER', false],
  ['AWS::ECS::Cluster', '--service', false],
  ['AWS::CloudFront::Distribution', 'E1A2B3C4D5E6F7', true],
  ['AWS::CloudFront::Distribution', 'my-site', false],
  ['AWS::Logs::LogGroup', '/ecs/quay', true],
  ['AWS::SSM::Parameter', '/quay/<name>', false],
  ['GitHub::Environment', 'QA (manual)', true],
  ['Fly::App', 'a\u0000b', false],
] as const)('%s %s: %s', (kind, name, expected) => {
  expect(isPlausible(kind, name)).toBe(expected);
});

test('a stand-in is told from a name', () => {
  expect(['my-bucket', 'example-table', 'changeme', 'test-queue', 'true'].every(isStandIn)).toBe(true);
  expect(['quay-bucket', 'orders', 'latest-news'].some(isStandIn)).toBe(false);
});
