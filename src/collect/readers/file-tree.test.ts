import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { add, commit, init, updateIndex } from 'isomorphic-git';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '#lib/input-error.ts';
import { openTree } from './file-tree.ts';

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'tree-')));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(files: Record<string, string | Uint8Array>, root = dir): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function repository(files: Record<string, string | Uint8Array>, root = dir): Promise<string> {
  write(files, root);
  await init({ fs, dir: root, defaultBranch: 'main' });
  await add({ fs, dir: root, filepath: Object.keys(files), force: true });
  const author = { name: 'a', email: 'a@b.c', timestamp: 1, timezoneOffset: 0 };
  return commit({ fs, dir: root, message: 'first', author });
}

const open = async (root = dir) => {
  const tree = await openTree(root);
  return { tree, paths: tree.files.map(({ path }) => path) };
};
const why = (unread: readonly { file: string; why: { en: string } }[]) =>
  unread.map(({ file, why: { en } }) => `${file}: ${en}`);

/** Writes an index with its checksum made right again. */
function rewriteIndex(change: (bytes: Buffer) => Buffer): void {
  const path = join(dir, '.git/index');
  const content = change(readFileSync(path).subarray(0, -20));
  writeFileSync(path, Buffer.concat([content, createHash('sha1').update(content).digest()]));
}

describe('a repository', () => {
  test('lists what git tracks, ignored files included, and nothing untracked', async () => {
    const oid = await repository({ '.gitignore': '.env\n', '.env': 'A=1', 'b/c.yml': 'x', 'a b’é.md': 'y' });
    write({ 'untracked.txt': '', 'node_modules/x/index.js': '' });
    const { tree, paths } = await open();
    expect(paths).toEqual(['.env', '.gitignore', 'a b’é.md', 'b/c.yml']);
    expect(tree.files.every(({ tracked }) => tracked)).toBe(true);
    expect(tree.commit).toBe(oid);
    expect(tree.unread).toEqual([]);
    expect(tree.read('untracked.txt')).toBeUndefined();
  });

  test('a subfolder of it has the paths below it, and the same commit', async () => {
    const oid = await repository({
      'a.txt': '',
      'apps/web/x.yml': '',
      'apps/web/y/z.yml': '',
      'apps/web2/n.yml': '',
    });
    const { tree, paths } = await open(join(dir, 'apps/web'));
    expect(paths).toEqual(['x.yml', 'y/z.yml']);
    expect(tree.commit).toBe(oid);
  });

  test('HEAD is found in packed references, detached, and absent', async () => {
    const oid = await repository({ 'a.txt': '' });
    rmSync(join(dir, '.git/refs/heads/main'));
    expect((await open()).tree.commit).toBeUndefined();
    write({ '.git/packed-refs': `# pack-refs with: peeled fully-peeled sorted\n${oid} refs/heads/main\n` });
    expect((await open()).tree.commit).toBe(oid);
    write({ '.git/HEAD': `${oid}\n` });
    expect((await open()).tree.commit).toBe(oid);
    write({ '.git/HEAD': 'ref: refs/heads/../../../secret\n', secret: oid });
    expect((await open()).tree.commit).toBeUndefined();
  });

  test('a second work tree has its own index and the shared references', async () => {
    const oid = await repository({ 'main/a.txt': '' });
    const own = join(dir, '.git/worktrees/two');
    write({ 'two/b.txt': 'b', 'two/.git': `gitdir: ${own}\n` });
    await repository({ 'b.txt': 'b' }, join(dir, 'scratch'));
    write(
      {
        HEAD: 'ref: refs/heads/main\n',
        commondir: '../..\n',
        index: readFileSync(join(dir, 'scratch/.git/index')),
      },
      own,
    );
    const { tree, paths } = await open(join(dir, 'two'));
    expect(paths).toEqual(['b.txt']);
    expect(tree.commit).toBe(oid);
  });

  test('submodules are named and not entered, without .gitmodules too', async () => {
    await repository({ 'a.txt': '' });
    await updateIndex({ fs, dir, filepath: 'libs/sub', oid: 'f'.repeat(40), mode: 0o160000, add: true });
    write({ 'libs/sub/inside.yml': '' });
    const { tree, paths } = await open();
    expect(paths).toEqual(['a.txt']);
    expect(tree.submodules).toEqual(['libs/sub']);
    expect(why(tree.unread)).toEqual(['libs/sub: git submodule, named and not read']);
  });

  test('files that are gone from the folder are one line', async () => {
    await repository({ 'a.txt': '', 'b/c.txt': '', 'b/d.txt': '', 'e.txt': '' });
    rmSync(join(dir, 'b'), { recursive: true });
    rmSync(join(dir, 'e.txt'));
    const { tree, paths } = await open();
    expect(paths).toEqual(['a.txt']);
    expect(why(tree.unread)).toEqual(['.: tracked by git but not in the folder: `b/c.txt` and 2 more']);
  });

  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    [
      'version 4',
      (bytes) => Buffer.concat([bytes.subarray(0, 7), Buffer.of(4), bytes.subarray(8)]),
      'index version 4',
    ],
    [
      'that is split',
      (bytes) => Buffer.concat([bytes, Buffer.from('link\0\0\0\x14'), Buffer.alloc(20, 1)]),
      'split index',
    ],
    ['cut short', (bytes) => bytes.subarray(0, 70), 'damaged index'],
  ])('an index %s is one line, and the folder is walked', async (_, change, reason) => {
    await repository({ '.gitignore': 'dist/\n', 'a.txt': '' });
    write({ 'new.txt': '', 'dist/x': '', [`.git/sharedindex.${'1'.repeat(40)}`]: '' });
    if (reason !== 'split index') rmSync(join(dir, `.git/sharedindex.${'1'.repeat(40)}`));
    rewriteIndex(change);
    const { tree, paths } = await open();
    expect(paths).toEqual(['.gitignore', 'a.txt', 'new.txt']);
    expect(tree.files[0]?.tracked).toBe(false);
    expect(why(tree.unread)).toEqual([
      `.git/index: the list of tracked files cannot be read (${reason}): the folder was walked instead`,
    ]);
  });

  test('a repository where nothing is tracked yet is walked', async () => {
    await init({ fs, dir });
    write({ 'a.txt': '' });
    expect((await open()).paths).toEqual(['a.txt']);
  });

  test('a pipe in the place of a git file is not waited for', async () => {
    await repository({ 'a.txt': '' });
    rmSync(join(dir, '.git/refs/heads/main'));
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [join(dir, '.git/refs/heads/main'), join(dir, 'pipe')]);
    await updateIndex({ fs, dir, filepath: 'pipe', oid: 'f'.repeat(40), mode: 0o100644, add: true });
    const { tree, paths } = await open();
    expect(paths).toEqual(['a.txt']);
    expect(why(tree.unread)).toEqual(['pipe: neither a file nor a folder']);
  });
});

describe('a folder without git', () => {
  test('is walked with its ignore files, nested ones included', async () => {
    write({
      '.gitignore': '*.log\nbuild/\n/only-here\n',
      'a.log': '',
      'build/x': '',
      'only-here': '',
      'app/only-here': '',
      'app/.gitignore': '!keep.log\nlocal\n!build/\n',
      'app/keep.log': '',
      'app/local': '',
      'app/build/y': '',
      'node_modules/m/index.js': '',
      'app/.terraform/z': '',
      local: '',
    });
    expect((await open()).paths).toEqual([
      '.gitignore',
      'app/.gitignore',
      'app/build/y',
      'app/keep.log',
      'app/only-here',
      'local',
    ]);
  });

  test('four hundred nested folders are listed', async () => {
    write({ [`${'d/'.repeat(400)}f.txt`]: 'deep' });
    const { tree, paths } = await open();
    expect(tree.read(paths[0] ?? '')).toBe('deep');
  });
});

describe('links', () => {
  const outside = () => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')));
    write({ 'secret.txt': 'canary', 'sub/secret.txt': 'canary' }, place);
    return place;
  };

  test('a link to a file of the tree gives that file, read once; one that leads out or nowhere is told', async () => {
    const place = outside();
    write({ 'a.txt': 'inside', 'dir/b.txt': 'b' });
    symlinkSync('a.txt', join(dir, 'link.txt'));
    symlinkSync('dir', join(dir, 'folder'));
    symlinkSync(join(place, 'secret.txt'), join(dir, 'out.txt'));
    symlinkSync(place, join(dir, 'out'));
    symlinkSync('nowhere', join(dir, 'broken'));
    symlinkSync('loop', join(dir, 'loop'));
    const { tree, paths } = await open();
    expect(paths).toEqual(['a.txt', 'dir/b.txt']);
    expect([tree.read('link.txt'), tree.read('a.txt')]).toEqual(['inside', 'inside']);
    expect(tree.statistics).toMatchObject({ reads: 1, again: 0 });
    expect(why(tree.unread)).toEqual([
      'broken: link that leads nowhere',
      'loop: link that leads nowhere',
      'out: link that leads out of the tree',
      'out.txt: link that leads out of the tree',
    ]);
    expect(tree.read('out/secret.txt')).toBeUndefined();
    rmSync(place, { recursive: true });
  });

  test('a tracked folder that became a link is not entered', async () => {
    const place = outside();
    await repository({ 'sub/secret.txt': 'own', 'a.txt': '' });
    rmSync(join(dir, 'sub'), { recursive: true });
    symlinkSync(join(place, 'sub'), join(dir, 'sub'));
    const { tree, paths } = await open();
    expect(paths).toEqual(['a.txt']);
    expect(tree.read('sub/secret.txt')).toBeUndefined();
    rmSync(place, { recursive: true });
  });

  test('a file that becomes a link after it was listed is not followed', async () => {
    const place = outside();
    write({ 'a.txt': 'own' });
    const { tree } = await open();
    rmSync(join(dir, 'a.txt'));
    symlinkSync(join(place, 'secret.txt'), join(dir, 'a.txt'));
    expect(tree.read('a.txt')).toBeUndefined();
    expect(why(tree.unread)).toEqual(['a.txt: link not followed']);
    rmSync(place, { recursive: true });
  });

  test.each(['../etc/passwd', '/etc/passwd', 'b/../../x', './a.txt', '.git/config', ''])(
    '%s is not a path of the tree',
    async (path) => {
      write({ 'a.txt': '', '.git/config': 'x' });
      const { tree } = await open();
      expect(tree.read(path)).toBeUndefined();
      expect(tree.bytes(path)).toBeUndefined();
      expect(tree.unread).toEqual([]);
    },
  );
});

describe('reading', () => {
  test('only a text whose bytes are that text in UTF-8 is exact', async () => {
    write({
      plain: 'é\n',
      crlf: 'a\r\nb',
      mark: '\ufeffa',
      latin1: Buffer.from('caf\xe9', 'latin1'),
    });
    symlinkSync('plain', join(dir, 'link'));
    const { tree } = await open();
    expect(['plain', 'crlf', 'mark', 'latin1', 'link', 'none'].map((file) => tree.exact(file))).toEqual([
      'é\n',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(tree.read('link')).toBe('é\n');
  });

  test('binary and huge files are one line each, however often they are asked for', async () => {
    write({
      'image.dat': Buffer.of(0x89, 0x50, 0, 1),
      'huge.log': Buffer.alloc(5 * 1024 * 1024 + 1, 'a'),
      'large.log': Buffer.alloc(5 * 1024 * 1024, 'a'),
      'utf16.txt': Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('été\r\n', 'utf16le')]),
    });
    const { tree } = await open();
    for (let times = 0; times < 2; times += 1) {
      expect(tree.read('image.dat')).toBeUndefined();
      expect(tree.bytes('huge.log')).toBeUndefined();
      expect(tree.read('huge.log')).toBeUndefined();
      expect(tree.read('large.log')?.length).toBe(5 * 1024 * 1024);
      expect(tree.read('utf16.txt')).toBe('été\n');
    }
    expect(tree.statistics).toMatchObject({ reads: 3, again: 0 });
    expect(tree.unread).toEqual([
      { file: 'image.dat', why: { fr: 'fichier binaire', en: 'binary file' }, asked: false },
      { file: 'huge.log', why: { fr: 'plus de 5\u00a0Mo', en: 'over 5 MB' }, asked: false },
    ]);
  });

  test('a file that may not be read is a failure of what was asked for', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root may read every file');
    write({ 'a.yml': 'x' });
    chmodSync(join(dir, 'a.yml'), 0);
    const { tree } = await open();
    expect(tree.read('a.yml')).toBeUndefined();
    expect(tree.unread).toMatchObject([{ file: 'a.yml', why: { en: 'permission denied' }, asked: true }]);
  });

  test('an executable file is told from the disk', async () => {
    write({ 'run.sh': '', 'a.txt': '' });
    chmodSync(join(dir, 'run.sh'), 0o755);
    const { tree } = await open();
    expect(tree.files.map(({ path, executable }) => [path, executable])).toEqual([
      ['a.txt', false],
      ['run.sh', true],
    ]);
  });
});

test('what is no folder is refused with what to do', async () => {
  write({ 'a.txt': '' });
  await expect(openTree(join(dir, 'absent'))).rejects.toThrow(InputError);
  await expect(openTree(join(dir, 'absent'))).rejects.toThrow(/no such folder; give/);
  await expect(openTree(join(dir, 'a.txt'))).rejects.toThrow(/not a folder; give/);
  await expect(openTree(join(dir, 'a.txt/b'))).rejects.toThrow(/no such folder; give/);
});
