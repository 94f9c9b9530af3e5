import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { planOf } from './plan-file.ts';
import { adding, stepOf } from './test-account.ts';

const report = {
  schema: 'constat/audit@1',
  audit: {
    id: '20261128-00000000',
    startedAt: '2026-11-28T08:00:00.000Z',
    finishedAt: '2026-11-28T08:00:01.000Z',
    lang: 'en',
    tool: { name: 'constat', version: '0.1.0' },
    estate: { name: 'shop', path: '.' },
  },
  findings: [],
  plan: { steps: [stepOf('S-01', [adding('a', 1)])] },
  proofs: [],
} as unknown as Report;

test('the plan of a report is read', () => {
  const plan = planOf(JSON.stringify(report), 'report.json');
  expect(plan.steps[0]?.changes[0]?.after).toEqual([1]);
  expect(plan.audit.startedAt).toBe('2026-11-28T08:00:00.000Z');
});

const { changes: _changes, ...withoutChanges } = report.plan.steps[0] ?? { changes: [] };

test.each([
  ['no JSON', '{"schema":', /^r\.json: not JSON/],
  ['a list', '[]', /^r\.json: not a report of Constat/],
  ['another tool’s', '{"schema":"tool/1"}', /^r\.json: not a report of Constat/],
  [
    'another version’s',
    '{"schema":"constat/audit@2"}',
    /form constat\/audit@2, this Constat reads constat\/audit@1/,
  ],
  ['one without a plan', JSON.stringify({ ...report, plan: undefined }), /^r\.json: plan is not what/],
  [
    'one from before steps had changes',
    JSON.stringify({ ...report, plan: { steps: [withoutChanges] } }),
    /^r\.json: plan\.steps\.0\.changes is not what/,
  ],
])('%s is refused in one line', (_, text, message) => {
  expect(() => planOf(text, 'r.json')).toThrow(message);
  try {
    planOf(text, 'r.json');
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
  }
});
