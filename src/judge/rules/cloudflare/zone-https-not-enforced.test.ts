import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { zoneHttpsNotEnforced } from './zone-https-not-enforced.ts';

function found(alwaysUseHttps: string | undefined, redirects?: Json) {
  const zone = seenAtCloudflare('Cloudflare::Zone', 'quay.example', {
    status: 'active',
    ...(alwaysUseHttps !== undefined && { alwaysUseHttps }),
  });
  const record = seenAtCloudflare('Cloudflare::DNS::Record', 'quay.example', { proxied: true });
  const rules = seenAtCloudflare('Cloudflare::Ruleset', 'quay.example http_request_dynamic_redirect', {
    phase: 'http_request_dynamic_redirect',
    ...(redirects !== undefined && redirects !== null && { rules: redirects }),
  });
  const inside = redirects === undefined ? [record] : [record, rules];
  const relations = inside.map(({ id }) => ({ from: id, to: zone.id, type: 'part-of', evidence: [] }));
  return findings(zoneHttpsNotEnforced, cloudflareEstate([zone, ...inside], [], { relations }));
}
const rule = (expression: string, enabled = true) => [{ action: 'redirect', enabled, expression }];

test('a zone that answers over HTTP is a gap', () => {
  expect(found('off')).toMatchObject([{ severity: 'medium' }]);
  expect(found('off', rule('http.host eq "www.quay.example"'))).toHaveLength(1);
  expect(found('off', rule('not ssl', false))).toHaveLength(1);
});

test('one that redirects, by its setting or by a rule, or whose rules were not read, is none', () => {
  expect(found('on')).toEqual([]);
  expect(found('off', rule('not ssl'))).toEqual([]);
  expect(found('off', null)).toEqual([]);
  expect(found(undefined)).toEqual([]);
});
