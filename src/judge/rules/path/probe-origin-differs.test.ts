import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeOriginDiffers } from './probe-origin-differs.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('probe-origin-differs', parts));

test('through quay.example: 502; directly by quay-1.eu-west-1.elb.amazonaws.com: 200: medium', () => {
  const text = {
    fr: 'par `quay.example`\u00a0: `502`\u00a0; directement par `quay-1.eu-west-1.elb.amazonaws.com`\u00a0: `200`',
    en: 'through `quay.example`: `502`; directly by `quay-1.eu-west-1.elb.amazonaws.com`: `200`',
  };
  const found = findings(
    probeOriginDiffers,
    at({ text, evidence: [read('elasticloadbalancing:DescribeLoadBalancers')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`quay`\u00a0: répartiteur qui ne répond pas comme le nom',
        en: '`quay`: load balancer that does not answer as the name does',
      },
      message: {
        fr: 'Par `quay.example`\u00a0: `502`\u00a0; directement par `quay-1.eu-west-1.elb.amazonaws.com`\u00a0: `200`.',
        en: 'Through `quay.example`: `502`; directly by `quay-1.eu-west-1.elb.amazonaws.com`: `200`.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeLoadBalancers' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeOriginDiffers, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeOriginDiffers, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeOriginDiffers, at({ result: 'unknown' }))).toBe(true);
});
