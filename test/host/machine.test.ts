import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hasTraefik, machineForTests, startMachine, testsNeedMachine } from './machine.ts';

const run = promisify(execFile);

describe('the machine that tests of hosts read', () => {
  const machine = machineForTests('baseline');

  test('runs systemd, with the failed unit that it was given and no other', async () => {
    expect(await machine.run('cat /proc/1/comm; hostname')).toBe('systemd\nphare-1\n');
    expect((await machine.run('systemctl --failed --no-legend --plain')).split(' ')[0]).toBe(
      'phare-import.service',
    );
    expect((await machine.run('systemctl --failed --no-legend --plain')).trim().split('\n')).toHaveLength(1);
  });

  test('runs the unit, the containers and the proxy', async () => {
    expect(await machine.run('curl -sS http://127.0.0.1:8001/health')).toBe('{"status": "ok"}');
    expect(await machine.run('curl -sS http://127.0.0.1:8002/health')).toBe('front\n');
    expect(
      await machine.run('curl -sS -o /dev/null -w "%{http_code}" http://127.0.0.1:8080/api/version'),
    ).toBe('200');
    expect(await machine.run("docker ps --format '{{.Names}}' | sort | head -3")).toMatch(
      /^phare-edge\nphare-front\n/,
    );
  });

  test.for(['root', 'exploit', 'visiteur'] as const)('lets %s in over ssh', async (user) => {
    const { stdout } = await run('ssh', [
      '-F',
      machine.sshConfig,
      `${user}@phare-1`,
      'id -un; sudo -n id -u || :',
    ]);
    expect(stdout).toBe({ root: 'root\n0\n', exploit: 'exploit\n0\n', visiteur: 'visiteur\n' }[user]);
  });

  test('sends requests on as the routers say', async () => {
    const status = (url: string) =>
      machine.run(
        `curl -ksS -o /dev/null -w '%{http_code}' --resolve phare.example:80:127.0.0.1 --resolve phare.example:443:127.0.0.1 ${url}`,
      );
    expect(await status('http://phare.example/health')).toBe('200');
    expect(await status('https://phare.example/')).toBe('200');
    expect(await status('http://phare.example/api/v1/health')).toBe('200');
    expect(await status('http://phare.example/api/health')).toBe('404');
    expect(await status('https://phare.example/api/v1/health')).toBe('404');
  });

  test('has no way out', async () => {
    expect(await machine.run('ip route show default')).toBe('');
    await expect(machine.run('curl -sS -m 2 http://192.0.2.1/')).rejects.toThrow('curl');
  });
});

describe('what stands in for Traefik', () => {
  const machine = machineForTests('baseline');

  test('answers as the real one, where that was made (tools/traefik.sh)', async (context) => {
    if (!hasTraefik()) context.skip('the real Traefik is not there; sh tools/traefik.sh makes it');
    const answers = async () => {
      const found: Record<string, unknown> = {};
      for (const what of [
        'rawdata',
        'entrypoints',
        'overview',
        'http/routers',
        'http/services',
        'http/middlewares',
      ])
        found[what] = JSON.parse(await machine.run(`curl -fsS http://127.0.0.1:8080/api/${what}`));
      return found;
    };
    const stood = await answers();
    await machine.reset('real-edge');
    expect(stood).toEqual(await answers());
  });
});

describe('what a machine leaves behind', () => {
  testsNeedMachine();

  test('nothing, and two of them do not meet', async () => {
    const [one, other] = await Promise.all([startMachine('bare'), startMachine('bare')]);
    expect(one.ip).not.toBe(other.ip);
    const places = [...placesOf(one.sshConfig), ...placesOf(other.sshConfig)];
    expect(places.filter((place) => !existsSync(place))).toEqual([]);
    expect(mountsOf(places)).toEqual([]);
    await Promise.all([one.stop(), other.stop()]);
    expect(places.filter((place) => existsSync(place))).toEqual([]);
  });

  test('nothing either when the process that started it is killed', async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'machine/started.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout, 'data');
    const places = placesOf(String(line).trim());
    expect(places.filter((place) => !existsSync(place))).toEqual([]);
    child.kill('SIGKILL');
    for (let tries = 0; tries < 100 && places.some((place) => existsSync(place)); tries += 1)
      await sleep(100);
    expect(places.filter((place) => existsSync(place))).toEqual([]);
  });
});

/** What a machine has on the one that it runs on: its folder, its end of the cable, its control groups, its keeper. */
function placesOf(sshConfig: string): string[] {
  const folder = path.dirname(sshConfig);
  const [group = '', link = '', pid = ''] = ['group', 'link', 'pid'].map((name) =>
    readFileSync(path.join(folder, name), 'utf8').trim(),
  );
  const hierarchies = existsSync('/sys/fs/cgroup/cgroup.controllers')
    ? ['/sys/fs/cgroup']
    : readdirSync('/sys/fs/cgroup').map((name) => path.join('/sys/fs/cgroup', name));
  return [
    folder,
    `/sys/class/net/${link}`,
    `/proc/${pid}`,
    ...hierarchies.map((one) => path.join(one, group)).filter((one) => existsSync(one)),
  ];
}

/** Mounts in these folders that are seen from outside of the machine. */
function mountsOf(places: string[]): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => places.some((place) => line.includes(`${place}/`)));
}
