import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { r2BucketPublic } from './r2-bucket-public.ts';

const found = (properties: Record<string, boolean>) =>
  findings(
    r2BucketPublic,
    cloudflareEstate([seenAtCloudflare('Cloudflare::R2::Bucket', 'deeds', properties)]),
  );

test('a bucket that is open at r2.dev is a gap', () => {
  expect(found({ publicAtR2Dev: true })).toMatchObject([{ severity: 'medium' }]);
});

test('one that is closed, and one that was not looked into, are none', () => {
  expect(found({ publicAtR2Dev: false })).toEqual([]);
  expect(found({})).toEqual([]);
});
