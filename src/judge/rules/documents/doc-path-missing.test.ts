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
  expect(found({ paths: [{ ...gone, path: 'deploy.sh', kind: 'code' }] })[0]?.confidence).toBe('medium');
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

const judged = (file: string, path: string, kind: 'link' | 'code', files: string[]) =>
  findings(
    docPathMissing,
    estate({
      files: new Set(files),
      artifacts: { documents: [document(file, { paths: [{ ...gone, path, kind }] })] },
    }),
  );

test('a plan or a decision names in code what was or shall be; a link of it claims that the file is there', () => {
  for (const file of ['docs/adr/0007-queues.md', 'docs/specs/orders.md', 'notes/implementation_plan.md']) {
    expect(judged(file, 'src/queue.ts', 'code', ['src/index.ts'])).toEqual([]);
    expect(judged(file, 'src/queue.ts', 'link', ['src/index.ts'])).toHaveLength(1);
  }
  expect(judged('docs/setup.md', 'src/queue.ts', 'code', ['src/index.ts'])).toHaveLength(1);
});

test('a path in code whose folder is nowhere is relative to another place; below the page’s own folder it counts', () => {
  expect(judged('docs/setup.md', 'settings/site.toml', 'code', ['src/index.ts'])).toEqual([]);
  expect(judged('api/README.md', 'src/run.py', 'code', ['api/src/main.py'])).toHaveLength(1);
});

test('a file with secrets in it, which a page names in code, is kept out of the repository', () => {
  expect(judged('docs/setup.md', 'src/secrets.toml', 'code', ['src/index.ts'])).toEqual([]);
});

test('a link that is right from the root, as tools read instructions, is found', () => {
  const file = '.github/instructions.md';
  expect(judged(file, '.github/docs/guide.md', 'link', ['docs/guide.md'])).toEqual([]);
  expect(judged(file, '.github/docs/other.md', 'link', ['docs/guide.md'])).toHaveLength(1);
});

test('a page that was put away or bears its day in its name tells of the past', () => {
  for (const file of ['docs/archived/queues.md', 'docs/deprecated/setup.md', 'notes/2025-03-02-queues.md'])
    expect(judged(file, 'src/queue.ts', 'link', ['src/index.ts'])).toEqual([]);
});

test('several pages are one finding for their links and one for the paths in their code', () => {
  const documents = ['a.md', 'b.md', 'c.md'].map((file) => document(file, { paths: [gone] }));
  const code = document('d.md', { paths: [{ ...gone, path: 'run.sh', kind: 'code' }] });
  const list = findings(docPathMissing, estate({ artifacts: { documents: [...documents, code] } }));
  expect(list.map(({ confidence, title }) => `${confidence} ${title.en}`).sort()).toEqual([
    'high 3 documents: paths that do not exist',
    'medium `d.md`: paths that do not exist',
  ]);
  expect(list.find(({ confidence }) => confidence === 'high')?.message.en).toContain(
    '`a.md` → `scripts/deploy.sh`, `b.md` → `scripts/deploy.sh`',
  );
});
