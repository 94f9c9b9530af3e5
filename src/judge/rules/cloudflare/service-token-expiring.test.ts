import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { serviceTokenExpiring } from './service-token-expiring.ts';

const found = (expiresAt?: string) =>
  findings(
    serviceTokenExpiring,
    cloudflareEstate([
      seenAtCloudflare('Cloudflare::Access::ServiceToken', 'monitoring', {
        ...(expiresAt !== undefined && { expiresAt }),
      }),
    ]),
  );

test('a token with 18 days left is a medium gap, and one that has expired a high one', () => {
  const [soon] = found('2026-12-16T12:00:00Z');
  expect(soon).toMatchObject({ severity: 'medium' });
  expect(soon?.message.en).toBe('The token expires on 2026-12-16, in 18 days.');
  expect(found('2026-11-27T12:00:00Z')).toMatchObject([{ severity: 'high' }]);
});

test('one that lasts, and one whose end was not told, are none', () => {
  expect(found('2027-11-28T12:00:00Z')).toEqual([]);
  expect(found()).toEqual([]);
  expect(found('soon')).toEqual([]);
});
