import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originLoop } from './origin-loop.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-loop', parts));

test('the origin quay.example leads back to the distribution itself: critical', () => {
  const text = {
    fr: 'l’origine `quay.example` ramène à la distribution elle-même',
    en: 'the origin `quay.example` leads back to the distribution itself',
  };
  const found = findings(originLoop, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`E2QUAY`\u00a0: origine qui ramène à la distribution',
        en: '`E2QUAY`: origin that leads back to the distribution',
      },
      message: {
        fr: 'L’origine `quay.example` ramène à la distribution elle-même.',
        en: 'The origin `quay.example` leads back to the distribution itself.',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originLoop, at({ result: 'pass' }))).toEqual([]);
  expect(findings(originLoop, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(originLoop, at({ result: 'unknown' }))).toBe(true);
});
