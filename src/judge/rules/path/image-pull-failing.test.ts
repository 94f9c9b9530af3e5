import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { imagePullFailing } from './image-pull-failing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('image-pull-failing', parts));

test('the image cannot be pulled: CannotPullContainerError: i/o timeout: high', () => {
  const text = {
    fr: 'l’image ne peut pas être tirée\u00a0: `CannotPullContainerError: i/o timeout`',
    en: 'the image cannot be pulled: `CannotPullContainerError: i/o timeout`',
  };
  const found = findings(imagePullFailing, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: image qui ne peut pas être tirée',
        en: '`berths`: image that cannot be pulled',
      },
      message: {
        fr: 'L’image ne peut pas être tirée\u00a0: `CannotPullContainerError: i/o timeout`.',
        en: 'The image cannot be pulled: `CannotPullContainerError: i/o timeout`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(imagePullFailing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(imagePullFailing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(imagePullFailing, at({ result: 'unknown' }))).toBe(true);
});
