import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { functionThrottled } from './function-throttled.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Lambda::Function', 'tides', check('function-throttled', parts));

test('reserved concurrency of 0: no call passes: critical', () => {
  const text = {
    fr: 'concurrence réservée à 0\u00a0: aucun appel ne passe',
    en: 'reserved concurrency of 0: no call passes',
  };
  const found = findings(functionThrottled, at({ text, evidence: [read('lambda:GetFunction')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`tides`\u00a0: fonction Lambda arrêtée par sa concurrence réservée',
        en: '`tides`: lambda function stopped by its reserved concurrency',
      },
      message: {
        fr: 'Concurrence réservée à 0\u00a0: aucun appel ne passe.',
        en: 'Reserved concurrency of 0: no call passes.',
      },
      resources: ['constat:AWS::Lambda::Function::tides'],
      evidence: [{ operation: 'lambda:GetFunction' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(functionThrottled, at({ result: 'pass' }))).toEqual([]);
  expect(findings(functionThrottled, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(functionThrottled, at({ result: 'unknown' }))).toBe(true);
});
