import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { listenerWrongTarget } from './listener-wrong-target.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('listener-wrong-target', parts));

test('the target group berths is no longer there: high', () => {
  const text = {
    fr: 'le groupe de cibles `berths` n’existe plus',
    en: 'the target group `berths` is no longer there',
  };
  const found = findings(
    listenerWrongTarget,
    at({ text, evidence: [read('elasticloadbalancing:DescribeRules')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay`\u00a0: groupe de cibles qui n’existe plus',
        en: '`quay`: target group that is no longer there',
      },
      message: {
        fr: 'Le groupe de cibles `berths` n’existe plus.',
        en: 'The target group `berths` is no longer there.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeRules' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(listenerWrongTarget, at({ result: 'pass' }))).toEqual([]);
  expect(findings(listenerWrongTarget, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(listenerWrongTarget, at({ result: 'unknown' }))).toBe(true);
});
