import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { healthCheckMismatch } from './health-check-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::TargetGroup', 'berths', check('health-check-mismatch', parts));

test('/health answers 404, the check expects 200: high', () => {
  const text = {
    fr: '`/health` répond 404, le contrôle attend `200`',
    en: '`/health` answers 404, the check expects `200`',
  };
  const found = findings(
    healthCheckMismatch,
    at({ text, evidence: [read('elasticloadbalancing:DescribeTargetHealth')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: contrôle de santé qui n’attend pas ce que répond le service',
        en: '`berths`: health check that does not expect what the service answers',
      },
      message: {
        fr: '`/health` répond 404, le contrôle attend `200`.',
        en: '`/health` answers 404, the check expects `200`.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::TargetGroup::berths'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeTargetHealth' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(healthCheckMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(healthCheckMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(healthCheckMismatch, at({ result: 'unknown' }))).toBe(true);
});
