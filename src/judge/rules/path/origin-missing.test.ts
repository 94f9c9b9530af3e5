import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originMissing } from './origin-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-missing', parts));

test('the origin quay-1.eu-west-1.elb.amazonaws.com is not there: high', () => {
  const text = {
    fr: 'l’origine `quay-1.eu-west-1.elb.amazonaws.com` n’est pas là',
    en: 'the origin `quay-1.eu-west-1.elb.amazonaws.com` is not there',
  };
  const found = findings(originMissing, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`E2QUAY`\u00a0: origine qui n’est pas là',
        en: '`E2QUAY`: origin that is not there',
      },
      message: {
        fr: 'L’origine `quay-1.eu-west-1.elb.amazonaws.com` n’est pas là.',
        en: 'The origin `quay-1.eu-west-1.elb.amazonaws.com` is not there.',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(originMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(originMissing, at({ result: 'unknown' }))).toBe(true);
});
