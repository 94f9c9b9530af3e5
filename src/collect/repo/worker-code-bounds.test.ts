import { describe, expect, test } from 'vitest';
import type { WranglerConfig } from '#model/wrangler.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { unreadOf, workersOf } from './worker-code.ts';

const config: WranglerConfig = {
  file: 'wrangler.toml',
  isPages: false,
  main: { path: 'src/index.ts', line: 2, exists: true },
  migrations: [],
  environments: [],
};
const workers = (files: Record<string, string>) =>
  workersOf(memoryTree(files), { wranglerConfigs: [config] });
const repeated = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join('\n');

describe('code that was written to be hard to read', () => {
  test.each([
    ['nested arrays', `const a = ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['nested functions', `x = ${'(() => { return '.repeat(20_000)}1${'})()'.repeat(20_000)}`],
    ['a long sum', `const a = 'a'${" + 'b'".repeat(60_000)}`],
    ['over a megabyte', `// ${'a'.repeat(1_000_001)}`],
    ['no code at all', 'const = = ;;; }'],
  ])('%s costs one line of coverage', (_name, text) => {
    const found = workers({ 'src/index.ts': text });
    expect(found[0]?.blindSpots.map(({ what }) => what)).toEqual(['module-unreadable']);
    expect(unreadOf(found).map(({ file }) => file)).toEqual(['src/index.ts']);
  });

  test.each([
    ['a long chain of calls', `x${'.some(env.A)'.repeat(8_000)}`],
    ['constants made of each other', repeated(2_000, (i) => `const a${i} = a${i + 1} + a${i + 1};`)],
    [
      'functions that call each other',
      repeated(
        1_500,
        (i) => `function f${i}(a) { return { ...f${(i * 7 + 1) % 1500}(a), ...f${(i * 3 + 2) % 1500}(a) } }`,
      ),
    ],
    [
      'routes without end',
      repeated(1_500, (i) => `app.post('/webhook/a${i}', async (c) => c.json(await c.req.json()));`),
    ],
    [
      'branches without end',
      `export default { fetch(request) { ${repeated(1_500, (i) => `if (path === '/webhook/a${i}') return g(request.json());`)} } }`,
    ],
    [
      'tokens without end',
      `import jwt from 'jsonwebtoken';\njwt.verify(a, b, {});\n${repeated(1_500, (i) => `const f${i} = (request) => jwt.decode(request.headers.get('authorization'));`)}`,
    ],
  ])('%s takes no more than its length', { timeout: 20_000 }, (_name, text) => {
    const [found] = workers({ 'src/index.ts': text });
    expect(found?.files).toEqual(['src/index.ts']);
  });

  test('modules without end are read up to a number, and the rest is a blind spot', () => {
    const files = Object.fromEntries(
      Array.from({ length: 450 }, (_, i) => [`src/m${i}.ts`, `import './m${i + 1}';\nexport const a = 1`]),
    );
    const [found] = workers({ ...files, 'src/index.ts': "import './m0'" });
    expect(found?.files).toHaveLength(400);
    expect(found?.blindSpots.map(({ what }) => what)).toContain('module-unreadable');
  });
});
