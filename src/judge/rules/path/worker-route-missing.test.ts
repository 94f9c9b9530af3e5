import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { workerRouteMissing } from './worker-route-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('Cloudflare::Zone', 'quay.example', check('worker-route-missing', parts));

test('no route takes /health: high', () => {
  const text = { fr: 'aucune route ne prend /health', en: 'no route takes /health' };
  const found = findings(workerRouteMissing, at({ text, evidence: [read('GET /zones')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay.example`\u00a0: adresse qu’aucune route de Worker ne prend',
        en: '`quay.example`: address that no Worker route takes',
      },
      resources: ['constat:Cloudflare::Zone::quay.example'],
      evidence: [{ operation: 'GET /zones' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(workerRouteMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(workerRouteMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(workerRouteMissing, at({ result: 'unknown' }))).toBe(true);
});
