import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { parsePage } from './parse.ts';
import { pathsOf } from './paths.ts';

const tree = memoryTree({
  '.gitignore': 'reports/\n*.generated.ts\n',
  'README.md': '',
  'docs/deploy.md': '',
  'scripts/build.sh': '',
  'services/orders/app/main.py': '',
  'src/index.ts': '',
});
const paths = (text: string, file = 'README.md') =>
  pathsOf(parsePage(text), file, tree).map(
    ({ path, exists, line }) => `${line} ${exists ? '' : 'no '}${path}`,
  );

test('links are read from the folder of the page', () => {
  expect(paths('[a](../scripts/build.sh#L3) and [b](./gone.md "title")', 'docs/deploy.md')).toEqual([
    '1 no docs/gone.md',
    '1 scripts/build.sh',
  ]);
});

test('code that can only be a path is read from the page, the root, or any folder that has it', () => {
  expect(paths('`./scripts/build.sh`, `src/index.ts:12`, `app/main.py` and `docs/`')).toEqual(
    ['1 app/main.py', '1 docs', '1 scripts/build.sh', '1 src/index.ts']
      .map((line) => line.replace('app/main.py', 'services/orders/app/main.py'))
      .sort(),
  );
});

test('a path in a folder of the repository that nothing has is missing', () => {
  expect(paths('Run `scripts/rollback.sh`.\n\n| File |\n| --- |\n| `src/old/index.ts` |')).toEqual([
    '1 no scripts/rollback.sh',
    '5 no src/old/index.ts',
  ]);
});

test('a file in a nested folder of the repository is missing there', () => {
  expect(paths('`services/orders/gone.py`')).toEqual(['1 no services/orders/gone.py']);
});

test.each([
  'Create `src/new-page.ts` first.',
  'For example `src/example-page.tsx`.',
  'Output goes to `dist/index.js`, `node_modules/x/y.js`, `reports/a.md` and `src/api.generated.ts`.',
  'Copy `config/.env.local` and `src/.env`.',
  'Edit `~/.aws/config`, `/etc/nginx/nginx.conf` or `/tmp/out.json`.',
  'Media type `application/json`, image `nginx/unit`, package `@scope/name`, branch `feature/x`.',
  'Hosts `example.com/a/b.html` and `other-project/src/main.py`.',
  'Files `src/<name>.ts`, `src/**/*.ts`, `src/{a,b}.ts`.',
  '[site](/docs/page.html), [mail](mailto:a@b.c), [web](https://a.b/c.md), [issue](../../issues/3), [here](#anchor)',
  '~~`src/removed.ts`~~',
  'In the package, `services/billing/router.py` does it.',
])('%s names no missing path', (text) => {
  expect(paths(text).filter((path) => path.includes('no '))).toEqual([]);
});
