import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { targetGroupEmpty } from './target-group-empty.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::TargetGroup', 'berths', check('target-group-empty', parts));

test('no registered target: critical', () => {
  const text = {
    fr: 'aucune cible inscrite',
    en: 'no registered target',
  };
  const found = findings(
    targetGroupEmpty,
    at({ text, evidence: [read('elasticloadbalancing:DescribeTargetHealth')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`berths`\u00a0: groupe de cibles vide',
        en: '`berths`: empty target group',
      },
      message: { fr: 'Aucune cible inscrite.', en: 'No registered target.' },
      resources: ['constat:AWS::ElasticLoadBalancingV2::TargetGroup::berths'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeTargetHealth' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(targetGroupEmpty, at({ result: 'pass' }))).toEqual([]);
  expect(findings(targetGroupEmpty, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(targetGroupEmpty, at({ result: 'unknown' }))).toBe(true);
});
