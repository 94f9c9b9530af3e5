import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { upstreamAddressUnknown } from './upstream-address-unknown.ts';

const at = (parts: Partial<Check>) =>
  onPath('Nginx::Upstream', 'docs', check('upstream-address-unknown', parts));
const text = { fr: 'vu ainsi', en: 'no interface and no container of `quay-1` has the address' };

test('a failure is a finding on what it stands on: high', () => {
  expect(findings(upstreamAddressUnknown, at({ text, evidence: [read('nginx -T')] }))).toMatchObject([
    {
      severity: 'high',
      title: { en: '`docs`: proxy leading to nobody’s address' },
      message: { en: expect.stringContaining('o interface and no container of `quay-1` has the address') },
      resources: ['constat:Nginx::Upstream::docs'],
      evidence: [{ operation: 'nginx -T' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(upstreamAddressUnknown, at({ result: 'pass' }))).toEqual([]);
  expect(findings(upstreamAddressUnknown, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(upstreamAddressUnknown, at({ result: 'unknown' }))).toBe(true);
});
