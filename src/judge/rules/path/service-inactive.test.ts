import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { serviceInactive } from './service-inactive.ts';

const at = (parts: Partial<Check>) => onPath('AWS::ECS::Service', 'berths', check('service-inactive', parts));

test('service in state DRAINING: critical', () => {
  const text = {
    fr: 'service dans l’état `DRAINING`',
    en: 'service in state `DRAINING`',
  };
  const found = findings(serviceInactive, at({ text, evidence: [read('ecs:DescribeServices')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`berths`\u00a0: service ECS inactif sur le chemin',
        en: '`berths`: inactive ECS service on the path',
      },
      message: { fr: 'Service dans l’état `DRAINING`.', en: 'Service in state `DRAINING`.' },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeServices' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(serviceInactive, at({ result: 'pass' }))).toEqual([]);
  expect(findings(serviceInactive, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(serviceInactive, at({ result: 'unknown' }))).toBe(true);
});
