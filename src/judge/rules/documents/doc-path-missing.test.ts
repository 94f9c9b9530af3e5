import { expect, test } from 'vitest';
import type { Document } from '#model/artifacts.ts';
import { document, estate, findings } from '../../test-estate.ts';
import { docPathMissing } from './doc-path-missing.ts';

const gone = { path: 'scripts/deploy.sh', line: 12, exists: false, kind: 'link' as const };
const found = (parts: Partial<Document>) =>
  findings(docPathMissing, estate({ artifacts: { documents: [document('docs/deploy.md', parts)] } }));

test('a broken link is one low finding of its page, with the line', () => {
  const [finding] = found({ paths: [gone, { ...gone, line: 30 }] });
  expect(finding).toMatchObject({
    severity: 'low',
    confidence: 'high',
    evidence: [{ line: 12 }, { line: 30 }],
  });
  expect(finding?.message.en).toBe(
    'The page refers to `scripts/deploy.sh`, which the repository does not have.',
  );
});

test('a path in code alone is less sure than a link', () => {
  expect(found({ paths: [{ ...gone, kind: 'code' }] })[0]?.confidence).toBe('medium');
});

test('paths that exist are sound, and a report of the past is not held to the present', () => {
  expect(found({ paths: [{ ...gone, exists: true }] })).toEqual([]);
  expect(found({ paths: [gone], report: true })).toEqual([]);
});

test('with MkDocs, a page that stands in another folder is found by its plugins', () => {
  const moved = { ...gone, path: 'docs/setup.md' };
  const files = new Set(['mkdocs.yml', 'docs/start/setup.md']);
  const page = { documents: [document('docs/index.md', { paths: [moved] })] };
  expect(findings(docPathMissing, estate({ artifacts: page, files }))).toEqual([]);
  expect(findings(docPathMissing, estate({ artifacts: page, files: new Set(['mkdocs.yml']) }))).toHaveLength(
    1,
  );
});
