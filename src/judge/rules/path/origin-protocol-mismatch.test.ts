import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originProtocolMismatch } from './origin-protocol-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-protocol-mismatch', parts));

test('https-only towards an origin without a listener on 443: high', () => {
  const text = {
    fr: '`https-only` vers une origine sans écouteur sur 443',
    en: '`https-only` towards an origin without a listener on 443',
  };
  const found = findings(
    originProtocolMismatch,
    at({ text, evidence: [read('cloudfront:ListDistributions')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`E2QUAY`\u00a0: origine interrogée là où elle n’écoute pas',
        en: '`E2QUAY`: origin asked where it does not listen',
      },
      message: {
        fr: '`https-only` vers une origine sans écouteur sur 443.',
        en: '`https-only` towards an origin without a listener on 443.',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originProtocolMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(originProtocolMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(originProtocolMismatch, at({ result: 'unknown' }))).toBe(true);
});
