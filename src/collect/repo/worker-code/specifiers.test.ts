import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../readers/memory-tree.ts';
import { Specifiers } from './specifiers.ts';

const files = {
  'index.ts': '',
  'package.json': '{ "name": "quay", "dependencies": { "hono": "^4" } }',
  'tsconfig.json':
    '{ "compilerOptions": { "paths": { "@lib/*": ["./src/lib/*"], "settings": ["./src/settings.ts"] } } }',
  'src/index.ts': '',
  'src/settings.ts': '',
  'src/lib/keys.ts': '',
  'src/lib/keys/old.js': '',
  'src/view.tsx': '',
  'src/routes/index.ts': '',
  'src/types.d.ts': '',
  'src/page.html': '',
  'packages/auth/package.json':
    '{ "name": "@quay/auth", "exports": { ".": { "import": "./dist/main.js" }, "./access": "./src/access.ts" } }',
  'packages/auth/src/main.ts': '',
  'packages/auth/src/access.ts': '',
  'packages/built/package.json': '{ "name": "@quay/built", "main": "./dist/index.js" }',
  'apps/lock/package.json': '{ "name": "lock", "imports": { "#db": "./src/db.ts" } }',
  'apps/lock/tsconfig.json': '{ "extends": "../../tsconfig.json" }',
  'apps/lock/src/db.ts': '',
  'apps/lock/src/main.ts': '',
};
const specifiers = new Specifiers(memoryTree(files));
const to = (name: string, from = 'src/index.ts') => {
  const target = specifiers.resolve(name, from);
  return 'file' in target
    ? target.file
    : target.is === 'external'
      ? `external ${target.isListed}`
      : target.is;
};

describe('what an import leads to', () => {
  test.each([
    ['./settings', 'src/settings.ts'],
    ['./settings.js', 'src/settings.ts'],
    ['./view.jsx', 'src/view.tsx'],
    ['./lib/keys', 'src/lib/keys.ts'],
    ['./routes', 'src/routes/index.ts'],
    ['./routes/', 'src/routes/index.ts'],
    ['..', 'index.ts'],
    ['./types', 'asset'],
    ['./page.html', 'asset'],
    ['./page.html?raw', 'asset'],
    ['./gone', 'missing'],
    ['../../outside', 'missing'],
    ['@lib/keys', 'src/lib/keys.ts'],
    ['settings', 'src/settings.ts'],
    ['@/settings', 'src/settings.ts'],
    ['~/lib/keys', 'src/lib/keys.ts'],
    ['quay/src/settings', 'src/settings.ts'],
    ['src/settings', 'src/settings.ts'],
    ['@quay/auth', 'packages/auth/src/main.ts'],
    ['@quay/auth/access', 'packages/auth/src/access.ts'],
    ['@quay/built', 'missing'],
    ['hono', 'external true'],
    ['hono/cors', 'external true'],
    ['npm:jose@5', 'external true'],
    ['https://esm.sh/jose', 'external true'],
    ['wheelhouse/keys', 'external false'],
    ['node:crypto', 'platform'],
    ['crypto', 'platform'],
    ['cloudflare:workers', 'platform'],
    ['virtual:server-build', 'missing'],
    ['__STATIC_CONTENT_MANIFEST', 'missing'],
    ['$lib/server', 'missing'],
  ])('%s is %s', (name, target) => expect(to(name)).toBe(target));

  test('by the manifest and the configuration that are nearest', () => {
    expect(to('#db', 'apps/lock/src/main.ts')).toBe('apps/lock/src/db.ts');
    expect(to('@lib/keys', 'apps/lock/src/main.ts')).toBe('src/lib/keys.ts');
    expect(to('#db')).toBe('missing');
  });

  test('without any manifest, a package is a package', () => {
    const bare = new Specifiers(memoryTree({ 'worker.js': '' }));
    expect(bare.resolve('hono', 'worker.js')).toEqual({ is: 'external', package: 'hono', isListed: true });
  });
});
