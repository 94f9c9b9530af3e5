import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { functionInactive } from './function-inactive.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Lambda::Function', 'tides', check('function-inactive', parts));

test('state Failed: high', () => {
  const text = {
    fr: 'état `Failed`',
    en: 'state `Failed`',
  };
  const found = findings(functionInactive, at({ text, evidence: [read('lambda:GetFunction')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`tides`\u00a0: fonction Lambda qui n’est pas prête',
        en: '`tides`: lambda function that is not ready',
      },
      message: { fr: 'État `Failed`.', en: 'State `Failed`.' },
      resources: ['constat:AWS::Lambda::Function::tides'],
      evidence: [{ operation: 'lambda:GetFunction' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(functionInactive, at({ result: 'pass' }))).toEqual([]);
  expect(findings(functionInactive, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(functionInactive, at({ result: 'unknown' }))).toBe(true);
});
