import { expect, test } from 'vitest';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { zoneTlsOld } from './zone-tls-old.ts';

function found(...versions: (string | undefined)[]) {
  const zones = versions.map((minTlsVersion, index) =>
    seenAtCloudflare('Cloudflare::Zone', `quay-${index}.example`, {
      status: 'active',
      ...(minTlsVersion !== undefined && { minTlsVersion }),
    }),
  );
  const records = zones.map(({ name }) =>
    seenAtCloudflare('Cloudflare::DNS::Record', name, { proxied: true }),
  );
  const relations = zones.map(({ id }, index) => ({
    from: records[index]?.id ?? '',
    to: id,
    type: 'part-of',
    evidence: [],
  }));
  return findings(zoneTlsOld, cloudflareEstate([...zones, ...records], [], { relations }));
}

test('zones that speak TLS 1.0 or 1.1 are one gap', () => {
  const [finding, ...rest] = found('1.0', '1.1', '1.2');
  expect(finding?.title.en).toBe('2 zones that accept TLS `1.0`');
  expect(finding?.message.en).toContain('`quay-0.example`, `quay-1.example`');
  expect(rest).toEqual([]);
});

test('1.2 and above, and what was not read, are none', () => {
  expect(found('1.2', '1.3', undefined)).toEqual([]);
});
