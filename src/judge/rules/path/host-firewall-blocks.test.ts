import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { hostFirewallBlocks } from './host-firewall-blocks.ts';

const at = (parts: Partial<Check>) =>
  onPath('Host::Listener', '0.0.0.0:8443', check('host-firewall-blocks', parts));
const text = { fr: 'vu ainsi', en: 'the firewall does not let `8443` in' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(hostFirewallBlocks, at({ text, evidence: [read('firewall')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`0.0.0.0:8443`: firewall of the host in the way' },
      message: { en: expect.stringContaining('he firewall does not let `8443` in') },
      resources: ['constat:Host::Listener::0.0.0.0:8443'],
      evidence: [{ operation: 'firewall' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(hostFirewallBlocks, at({ result: 'pass' }))).toEqual([]);
  expect(findings(hostFirewallBlocks, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(hostFirewallBlocks, at({ result: 'unknown' }))).toBe(true);
});
