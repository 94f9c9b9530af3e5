import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { machineForTests, startMachine, testsNeedMachine } from './machine.ts';

const run = promisify(execFile);

describe('the machine that tests of hosts read', () => {
  const machine = machineForTests('baseline');

  test('runs systemd, with the failed unit that it was given and no other', async () => {
    expect(await machine.run('cat /proc/1/comm; hostname')).toBe('systemd\nphare-1\n');
    expect((await machine.run('systemctl --failed --no-legend --plain')).split(' ')[0]).toBe('phare-import.service');
    expect((await machine.run('systemctl --failed --no-legend --plain')).trim().split('\n')).toHaveLength(1);
  });

  test('runs the unit, the containers and the proxy', async () => {
    expect(await machine.run('curl -sS http://127.0.0.1:8001/health')).toBe('{"status": "ok"}');
    expect(await machine.run('curl -sS http://127.0.0.1:8002/health')).toBe('front\n');
    expect(await machine.run('curl -sS -o /dev/null -w "%{http_code}" http://127.0.0.1:8080/api/version')).toBe('200');
    expect(await machine.run("docker ps --format '{{.Names}}' | sort | head -3")).toMatch(/^phare-edge\nphare-front\n/);
  });

  test.for(['root', 'exploit', 'visiteur'] as const)('lets %s in over ssh', async (user) => {
    const { stdout } = await run('ssh', ['-F', machine.sshConfig, `${user}@phare-1`, 'id -un; sudo -n id -u || :']);
    expect(stdout).toBe({ root: 'root\n0\n', exploit: 'exploit\n0\n', visiteur: 'visiteur\n' }[user]);
  });

  test('has no way out', async () => {
    expect(await machine.run('ip route show default')).toBe('');
    await expect(machine.run('curl -sS -m 2 http://192.0.2.1/')).rejects.toThrow('curl');
  });
});

describe('what a machine leaves behind', () => {
  testsNeedMachine();

  test('nothing, and two of them do not meet', async () => {
    const before = traces();
    const [one, other] = await Promise.all([startMachine('bare'), startMachine('bare')]);
    expect(one.ip).not.toBe(other.ip);
    expect(traces()).not.toEqual(before);
    await Promise.all([one.stop(), other.stop()]);
    expect(traces()).toEqual(before);
  });

  test('nothing either when the process that started it is killed', async () => {
    const before = traces();
    const machineFile = path.join(import.meta.dirname, 'machine.ts');
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'machine/started.ts'), machineFile],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(traces()).not.toEqual(before);
    child.kill('SIGKILL');
    for (let tries = 0; tries < 100 && traces().length > before.length; tries += 1) await sleep(100);
    expect(traces()).toEqual(before);
  });
});

/** What machines leave on the one that they run on: interfaces, mounts, control groups. Of other test files' too. */
function traces(): string[] {
  const groups = '/sys/fs/cgroup';
  const inGroups = existsSync(groups) ? [groups, ...readdirSync(groups).map((one) => path.join(groups, one))] : [];
  const found = inGroups.flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => name.startsWith('constat-host-'));
    } catch {
      return [];
    }
  });
  return [
    ...new Set([
      ...found,
      ...readdirSync('/sys/class/net').filter((name) => /^cst\d+h$/.test(name)),
      ...readFileSync('/proc/self/mounts', 'utf8')
        .split('\n')
        .filter((line) => line.includes('/host-runs/')),
    ]),
  ].sort();
}
