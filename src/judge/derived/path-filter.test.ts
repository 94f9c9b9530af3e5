import { expect, test } from 'vitest';
import { pathFilter } from './path-filter.ts';

// the examples of GitHub's own cheat sheet, and what follows from its words
test.each([
  ['**', 'all/the/files.md'],
  ['*.js', 'app.js'],
  ['**.js', 'src/js/app.js'],
  ['docs/*', 'docs/README.md'],
  ['docs/**', 'docs/mona/octocat.txt'],
  ['docs/**/*.md', 'docs/README.md'],
  ['docs/**/*.md', 'docs/a/markdown/file.md'],
  ['**/docs/**', 'docs/hello.md'],
  ['**/docs/**', 'space/docs/plan/space.doc'],
  ['**/README.md', 'README.md'],
  ['**/*src/**', 'my-src/code/js/app.js'],
  ['**/*-post.md', 'path/their-post.md'],
  ['**/migrate-*.sql', 'db/sept/migrate-v1.sql'],
  ['*.jsx?', 'page.js'],
  ['*.jsx?', 'page.jsx'],
  ['v[12]/x+.md', 'v2/xxx.md'],
  ['[a-c]/[0-9]', 'b/7'],
  ['exact/path.yml', 'exact/path.yml'],
])('%s takes %s', (pattern, path) => expect(pathFilter(pattern)?.(path)).toBe(true));

test.each([
  ['*.js', 'src/app.js'],
  ['docs/*', 'docs/mona/octocat.txt'],
  ['docs', 'docs/README.md'],
  ['src/', 'src/app.js'],
  ['./src/**', 'src/app.js'],
  ['*.jsx?', 'page.jsxx'],
  ['exact/path.yml', 'exact/path.yml.bak'],
  ['v[12]/a', 'v3/a'],
])('%s does not take %s', (pattern, path) => expect(pathFilter(pattern)?.(path)).toBe(false));

test('a pattern made to be slow is not, and one that is too long or repeats too much is not tried', () => {
  const takes = pathFilter('**a'.repeat(12));
  const start = performance.now();
  for (let i = 0; i < 20; i++) expect(takes?.(`${'a'.repeat(4000)}b`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(pathFilter('x'.repeat(1000))).toBeUndefined();
  expect(pathFilter('**a'.repeat(13))).toBeUndefined();
});
