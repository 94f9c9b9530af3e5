import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { capacityMissing } from './capacity-missing.ts';

const at = (parts: Partial<Check>) => onPath('AWS::ECS::Service', 'berths', check('capacity-missing', parts));

test('no room for the tasks: unable to place a task: high', () => {
  const text = {
    fr: 'aucune place pour les tâches\u00a0: `unable to place a task`',
    en: 'no room for the tasks: `unable to place a task`',
  };
  const found = findings(capacityMissing, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: aucune place pour les tâches',
        en: '`berths`: no room for the tasks',
      },
      message: {
        fr: 'Aucune place pour les tâches\u00a0: `unable to place a task`.',
        en: 'No room for the tasks: `unable to place a task`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(capacityMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(capacityMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(capacityMissing, at({ result: 'unknown' }))).toBe(true);
});
