import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { certificatePackExpiring } from './certificate-pack-expiring.ts';

const found = (expiresAt: string, status = 'active') =>
  findings(
    certificatePackExpiring,
    cloudflareEstate([
      seenAtCloudflare('Cloudflare::CertificatePack', 'quay.example', {
        expiresAt,
        status,
        hosts: ['quay.example', '*.quay.example'],
      }),
    ]),
  );

test('a certificate that should have been renewed long ago is a gap with its hosts', () => {
  const [finding] = found('2026-12-05T00:00:00Z');
  expect(finding).toMatchObject({ severity: 'high' });
  expect(finding?.message.en).toBe(
    'The certificate of `quay.example`, `*.quay.example` expires on 2026-12-05.',
  );
});

test('one whose renewal is not due, and one that is not in service, are none', () => {
  expect(found('2027-01-20T00:00:00Z')).toEqual([]);
  expect(found('2026-12-05T00:00:00Z', 'pending_validation')).toEqual([]);
});
