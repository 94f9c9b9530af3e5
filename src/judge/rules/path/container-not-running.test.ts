import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerNotRunning } from './container-not-running.ts';

const at = (parts: Partial<Check>) =>
  onPath('Docker::Container', 'shop', check('container-not-running', parts));
const text = { fr: 'vu ainsi', en: '`shop` does not run (`exited`)' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(containerNotRunning, at({ text, evidence: [read('docker inspect')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`shop`: container in the way that does not run' },
      message: { en: expect.stringContaining('shop` does not run (`exited`)') },
      resources: ['constat:Docker::Container::shop'],
      evidence: [{ operation: 'docker inspect' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerNotRunning, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerNotRunning, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerNotRunning, at({ result: 'unknown' }))).toBe(true);
});
