import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { logsUnwritable } from './logs-unwritable.ts';

const at = (parts: Partial<Check>) => onPath('AWS::ECS::Service', 'berths', check('logs-unwritable', parts));

test('logs cannot be written: failed to validate logger args: high', () => {
  const text = {
    fr: 'les journaux ne peuvent pas être écrits\u00a0: `failed to validate logger args`',
    en: 'logs cannot be written: `failed to validate logger args`',
  };
  const found = findings(logsUnwritable, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: journaux que les tâches ne peuvent pas écrire',
        en: '`berths`: logs that the tasks cannot write',
      },
      message: {
        fr: 'Les journaux ne peuvent pas être écrits\u00a0: `failed to validate logger args`.',
        en: 'Logs cannot be written: `failed to validate logger args`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(logsUnwritable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(logsUnwritable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(logsUnwritable, at({ result: 'unknown' }))).toBe(true);
});
