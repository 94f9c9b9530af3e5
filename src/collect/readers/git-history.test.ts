import { execFileSync, spawnSync } from 'node:child_process';
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import git from 'isomorphic-git';
import { afterEach, expect, test } from 'vitest';
import { lastChanges } from './git-history.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A repository whose commits are of the days that the test gives. */
async function repository() {
  const dir = mkdtempSync(path.join(tmpdir(), 'constat-history-'));
  folders.push(dir);
  await git.init({ fs, dir, defaultBranch: 'main' });
  const commit = async (day: string, files: Record<string, string>, parent?: string[]): Promise<string> => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
      writeFileSync(path.join(dir, file), text);
      await git.add({ fs, dir, filepath: file });
    }
    const author = {
      name: 'A',
      email: 'a@quai.fr',
      timestamp: Date.parse(`${day}T12:00:00Z`) / 1000,
      timezoneOffset: 0,
    };
    return git.commit({ fs, dir, message: day, author, ...(parent && { parent }) });
  };
  return { dir, commit };
}

test('a file has the day of the commit that changed it last, wherever the folder audited begins', async () => {
  const { dir, commit } = await repository();
  await commit('2025-01-10', { 'README.md': 'a', 'docs/run.md': 'a', 'docs/old.md': 'a' });
  await commit('2025-02-20', { 'docs/run.md': 'b' });
  await commit('2025-03-30', { 'src/a.ts': '1' });
  writeFileSync(path.join(dir, 'docs/new.md'), 'nobody added it');
  const all = await lastChanges(dir, ['README.md', 'docs/run.md', 'docs/old.md', 'docs/new.md', 'none.md']);
  expect(Object.fromEntries(all)).toEqual({
    'README.md': { date: '2025-01-10' },
    'docs/run.md': { date: '2025-02-20' },
    'docs/old.md': { date: '2025-01-10' },
  });
  expect(Object.fromEntries(await lastChanges(path.join(dir, 'docs'), ['run.md']))).toEqual({
    'run.md': { date: '2025-02-20' },
  });
});

test('a merge changes nothing that one of its parents already holds', async () => {
  const { dir, commit } = await repository();
  const first = await commit('2025-01-01', { 'a.md': '1', 'b.md': '1' });
  const main = await commit('2025-02-01', { 'b.md': '2' }, [first]);
  const side = await commit('2025-03-01', { 'a.md': '2', 'b.md': '1' }, [first]);
  await git.writeRef({ fs, dir, ref: 'refs/heads/main', value: main, force: true });
  const merge = await commit('2025-04-01', { 'a.md': '2', 'b.md': '2' }, [main, side]);
  await git.writeRef({ fs, dir, ref: 'refs/heads/main', value: merge, force: true });
  expect(Object.fromEntries(await lastChanges(dir, ['a.md', 'b.md']))).toEqual({
    'a.md': { date: '2025-03-01' },
    'b.md': { date: '2025-02-01' },
  });
});

test('where the history ends, in a shallow clone or at an object that is not there, a change is of that day or before', async () => {
  const { dir, commit } = await repository();
  const first = await commit('2025-01-01', { 'a.md': '1' });
  const second = await commit('2025-02-01', { 'b.md': '1' });
  await commit('2025-03-01', { 'c.md': '1' });
  writeFileSync(path.join(dir, '.git/shallow'), `${second}\n`);
  expect(Object.fromEntries(await lastChanges(dir, ['a.md', 'c.md']))).toEqual({
    'a.md': { date: '2025-02-01', orBefore: true },
    'c.md': { date: '2025-03-01' },
  });
  rmSync(path.join(dir, '.git/shallow'));
  rmSync(path.join(dir, '.git/objects', first.slice(0, 2), first.slice(2)));
  expect(Object.fromEntries(await lastChanges(dir, ['a.md', 'c.md']))).toEqual({
    'a.md': { date: '2025-02-01', orBefore: true },
    'c.md': { date: '2025-03-01' },
  });
});

test('a folder without a repository, and one without a commit, have no history', async () => {
  const { dir } = await repository();
  expect([...(await lastChanges(dir, ['a.md']))]).toEqual([]);
  rmSync(path.join(dir, '.git'), { recursive: true });
  expect([...(await lastChanges(dir, ['a.md']))]).toEqual([]);
});

test('packed objects and deltas are read, and a packed history gives the same days', async ({ skip }) => {
  skip(spawnSync('git', ['--version']).status !== 0, 'git is not installed: only it packs');
  const { dir, commit } = await repository();
  const page = (n: number) =>
    `${Array.from({ length: 400 }, (_, i) => `line ${i} of ${i === 7 ? n : 0}`).join('\n')}\n`;
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`docs/page-${i}.md`, `${i}`]));
  await commit('2025-01-01', files);
  for (let n = 1; n < 20; n += 1)
    await commit(`2025-02-${String(n).padStart(2, '0')}`, { [`docs/page-${n}.md`]: page(n) });
  const wanted = Object.keys(files);
  const loose = await lastChanges(dir, wanted);
  expect(loose.get('docs/page-7.md')).toEqual({ date: '2025-02-07' });
  expect(loose.get('docs/page-50.md')).toEqual({ date: '2025-01-01' });
  execFileSync('git', ['-c', 'gc.auto=0', 'repack', '-adfq', '--window=50', '--depth=40'], { cwd: dir });
  execFileSync('git', ['prune-packed'], { cwd: dir });
  expect(await lastChanges(dir, wanted)).toEqual(loose);
  execFileSync('git', ['repack', '-adq'], { cwd: dir });
  const [pack = ''] = fs
    .readdirSync(path.join(dir, '.git/objects/pack'))
    .filter((name) => name.endsWith('.pack'));
  const file = path.join(dir, '.git/objects/pack', pack);
  fs.chmodSync(file, 0o644);
  fs.truncateSync(file, 200);
  expect((await lastChanges(dir, wanted)).size).toBeLessThanOrEqual(wanted.length);
});

test('an object that claims to hold much more than it is costs nothing', async () => {
  const { dir, commit } = await repository();
  const id = await commit('2025-01-01', { 'a.md': '1' });
  const bomb = deflateSync(Buffer.concat([Buffer.from('commit 400000000\0'), Buffer.alloc(400_000_000)]));
  expect(bomb.length).toBeLessThan(1_000_000);
  const file = path.join(dir, '.git/objects', id.slice(0, 2), id.slice(2));
  fs.chmodSync(file, 0o644);
  writeFileSync(file, bomb);
  expect([...(await lastChanges(dir, ['a.md']))]).toEqual([]);
});
