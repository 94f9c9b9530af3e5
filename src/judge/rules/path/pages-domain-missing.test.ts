import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { pagesDomainMissing } from './pages-domain-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('Cloudflare::Pages::Project', 'quay', check('pages-domain-missing', parts));

test('no domain of the project: high', () => {
  const text = { fr: 'pas un domaine du projet', en: 'no domain of the project' };
  const found = findings(pagesDomainMissing, at({ text, evidence: [read('GET /accounts')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay`\u00a0: domaine absent du projet Pages',
        en: '`quay`: domain missing from the Pages project',
      },
      resources: ['constat:Cloudflare::Pages::Project::quay'],
      evidence: [{ operation: 'GET /accounts' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(pagesDomainMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(pagesDomainMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(pagesDomainMissing, at({ result: 'unknown' }))).toBe(true);
});
