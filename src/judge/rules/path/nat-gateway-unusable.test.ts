import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { natGatewayUnusable } from './nat-gateway-unusable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::NatGateway', 'nat-0a1b', check('nat-gateway-unusable', parts));

test('nat-0a1b in state failed: high', () => {
  const text = {
    fr: '`nat-0a1b` dans l’état `failed`',
    en: '`nat-0a1b` in state `failed`',
  };
  const found = findings(natGatewayUnusable, at({ text, evidence: [read('ec2:DescribeNatGateways')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`nat-0a1b`\u00a0: passerelle NAT inutilisable',
        en: '`nat-0a1b`: unusable NAT gateway',
      },
      message: { fr: '`nat-0a1b` dans l’état `failed`.', en: '`nat-0a1b` in state `failed`.' },
      resources: ['constat:AWS::EC2::NatGateway::nat-0a1b'],
      evidence: [{ operation: 'ec2:DescribeNatGateways' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(natGatewayUnusable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(natGatewayUnusable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(natGatewayUnusable, at({ result: 'unknown' }))).toBe(true);
});
