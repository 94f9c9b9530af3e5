import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { logGroupMissing } from './log-group-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Logs::LogGroup', '/ecs/berths', check('log-group-missing', parts));

test('the log group /ecs/berths does not exist: medium', () => {
  const text = {
    fr: 'le groupe de journaux `/ecs/berths` n’existe pas',
    en: 'the log group `/ecs/berths` does not exist',
  };
  const found = findings(logGroupMissing, at({ text, evidence: [read('logs:DescribeLogGroups')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`/ecs/berths`\u00a0: groupe de journaux manquant',
        en: '`/ecs/berths`: missing log group',
      },
      message: {
        fr: 'Le groupe de journaux `/ecs/berths` n’existe pas.',
        en: 'The log group `/ecs/berths` does not exist.',
      },
      resources: ['constat:AWS::Logs::LogGroup::/ecs/berths'],
      evidence: [{ operation: 'logs:DescribeLogGroups' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(logGroupMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(logGroupMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(logGroupMissing, at({ result: 'unknown' }))).toBe(true);
});
