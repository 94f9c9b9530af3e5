import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { bucketUnreadable } from './bucket-unreadable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::S3::Bucket', 'quay-site', check('bucket-unreadable', parts));

test('a policy that is for another distribution is high', () => {
  const text = {
    fr: 'sa politique ne laisse lire que `E2OTHER`',
    en: 'its policy lets only `E2OTHER` read',
  };
  const found = findings(bucketUnreadable, at({ text, evidence: [read('s3:GetBucketPolicy')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay-site`\u00a0: compartiment S3 que la distribution ne peut pas lire',
        en: '`quay-site`: S3 bucket that the distribution cannot read',
      },
      message: {
        fr: 'Sa politique ne laisse lire que `E2OTHER`.',
        en: 'Its policy lets only `E2OTHER` read.',
      },
      resources: ['constat:AWS::S3::Bucket::quay-site'],
      evidence: [{ operation: 's3:GetBucketPolicy' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(bucketUnreadable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(bucketUnreadable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(bucketUnreadable, at({ result: 'unknown' }))).toBe(true);
});
