import { expect, test } from 'vitest';
import { cloudflareEstate, fact, findings, seenAtCloudflare } from '../../test-estate.ts';
import { workerVersionOfAnotherCommit } from './worker-version-of-another-commit.ts';

const COMMIT = 'b83a8ec4d0f1e2a3b4c5d6e7f8091a2b3c4d5e6f';
const found = (versions: Record<string, string | number>[], commit: string | undefined = COMMIT) =>
  findings(
    workerVersionOfAnotherCommit,
    cloudflareEstate(
      [
        seenAtCloudflare(
          'Cloudflare::Workers::Script',
          'gate',
          { deployment: { at: '2026-11-20T08:00:00Z', versions } },
          { facts: [fact('repo')] },
        ),
      ],
      [],
      commit === '' ? {} : { commit },
    ),
  );

test('a version whose tag or message names another commit is a gap', () => {
  expect(found([{ tag: 'c94a8ec' }])[0]?.message.en).toContain('commit `c94a8ec`');
  expect(found([{ message: `Deploy commit ${COMMIT.replace('b83', 'c94')} of main` }])).toHaveLength(1);
});

test('the same commit, in short or in full, is none', () => {
  expect(found([{ tag: 'b83a8ec' }])).toEqual([]);
  expect(found([{ message: COMMIT }])).toEqual([]);
});

test.each([
  [[{ tag: 'v1.2.3' }]],
  [[{ tag: '20261120' }]],
  [[{ message: 'prices' }]],
  [[{ message: 'defaced' }]],
  [[{ tag: 'c94a8ec', percentage: 90 }, { percentage: 10 }]],
  [[]],
])('%j says nothing of a commit', (versions) => {
  expect(found(versions)).toEqual([]);
});

test('outside of git nothing is compared', () => {
  expect(found([{ tag: 'c94a8ec' }], '')).toEqual([]);
});
