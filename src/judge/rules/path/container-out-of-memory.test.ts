import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerOutOfMemory } from './container-out-of-memory.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('container-out-of-memory', parts));

test('containers run out of memory: OutOfMemoryError: Container killed due to memory usage, exit 137: high', () => {
  const text = {
    fr: 'des conteneurs manquent de mémoire\u00a0: `OutOfMemoryError: Container killed due to memory usage`, exit 137',
    en: 'containers run out of memory: `OutOfMemoryError: Container killed due to memory usage`, exit 137',
  };
  const found = findings(containerOutOfMemory, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: conteneurs qui manquent de mémoire',
        en: '`berths`: containers that run out of memory',
      },
      message: {
        fr: 'Des conteneurs manquent de mémoire\u00a0: `OutOfMemoryError: Container killed due to memory usage`, exit 137.',
        en: 'Containers run out of memory: `OutOfMemoryError: Container killed due to memory usage`, exit 137.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerOutOfMemory, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerOutOfMemory, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerOutOfMemory, at({ result: 'unknown' }))).toBe(true);
});
