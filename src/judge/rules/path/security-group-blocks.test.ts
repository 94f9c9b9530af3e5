import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { securityGroupBlocks } from './security-group-blocks.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::SecurityGroup', 'sg-0a1b', check('security-group-blocks', parts));

test('sg-0a1b does not let 8080 in from sg-0c2d: high', () => {
  const text = {
    fr: '`sg-0a1b` ne laisse pas entrer 8080 depuis `sg-0c2d`',
    en: '`sg-0a1b` does not let 8080 in from `sg-0c2d`',
  };
  const found = findings(securityGroupBlocks, at({ text, evidence: [read('ec2:DescribeSecurityGroups')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`sg-0a1b`\u00a0: groupe de sécurité qui bloque le passage',
        en: '`sg-0a1b`: security group that blocks the way',
      },
      message: {
        fr: '`sg-0a1b` ne laisse pas entrer 8080 depuis `sg-0c2d`.',
        en: '`sg-0a1b` does not let 8080 in from `sg-0c2d`.',
      },
      resources: ['constat:AWS::EC2::SecurityGroup::sg-0a1b'],
      evidence: [{ operation: 'ec2:DescribeSecurityGroups' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(securityGroupBlocks, at({ result: 'pass' }))).toEqual([]);
  expect(findings(securityGroupBlocks, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(securityGroupBlocks, at({ result: 'unknown' }))).toBe(true);
});
