import { expect, test } from 'vitest';
import type { DraftFinding } from './draft.ts';
import { knownGapsOf } from './known-gaps.ts';

const said = { fr: 'x', en: 'x' };
const draft = (fingerprint: string, file: string): DraftFinding => ({
  fingerprint,
  rule: 'doc-path-missing',
  severity: 'low',
  confidence: 'high',
  priority: 'P3',
  title: said,
  message: said,
  remedy: said,
  systems: [],
  environments: [],
  resources: [],
  evidence: [{ source: 'docs', file, line: 1 }],
});
const DRAFTS = [draft('a', 'docs/a.md'), draft('b', 'old/b.md')];

test('the finding of that rule and path takes the id', () => {
  const one = { gap: 'GAP-905', rule: 'doc-path-missing', path: 'old/**', from: 'audit of 2024' };
  const { known, warnings } = knownGapsOf(DRAFTS, [one]);
  expect([...known]).toEqual([['b', one]]);
  expect(warnings).toEqual([]);
});

test('an id is of one finding: the first takes it, and that others fit is told', () => {
  const { known, warnings } = knownGapsOf(DRAFTS, [
    { gap: 'GAP-905', rule: 'doc-path-missing' },
    { gap: 'GAP-906', rule: 'doc-path-missing' },
  ]);
  expect([...known].map(([fingerprint, { gap }]) => [fingerprint, gap])).toEqual([
    ['a', 'GAP-905'],
    ['b', 'GAP-906'],
  ]);
  expect(warnings.map(({ en }) => en)).toEqual([
    'the known gap `GAP-905` matches 2 findings of `doc-path-missing`: the first takes its number, `path` says which',
  ]);
});

test('one that fits nothing is told', () => {
  expect(knownGapsOf(DRAFTS, [{ gap: 'GAP-905', rule: 'secret-committed' }]).warnings[0]?.en).toBe(
    'the known gap `GAP-905` (`secret-committed`) matches no finding of this audit',
  );
});
