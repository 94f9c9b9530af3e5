import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { redirectLoop } from './redirect-loop.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('redirect-loop', parts));

test('redirects to itself (https://quay.example/): critical', () => {
  const text = {
    fr: 'redirige vers elle-même (`https://quay.example/`)',
    en: 'redirects to itself (`https://quay.example/`)',
  };
  const found = findings(
    redirectLoop,
    at({ text, evidence: [read('elasticloadbalancing:DescribeListeners')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay`\u00a0: redirection sans fin',
        en: '`quay`: redirect that never ends',
      },
      message: {
        fr: 'Redirige vers elle-même (`https://quay.example/`).',
        en: 'Redirects to itself (`https://quay.example/`).',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeListeners' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(redirectLoop, at({ result: 'pass' }))).toEqual([]);
  expect(findings(redirectLoop, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(redirectLoop, at({ result: 'unknown' }))).toBe(true);
});
