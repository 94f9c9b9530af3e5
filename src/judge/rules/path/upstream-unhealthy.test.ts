import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { upstreamUnhealthy } from './upstream-unhealthy.ts';

const at = (parts: Partial<Check>) => onPath('Traefik::Service', 'shop', check('upstream-unhealthy', parts));
const text = { fr: 'vu ainsi', en: 'the health check of `shop` says that all of its servers are down' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(upstreamUnhealthy, at({ text, evidence: [read('GET /api/rawdata')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`shop`: service of the proxy without a server that is up' },
      message: {
        en: expect.stringContaining('he health check of `shop` says that all of its servers are down'),
      },
      resources: ['constat:Traefik::Service::shop'],
      evidence: [{ operation: 'GET /api/rawdata' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(upstreamUnhealthy, at({ result: 'pass' }))).toEqual([]);
  expect(findings(upstreamUnhealthy, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(upstreamUnhealthy, at({ result: 'unknown' }))).toBe(true);
});
