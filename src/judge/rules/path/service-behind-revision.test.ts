import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { serviceBehindRevision } from './service-behind-revision.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('service-behind-revision', parts));

test('revision berths:6, although 7 is registered: medium', () => {
  const text = {
    fr: 'révision `berths:6`, alors que la 7 est enregistrée',
    en: 'revision `berths:6`, although 7 is registered',
  };
  const found = findings(serviceBehindRevision, at({ text, evidence: [read('ecs:DescribeServices')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`berths`\u00a0: service en retard sur sa définition de tâche',
        en: '`berths`: service behind its task definition',
      },
      message: {
        fr: 'Révision `berths:6`, alors que la 7 est enregistrée.',
        en: 'Revision `berths:6`, although 7 is registered.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeServices' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(serviceBehindRevision, at({ result: 'pass' }))).toEqual([]);
  expect(findings(serviceBehindRevision, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(serviceBehindRevision, at({ result: 'unknown' }))).toBe(true);
});
