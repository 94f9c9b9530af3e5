import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerUnhealthy } from './container-unhealthy.ts';

const at = (parts: Partial<Check>) =>
  onPath('Docker::Container', 'shop', check('container-unhealthy', parts));
const text = { fr: 'vu ainsi', en: '`shop` fails its own health check' };

test('a failure is a finding on what it stands on: high', () => {
  expect(findings(containerUnhealthy, at({ text, evidence: [read('docker inspect')] }))).toMatchObject([
    {
      severity: 'high',
      title: { en: '`shop`: container in the way that is not healthy' },
      message: { en: expect.stringContaining('shop` fails its own health check') },
      resources: ['constat:Docker::Container::shop'],
      evidence: [{ operation: 'docker inspect' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerUnhealthy, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerUnhealthy, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerUnhealthy, at({ result: 'unknown' }))).toBe(true);
});
