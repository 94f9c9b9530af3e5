import { expect, test } from 'vitest';
import { call, estate, findings, job, run, step, workflow } from '../../test-estate.ts';
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

test('an action of a third party named by a tag is medium; those of vendors are told apart', () => {
  const [finding, ...others] = found('acme/deploy@v2', 'docker/login-action@v3');
  expect(others.map(({ severity }) => severity)).toEqual(['low']);
  expect(finding?.severity).toBe('medium');
  expect(finding?.message.en).toBe(
    'A tag or a branch, which its owner can move, names actions of third parties: `acme/deploy@v2`.',
  );
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

const of = (...workflows: ReturnType<typeof workflow>[]) =>
  findings(actionUnpinned, estate({ artifacts: { workflows } }));

test('a reusable workflow of another repository, most often of the same organisation, is low', () => {
  const uses = { text: 'acme/shared/.github/workflows/deploy.yml@main', line: 9 };
  expect(of(workflow({ jobs: [job({ uses })] }))).toMatchObject([
    { severity: 'low', evidence: [{ line: 9 }] },
  ]);
});

test('the same action in several workflows is one finding with all the places', () => {
  const steps = [step({ uses: 'acme/deploy@v2' })];
  const [finding, ...others] = of(
    workflow({ file: '.github/workflows/a.yml', jobs: [job({ steps })] }),
    workflow({ file: '.github/workflows/b.yml', jobs: [job({ steps })] }),
  );
  expect(others).toEqual([]);
  expect(finding?.title.en).toBe('2 workflows: actions of third parties not pinned');
  expect(finding?.evidence).toHaveLength(2);
});

test('actions of the organisation that a condition or a push to its registry calls its own are no third party’s', () => {
  const steps = [step({ uses: 'quay/setup@v1' })];
  const condition = "github.repository == 'Quay/api'";
  expect(of(workflow({ jobs: [job({ steps, condition })] }))).toEqual([]);
  const push = call('docker push', { arguments: { image: 'ghcr.io/quay/api:1' } });
  expect(of(workflow({ jobs: [job({ steps })], runs: [run({ calls: [push] })] }))).toEqual([]);
  expect(of(workflow({ jobs: [job({ steps })] }))).toHaveLength(1);
});

test('a workflow that nothing starts runs no action', () => {
  expect(of(workflow({ triggers: [], jobs: [job({ steps: [step({ uses: 'acme/deploy@v2' })] })] }))).toEqual(
    [],
  );
});
