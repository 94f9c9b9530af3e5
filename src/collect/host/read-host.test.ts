import { describe, expect, test } from 'vitest';
import { type HostRecording, recordedHost, recordingOf } from '../readers/host/recording.ts';
import { readHost, readSession } from './read-host.ts';
import { defineSection } from './section.ts';
import { hostSections } from './sections.ts';

const clock = () => new Date('2026-11-28T12:00:00.123Z');
const address = 'ssh://deploy@quay-1';
const done = (stdout: string, asRoot = true) => ({
  end: 'done' as const,
  code: 0,
  stdout,
  stderr: '',
  asRoot,
});
const denied = (stderr: string) => ({ end: 'denied' as const, code: 1, stdout: '', stderr, asRoot: false });

/** What an ordinary user was answered by a small host. */
const ORDINARY: HostRecording['answers'] = {
  'system.release': done('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\n', false),
  'system.uname': done('6.1.0-18-amd64\nx86_64\nLinux\n', false),
  'system.name': done('quay-1.example.org\n', false),
  'system.user': done('deploy\n', false),
  'system.root': done('1000\n', false),
  interfaces: done('2: eth0: <UP> mtu 1500\n    inet 203.0.113.10/24 scope global eth0\n', false),
  'units.loaded': done(
    'Id=api.service\nLoadState=loaded\nActiveState=active\nSubState=running\nEnvironment=JWT_SECRET=canary-one\nExecStart={ path=/a ; argv[]=/a --password canary-two ; ignore_errors=no }\nEnvironmentFiles=/etc/api.env (ignore_errors=no)\n',
    false,
  ),
  'units.files': done('api.service enabled\n', false),
  listeners: done('ss\ntcp LISTEN 0 5 0.0.0.0:8001 0.0.0.0:*\n', false),
  'cron.system': done(
    'F /etc/crontab\n|0 3 * * * root mysqldump -pcanary --password=canary-three x\n\n',
    false,
  ),
  'cron.users': denied('/var/spool/cron/crontabs: Permission denied'),
  'disks.space': done(
    'Filesystem Type 1024-blocks Used Available Capacity Mounted on\n/dev/vda ext4 10 5 5 50% /\n',
    false,
  ),
  memory: done('MemTotal: 10 kB\nMemAvailable: 5 kB\n', false),
  time: done('NTPSynchronized=yes\n', false),
  updates: done('apt\n=reboot no\n', false),
  certificates: done('#denied\n', false),
  'users.passwd': done('deploy:x:1000:1000::/home/deploy:/bin/bash\n', false),
  'users.keys': done('', false),
  'users.passwords': denied('awk: cannot open /etc/shadow (Permission denied)'),
  'sshd.effective': denied('sshd: no hostkeys available -- exiting.'),
  'sshd.files': done(
    'F /etc/ssh/sshd_config\n|PasswordAuthentication no\n|ForceCommand /x --token canary-four\n\n',
    false,
  ),
  'environment-files': done('D /etc/api.env\n', false),
};

const read = (answers: HostRecording['answers'], sections = hostSections) =>
  readSession(recordedHost({ address, answers }), { address }, sections, clock);

test('what an ordinary user sees is read, and what it may not see is said with what would open it', async () => {
  const { state, coverage } = await read(ORDINARY);
  expect(state).toMatchObject({
    name: 'quay-1',
    at: '2026-11-28T12:00:00Z',
    hostname: 'quay-1.example.org',
    user: { name: 'deploy', isRoot: false },
    system: { id: 'debian', version: '12', kernel: '6.1.0-18-amd64' },
    listeners: [{ address: '0.0.0.0', port: 8001, isAnyAddress: true }],
    sshd: { passwordauthentication: 'no' },
    users: [{ name: 'deploy' }],
  });
  expect(state.users[0]).not.toHaveProperty('hasPassword');
  expect(state.users[0]).not.toHaveProperty('keys');
  const refused = ['listeners', 'cron', 'certificates', 'users', 'sshd', 'environment-files'] as const;
  // engines, proxies and the firewall are asked elsewhere
  const engines = new Set(['containers', 'networks', 'volumes', 'images', 'firewall', 'nginx']);
  expect(
    Object.keys(state.refusals)
      .filter((part) => !engines.has(part))
      .sort(),
  ).toEqual([...refused].sort());
  for (const part of refused)
    expect(state.refusals[part]).toMatchObject({ sort: 'denied', permission: 'root' });
  expect(coverage).toMatchObject([{ source: 'host', scope: 'quay-1', state: 'partial' }]);
  expect(coverage[0]?.operations.find(({ name }) => name === 'sshd -T')).toEqual({
    name: 'sshd -T',
    calls: 1,
    denied: 1,
    throttled: 0,
    failed: 0,
    permission: 'root',
  });
});

test('no secret of units, files, command lines, cron or sshd passes', async () => {
  const answers = {
    ...ORDINARY,
    'environment-files': done(
      'F /etc/api.env\n|DB_PASSWORD=canary-five\n|DATABASE_URL=postgres://u:canary-six@db/x\n\n',
    ),
  };
  const { state, coverage } = await read(answers);
  expect(state.units[0]?.environmentFiles[0]?.variables).toHaveLength(2);
  expect(JSON.stringify([state, coverage])).not.toContain('canary');
});

test('commands that the host does not have are no gap of the reading; one that fails is', async () => {
  const whole = Object.fromEntries(
    Object.entries(ORDINARY).filter(([id]) =>
      /^(?:system|interfaces|disks|memory|users\.(?:passwd|groups))/.test(id),
    ),
  );
  const { coverage, state } = await read({
    ...whole,
    'system.root': done('0\n'),
    'users.keys': done('deploy 1\n'),
    'users.passwords': done('deploy none\n'),
  });
  expect(state.refusals).toMatchObject({
    units: { sort: 'unavailable' },
    listeners: { sort: 'unavailable' },
  });
  expect(state.users).toMatchObject([{ keys: 1, hasPassword: false }]);
  expect(coverage[0]?.state).toBe('complete');
  const failing = {
    ...whole,
    memory: { end: 'timeout' as const, code: 124, stdout: '', stderr: '', asRoot: true },
  };
  const second = await read(failing);
  expect(second.coverage[0]).toMatchObject({ state: 'partial' });
  expect(second.state.refusals.memory?.why.en).toContain('did not end within its time');
});

test('a host that cannot be opened: nothing of it is known, and why', async () => {
  const { state, coverage, broken } = await readHost({ address: 'ssh://-x' }, hostSections, clock);
  expect(broken?.why.en).toContain('is no host name');
  expect(coverage).toMatchObject([{ source: 'host', state: 'failed', operations: [], reason: broken?.why }]);
  expect(state.refusals.units).toEqual(broken);
  expect(state.refusals.containers).toEqual(broken);
});

describe('what sections do', () => {
  const first = defineSection({
    parts: ['memory'],
    round: 1,
    commands: () => [{ id: 'memory', operation: 'cat /proc/meminfo', script: 'cat /proc/meminfo' }],
    read: () => {
      throw new TypeError('a fault');
    },
  });

  test('one that has a fault leaves its own parts unknown, and the others read', async () => {
    const { state, coverage } = await read(ORDINARY, [first, ...hostSections.slice(0, 2)]);
    expect(state.refusals.memory?.why.en).toContain('failed in Constat itself (`TypeError`)');
    expect(state.interfaces).toHaveLength(1);
    expect(coverage[0]?.state).toBe('partial');
  });
});

test('this machine itself is read', async () => {
  const { state, coverage, broken } = await readHost({ address: 'local', name: 'here' }, hostSections, clock);
  expect(broken).toBeUndefined();
  expect(state.name).toBe('here');
  expect(state.interfaces.map(({ address: one }) => one)).toContain('127.0.0.1');
  expect(state.memory?.bytes).toBeGreaterThan(0);
  expect(['complete', 'partial']).toContain(coverage[0]?.state);
}, 60_000);

test('a recording is what was answered, without its secrets, and reads the same', async () => {
  const answers = {
    ...ORDINARY,
    'environment-files': done('F /etc/api.env\n|DB_PASSWORD=canary-five\n\n'),
    'users.groups': done('sudo:x:27:deploy\n'),
  };
  const kept = recordingOf(recordedHost({ address, answers }));
  const { state } = await readSession(kept.session, { address }, hostSections, clock);
  const recording = kept.recording();
  expect(JSON.stringify(recording)).not.toContain('canary');
  const again = await readSession(
    recordedHost(JSON.parse(JSON.stringify(recording))),
    { address },
    hostSections,
    clock,
  );
  const names = (one: typeof state) => one.units[0]?.environmentFiles[0]?.variables.map(({ name }) => name);
  expect(names(again.state)).toEqual(names(state));
  expect(again.state.users).toEqual(state.users);
  expect(again.state.refusals).toEqual(state.refusals);
});
