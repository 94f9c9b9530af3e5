import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { listenerRuleShadowed } from './listener-rule-shadowed.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ElasticLoadBalancingV2::LoadBalancer', 'quay', check('listener-rule-shadowed', parts));

test('rule 10 takes the request before rule 20, which is narrower: high', () => {
  const text = {
    fr: 'la règle `10` prend la requête avant la règle `20`, plus précise',
    en: 'rule `10` takes the request before rule `20`, which is narrower',
  };
  const found = findings(
    listenerRuleShadowed,
    at({ text, evidence: [read('elasticloadbalancing:DescribeRules')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay`\u00a0: règle masquée par une règle plus large',
        en: '`quay`: rule shadowed by a wider one',
      },
      message: {
        fr: 'La règle `10` prend la requête avant la règle `20`, plus précise.',
        en: 'Rule `10` takes the request before rule `20`, which is narrower.',
      },
      resources: ['constat:AWS::ElasticLoadBalancingV2::LoadBalancer::quay'],
      evidence: [{ operation: 'elasticloadbalancing:DescribeRules' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(listenerRuleShadowed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(listenerRuleShadowed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(listenerRuleShadowed, at({ result: 'unknown' }))).toBe(true);
});
