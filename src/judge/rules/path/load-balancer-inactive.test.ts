import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { loadBalancerInactive } from './load-balancer-inactive.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('load-balancer-inactive', parts));

test('quay in state failed: high', () => {
  const text = {
    fr: '`quay` dans l’état `failed`',
    en: '`quay` in state `failed`',
  };
  const found = findings(
    loadBalancerInactive,
    at({ text, evidence: [read('elasticloadbalancing:DescribeLoadBalancers')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay`\u00a0: répartiteur qui n’est pas actif',
        en: '`quay`: load balancer that is not active',
      },
      message: { fr: '`quay` dans l’état `failed`.', en: '`quay` in state `failed`.' },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeLoadBalancers' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(loadBalancerInactive, at({ result: 'pass' }))).toEqual([]);
  expect(findings(loadBalancerInactive, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(loadBalancerInactive, at({ result: 'unknown' }))).toBe(true);
});
