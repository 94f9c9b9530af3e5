import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { zoneSslFlexible } from './zone-ssl-flexible.ts';

function found(properties: Record<string, string | boolean>, proxied = true) {
  const zone = seenAtCloudflare('Cloudflare::Zone', 'quay.example', { status: 'active', ...properties });
  const record = seenAtCloudflare('Cloudflare::DNS::Record', 'www.quay.example', { proxied });
  const relations = [{ from: record.id, to: zone.id, type: 'part-of', evidence: [] }];
  return findings(zoneSslFlexible, cloudflareEstate([zone, record], [], { relations }));
}

test('flexible and off are gaps that say what is not encrypted', () => {
  expect(found({ sslMode: 'flexible' })[0]?.message.en).toContain('HTTP to the origin');
  expect(found({ sslMode: 'off' })[0]?.message.en).toContain('nothing is encrypted');
});

test('full and strict are none, nor is a zone through which nothing passes, or whose settings were not read', () => {
  expect(found({ sslMode: 'strict' })).toEqual([]);
  expect(found({ sslMode: 'flexible' }, false)).toEqual([]);
  expect(found({ sslMode: 'flexible', status: 'pending' })).toEqual([]);
  expect(found({ sslMode: 'flexible', paused: true })).toEqual([]);
  expect(found({})).toEqual([]);
});
