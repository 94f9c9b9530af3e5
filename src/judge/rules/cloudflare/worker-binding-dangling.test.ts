import { expect, test } from 'vitest';
import { cloudflareEstate, findings, isUnknown, seenAtCloudflare } from '../../test-estate.ts';
import { workerBindingDangling } from './worker-binding-dangling.ts';

const D1 = '/accounts/{account_id}/d1/database';
const script = (to = 'id-2') =>
  seenAtCloudflare('Cloudflare::Workers::Script', 'gate', {
    bindings: [
      { type: 'd1', name: 'DB', to },
      { type: 'plain_text', name: 'MODE' },
    ],
  });
const database = seenAtCloudflare('Cloudflare::D1::Database', 'locks', {}, { otherNames: ['id-1'] });

test('a binding to a database that is in no list is a gap', () => {
  const [finding, ...rest] = findings(workerBindingDangling, cloudflareEstate([script(), database], [D1]));
  expect(finding).toMatchObject({ severity: 'high', resources: [script().id] });
  expect(finding?.message.en).toContain('`id-2`');
  expect(rest).toEqual([]);
});

test('one that is there, by its id, is none', () => {
  expect(findings(workerBindingDangling, cloudflareEstate([script('id-1'), database], [D1]))).toEqual([]);
});

test('where databases could not be listed nothing is said to be absent', () => {
  expect(findings(workerBindingDangling, cloudflareEstate([script()], [], { denied: [D1] }))).toEqual([]);
  expect(findings(workerBindingDangling, cloudflareEstate([script()]))).toEqual([]);
});

test('a script whose settings were not read is unknown', () => {
  const closed = seenAtCloudflare('Cloudflare::Workers::Script', 'gate', {});
  expect(isUnknown(workerBindingDangling, cloudflareEstate([closed], [D1]))).toBe(true);
});

test('a bucket of a jurisdiction that is not listed is not said to be absent', () => {
  const buckets = '/accounts/{account_id}/r2/buckets';
  const bound = (jurisdiction?: string) =>
    seenAtCloudflare('Cloudflare::Workers::Script', 'gate', {
      bindings: [{ type: 'r2_bucket', name: 'FILES', to: 'deeds', ...(jurisdiction && { jurisdiction }) }],
    });
  expect(findings(workerBindingDangling, cloudflareEstate([bound('fedramp')], [buckets]))).toEqual([]);
  expect(findings(workerBindingDangling, cloudflareEstate([bound()], [buckets]))).toHaveLength(1);
});
