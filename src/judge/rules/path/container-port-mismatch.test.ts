import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerPortMismatch } from './container-port-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::TaskDefinition', 'berths', check('container-port-mismatch', parts));

test('web exposes 3000, the group sends to 8080: high', () => {
  const text = {
    fr: '`web` expose 3000, le groupe envoie à 8080',
    en: '`web` exposes 3000, the group sends to 8080',
  };
  const found = findings(containerPortMismatch, at({ text, evidence: [read('ecs:DescribeTaskDefinition')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: conteneur qui n’expose pas le port demandé',
        en: '`berths`: container that does not expose the port asked for',
      },
      message: {
        fr: '`web` expose 3000, le groupe envoie à 8080.',
        en: '`web` exposes 3000, the group sends to 8080.',
      },
      resources: ['constat:AWS::ECS::TaskDefinition::berths'],
      evidence: [{ operation: 'ecs:DescribeTaskDefinition' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerPortMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerPortMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerPortMismatch, at({ result: 'unknown' }))).toBe(true);
});
