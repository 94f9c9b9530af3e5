import { expect, test } from 'vitest';
import { estate, findings, job, step, workflow } from '../../test-estate.ts';
import { actionUnpinned } from './action-unpinned.ts';

const found = (...uses: string[]) =>
  findings(
    actionUnpinned,
    estate({
      artifacts: {
        workflows: [
          workflow({
            jobs: [job({ steps: uses.map((one, index) => step({ uses: one, line: 10 + index })) })],
          }),
        ],
      },
    }),
  );

test('an action of a third party named by a tag is medium; those of vendors are not listed beside it', () => {
  const [finding] = found('acme/deploy@v2', 'docker/login-action@v3');
  expect(finding?.severity).toBe('medium');
  expect(finding?.message.en).toBe('A tag or a branch names actions of third parties: `acme/deploy@v2`.');
  expect(finding?.evidence).toHaveLength(1);
});

test('actions of vendors alone are low', () => {
  expect(found('aws-actions/configure-aws-credentials@v5', 'docker/login-action@v3')[0]?.severity).toBe(
    'low',
  );
});

test('actions of the platform are sound by version, and low by branch', () => {
  expect(found('actions/checkout@v5', 'github/codeql-action/init@v4')).toEqual([]);
  expect(found('actions/checkout@main')[0]?.severity).toBe('low');
});

test.each([
  `acme/deploy@${'a1'.repeat(20)}`,
  './.github/actions/setup',
  'docker://alpine:3.22',
  'acme/deploy',
])('%s is pinned, local, or no action of a repository', (uses) => expect(found(uses)).toEqual([]));

test('a reusable workflow of another repository counts as an action', () => {
  const uses = { text: 'acme/shared/.github/workflows/deploy.yml@main', line: 9 };
  const list = findings(
    actionUnpinned,
    estate({ artifacts: { workflows: [workflow({ jobs: [job({ uses })] })] } }),
  );
  expect(list).toMatchObject([{ severity: 'medium', evidence: [{ line: 9 }] }]);
});
