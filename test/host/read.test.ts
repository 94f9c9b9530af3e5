import { describe, expect, test } from 'vitest';
import { type HostReading, readHost } from '#collect/host/read-host.ts';
import { hostSections } from '#collect/host/sections.ts';
import type { HostUnit } from '#model/host.ts';
import { type MachineUser, machineForTests } from './machine.ts';

const CANARIES =
  /cron-canary-6f1d0c9ab2e74d55|env-canary-0d84b7c2f1a94e63|container-canary-51c7ae09d3b8f264|change-this-secret-before-production/;

describe('a real host, read over ssh', () => {
  const machine = machineForTests('baseline');
  const readings = new Map<MachineUser, Promise<HostReading>>();

  /** Read once as each user; `exploit` may use sudo. */
  const as = (user: MachineUser): Promise<HostReading> => {
    const known =
      readings.get(user) ??
      readHost(
        {
          address: machine.addressOf(user),
          sshConfig: machine.sshConfig,
          name: 'phare-1',
          sudo: user === 'exploit',
        },
        hostSections,
        () => new Date(),
      );
    readings.set(user, known);
    return known;
  };
  const unit = async (name: string, user: MachineUser = 'root'): Promise<HostUnit> => {
    const found = (await as(user)).state.units.find((one) => one.name === name);
    if (!found) throw new Error(`${name} was not read`);
    return found;
  };

  test('as root: all of it', async () => {
    const { state, coverage, broken } = await as('root');
    expect(broken).toBeUndefined();
    expect(state.user).toEqual({ name: 'root', isRoot: true });
    expect(state.hostname).toBe('phare-1');
    expect(state.system).toMatchObject({ id: 'debian', title: expect.stringContaining('Debian') });
    expect(state.memory?.bytes).toBeGreaterThan(100_000_000);
    expect(coverage).toHaveLength(1);
    expect(coverage[0]).toMatchObject({ source: 'host', scope: 'phare-1' });
  });

  test('a unit with its drop-in, its files of variables and what narrows it', async () => {
    const api = await unit('phare-api.service');
    expect(api).toMatchObject({
      load: 'loaded',
      active: 'active',
      sub: 'running',
      enabled: 'enabled',
      fragment: '/etc/systemd/system/phare-api.service',
      dropIns: ['/etc/systemd/system/phare-api.service.d/20-mode.conf'],
      needsReload: false,
      isVendor: false,
      user: 'phare',
      group: 'phare',
      workingDirectory: '/opt/phare/backend',
      restart: 'on-failure',
      restarts: 0,
      wantedBy: ['multi-user.target'],
      hardening: expect.objectContaining({ NoNewPrivileges: 'yes', ProtectSystem: 'full' }),
    });
    expect(api.execStart.join()).toContain('server.py --host 0.0.0.0 --port');
    // The drop-in sets the mode, the unit the port.
    expect(api.environment.map(({ name, shown }) => [name, shown])).toEqual([
      ['PHARE_PORT', '8001'],
      ['PHARE_MODE', 'direct'],
    ]);
    const [file, optional] = api.environmentFiles;
    expect(file).toMatchObject({ path: '/opt/phare/backend/.env', isOptional: false, state: 'read' });
    expect(file?.variables.map(({ name, secret }) => [name, secret])).toEqual([
      ['PHARE_SECRET_KEY', true],
      ['PHARE_ADMIN_PASSWORD', true],
      ['DATABASE_URL', false],
      ['PHARE_MODE', false],
      ['PHARE_TOKEN_HOURS', false],
    ]);
    expect(optional).toMatchObject({ path: '/etc/phare/override.env', isOptional: true, state: 'missing' });
  });

  test('what failed, what waits for its time, what waits for a visitor, what comes with the system', async () => {
    expect(await unit('phare-import.service')).toMatchObject({ active: 'failed', result: 'exit-code' });
    expect(await unit('phare-backup.timer')).toMatchObject({
      active: 'active',
      triggers: ['phare-backup.service'],
      timer: { next: expect.stringMatching(/T03:10:00Z$/), schedule: ['OnCalendar=*-*-* 03:10:00'] },
    });
    expect(await unit('phare-notify.socket')).toMatchObject({
      active: 'active',
      listen: [expect.stringContaining('127.0.0.1:9105')],
    });
    expect(await unit('phare-backup.service')).toMatchObject({ active: 'inactive', enabled: 'static' });
    expect(await unit('ssh.service')).toMatchObject({ active: 'active', isVendor: true });
  });

  test('what listens, with the process and the unit that it belongs to', async () => {
    const { state } = await as('root');
    const on = (port: number) =>
      state.listeners.filter((one) => one.port === port && !one.address.includes(':'));
    expect(on(8001)).toMatchObject([
      { address: '0.0.0.0', isAnyAddress: true, process: { name: 'python3' }, unit: 'phare-api.service' },
    ]);
    expect(on(8090)).toMatchObject([{ process: { name: 'nginx' }, unit: 'nginx.service' }]);
    expect(on(9105)).toMatchObject([
      { address: '127.0.0.1', isAnyAddress: false, process: { name: 'systemd', pid: 1 } },
    ]);
    expect(on(22)).toMatchObject([{ unit: 'ssh.service' }]);
    expect(on(8002)).toHaveLength(1);
  });

  test('who may log in, and how', async () => {
    const { state } = await as('root');
    expect(state.users.map(({ name, keys, hasPassword }) => [name, keys, hasPassword])).toEqual([
      ['root', 1, false],
      ['exploit', 1, true],
      ['visiteur', 1, false],
    ]);
    expect(state.sshd).toMatchObject({ passwordauthentication: 'yes', permitrootlogin: 'without-password' });
  });

  test('cron, the certificate that ends in five days, the clock, the addresses', async () => {
    const { state } = await as('root');
    expect(state.cron.find(({ user }) => user === 'phare')).toEqual({
      file: '/etc/cron.d/phare',
      schedule: '15 2 * * *',
      user: 'phare',
      command: '/opt/phare/bin/report --to ops@phare.example --token=…',
    });
    expect(state.certificates).toMatchObject([
      {
        path: '/etc/ssl/phare/phare.example.crt',
        names: ['phare.example', 'www.phare.example'],
        days: 4,
        isSelfSigned: true,
        usedBy: expect.arrayContaining([expect.stringContaining('phare-legacy')]),
      },
    ]);
    expect(state.time).toEqual({ isSynchronised: false, zone: 'Etc/UTC' });
    const addresses = state.interfaces.map(({ address }) => address);
    expect(addresses).toEqual(expect.arrayContaining(['127.0.0.1', '192.168.200.1', machine.ip]));
    // what the legacy site of nginx points to
    expect(addresses).not.toContain('192.168.100.46');
  });

  test('an empty cache of packages does not say that nothing waits', async () => {
    // The machine's lists of packages were never brought: what could be updated is unknown.
    expect((await as('root')).state.updates).toBeUndefined();
  });

  test('as a user in no group: what is denied is said to be, and nothing is absent for it', async () => {
    const { state, coverage } = await as('visiteur');
    expect(state.user).toEqual({ name: 'visiteur', isRoot: false });
    for (const part of ['listeners', 'cron', 'users', 'sshd', 'environment-files'] as const)
      expect(state.refusals[part]).toMatchObject({ sort: 'denied', permission: 'root' });
    expect(coverage[0]?.state).toBe('partial');
    // ports are there, processes are not
    expect(state.listeners.find(({ port }) => port === 8001)).toMatchObject({ isAnyAddress: true });
    expect(state.listeners.find(({ port }) => port === 8001)?.process).toBeUndefined();
    const api = await unit('phare-api.service', 'visiteur');
    expect(api).toMatchObject({ active: 'active', user: 'phare' });
    expect(api.environmentFiles[0]).toMatchObject({ path: '/opt/phare/backend/.env', variables: [] });
    expect(['denied', 'unread']).toContain(api.environmentFiles[0]?.state);
    for (const { hasPassword } of state.users) expect(hasPassword).toBeUndefined();
  });

  test('with sudo, the same as root', async () => {
    const [root, sudo] = await Promise.all([as('root'), as('exploit')]);
    expect(sudo.state.user).toEqual({ name: 'exploit', isRoot: true });
    expect(sudo.state.refusals).toEqual(root.state.refusals);
    const plain = ({ state }: HostReading) => ({
      units: state.units.filter(({ name }) => name.startsWith('phare-')).map(({ since, ...rest }) => rest),
      listeners: state.listeners.map(({ address, port, unit }) => `${address} ${port} ${unit}`).sort(),
      users: state.users,
      sshd: state.sshd,
      cron: state.cron,
    });
    expect(plain(sudo)).toEqual(plain(root));
  });

  test('no secret value is in what was read', async () => {
    for (const user of ['root', 'visiteur', 'exploit'] as const)
      expect(JSON.stringify(await as(user))).not.toMatch(CANARIES);
  });

  test('nothing is written on the host', async () => {
    await machine.run('sync; touch /run/before-the-reading; sleep 0.05');
    await readHost(
      { address: machine.address, sshConfig: machine.sshConfig, name: 'phare-1' },
      hostSections,
      () => new Date(),
    );
    const written = await machine.run(
      'find / -xdev -newer /run/before-the-reading -type f ! -path "/proc/*" ! -path "/sys/*" ! -path "/var/log/*" ! -path "/var/lib/docker/*" ! -path "/var/lib/containerd/*" 2>/dev/null || :',
    );
    expect(written).toBe('');
  });
});
