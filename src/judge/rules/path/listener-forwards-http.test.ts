import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { listenerForwardsHttp } from './listener-forwards-http.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('listener-forwards-http', parts));

test('port 80 forwards instead of redirecting: medium', () => {
  const text = {
    fr: 'le port 80 transfère au lieu de rediriger',
    en: 'port 80 forwards instead of redirecting',
  };
  const found = findings(
    listenerForwardsHttp,
    at({ text, evidence: [read('elasticloadbalancing:DescribeListeners')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`quay`\u00a0: port 80 qui transfère au lieu de rediriger',
        en: '`quay`: port 80 that forwards instead of redirecting',
      },
      message: {
        fr: 'Le port 80 transfère au lieu de rediriger.',
        en: 'Port 80 forwards instead of redirecting.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeListeners' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(listenerForwardsHttp, at({ result: 'pass' }))).toEqual([]);
  expect(findings(listenerForwardsHttp, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(listenerForwardsHttp, at({ result: 'unknown' }))).toBe(true);
});
