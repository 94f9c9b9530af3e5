import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { gracePeriodShort } from './grace-period-short.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('grace-period-short', parts));

test('grace period of 10 s, the container takes up to 60 s to start: low', () => {
  const text = {
    fr: 'délai de grâce de 10\u00a0s, le conteneur met jusqu’à 60\u00a0s à démarrer',
    en: 'grace period of 10 s, the container takes up to 60 s to start',
  };
  const found = findings(gracePeriodShort, at({ text, evidence: [read('ecs:DescribeServices')] }));
  expect(found).toMatchObject([
    {
      severity: 'low',
      title: {
        fr: '`berths`\u00a0: délai de grâce plus court que le démarrage',
        en: '`berths`: grace period shorter than the start',
      },
      message: {
        fr: 'Délai de grâce de 10\u00a0s, le conteneur met jusqu’à 60\u00a0s à démarrer.',
        en: 'Grace period of 10 s, the container takes up to 60 s to start.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeServices' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(gracePeriodShort, at({ result: 'pass' }))).toEqual([]);
  expect(findings(gracePeriodShort, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(gracePeriodShort, at({ result: 'unknown' }))).toBe(true);
});
