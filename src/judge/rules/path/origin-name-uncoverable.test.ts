import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { originNameUncoverable } from './origin-name-uncoverable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CloudFront::Distribution', 'E2QUAY', check('origin-name-uncoverable', parts));

test('an origin that is asked by the name of a load balancer, without Host: high', () => {
  const found = findings(originNameUncoverable, at({ evidence: [read('cloudfront:ListDistributions')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        en: '`E2QUAY`: origin asked over HTTPS by a name that no certificate covers',
      },
      resources: ['constat:AWS::CloudFront::Distribution::E2QUAY'],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(originNameUncoverable, at({ result: 'pass' }))).toEqual([]);
  expect(isUnknown(originNameUncoverable, at({ result: 'unknown' }))).toBe(true);
});
