import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockHolder, takeLock } from './lock.ts';
import { freshFolder } from './test-folder.ts';

const now = () => new Date('2026-11-28T09:00:00Z');
const holder = (home: string, times: number): ChildProcess & { said: string; ended: Promise<unknown> } => {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'test-holder.ts'), home, String(times)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const told = Object.assign(child, { said: '', ended: once(child, 'close') });
  child.stdout?.on('data', (data) => (told.said += data));
  return told;
};

test('the lock is held by one, and free once it is released', () => {
  const home = freshFolder();
  const first = takeLock(home, now);
  expect(() => takeLock(home, now)).toThrow(/another run holds .*apply\.lock: process \d+ on .*since 2026/);
  first.check();
  first.release();
  const second = takeLock(home, now);
  expect(() => first.check()).toThrow(/was taken from this run/);
  second.release();
});

const taken = (owner: object): string =>
  `\n${JSON.stringify({ takes: { id: 'x', pid: process.pid, host: hostname(), started: '', at: 'then', ...owner } })}\n`;

test.each([
  ['ended', { pid: 2 ** 22 - 1, started: 'boot 1' }],
  ['has a number that another process has now', { started: 'another boot 1' }],
])('a lock whose owner %s is taken over', (_, owner) => {
  const home = freshFolder();
  writeFileSync(path.join(home, 'apply.lock'), taken(owner));
  takeLock(home, now).check();
});

test('a lock of another machine is not taken over: nobody can look whether its owner runs', () => {
  const home = freshFolder();
  writeFileSync(path.join(home, 'apply.lock'), taken({ host: 'elsewhere', pid: 1 }));
  expect(() => takeLock(home, now)).toThrow(/on elsewhere.*delete the file only if/);
});

test('a line that a kill tore is nobody’s, and the next begins after it', () => {
  const home = freshFolder();
  const file = path.join(home, 'apply.lock');
  writeFileSync(file, taken({}).slice(0, 40));
  const lock = takeLock(home, now);
  lock.check();
  appendFileSync(file, '\n{"takes":');
  lock.check();
  lock.release();
  takeLock(home, now).release();
});

/** proc_pid_stat(5): the third field, after the name in parentheses. */
const isStopped = (pid: number | undefined): boolean =>
  /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test('of many processes that want it at once, and of which some are killed, never two are inside', async () => {
  const home = freshFolder();
  const children = Array.from({ length: 4 }, () => holder(home, 8));
  // killed while it is inside: its mark is left, as it would leave a run
  const killed = holder(home, 1000);
  while (!killed.said.includes('inside')) await once(killed.stdout as NodeJS.ReadableStream, 'data');
  killed.kill('SIGSTOP');
  // until the signal has come, it may still take the lock
  while (!isStopped(killed.pid)) await new Promise((resolve) => setTimeout(resolve, 1));
  const inside = lockHolder(home) === killed.pid;
  if (inside) rmSync(path.join(home, 'inside'), { force: true });
  killed.kill('SIGKILL');
  await Promise.all(children.map((child) => child.ended));
  for (const child of children) {
    expect(child.said).not.toContain('overlap');
    expect(child.said).toMatch(/done\n$/);
  }
}, 20_000);
