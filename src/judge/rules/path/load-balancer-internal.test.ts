import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { loadBalancerInternal } from './load-balancer-internal.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('load-balancer-internal', parts));

test('quay is internal: the internet does not reach it: critical', () => {
  const text = {
    fr: '`quay` est interne\u00a0: Internet ne le joint pas',
    en: '`quay` is internal: the internet does not reach it',
  };
  const found = findings(
    loadBalancerInternal,
    at({ text, evidence: [read('elasticloadbalancing:DescribeLoadBalancers')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay`\u00a0: répartiteur interne sur un chemin public',
        en: '`quay`: internal load balancer on a public path',
      },
      message: {
        fr: '`quay` est interne\u00a0: Internet ne le joint pas.',
        en: '`quay` is internal: the internet does not reach it.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeLoadBalancers' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(loadBalancerInternal, at({ result: 'pass' }))).toEqual([]);
  expect(findings(loadBalancerInternal, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(loadBalancerInternal, at({ result: 'unknown' }))).toBe(true);
});
