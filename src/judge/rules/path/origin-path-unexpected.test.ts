import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originPathUnexpected } from './origin-path-unexpected.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-path-unexpected', parts));

test('/v1 is put before each path, and nothing behind the origin knows it: high', () => {
  const text = {
    fr: '`/v1` est ajouté à chaque chemin, et rien derrière l’origine ne le connaît',
    en: '`/v1` is put before each path, and nothing behind the origin knows it',
  };
  const found = findings(
    originPathUnexpected,
    at({ text, evidence: [read('cloudfront:ListDistributions')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`E2QUAY`\u00a0: chemin d’origine que rien ne connaît',
        en: '`E2QUAY`: origin path that nothing knows',
      },
      message: {
        fr: '`/v1` est ajouté à chaque chemin, et rien derrière l’origine ne le connaît.',
        en: '`/v1` is put before each path, and nothing behind the origin knows it.',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originPathUnexpected, at({ result: 'pass' }))).toEqual([]);
  expect(findings(originPathUnexpected, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(originPathUnexpected, at({ result: 'unknown' }))).toBe(true);
});
