import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { targetZoneNotEnabled } from './target-zone-not-enabled.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::TargetGroup', 'berths', check('target-zone-not-enabled', parts));

test('zone eu-west-1c not enabled on quay: high', () => {
  const text = {
    fr: 'zone `eu-west-1c` non activée sur `quay`',
    en: 'zone `eu-west-1c` not enabled on `quay`',
  };
  const found = findings(
    targetZoneNotEnabled,
    at({ text, evidence: [read('elasticloadbalancing:DescribeTargetHealth')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: cibles dans une zone que le répartiteur n’a pas',
        en: '`berths`: targets in a zone that the load balancer is not in',
      },
      message: {
        fr: 'Zone `eu-west-1c` non activée sur `quay`.',
        en: 'Zone `eu-west-1c` not enabled on `quay`.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::TargetGroup::berths'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeTargetHealth' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(targetZoneNotEnabled, at({ result: 'pass' }))).toEqual([]);
  expect(findings(targetZoneNotEnabled, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(targetZoneNotEnabled, at({ result: 'unknown' }))).toBe(true);
});
