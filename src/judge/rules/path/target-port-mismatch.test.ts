import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { targetPortMismatch } from './target-port-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::TargetGroup', 'berths', check('target-port-mismatch', parts));

test('targets on port 80, the service exposes 8080: high', () => {
  const text = {
    fr: 'cibles sur le port 80, le service expose 8080',
    en: 'targets on port 80, the service exposes 8080',
  };
  const found = findings(
    targetPortMismatch,
    at({ text, evidence: [read('elasticloadbalancing:DescribeTargetHealth')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: cibles inscrites sur un autre port que celui du conteneur',
        en: '`berths`: targets registered on another port than the container’s',
      },
      message: {
        fr: 'Cibles sur le port 80, le service expose 8080.',
        en: 'Targets on port 80, the service exposes 8080.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::TargetGroup::berths'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeTargetHealth' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(targetPortMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(targetPortMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(targetPortMismatch, at({ result: 'unknown' }))).toBe(true);
});
