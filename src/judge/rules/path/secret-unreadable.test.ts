import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { secretUnreadable } from './secret-unreadable.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('secret-unreadable', parts));

test('a secret cannot be read: ResourceInitializationError: unable to pull secrets: high', () => {
  const text = {
    fr: 'un secret ne peut pas être lu\u00a0: `ResourceInitializationError: unable to pull secrets`',
    en: 'a secret cannot be read: `ResourceInitializationError: unable to pull secrets`',
  };
  const found = findings(secretUnreadable, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: secret que les tâches ne peuvent pas lire',
        en: '`berths`: secret that the tasks cannot read',
      },
      message: {
        fr: 'Un secret ne peut pas être lu\u00a0: `ResourceInitializationError: unable to pull secrets`.',
        en: 'A secret cannot be read: `ResourceInitializationError: unable to pull secrets`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(secretUnreadable, at({ result: 'pass' }))).toEqual([]);
  expect(findings(secretUnreadable, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(secretUnreadable, at({ result: 'unknown' }))).toBe(true);
});
