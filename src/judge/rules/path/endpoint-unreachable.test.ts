import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { endpointUnreachable } from './endpoint-unreachable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::VPCEndpoint', 'vpce-0a1b', check('endpoint-unreachable', parts));

test('vpce-0a1b has no private DNS: high', () => {
  const text = {
    fr: '`vpce-0a1b` n’a pas de DNS privé',
    en: '`vpce-0a1b` has no private DNS',
  };
  const found = findings(endpointUnreachable, at({ text, evidence: [read('ec2:DescribeVpcEndpoints')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`vpce-0a1b`\u00a0: point de terminaison VPC injoignable',
        en: '`vpce-0a1b`: unreachable VPC endpoint',
      },
      message: { fr: '`vpce-0a1b` n’a pas de DNS privé.', en: '`vpce-0a1b` has no private DNS.' },
      resources: ['constat:AWS::EC2::VPCEndpoint::vpce-0a1b'],
      evidence: [{ operation: 'ec2:DescribeVpcEndpoints' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(endpointUnreachable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(endpointUnreachable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(endpointUnreachable, at({ result: 'unknown' }))).toBe(true);
});
