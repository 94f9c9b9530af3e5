import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { cloudflareEstate, findings, seenAtCloudflare } from '../../test-estate.ts';
import { wafManagedRulesOff } from './waf-managed-rules-off.ts';

const PHASE = 'http_request_firewall_managed';
const READS = ['/zones/{zone_id}/rulesets', '/accounts/{account_id}/rulesets'];

function found(
  plan: string,
  { rules, ofAccount = false, reads = READS }: { rules?: Json; ofAccount?: boolean; reads?: string[] } = {},
) {
  const zone = seenAtCloudflare('Cloudflare::Zone', 'quay.example', { status: 'active', plan });
  const record = seenAtCloudflare('Cloudflare::DNS::Record', 'quay.example', { proxied: true });
  const ruleset = seenAtCloudflare('Cloudflare::Ruleset', ofAccount ? PHASE : `quay.example ${PHASE}`, {
    phase: PHASE,
    ...(rules !== undefined && rules !== null && { rules }),
  });
  const own = rules === undefined ? [] : [ruleset];
  const relations = [record, ...(ofAccount ? [] : own)].map(({ id }) => ({
    from: id,
    to: zone.id,
    type: 'part-of',
    evidence: [],
  }));
  return findings(wafManagedRulesOff, cloudflareEstate([zone, record, ...own], reads, { relations }));
}
const executes = [{ action: 'execute', enabled: true }];

test('a zone whose plan has managed rules, and that runs none, is a low gap', () => {
  expect(found('pro')).toMatchObject([{ severity: 'low' }]);
  expect(found('pro', { rules: [{ action: 'execute', enabled: false }] })).toHaveLength(1);
});

test('rules that run for the zone or its account, or that were not read, are none', () => {
  expect(found('pro', { rules: executes })).toEqual([]);
  expect(found('pro', { rules: executes, ofAccount: true })).toEqual([]);
  expect(found('pro', { rules: null })).toEqual([]);
  expect(found('pro', { reads: [] })).toEqual([]);
});

test('a free plan has nothing to switch on', () => {
  expect(found('free')).toEqual([]);
});
