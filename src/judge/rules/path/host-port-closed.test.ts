import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { hostPortClosed } from './host-port-closed.ts';

const at = (parts: Partial<Check>) => onPath('Host', 'quay-1', check('host-port-closed', parts));
const text = { fr: 'vu ainsi', en: 'nothing listens on port `80` of `quay-1`' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(hostPortClosed, at({ text, evidence: [read('ss')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`quay-1`: closed port of the host' },
      message: { en: expect.stringContaining('othing listens on port `80` of `quay-1`') },
      resources: ['constat:Host::quay-1'],
      evidence: [{ operation: 'ss' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(hostPortClosed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(hostPortClosed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(hostPortClosed, at({ result: 'unknown' }))).toBe(true);
});
