import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { containerListensElsewhere } from './container-listens-elsewhere.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::TaskDefinition', 'berths', check('container-listens-elsewhere', parts));

test('PORT=3000, the group sends to 8080: high', () => {
  const text = {
    fr: '`PORT=3000`, le groupe envoie à 8080',
    en: '`PORT=3000`, the group sends to 8080',
  };
  const found = findings(
    containerListensElsewhere,
    at({ text, evidence: [read('ecs:DescribeTaskDefinition')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      confidence: 'medium',
      title: {
        fr: '`berths`\u00a0: conteneur dont une variable nomme un autre port',
        en: '`berths`: container of which a variable names another port',
      },
      message: { fr: '`PORT=3000`, le groupe envoie à 8080.', en: '`PORT=3000`, the group sends to 8080.' },
      resources: ['constat:AWS::ECS::TaskDefinition::berths'],
      evidence: [{ operation: 'ecs:DescribeTaskDefinition' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(containerListensElsewhere, at({ result: 'pass' }))).toEqual([]);
  expect(findings(containerListensElsewhere, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(containerListensElsewhere, at({ result: 'unknown' }))).toBe(true);
});
