import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { originOf } from './git-origin.ts';

const root = mkdtempSync(join(tmpdir(), 'constat-origin-'));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, '.git'));
writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n');

const of = (url: string, remote = 'origin') => {
  writeFileSync(
    join(root, '.git/config'),
    `[core]\n\tbare = false\n[remote "${remote}"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n[branch "main"]\n\turl = x\n`,
  );
  return originOf(root);
};

test.each([
  'https://github.com/quay/orders.git',
  'https://x-access-token:secret@github.com/quay/orders',
  'git@github.com:quay/orders.git',
  'ssh://git@github.com/quay/orders.git',
])('%s is quay/orders', (url) => {
  expect(of(url)).toBe('quay/orders');
});

test('another host, another remote and no repository have no name', () => {
  expect(of('https://gitlab.com/quay/orders.git')).toBeUndefined();
  expect(of('https://github.com/quay/orders.git', 'fork')).toBeUndefined();
  expect(originOf(join(tmpdir()))).toBeUndefined();
});
