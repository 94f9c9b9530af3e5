import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { cdnAliasMissing } from './cdn-alias-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('cdn-alias-missing', parts));

test('quay.example is not one of its names (www.quay.example): critical', () => {
  const text = {
    fr: '`quay.example` n’est pas un de ses noms (`www.quay.example`)',
    en: '`quay.example` is not one of its names (`www.quay.example`)',
  };
  const found = findings(cdnAliasMissing, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`E2QUAY`\u00a0: nom que la distribution ne porte pas',
        en: '`E2QUAY`: name that the distribution does not bear',
      },
      message: {
        fr: '`quay.example` n’est pas un de ses noms (`www.quay.example`).',
        en: '`quay.example` is not one of its names (`www.quay.example`).',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(cdnAliasMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(cdnAliasMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(cdnAliasMissing, at({ result: 'unknown' }))).toBe(true);
});
