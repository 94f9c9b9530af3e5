import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { endpointPolicyDenies } from './endpoint-policy-denies.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::VPCEndpoint', 'vpce-0a1b', check('endpoint-policy-denies', parts));

test('the policy of vpce-0a1b does not allow ecr:BatchGetImage: high', () => {
  const text = {
    fr: 'la politique de `vpce-0a1b` ne permet pas `ecr:BatchGetImage`',
    en: 'the policy of `vpce-0a1b` does not allow `ecr:BatchGetImage`',
  };
  const found = findings(endpointPolicyDenies, at({ text, evidence: [read('ec2:DescribeVpcEndpoints')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`vpce-0a1b`\u00a0: politique de point de terminaison qui refuse',
        en: '`vpce-0a1b`: endpoint policy that denies',
      },
      message: {
        fr: 'La politique de `vpce-0a1b` ne permet pas `ecr:BatchGetImage`.',
        en: 'The policy of `vpce-0a1b` does not allow `ecr:BatchGetImage`.',
      },
      resources: ['constat:AWS::EC2::VPCEndpoint::vpce-0a1b'],
      evidence: [{ operation: 'ec2:DescribeVpcEndpoints' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(endpointPolicyDenies, at({ result: 'pass' }))).toEqual([]);
  expect(findings(endpointPolicyDenies, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(endpointPolicyDenies, at({ result: 'unknown' }))).toBe(true);
});
