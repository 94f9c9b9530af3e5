import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originNameUncoverable } from './origin-name-uncoverable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-name-uncoverable', parts));

test('asked over HTTPS as quay-1.eu-west-1.elb.amazonaws.com, which no certificate covers, without sending Host on: high', () => {
  const text = {
    fr: 'demandée en HTTPS sous le nom `quay-1.eu-west-1.elb.amazonaws.com`, qu’aucun certificat ne couvre, sans transmettre `Host`',
    en: 'asked over HTTPS as `quay-1.eu-west-1.elb.amazonaws.com`, which no certificate covers, without sending `Host` on',
  };
  const found = findings(
    originNameUncoverable,
    at({ text, evidence: [read('cloudfront:ListDistributions')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`E2QUAY`\u00a0: origine demandée sous un nom qu’aucun certificat ne couvre',
        en: '`E2QUAY`: origin asked by a name that no certificate covers',
      },
      message: {
        fr: 'Demandée en HTTPS sous le nom `quay-1.eu-west-1.elb.amazonaws.com`, qu’aucun certificat ne couvre, sans transmettre `Host`.',
        en: 'Asked over HTTPS as `quay-1.eu-west-1.elb.amazonaws.com`, which no certificate covers, without sending `Host` on.',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
      evidence: [{ operation: 'cloudfront:ListDistributions' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originNameUncoverable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(originNameUncoverable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(originNameUncoverable, at({ result: 'unknown' }))).toBe(true);
});
