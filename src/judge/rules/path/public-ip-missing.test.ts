import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { publicIpMissing } from './public-ip-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('public-ip-missing', parts));

test('no public address in a public subnet: high', () => {
  const text = {
    fr: 'aucune adresse publique dans un sous-réseau public',
    en: 'no public address in a public subnet',
  };
  const found = findings(publicIpMissing, at({ text, evidence: [read('ecs:DescribeServices')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: adresse publique manquante',
        en: '`berths`: missing public address',
      },
      message: {
        fr: 'Aucune adresse publique dans un sous-réseau public.',
        en: 'No public address in a public subnet.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeServices' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(publicIpMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(publicIpMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(publicIpMissing, at({ result: 'unknown' }))).toBe(true);
});
