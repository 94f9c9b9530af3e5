import { expect, test } from 'vitest';
import { identity } from './kinds.ts';

test.each([
  ['arn:aws:s3:::quay-assets/2026/*', 'quay-assets'],
  ['s3://quay-assets/a/b', 'quay-assets'],
  ['quay-assets', 'quay-assets'],
  ['infra/edge.yaml/Assets', 'infra/edge.yaml/Assets'],
])('the bucket of %s is %s', (name, bucket) => {
  expect(identity({ kind: 'AWS::S3::Bucket', name }).name).toBe(bucket);
});
