import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { upstreamListensLocally } from './upstream-listens-locally.ts';

const at = (parts: Partial<Check>) =>
  onPath('Traefik::Service', 'api', check('upstream-listens-locally', parts));
const text = { fr: 'vu ainsi', en: '`api.service` listens at `127.0.0.1:8001` alone' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(upstreamListensLocally, at({ text, evidence: [read('ss')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`api`: service that listens at loopback alone' },
      message: { en: expect.stringContaining('api.service` listens at `127.0.0.1:8001` alone') },
      resources: ['constat:Traefik::Service::api'],
      evidence: [{ operation: 'ss' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(upstreamListensLocally, at({ result: 'pass' }))).toEqual([]);
  expect(findings(upstreamListensLocally, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(upstreamListensLocally, at({ result: 'unknown' }))).toBe(true);
});
