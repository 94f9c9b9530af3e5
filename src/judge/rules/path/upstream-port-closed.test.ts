import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { upstreamPortClosed } from './upstream-port-closed.ts';

const at = (parts: Partial<Check>) => onPath('Traefik::Service', 'api', check('upstream-port-closed', parts));
const text = { fr: 'vu ainsi', en: 'nothing listens at `172.20.0.1:8001`' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(upstreamPortClosed, at({ text, evidence: [read('ss')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`api`: proxy leading to a closed port' },
      message: { en: expect.stringContaining('othing listens at `172.20.0.1:8001`') },
      resources: ['constat:Traefik::Service::api'],
      evidence: [{ operation: 'ss' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(upstreamPortClosed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(upstreamPortClosed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(upstreamPortClosed, at({ result: 'unknown' }))).toBe(true);
});
