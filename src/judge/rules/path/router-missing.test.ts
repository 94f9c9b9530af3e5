import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { routerMissing } from './router-missing.ts';

const at = (parts: Partial<Check>) => onPath('Docker::Container', 'edge', check('router-missing', parts));
const text = { fr: 'vu ainsi', en: 'no router takes `shop.example.org/`' };

test('a failure is a finding on what it stands on: critical', () => {
  expect(findings(routerMissing, at({ text, evidence: [read('GET /api/rawdata')] }))).toMatchObject([
    {
      severity: 'critical',
      title: { en: '`edge`: request that no router takes' },
      message: { en: expect.stringContaining('o router takes `shop.example.org/`') },
      resources: ['constat:Docker::Container::edge'],
      evidence: [{ operation: 'GET /api/rawdata' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(routerMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(routerMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(routerMissing, at({ result: 'unknown' }))).toBe(true);
});
