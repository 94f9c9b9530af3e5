import { expect, test } from 'vitest';
import type { TargetQuestion } from '#model/target.ts';
import { document, estate } from '../test-estate.ts';
import { methodOf } from './own-questions.ts';
import { type RuleFinding, viewOf } from './view.ts';

const FINDING: RuleFinding = {
  fingerprint: 'f00',
  rule: 'secret-committed',
  title: { fr: 'un secret', en: 'a secret' },
  evidence: [{ source: 'repo', file: 'app.ts', line: 3 }],
};
const REPORT = {
  resources: [
    {
      id: 'a',
      name: 'db',
      status: 'missing',
      declared: [{ source: 'repo', file: 'wrangler.toml', line: 9 }],
      observed: [],
    },
    {
      id: 'b',
      name: 'kv',
      status: 'verified',
      declared: [],
      observed: [{ source: 'aws', operation: 'x:List', at: '2026-11-28T09:00:00Z' }],
    },
  ],
  findings: [{ gap: 'GAP-0001', rule: 'secret-committed', evidence: FINDING.evidence }],
};
const of = (given: TargetQuestion, { judged = ['secret-committed'], findings = [] as RuleFinding[] } = {}) =>
  methodOf(given)?.(
    viewOf(
      estate({
        files: new Set(['docs/runbook.md', 'docs/on-call.md', 'src/app.ts']),
        artifacts: {
          documents: [
            document('audit-2024.md', { report: true, topics: [{ topic: 'restore', line: 2 }] }),
            document('docs/runbook.md', { topics: [{ topic: 'rollback', line: 7 }] }),
          ],
        },
      }),
      findings,
      new Set(judged),
      () => REPORT,
    ),
  );

test('globs: one that matches is enough, unless all are asked for', () => {
  expect(of({ files: ['docs/*.md', 'CODEOWNERS'] })).toMatchObject({
    answer: 'yes',
    evidence: [{ file: 'docs/on-call.md' }, { file: 'docs/runbook.md' }],
  });
  expect(of({ files: ['docs/*.md', 'CODEOWNERS'], all: true })).toMatchObject({
    answer: 'partial',
    note: { en: 'There is `docs/on-call.md`, `docs/runbook.md`, and no file matches `CODEOWNERS`.' },
  });
  expect(of({ files: ['CODEOWNERS'] })).toMatchObject({ answer: 'no', evidence: [] });
});

test('rules: no with a finding, yes without where all were judged, else unknown', () => {
  expect(of({ rules: ['secret-committed'] }, { findings: [FINDING] })).toMatchObject({
    answer: 'no',
    evidence: FINDING.evidence,
  });
  expect(of({ rules: ['secret-committed'] })).toMatchObject({ answer: 'yes' });
  expect(of({ rules: ['secret-committed', 'action-unpinned'] })).toMatchObject({
    answer: 'unknown',
    note: { en: 'These rules could judge nothing: `action-unpinned`.' },
  });
});

test('documents: a page that treats the topic, and no past audit', () => {
  expect(of({ documents: 'rollback' })).toMatchObject({
    answer: 'yes',
    evidence: [{ source: 'docs', file: 'docs/runbook.md', line: 7 }],
  });
  expect(of({ documents: 'restore' })).toMatchObject({ answer: 'no' });
});

test.each<[string, string, unknown[]]>([
  ["resources[?status=='missing']", 'yes', [{ source: 'repo', file: 'wrangler.toml', line: 9 }]],
  [
    "resources[?status=='verified']",
    'yes',
    [{ source: 'aws', operation: 'x:List', at: '2026-11-28T09:00:00Z' }],
  ],
  ['findings', 'yes', FINDING.evidence as unknown[]],
  ["resources[?status=='drifted']", 'no', []],
  ['length(resources) == `2`', 'yes', []],
  ["contains(resources[].name, 'queue')", 'no', []],
  ["resources[?name=='queue'] | [0]", 'unknown', []],
  ['length(resources)', 'unknown', []],
  ['resources[0]', 'unknown', []],
  ['abs(resources)', 'unknown', []],
  ['[{evidence: [`1`, `{"source":"repo"}`]}]', 'yes', []],
])('the query %s is answered by %s', (query, answer, evidence) => {
  expect(of({ query })).toMatchObject({ answer, evidence });
});

test('a source that was not asked for makes the answer unknown', () => {
  expect(of({ query: "resources[?status=='drifted']", needs: ['repo', 'cloudflare'] })).toMatchObject({
    answer: 'unknown',
    note: { en: 'Source not read: `cloudflare`.' },
  });
});

test('a query that is no JMESPath expression is refused, one that names none is no question', () => {
  expect(() => methodOf({ query: 'resources[?' })).toThrow();
  expect(methodOf({ weight: 3 })).toBeUndefined();
});
