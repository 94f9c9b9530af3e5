import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { machineForTests } from './machine.ts';

const run = promisify(execFile);

/** What the states of the machine are in truth, asked of the machine itself and from outside of it: not by Constat. */
describe('the states of the machine', () => {
  const machine = machineForTests('baseline');
  /** One after another on the same machine, where the next one does not mind what the last one did. */
  const then = (script: string) => machine.run(`sh /usr/lib/constat-scenarios/${script}.sh 2>&1`);

  test('baseline: the firewall closes what the host runs, and not what containers publish', async () => {
    expect(await reached(machine.ip)).toEqual({
      22: true,
      80: true,
      8001: false,
      8002: true,
      8080: true,
      8090: false,
    });
  });

  test('firewall-open: everything is reached', async () => {
    await then('firewall-open');
    expect(await reached(machine.ip)).toEqual({
      22: true,
      80: true,
      8001: true,
      8002: true,
      8080: true,
      8090: true,
    });
  });

  test('firewall-closed: DOCKER-USER closes what containers publish, but for the proxy', async () => {
    await then('firewall-closed');
    expect(await reached(machine.ip)).toEqual({
      22: true,
      80: true,
      8001: false,
      8002: false,
      8080: false,
      8090: false,
    });
  });

  test('relaunch: the old backend finds its port taken, the old front opens another beside the running one', async () => {
    await then('relaunch');
    const said = await machine.run('cat /var/log/relaunch.log');
    expect(said).toContain('Bind for 0.0.0.0:8002 failed: port is already allocated');
    expect(said).toContain('exit code 1');
    const containers = await machine.run("docker ps -a --format '{{.Names}} {{.State}} {{.Ports}}'");
    expect(containers).toMatch(/^compose_backend_1 created/m);
    expect(containers).toMatch(/^compose_front_1 running 0\.0\.0\.0:3002->80/m);
    expect(containers).toMatch(/^phare-front running 0\.0\.0\.0:8002->80/m);
  });

  test('relaunch-over: under the name of the running project, the front is replaced by the older one', async () => {
    await machine.reset('relaunch-over');
    expect(await machine.run('cat /var/log/relaunch.log')).toContain('Recreating phare-front');
    const containers = await machine.run("docker ps -a --format '{{.Names}} {{.Image}} {{.Ports}}'");
    expect(containers).not.toContain('phare-front');
    expect(containers).toMatch(/^phare_front_1 registry\.example\/phare\/front:1\.1\.0 0\.0\.0\.0:3002->80/m);
    // Whether the old backend gets the port that the front had is a race: what it had answered is gone.
    await expect(machine.run('curl -fsS -m 2 http://127.0.0.1:8002/health')).rejects.toThrow('curl');
  });

  test('drift: what runs is no longer what the files say', async () => {
    await machine.reset('drift');
    expect(await machine.run('systemctl show -p NeedDaemonReload phare-api.service')).toBe(
      'NeedDaemonReload=yes\n',
    );
    expect(await machine.run("docker inspect -f '{{.Config.Image}}' phare-front")).toBe(
      'registry.example/phare/front:1.5.0-rc1\n',
    );
    expect(await machine.run("docker inspect -f '{{.HostConfig.Privileged}}' essai-complet")).toBe('true\n');
  });

  test('docker-down: no engine answers, and asking does not start it', async () => {
    await then('docker-down');
    await expect(machine.run('docker ps')).rejects.toThrow('Is the docker daemon running?');
    expect(await machine.run('systemctl is-active docker.service docker.socket || :')).toBe(
      'inactive\ninactive\n',
    );
  });
});

/**
 * Which connections from outside come about. Another process asks, without the guard of the tests (support/setup.ts): it
 * reaches the machine alone.
 */
async function reached(host: string): Promise<Record<number, boolean>> {
  const program = `const { connect } = require('node:net');
const found = {};
for (const port of [22, 80, 8001, 8002, 8080, 8090]) {
  const socket = connect({ host: process.argv[1], port });
  found[port] = false;
  socket.on('connect', () => { found[port] = true; socket.destroy(); }).on('error', () => {});
}
setTimeout(() => { console.log(JSON.stringify(found)); process.exit(); }, 1500);`;
  const { stdout } = await run(process.execPath, ['-e', program, host], { env: { PATH: process.env.PATH } });
  return JSON.parse(stdout);
}
