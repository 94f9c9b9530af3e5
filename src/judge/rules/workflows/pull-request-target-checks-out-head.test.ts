import { expect, test } from 'vitest';
import type { JobSource } from '#model/artifacts.ts';
import { estate, findings, job, step, trigger, workflow } from '../../test-estate.ts';
import { pullRequestTargetChecksOutHead } from './pull-request-target-checks-out-head.ts';

const checkout = (ref?: string) =>
  step({ uses: 'actions/checkout@v5', with: ref === undefined ? {} : { ref } });
const head = checkout(`\${{ github.event.pull_request.head.sha }}`);
const install = step({ line: 20, run: 'npm ci\nnpm test' });
const found = (event: string, steps: ReturnType<typeof step>[], of: Partial<JobSource> = {}) =>
  findings(
    pullRequestTargetChecksOutHead,
    estate({
      artifacts: { workflows: [workflow({ triggers: [trigger(event)], jobs: [job({ steps, ...of })] })] },
    }),
  );

test('the head of the pull request, checked out and built with secrets, is critical', () => {
  expect(found('pull_request_target', [head, install])).toMatchObject([
    { severity: 'critical', confidence: 'high', evidence: [{ line: 10 }, { line: 21 }] },
  ]);
});

test('a checkout by command, and a local action of the tree, count', () => {
  const fetch = step({ run: `gh pr checkout \${{ github.event.issue.number }}` });
  expect(found('issue_comment', [fetch, install])[0]?.severity).toBe('critical');
  expect(found('pull_request_target', [head, step({ uses: './.github/actions/build' })])[0]?.severity).toBe(
    'critical',
  );
});

test('code that is taken and not run, as far as the text says, is medium', () => {
  expect(found('pull_request_target', [head, step({ run: 'grep -r TODO src' })])[0]).toMatchObject({
    severity: 'medium',
    confidence: 'medium',
  });
});

test('a label or an environment in front makes it medium: its rules were not read', () => {
  const condition = "contains(github.event.pull_request.labels.*.name, 'safe to test')";
  expect(found('pull_request_target', [head, install], { condition })[0]?.severity).toBe('medium');
  expect(found('pull_request_target', [head, install], { environment: 'review' })[0]?.severity).toBe(
    'medium',
  );
});

test('the base branch, and a pull request without secrets, are sound', () => {
  expect(found('pull_request_target', [checkout(), install])).toEqual([]);
  expect(found('pull_request', [head, install])).toEqual([]);
});
