import { expect, test } from 'vitest';
import { ownOutput } from './own-output.ts';

test('what an audit writes inside the audited folder is its own', () => {
  const isOwn = ownOutput('/estate', '/estate/build/audit');
  expect(
    [
      'constat.lock.json',
      'constat-report/report.md',
      '.constat/a.json',
      'build/audit/report.html',
      'build/audit/patches/a.patch',
    ].map(isOwn),
  ).toEqual([true, true, true, true, true]);
  expect(
    [
      'build/audit/notes.md',
      'patches/a.patch',
      'build/audit/patches/notes.md',
      'docs/report.md',
      'a/constat-report/x',
    ].map(isOwn),
  ).toEqual([false, false, false, false, false]);
});

test('a report outside the folder, or in the folder itself, hides nothing else', () => {
  expect(ownOutput('/estate', '/elsewhere')('report.md')).toBe(false);
  expect(ownOutput('/estate', '/estate')('report.md')).toBe(false);
  expect(ownOutput('/estate', undefined)('report.md')).toBe(false);
});
