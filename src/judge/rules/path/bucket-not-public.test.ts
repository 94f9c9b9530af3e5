import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { bucketNotPublic } from './bucket-not-public.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::S3::Bucket', 'quay-site', check('bucket-not-public', parts));

test('closed to the public: the site answers 403: high', () => {
  const text = {
    fr: 'fermé au public\u00a0: le site répond 403',
    en: 'closed to the public: the site answers 403',
  };
  const found = findings(bucketNotPublic, at({ text, evidence: [read('s3:GetBucketPolicyStatus')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay-site`\u00a0: site S3 fermé au public',
        en: '`quay-site`: S3 website closed to the public',
      },
      message: {
        fr: 'Fermé au public\u00a0: le site répond 403.',
        en: 'Closed to the public: the site answers 403.',
      },
      resources: ['constat:AWS::S3::Bucket::quay-site'],
      evidence: [{ operation: 's3:GetBucketPolicyStatus' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(bucketNotPublic, at({ result: 'pass' }))).toEqual([]);
  expect(findings(bucketNotPublic, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(bucketNotPublic, at({ result: 'unknown' }))).toBe(true);
});
