import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { cdnDisabled } from './cdn-disabled.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('cdn-disabled', parts));

test('distribution E2QUAY disabled: critical', () => {
  const text = {
    fr: 'distribution `E2QUAY` désactivée',
    en: 'distribution `E2QUAY` disabled',
  };
  const found = findings(cdnDisabled, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`E2QUAY`\u00a0: distribution CloudFront désactivée',
        en: '`E2QUAY`: disabled CloudFront distribution',
      },
      message: { fr: 'Distribution `E2QUAY` désactivée.', en: 'Distribution `E2QUAY` disabled.' },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(cdnDisabled, at({ result: 'pass' }))).toEqual([]);
  expect(findings(cdnDisabled, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(cdnDisabled, at({ result: 'unknown' }))).toBe(true);
});
