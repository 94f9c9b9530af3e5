import { expect, test } from 'vitest';
import type { Coverage } from '#model/coverage.ts';
import { lookedAt, type Reading } from './looked.ts';

const coverage = (
  source: Coverage['source'],
  state: Coverage['state'],
  parts: Partial<Coverage> = {},
): Coverage => ({
  source,
  scope: source === 'repo' || source === 'docs' ? 'quay@0123456789ab' : '123456789012 eu-west-3',
  state,
  operations: [],
  ...parts,
});
const looked = (list: Coverage[], parts: Partial<Reading> = {}) =>
  lookedAt({
    on: '2026-11-28',
    coverage: list,
    urls: [],
    isIgnored: () => false,
    couldFind: () => true,
    ...parts,
  });
const why = { fr: 'x', en: 'x' };

test('what was read is named without its commit, so that another commit is the same thing read', () => {
  const { read, partly } = looked(
    [
      coverage('repo', 'complete'),
      coverage('docs', 'complete'),
      coverage('repo', 'skipped', { scope: 'helm' }),
      coverage('aws', 'complete'),
      coverage('cloudflare', 'skipped', { scope: 'Cloudflare' }),
    ],
    { urls: ['https://quay.example/'] },
  );
  expect([...read]).toEqual(['repo', 'docs', 'aws 123456789012 eu-west-3', 'url https://quay.example/']);
  expect([...partly]).toEqual([]);
});

test('an account of which something was refused is read in part', () => {
  for (const state of ['partial', 'denied', 'failed'] as const)
    expect([...looked([coverage('aws', state)]).partly]).toEqual(['aws 123456789012 eu-west-3']);
});

test('a file that could not be read spoils what was found in it alone; so does one that is left out', () => {
  const { partly, isUnread } = looked(
    [
      coverage('repo', 'partial', {
        unread: [
          { file: 'broken.yml', why, asked: true },
          { file: 'logo.png', why, asked: false },
        ],
      }),
    ],
    { isIgnored: (file) => file === 'old/a.sh' },
  );
  expect([...partly]).toEqual([]);
  expect(['broken.yml', 'logo.png', 'old/a.sh', 'a.sh'].map(isUnread)).toEqual([true, false, true, false]);
});
