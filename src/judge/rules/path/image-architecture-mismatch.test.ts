import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { imageArchitectureMismatch } from './image-architecture-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::TaskDefinition', 'berths', check('image-architecture-mismatch', parts));

test('image for arm64, tasks on amd64: high', () => {
  const text = {
    fr: 'image pour `arm64`, tâches en `amd64`',
    en: 'image for `arm64`, tasks on `amd64`',
  };
  const found = findings(
    imageArchitectureMismatch,
    at({ text, evidence: [read('ecs:DescribeTaskDefinition')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: image d’une autre architecture que les tâches',
        en: '`berths`: image of another architecture than the tasks',
      },
      message: { fr: 'Image pour `arm64`, tâches en `amd64`.', en: 'Image for `arm64`, tasks on `amd64`.' },
      resources: ['constat:AWS::ECS::TaskDefinition::berths'],
      evidence: [{ operation: 'ecs:DescribeTaskDefinition' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(imageArchitectureMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(imageArchitectureMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(imageArchitectureMismatch, at({ result: 'unknown' }))).toBe(true);
});
