import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { viewerHttpAllowed } from './viewer-http-allowed.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('viewer-http-allowed', parts));

test('plain HTTP accepted from viewers (allow-all for *): medium', () => {
  const text = {
    fr: 'HTTP en clair accepté des visiteurs (`allow-all` pour `*`)',
    en: 'plain HTTP accepted from viewers (`allow-all` for `*`)',
  };
  const found = findings(viewerHttpAllowed, at({ text, evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`E2QUAY`\u00a0: HTTP en clair accepté par la distribution',
        en: '`E2QUAY`: plain HTTP accepted by the distribution',
      },
      message: {
        fr: 'HTTP en clair accepté des visiteurs (`allow-all` pour `*`).',
        en: 'Plain HTTP accepted from viewers (`allow-all` for `*`).',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(viewerHttpAllowed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(viewerHttpAllowed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(viewerHttpAllowed, at({ result: 'unknown' }))).toBe(true);
});
