import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { workerMissing } from './worker-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('Cloudflare::Workers::Script', 'quay', check('worker-missing', parts));

test('the Worker is not in this account: critical', () => {
  const text = { fr: 'le Worker n’est pas dans ce compte', en: 'the Worker is not in this account' };
  const found = findings(workerMissing, at({ text, evidence: [read('GET /accounts')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay`\u00a0: script de Worker qui n’est pas là',
        en: '`quay`: script of a Worker that is not there',
      },
      resources: ['constat:Cloudflare::Workers::Script::quay'],
      evidence: [{ operation: 'GET /accounts' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(workerMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(workerMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(workerMissing, at({ result: 'unknown' }))).toBe(true);
});
