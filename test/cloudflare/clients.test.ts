import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'constat-clients-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const bring = (...parameters: string[]) =>
  spawnSync('sh', [path.join(root, 'tools/cloudflare-clients.sh'), ...parameters], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
      XDG_CACHE_HOME: cache,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      // what npm knows from before is not asked for
      npm_config_cache: path.join(cache, 'npm'),
    },
  });

test('find only looks', () => {
  const { status, stdout, stderr } = bring('find');
  expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
  expect(stderr).toBe(
    'constat: the clients of Cloudflare are not installed; sh tools/cloudflare-clients.sh brings them\n',
  );
});

test('without the network one line says why there are none', () => {
  const { status, stdout, stderr } = bring();
  expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
  const [, why, ...rest] = stderr.trim().split('\n');
  expect(why).toMatch(/^constat: bringing the clients of Cloudflare: npm failed: /);
  expect(rest).toEqual([]);
});

test('they are pinned, and no dependency of Constat', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const lock = read('tools/cloudflare-clients/package-lock.json');
  const { dependencies } = read('tools/cloudflare-clients/package.json');
  expect(lock.packages[''].dependencies).toEqual(dependencies);
  for (const [name, version] of Object.entries(dependencies))
    expect(lock.packages[`node_modules/${name}`].version).toBe(version);
  const own = Object.keys(read('package.json').devDependencies);
  expect(own.filter((name) => name in dependencies)).toEqual([]);
});
