import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { networkAclBlocks } from './network-acl-blocks.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::NetworkAcl', 'acl-0a1b', check('network-acl-blocks', parts));

test('acl-0a1b denies 1024-65535 on the way back: high', () => {
  const text = {
    fr: '`acl-0a1b` refuse 1024-65535 au retour',
    en: '`acl-0a1b` denies 1024-65535 on the way back',
  };
  const found = findings(networkAclBlocks, at({ text, evidence: [read('ec2:DescribeNetworkAcls')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`acl-0a1b`\u00a0: liste de contrôle d’accès réseau qui bloque le passage',
        en: '`acl-0a1b`: network ACL that blocks the way',
      },
      message: {
        fr: '`acl-0a1b` refuse 1024-65535 au retour.',
        en: '`acl-0a1b` denies 1024-65535 on the way back.',
      },
      resources: ['constat:AWS::EC2::NetworkAcl::acl-0a1b'],
      evidence: [{ operation: 'ec2:DescribeNetworkAcls' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(networkAclBlocks, at({ result: 'pass' }))).toEqual([]);
  expect(findings(networkAclBlocks, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(networkAclBlocks, at({ result: 'unknown' }))).toBe(true);
});
