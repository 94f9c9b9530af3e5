import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openHost } from './open-host.ts';

/** A process that has ended and that nobody took notice of counts as none. */
const isRunning = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('on this machine: one shell, no input, nothing of another machine’s engine', async () => {
  const session = openHost({
    address: 'local',
    environment: { ...process.env, DOCKER_HOST: 'tcp://192.0.2.1:2375', AWS_SECRET_ACCESS_KEY: 'x' },
  });
  const answers = await session.ask([
    { id: 'env', operation: 'env', script: 'env; cat; echo "$PWD"' },
    { id: 'two', operation: 'echo', script: 'echo two' },
  ]);
  const again = await session.ask([{ id: 'three', operation: 'echo', script: 'echo three' }]);
  session.close();
  expect(answers[0]?.stdout).toContain('LC_ALL=C\n');
  expect(answers[0]?.stdout).not.toMatch(/DOCKER_HOST|AWS_SECRET/);
  expect(again).toMatchObject([{ end: 'done', stdout: 'three\n' }]);
  expect(await session.ask([{ id: 'four', operation: 'echo', script: 'echo four' }])).toMatchObject([
    { end: 'closed' },
  ]);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'what was started ends with this program: %s',
  async (signal) => {
    const program = `
    const { start } = await import(${JSON.stringify(path.join(import.meta.dirname, 'child.ts'))});
    const child = start('/bin/sh', ['-c', 'sleep 600 & echo $!; wait'], { PATH: process.env.PATH });
    child.stdout.once('data', (said) => console.log(child.pid + ' ' + said));
  `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pids = said.toString().trim().split(/\s+/).map(Number);
    expect(pids).toHaveLength(2);
    expect(pids.every(isAlive)).toBe(true);
    parent.kill(signal);
    const [, ended] = (await once(parent, 'exit')) as [number | null, string];
    expect(ended).toBe(signal);
    await expect.poll(() => pids.filter(isRunning), { timeout: 5_000 }).toEqual([]);
  },
);
