import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerListensLocally } from './container-listens-locally.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::TaskDefinition', 'berths', check('container-listens-locally', parts));

test('HOST=127.0.0.1: only the container itself can reach it: high', () => {
  const text = {
    fr: '`HOST=127.0.0.1`\u00a0: seul le conteneur lui-même peut le joindre',
    en: '`HOST=127.0.0.1`: only the container itself can reach it',
  };
  const found = findings(
    containerListensLocally,
    at({ text, evidence: [read('ecs:DescribeTaskDefinition')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      confidence: 'medium',
      title: {
        fr: '`berths`\u00a0: conteneur qui n’écoute que sur lui-même',
        en: '`berths`: container that listens only to itself',
      },
      message: {
        fr: '`HOST=127.0.0.1`\u00a0: seul le conteneur lui-même peut le joindre.',
        en: '`HOST=127.0.0.1`: only the container itself can reach it.',
      },
      resources: ['constat:AWS::ECS::TaskDefinition::berths'],
      evidence: [{ operation: 'ecs:DescribeTaskDefinition' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerListensLocally, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerListensLocally, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerListensLocally, at({ result: 'unknown' }))).toBe(true);
});
