import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { listenerAnswersItself } from './listener-answers-itself.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('listener-answers-itself', parts));

test('no rule takes the request: the listener answers 404: high', () => {
  const text = {
    fr: 'aucune règle ne prend la requête\u00a0: l’écouteur répond 404',
    en: 'no rule takes the request: the listener answers 404',
  };
  const found = findings(
    listenerAnswersItself,
    at({ text, evidence: [read('elasticloadbalancing:DescribeRules')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay`\u00a0: requête à laquelle l’écouteur répond lui-même',
        en: '`quay`: request that the listener answers itself',
      },
      message: {
        fr: 'Aucune règle ne prend la requête\u00a0: l’écouteur répond 404.',
        en: 'No rule takes the request: the listener answers 404.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeRules' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(listenerAnswersItself, at({ result: 'pass' }))).toEqual([]);
  expect(findings(listenerAnswersItself, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(listenerAnswersItself, at({ result: 'unknown' }))).toBe(true);
});
