import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { viewerHttpsOnly } from './viewer-https-only.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('viewer-https-only', parts));

test('a request over HTTP is refused (403): medium', () => {
  const text = {
    fr: 'une requête HTTP est refusée (403)',
    en: 'a request over HTTP is refused (403)',
  };
  const found = findings(viewerHttpsOnly, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`E2QUAY`\u00a0: requêtes HTTP refusées par la distribution',
        en: '`E2QUAY`: HTTP requests refused by the distribution',
      },
      message: { fr: 'Une requête HTTP est refusée (403).', en: 'A request over HTTP is refused (403).' },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(viewerHttpsOnly, at({ result: 'pass' }))).toEqual([]);
  expect(findings(viewerHttpsOnly, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(viewerHttpsOnly, at({ result: 'unknown' }))).toBe(true);
});
