import { expect, test } from 'vitest';
import type { Trigger } from '#model/artifacts.ts';
import { estate, findings, trigger, workflow } from '../../test-estate.ts';
import { workflowPathsMatchNothing } from './workflow-paths-match-nothing.ts';

const files = new Set(['services/api/main.go', 'web/index.html', '.github/workflows/deploy.yml']);
const found = (triggers: Trigger[], tree = files) =>
  findings(
    workflowPathsMatchNothing,
    estate({ files: tree, artifacts: { workflows: [workflow({ triggers })] } }),
  );
const push = (...paths: string[]) => trigger('push', { paths });

test('a push whose paths match no file never starts the workflow: medium', () => {
  const [finding] = found([push('api/**')]);
  expect(finding).toMatchObject({ severity: 'medium', evidence: [{ line: 3 }] });
  expect(finding?.message.en).toBe(
    'No file of the repository matches `api/**`: `push` never starts this workflow.',
  );
});

test('with another trigger it still runs: low', () => {
  expect(found([push('api/**'), trigger('workflow_dispatch')])[0]?.severity).toBe('low');
});

test('a folder without its stars, and a path that starts with a dot, match nothing on GitHub', () => {
  expect(found([push('services/api/')])).toHaveLength(1);
  expect(found([push('./services/**')])).toHaveLength(1);
});

test('one live pattern is enough, the workflow’s own file included', () => {
  expect(found([push('api/**', '.github/workflows/deploy.yml')])).toEqual([]);
  expect(found([push('**.go')])).toEqual([]);
});

test('exclusions alone are no paths, and without a list of files nothing can be said', () => {
  expect(found([push('!docs/**')])).toEqual([]);
  expect(found([trigger('push')])).toEqual([]);
  expect(found([push('api/**')], new Set())).toEqual([]);
});
