import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { apiTokenWithoutExpiry } from './api-token-without-expiry.ts';

const token = (name: string, properties: Record<string, string>) =>
  seenAtCloudflare('Cloudflare::APIToken', name, { status: 'active', ...properties });

test('active tokens without an end are one gap with their names', () => {
  const tokens = [token('laptop', {}), token('ci', {}), token('dns', { expiresAt: '2027-01-31T00:00:00Z' })];
  const found = findings(apiTokenWithoutExpiry, cloudflareEstate(tokens));
  expect(found).toHaveLength(1);
  expect(found[0]?.message.en).toBe('Active and without an end date: `ci`, `laptop`.');
});

test('tokens that end, and those that are switched off, are none', () => {
  const tokens = [token('dns', { expiresAt: '2027-01-31T00:00:00Z' }), token('old', { status: 'disabled' })];
  expect(findings(apiTokenWithoutExpiry, cloudflareEstate(tokens))).toEqual([]);
});
