import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { proxyNetworkUnreachable } from './proxy-network-unreachable.ts';

const at = (parts: Partial<Check>) =>
  onPath('Traefik::Service', 'shop', check('proxy-network-unreachable', parts));
const text = { fr: 'vu ainsi', en: '`edge` and `shop` have no network in common' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(proxyNetworkUnreachable, at({ text, evidence: [read('docker inspect')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`shop`: proxy and container without a network in common' },
      message: { en: expect.stringContaining('edge` and `shop` have no network in common') },
      resources: ['constat:Traefik::Service::shop'],
      evidence: [{ operation: 'docker inspect' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(proxyNetworkUnreachable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(proxyNetworkUnreachable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(proxyNetworkUnreachable, at({ result: 'unknown' }))).toBe(true);
});
