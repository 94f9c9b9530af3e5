import { expect, test } from 'vitest';
import { estate, findings } from '../../test-estate.ts';
import { workflowNeverRuns } from './workflow-never-runs.ts';

const WHYS = ['misplaced', 'extension', 'not-a-mapping', 'no-trigger', 'no-jobs'] as const;
const found = (why: (typeof WHYS)[number], file: string) =>
  findings(workflowNeverRuns, estate({ artifacts: { strayWorkflows: [{ file, line: 1, why }] } }));

test('a workflow with another extension is a medium finding that says what GitHub reads', () => {
  const [finding] = found('extension', '.github/workflows/deploy.txt');
  expect(finding).toMatchObject({
    severity: 'medium',
    title: { en: '`.github/workflows/deploy.txt`: never runs' },
  });
  expect(finding?.message.en).toContain('`.yml` and `.yaml`');
});

test('one in another folder may be a model: low, and less sure', () => {
  expect(found('misplaced', 'api/.github/workflows/ci.yml')[0]).toMatchObject({
    severity: 'low',
    confidence: 'medium',
  });
});

test('each reason has its own words', () => {
  const messages = WHYS.map((why) => found(why, 'x.yml')[0]?.message.fr);
  expect(new Set(messages).size).toBe(WHYS.length);
});

test('an estate without stray workflows has no such finding', () => {
  expect(findings(workflowNeverRuns, estate())).toEqual([]);
});
