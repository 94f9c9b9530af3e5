import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { HostState } from '#model/host.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { hostState } from '../test-state.ts';
import { filesOf, filesScript } from './files.ts';
import { instant, propertyBlocks, unitOf, words } from './unit-properties.ts';
import { environmentEntries, environmentFiles, unitFileNames, units, unloadedUnits } from './units.ts';

const SHOWN = `Id=quay-api.service
Description=API of the quay = main
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
FragmentPath=/etc/systemd/system/quay-api.service
DropInPaths=/etc/systemd/system/quay-api.service.d/10-port.conf /etc/systemd/system/quay-api.service.d/20-env.conf
NeedDaemonReload=yes
User=quay
Group=
WorkingDirectory=!/srv/quay
ExecStart={ path=/usr/bin/uvicorn ; argv[]=/usr/bin/uvicorn main:app --port 8001 --token canary-of-the-command ; ignore_errors=no ; start_time=[Sat 2026-11-28 10:00:00 UTC] ; stop_time=[n/a] ; pid=812 ; code=(null) ; status=0/0 }
Environment=PORT=8001 "JWT_SECRET_KEY=canary of the environment" MODE=direct
EnvironmentFiles=/etc/quay/api.env (ignore_errors=no)
EnvironmentFiles=/etc/quay/more.env (ignore_errors=yes)
Restart=on-failure
NRestarts=7
Result=success
MainPID=812
StateChangeTimestamp=Sat 2026-11-28 10:00:01 UTC
Requires=sysinit.target docker.service
WantedBy=multi-user.target
Conflicts=shutdown.target
NoNewPrivileges=yes
ProtectSystem=strict

Id=backup.timer
LoadState=loaded
ActiveState=active
SubState=waiting
FragmentPath=/usr/lib/systemd/system/backup.timer
NeedDaemonReload=no
Triggers=backup.service
Unit=backup.service
TimersCalendar={ OnCalendar=*-*-* 03:00:00 ; next_elapse=Sun 2026-11-29 03:00:00 UTC }
TimersMonotonic={ OnBootUSec=15min ; next_elapse=15min }
NextElapseUSecRealtime=Sun 2026-11-29 03:00:00 UTC
LastTriggerUSec=n/a

Id=gone.service
LoadState=not-found
ActiveState=inactive
SubState=dead

Id=ssh.socket
LoadState=loaded
ActiveState=active
SubState=listening
FragmentPath=/lib/systemd/system/ssh.socket
Listen=0.0.0.0:22 (Stream)
Listen=[::]:22 (Stream)
Triggers=ssh.service
`;

const answer = (id: string, stdout: string, parts: Partial<HostAnswer> = {}): HostAnswer => ({
  id,
  operation: id,
  end: 'done',
  code: 0,
  stdout,
  stderr: '',
  asRoot: true,
  ...parts,
});
const readWith = (section: typeof units, state: HostState, ...answers: HostAnswer[]) =>
  section.read(new Map(answers.map((one) => [one.id, one])), state);

test('a service with its drop-ins, command line, variables and hardening; no secret of it is kept', () => {
  const [service, timer, , socket] = propertyBlocks(SHOWN).map(unitOf);
  expect(service).toMatchObject({
    name: 'quay-api.service',
    type: 'service',
    description: 'API of the quay = main',
    enabled: 'enabled',
    dropIns: [
      '/etc/systemd/system/quay-api.service.d/10-port.conf',
      '/etc/systemd/system/quay-api.service.d/20-env.conf',
    ],
    needsReload: true,
    isVendor: false,
    user: 'quay',
    workingDirectory: '/srv/quay',
    execStart: ['/usr/bin/uvicorn main:app --port 8001 --token …'],
    restart: 'on-failure',
    restarts: 7,
    mainPid: 812,
    since: '2026-11-28T10:00:01Z',
    requires: ['sysinit.target', 'docker.service'],
    hardening: { NoNewPrivileges: 'yes', ProtectSystem: 'strict' },
  });
  expect(service).not.toHaveProperty('group');
  expect(service?.environment.map(({ name, shown, secret }) => [name, shown, secret])).toEqual([
    ['PORT', '8001', false],
    ['JWT_SECRET_KEY', undefined, true],
    ['MODE', 'direct', false],
  ]);
  expect(service?.environmentFiles).toMatchObject([
    { path: '/etc/quay/api.env', isOptional: false, state: 'unread' },
    { path: '/etc/quay/more.env', isOptional: true, state: 'unread' },
  ]);
  expect(timer).toMatchObject({
    isVendor: true,
    triggers: ['backup.service'],
    timer: { next: '2026-11-29T03:00:00Z', schedule: ['OnCalendar=*-*-* 03:00:00', 'OnBootUSec=15min'] },
  });
  expect(timer?.timer).not.toHaveProperty('last');
  expect(socket).toMatchObject({
    listen: ['0.0.0.0:22 (Stream)', '[::]:22 (Stream)'],
    triggers: ['ssh.service'],
  });
  expect(JSON.stringify([service, timer, socket])).not.toContain('canary');
});

test('lists as systemd quotes them', () => {
  expect(words('A=1 "B=two words" C=\\x "D=say \\"hi\\"" \'E=$x y\' "F=a\\nb"')).toEqual([
    'A=1',
    'B=two words',
    'C=x',
    'D=say "hi"',
    'E=$x y',
    'F=a\nb',
  ]);
  expect(words('')).toEqual([]);
  expect(instant('n/a')).toBeUndefined();
});

test('units that nothing has loaded are asked for; templates and aliases are not; those that are only named are none', () => {
  expect(
    unitFileNames(
      'ssh.service enabled enabled\ngetty@.service enabled\nsshd.service alias -\n$(id).service x\n',
    ),
  ).toEqual(['ssh.service']);
  const state = hostState();
  readWith(
    units,
    state,
    answer('units.loaded', SHOWN),
    answer('units.files', 'quay-api.service enabled\nold-api.service disabled disabled\n'),
  );
  expect(state.units.map(({ name }) => name)).toEqual(['quay-api.service', 'backup.timer', 'ssh.socket']);
  expect(unloadedUnits.commands(state).map(({ script }) => script)).toEqual([
    expect.stringMatching(/^systemctl show .* -- old-api\.service$/),
  ]);
  const more =
    'Id=old-api.service\nLoadState=loaded\nActiveState=inactive\nSubState=dead\nUnitFileState=disabled\n';
  readWith(unloadedUnits, state, answer('units.unloaded.0', more));
  expect(state.units.at(-1)).toMatchObject({ name: 'old-api.service', enabled: 'disabled' });
  expect(state.refusals).toEqual({});
});

test('a host without systemd has no units, and that is said', () => {
  const state = hostState();
  const stderr = "System has not been booted with systemd as init system (PID 1). Can't operate.";
  readWith(units, state, answer('units.loaded', '', { end: 'failed', code: 1, stderr }));
  expect(state.refusals.units).toMatchObject({ sort: 'unavailable' });
});

test('half of an answer is read, and is not taken for all of it', () => {
  const state = hostState();
  readWith(units, state, answer('units.loaded', SHOWN, { end: 'timeout', code: 124 }));
  expect(state.units).not.toEqual([]);
  expect(state.refusals.units).toMatchObject({ sort: 'failed' });
});

test('what is given as an environment file: quotes, comments, continued lines', () => {
  expect(
    environmentEntries(
      '# comment\nA=1\n B = "two words" \nC=\'x\'\nD=a\\\nb\n; no\nexport E=1\n__proto__=x\n',
    ),
  ).toEqual([
    ['A', '1'],
    ['B', 'two words'],
    ['C', 'x'],
    ['D', 'ab'],
    ['__proto__', 'x'],
  ]);
});

test('files of variables give names and classes, never values; one that root alone may read is denied, not missing', () => {
  const state = hostState();
  state.units = propertyBlocks(SHOWN).flatMap((block) => unitOf(block) ?? []);
  expect(environmentFiles.commands(state)).toMatchObject([{ needsRoot: true }]);
  readWith(
    environmentFiles,
    state,
    answer(
      'environment-files',
      'F /etc/quay/api.env\n|DB_PASSWORD=canary-of-the-file\n|PORT=9\n\nD /etc/quay/more.env\n',
    ),
  );
  const [api, more] = state.units[0]?.environmentFiles ?? [];
  expect(api).toMatchObject({
    state: 'read',
    variables: [
      { name: 'DB_PASSWORD', secret: true },
      { name: 'PORT', shown: '9' },
    ],
  });
  expect(more).toMatchObject({ state: 'denied', variables: [] });
  expect(state.refusals['environment-files']).toMatchObject({ sort: 'denied', permission: 'root' });
  expect(JSON.stringify(state)).not.toContain('canary');
});

const folder = mkdtempSync(path.join(tmpdir(), 'constat-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('files are given whole, in the shell itself: what looks like the next one, what is absent, what is no file', () => {
  const at = (name: string) => path.join(folder, name);
  writeFileSync(at("it's $here"), 'one\nM /etc/passwd\nF /x\n|bar');
  mkdirSync(at('folder'));
  const script = filesScript([at("it's $here"), at('absent'), at('folder'), at('no/such/place')], {
    globs: [`${folder}/*.none`],
  });
  const given = filesOf(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
  expect(given).toEqual([
    { path: at("it's $here"), state: 'read', text: 'one\nM /etc/passwd\nF /x\n|bar' },
    { path: at('absent'), state: 'missing', text: '' },
    { path: at('folder'), state: 'unread', text: '' },
    { path: at('no/such/place'), state: 'missing', text: '' },
  ]);
});

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
const isRoot = process.getuid?.() === 0;
const canBeNobody = isRoot && spawnSync('setpriv', [...asNobody.slice(1), 'true']).status === 0;

test.skipIf(isRoot && !canBeNobody)(
  'a file in a folder that may not be entered is denied: nobody knows whether it is there',
  () => {
    const at = (name: string) => path.join(folder, name);
    mkdirSync(at('closed'), { recursive: true });
    writeFileSync(at('closed/api.env'), 'TOKEN=x');
    writeFileSync(at('own.env'), 'TOKEN=x', { mode: 0o600 });
    chmodSync(folder, 0o755);
    chmodSync(at('closed'), 0o000);
    if (!isRoot) chmodSync(at('own.env'), 0o000);
    const script = filesScript([at('closed/api.env'), at('closed/none.env'), at('own.env'), at('none.env')]);
    const [program = 'sh', ...parameters] = [...(isRoot ? asNobody : []), 'sh', '-c', script];
    const given = filesOf(execFileSync(program, parameters, { encoding: 'utf8' }));
    chmodSync(at('closed'), 0o700);
    expect(given.map(({ state }) => state)).toEqual(['denied', 'denied', 'denied', 'missing']);
  },
);
