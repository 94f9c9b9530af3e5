import { expect, test } from 'vitest';
import { misset } from '#judge/test-estate.ts';
import { container, hostState, hostUnit, listener, unitFile } from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { systemdWhatIf } from './systemd.ts';

const START = '/opt/api/venv/bin/uvicorn main:app --port 8001';
const at = { file: 'deploy/api.service', line: 7 };

const file = (parts: Partial<UnitFile> = {}): UnitFile =>
  unitFile({
    execStart: [{ text: START, ...at }],
    user: 'api',
    workingDirectory: '/opt/api',
    environment: [{ name: 'MODE', secret: false, class: 'plain', digest: 'm1', ...at, line: 9 }],
    ports: [{ port: 8001, ...at }],
    settings: [
      { section: 'Service', key: 'User', value: 'api', ...at, line: 5 },
      { section: 'Unit', key: 'Conflicts', value: 'old.service', ...at, line: 3 },
    ],
    ...parts,
  });

const api = (parts: Parameters<typeof hostUnit>[1] = {}) =>
  hostUnit('api.service', {
    execStart: [START],
    user: 'api',
    workingDirectory: '/opt/api',
    environment: [{ name: 'MODE', secret: false, class: 'plain', digest: 'm1' }],
    ...parts,
  });

function foretell(unit: UnitFile, host: HostState) {
  const told = systemdWhatIf(unit, host);
  for (const { text } of [...told.effects, ...told.unknown]) expect(misset(text)).toBeUndefined();
  return told;
}
const ids = (unit: UnitFile, host: HostState) =>
  foretell(unit, host).effects.map(({ id, fails }) => (fails ? `${id}!` : id));

test('a file that is exactly what runs changes nothing', () => {
  const host = hostState({
    units: [api(), hostUnit('web.service', { requires: ['api.service'] })],
    listeners: [listener('0.0.0.0', 8001, { unit: 'api.service', process: { name: 'uvicorn', pid: 7 } })],
  });
  expect(foretell(file(), host)).toMatchObject({ effects: [], unknown: [] });
});

test.each([
  ['User', { user: 'root' }],
  ['WorkingDirectory', { workingDirectory: '/srv/api' }],
  ['ExecStart', { execStart: ['/usr/bin/python3 main.py'] }],
  ['MODE', { environment: [] }],
])('%s differs: the unit is replaced, and what requires it restarted', (said, parts) => {
  const host = hostState({
    units: [
      api(parts),
      hostUnit('web.service', { requires: ['api.service'] }),
      hostUnit('job.service', { active: 'inactive', requires: ['api.service'] }),
    ],
  });
  const { effects } = foretell(file(), host);
  expect(effects.map(({ id }) => id)).toEqual(['unit-replaced', 'unit-stopped']);
  expect(effects[0]?.text.en).toContain(said);
  expect(effects[1]?.affects).toEqual([{ kind: 'Systemd::Unit', name: 'web.service' }]);
});

test('a specifier is not compared', () => {
  expect(ids(file({ workingDirectory: '%h/api' }), hostState({ units: [api()] }))).toEqual([]);
});

test('drop-ins of the host stay over it', () => {
  const host = hostState({
    units: [api({ user: 'root', dropIns: ['/etc/systemd/system/api.service.d/50-user.conf'] })],
  });
  expect(foretell(file(), host).effects[0]?.text.en).toContain(
    'Drop-ins of the host still apply over it: `/etc/systemd/system/api.service.d/50-user.conf`.',
  );
});

test('a unit that is not there is started; where units were not read that is not said', () => {
  expect(ids(file(), hostState())).toEqual(['unit-started']);
  const refusals = {
    units: { sort: 'denied', operation: 'systemctl', why: { fr: 'refusé', en: 'denied' } },
  } as const;
  const told = foretell(file(), hostState({ refusals }));
  expect(told.effects).toEqual([]);
  expect(told.unknown[0]?.text.en).toContain('not all units of the host were read');
});

test('a masked unit is not started, and neither is one that requires what is not there', () => {
  expect(ids(file(), hostState({ units: [api({ load: 'masked' })] }))).toEqual(['unit-unloadable!']);
  const needs = file({ requires: ['db.service'] });
  const there = (load: string) => hostState({ units: [api(), hostUnit('db.service', { load })] });
  expect(ids(needs, there('not-found'))).toEqual(['unit-unloadable!']);
  expect(ids(needs, there('loaded'))).toEqual([]);
  const told = foretell(needs, hostState({ units: [api()] }));
  expect(told.effects).toEqual([]);
  expect(told.unknown[0]?.text.en).toContain('`db.service`');
});

test('what conflicts with it is stopped, whichever of the two says so', () => {
  const old = (parts = {}) => hostState({ units: [api(), hostUnit('old.service', parts)] });
  expect(ids(file({ conflicts: ['old.service'] }), old())).toEqual(['unit-stopped']);
  expect(ids(file(), old({ conflicts: ['api.service'] }))).toEqual(['unit-stopped']);
  expect(ids(file({ conflicts: ['old.service'] }), old({ active: 'inactive' }))).toEqual([]);
  const [effect] = foretell(file({ conflicts: ['old.service'] }), old()).effects;
  expect(effect).toMatchObject({
    severity: 'high',
    evidence: [{ line: 3 }, { operation: 'systemctl show' }],
  });
});

test('a port of another unit or container', () => {
  const on = (parts: Partial<HostState>) =>
    hostState({ units: [api({ active: 'inactive', sub: 'dead' })], ...parts });
  const held = on({ listeners: [listener('0.0.0.0', 8001, { unit: 'other.service' })] });
  expect(foretell(file(), held).effects.at(-1)).toMatchObject({
    id: 'port-collision',
    fails: true,
    values: { port: 8001, free: 8002, holder: 'other.service' },
  });
  expect(ids(file(), on({ listeners: [listener('0.0.0.0', 8002)] }))).toEqual(['unit-started']);
  const ports = [{ hostAddress: '0.0.0.0', hostPort: 8001, containerPort: 80, protocol: 'tcp' as const }];
  expect(ids(file(), on({ containers: [container('front', { ports })] }))).toContain('port-collision!');
  // on which address the program listens is not in the file
  const local = foretell(file(), on({ listeners: [listener('127.0.0.1', 8001, { unit: 'other.service' })] }));
  expect(local.effects.map(({ id }) => id)).toEqual(['unit-started']);
  expect(local.unknown.at(-1)?.text.en).toContain('would leave port `8001` to the unit');
});

test('a nameless process may be its own', () => {
  const told = foretell(file(), hostState({ units: [api()], listeners: [listener('0.0.0.0', 8001)] }));
  expect(told.effects).toEqual([]);
  expect(told.unknown).toHaveLength(1);
});

test('the port of a database that a variable names is not one that it listens on', () => {
  const variable = { secret: false, class: 'plain' as const, digest: 'p', ...at, line: 12 };
  const unit = (name: string) =>
    file({ environment: [{ name, ...variable }], ports: [{ port: 5432, ...at, line: 12 }] });
  const host = hostState({
    units: [
      api({
        active: 'inactive',
        environment: [{ name: 'DB_PORT', secret: false, class: 'plain', digest: 'p' }],
      }),
    ],
    listeners: [listener('0.0.0.0', 5432, { unit: 'postgresql.service' })],
  });
  expect(ids(unit('DB_PORT'), host)).toEqual(['unit-started']);
  expect(ids(unit('PORT'), host)).toContain('port-collision!');
});

test('a file of variables that is missed', () => {
  const unit = (isOptional = false) =>
    file({ environmentFiles: [{ path: '/etc/api.env', isOptional, ...at }] });
  const host = (state: 'missing' | 'read' | 'unread') =>
    hostState({
      units: [api({ environmentFiles: [{ path: '/etc/api.env', isOptional: false, state, variables: [] }] })],
    });
  expect(ids(unit(), host('missing'))).toEqual(['path-missing!']);
  expect(ids(unit(true), host('missing'))).toEqual([]);
  expect(ids(unit(), host('read'))).toEqual([]);
  expect(foretell(unit(), host('unread'))).toMatchObject({
    effects: [],
    unknown: [{ text: { en: expect.stringContaining('/etc/api.env') } }],
  });
});

test('a user and paths that no reading tells of are unknown', () => {
  const told = foretell(file(), hostState());
  expect(told.unknown.map(({ text }) => text.en)).toEqual([
    'whether the host has the user `api`, which the unit asks for',
    'whether these paths, which the unit asks for, are on the host: `/opt/api/venv/bin/uvicorn`, `/opt/api`',
  ]);
});

test('a timer of which the service is not there', () => {
  const timer = unitFile({
    name: 'job.timer',
    type: 'timer',
    file: 'deploy/job.timer',
    triggers: ['job.service'],
  });
  const on = (load: string) =>
    hostState({ units: [hostUnit('job.timer'), hostUnit('job.service', { load })] });
  expect(ids(timer, on('not-found'))).toEqual(['unit-unloadable!']);
  expect(ids(timer, on('loaded'))).toEqual([]);
});

test('the command puts the file in place and starts it', () => {
  expect(
    foretell(file({ file: 'deploy/my unit/api.service', standing: 'retired' }), hostState()),
  ).toMatchObject({
    isRetired: true,
    command:
      "sudo install -D -m 644 'deploy/my unit/api.service' /etc/systemd/system/api.service && sudo systemctl daemon-reload && sudo systemctl restart api.service",
  });
});
