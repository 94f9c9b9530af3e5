import { expect, test } from 'vitest';
import { patches } from '../test/fixtures/sample-patches.ts';
import { lineKinds, shownDiff } from './patches.ts';

test('a line of a hunk is told by its first character alone', () => {
  const lines = ['diff --git a/x.sql b/x.sql', '--- a/x.sql', '+++ b/x.sql', '@@ -1,2 +1,2 @@'];
  const hunk = ['--- drop table users', '+++ a counter', ' same', '', '\\ No newline at end of file'];
  expect(lineKinds([...lines, ...hunk, 'diff --git a/y b/y', '--- a/y'])).toEqual([
    ...['diff-file', 'diff-file', 'diff-file', 'diff-at'],
    ...['diff-del', 'diff-add', 'diff-same', 'diff-same', 'diff-same'],
    ...['diff-file', 'diff-file'],
  ]);
});

test('what is shown of a short diff is all of it', () => {
  for (const patch of patches()) {
    const { lines, left } = shownDiff(patch);
    expect(`${lines.join('\n')}\n`).toBe(patch.diff);
    expect(left).toBe(0);
  }
});
