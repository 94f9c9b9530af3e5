import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerCrashing } from './container-crashing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('container-crashing', parts));

test('containers end by themselves: Essential container in task exited, exit 1: high', () => {
  const text = {
    fr: 'des conteneurs s’arrêtent d’eux-mêmes\u00a0: `Essential container in task exited`, exit 1',
    en: 'containers end by themselves: `Essential container in task exited`, exit 1',
  };
  const found = findings(containerCrashing, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: conteneurs qui s’arrêtent d’eux-mêmes',
        en: '`berths`: containers that end by themselves',
      },
      message: {
        fr: 'Des conteneurs s’arrêtent d’eux-mêmes\u00a0: `Essential container in task exited`, exit 1.',
        en: 'Containers end by themselves: `Essential container in task exited`, exit 1.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerCrashing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerCrashing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerCrashing, at({ result: 'unknown' }))).toBe(true);
});
