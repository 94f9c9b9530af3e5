import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { routerDisabled } from './router-disabled.ts';

const at = (parts: Partial<Check>) => onPath('Traefik::Router', 'shop', check('router-disabled', parts));
const text = { fr: 'vu ainsi', en: 'the router `shop` would take the request, but it is disabled' };

test('a failure is a finding on what it stands on: high', () => {
  expect(findings(routerDisabled, at({ text, evidence: [read('GET /api/rawdata')] }))).toMatchObject([
    {
      severity: 'high',
      title: { en: '`shop`: router disabled by its errors' },
      message: { en: expect.stringContaining('he router `shop` would take the request, but it is disabled') },
      resources: ['constat:Traefik::Router::shop'],
      evidence: [{ operation: 'GET /api/rawdata' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(routerDisabled, at({ result: 'pass' }))).toEqual([]);
  expect(findings(routerDisabled, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(routerDisabled, at({ result: 'unknown' }))).toBe(true);
});
