import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { listenerMissing } from './listener-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('listener-missing', parts));

test('no listener on 443: critical', () => {
  const text = {
    fr: 'aucun écouteur sur 443',
    en: 'no listener on 443',
  };
  const found = findings(
    listenerMissing,
    at({ text, evidence: [read('elasticloadbalancing:DescribeListeners')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay`\u00a0: aucun écouteur pour la requête',
        en: '`quay`: no listener for the request',
      },
      message: { fr: 'Aucun écouteur sur 443.', en: 'No listener on 443.' },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeListeners' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(listenerMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(listenerMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(listenerMissing, at({ result: 'unknown' }))).toBe(true);
});
