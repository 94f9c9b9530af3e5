import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { unitInactive } from './unit-inactive.ts';

const at = (parts: Partial<Check>) => onPath('Systemd::Unit', 'api.service', check('unit-inactive', parts));
const text = { fr: 'vu ainsi', en: '`api.service` is `failed`' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(unitInactive, at({ text, evidence: [read('systemctl show')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`api.service`: unit in the way that does not run' },
      message: { en: expect.stringContaining('api.service` is `failed`') },
      resources: ['constat:Systemd::Unit::api.service'],
      evidence: [{ operation: 'systemctl show' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(unitInactive, at({ result: 'pass' }))).toEqual([]);
  expect(findings(unitInactive, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(unitInactive, at({ result: 'unknown' }))).toBe(true);
});
