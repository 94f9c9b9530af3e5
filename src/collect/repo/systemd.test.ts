import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { systemd } from './systemd.ts';

const read = (files: Record<string, string>) => collectFiles(systemd, files);
const unit = (text: string, path = 'deploy/api.service') => read({ [path]: text });
const properties = (text: string, path?: string) => unit(text, path).facts[0]?.properties;

const API = `[Unit]
Description=API
Requires=postgresql.service network-online.target
Conflicts=old-api.service

[Service]
User=api
Group=api
WorkingDirectory=/srv/api/
Environment=PORT=8001 "MODE=direct"
Environment=API_TOKEN=kP2vX9qLw7ZtB4nM
Environment=DATABASE_URL=sqlite:////srv/api/api.db
EnvironmentFile=-/etc/api/env
ExecStart=/srv/api/venv/bin/uvicorn main:app \\
  --host 0.0.0.0 --port $PORT --api-key kP2vX9qLw7ZtB4nM
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

describe('a unit of a service', () => {
  test('gives what it runs, as whom, where and with what', () => {
    const { facts, artifacts } = unit(API);
    expect(facts[0]).toMatchObject({
      kind: 'Systemd::Unit',
      name: 'api.service',
      sort: 'declared',
      nameStatus: 'literal',
      verb: 'creates',
      evidence: { file: 'deploy/api.service', line: 14 },
      properties: {
        execStart: ['/srv/api/venv/bin/uvicorn main:app --host 0.0.0.0 --port $PORT --api-key …'],
        user: 'api',
        group: 'api',
        workingDirectory: '/srv/api/',
        restart: 'on-failure',
        environmentFiles: ['/etc/api/env'],
        ports: ['0.0.0.0:8001'],
        wantedBy: ['multi-user.target'],
      },
      relations: [
        { type: 'requires', to: { kind: 'Systemd::Unit', name: 'postgresql.service' } },
        { type: 'reads', to: { kind: 'SQLite::File', name: '/srv/api/api.db' } },
      ],
    });
    expect(facts[1]).toMatchObject({ kind: 'SQLite::File', name: '/srv/api/api.db', evidence: { line: 12 } });
    expect(artifacts.unitFiles).toMatchObject([
      {
        name: 'api.service',
        type: 'service',
        file: 'deploy/api.service',
        standing: 'declared',
        line: 14,
        environment: [
          {
            name: 'PORT',
            secret: false,
            class: 'plain',
            shown: '8001',
            line: 10,
            digest: expect.any(String),
          },
          { name: 'MODE', shown: 'direct', line: 10 },
          { name: 'API_TOKEN', secret: true, line: 11 },
          { name: 'DATABASE_URL', secret: false, line: 12 },
        ],
        environmentFiles: [{ path: '/etc/api/env', isOptional: true, line: 13 }],
        ports: [{ port: 8001, address: '0.0.0.0', line: 14 }],
        requires: ['postgresql.service', 'network-online.target'],
        conflicts: ['old-api.service'],
      },
    ]);
  });

  test('no secret value goes anywhere', () => {
    const canary = 'kP2vX9qLw7ZtB4nM';
    expect(JSON.stringify(unit(API))).not.toContain(canary);
    const dropIn = read({ 'etc/x.service.d/a.conf': `[Service]\nEnvironment=LICENCE=${canary}\n` });
    expect(dropIn.facts).toHaveLength(1);
    expect(JSON.stringify(dropIn)).not.toContain(canary);
    expect(
      JSON.stringify(
        unit(
          `[Service]\nExecStart=/x --password "${canary}" postgres://u:${canary}@db/x\nEnvironment="A=${canary} two" DB_PW=${canary}\nSetCredential=x:${canary}\n`,
        ),
      ),
    ).not.toContain(canary);
  });

  test('specifiers, templates and what is filled in stay open and make no property', () => {
    expect(
      properties('[Service]\nUser={{ user }}\nExecStart={{ dir }}/x\nWorkingDirectory=%h\nRestart=no\n'),
    ).toEqual({
      restart: 'no',
    });
    expect(unit('[Service]\nUser={{ user }}\nExecStart=/x\n').artifacts.unitFiles[0]?.user).toBe(
      '{{ user }}',
    );
    const { facts, artifacts } = unit(
      '[Service]\nExecStart=/x --q %i\nEnvironment=Q=%i P=%p\n',
      'worker@.service',
    );
    expect(facts[0]).toMatchObject({ name: 'worker@⟨instance⟩.service', nameStatus: 'template' });
    expect(artifacts.unitFiles[0]?.environment).toMatchObject([
      { name: 'Q' },
      { name: 'P', shown: 'worker', digest: expect.any(String) },
    ]);
    expect(artifacts.unitFiles[0]?.environment[0]).not.toHaveProperty('digest');
  });

  test('what stands in a condition of a template is not stated', () => {
    const text = '[Service]\nExecStart=/x\n{% if user %}\nUser=a\n{% endif %}\nGroup=g\n';
    expect(properties(text, 'templates/api.service.j2')).toEqual({ execStart: ['/x'], group: 'g' });
  });

  test.each([
    ['deploy/api.service', 'declared', 'api.service'],
    ['roles/x/templates/api.service.j2', 'declared', 'api.service'],
    ['api.service.template', 'declared', 'api.service'],
    ['api.service.example', 'reference', 'api.service'],
    ['api.service.bak', 'retired', 'api.service'],
    ['packaging/api.service.debian', 'declared', 'api.service'],
    ['packaging/api.service.v235.in', 'declared', 'api.service'],
    ['old/api.service', 'retired', 'api.service'],
    ['api.service.OBSOLETE', 'retired', 'api.service'],
  ])('%s is %s', (path, sort, name) => {
    const { facts, artifacts } = unit('[Service]\nExecStart=/x\n', path);
    expect(facts).toMatchObject([{ sort, name }]);
    expect(artifacts.unitFiles).toMatchObject([{ standing: sort, name, file: path }]);
  });

  test('a name that is chosen where the file is installed is none', () => {
    expect(unit('[Service]\nExecStart=/x\n', 'conf/systemd.service').facts[0]?.nameStatus).toBe('logical');
  });

  test('environments are those of the path', () => {
    expect(unit('[Service]\nExecStart=/x\n', 'deploy/staging/api.service').facts[0]?.environments).toEqual([
      'staging',
    ]);
  });

  test.each([
    ['src/user.service.ts', '[Service]\nUser=a\n'],
    ['docs/api.service.md', '```\n[Service]\nUser=a\n```\n'],
    ['dbus/org.x.service', '[D-BUS Service]\nName=org.x\nExec=/x\n'],
    ['avahi/http.service', '<?xml version="1.0"?>\n<service-group>\n[Service]</service-group>\n'],
    ['multi-user.target.wants/api.service', '[Service]\nExecStart=/x\n'],
    ['etc/systemd/network/10-eth.network', '[Match]\nName=eth0\n[Network]\nDHCP=yes\n'],
  ])('%s is none', (path, text) => {
    expect(read({ [path]: text }).facts).toEqual([]);
  });
});

describe('timers, sockets and paths', () => {
  test('say what they start and when', () => {
    const { artifacts, facts } = read({
      'a/backup.timer': '[Timer]\nOnCalendar=daily\nOnBootSec=5min\n[Install]\nWantedBy=timers.target\n',
      'a/web.socket': '[Socket]\nListenStream=0.0.0.0:8080\nListenStream=/run/web.sock\n',
      'a/in.socket': '[Socket]\nListenStream=[::]:2525\nAccept=yes\n',
      'a/w.path': '[Path]\nPathChanged=/x\nUnit=other.service\n',
    });
    const of = (name: string) => artifacts.unitFiles.find((one) => one.name === name);
    expect(of('backup.timer')).toMatchObject({
      triggers: ['backup.service'],
      schedule: ['daily', 'OnBootSec=5min'],
    });
    expect(of('web.socket')).toMatchObject({
      triggers: ['web.service'],
      ports: [{ port: 8080, address: '0.0.0.0' }],
    });
    expect(of('in.socket')).toMatchObject({
      triggers: ['in@.service'],
      ports: [{ port: 2525, address: '::' }],
    });
    expect(of('w.path')?.triggers).toEqual(['other.service']);
    expect(facts.find(({ name }) => name === 'backup.timer')?.relations).toEqual([
      { type: 'triggers', to: { kind: 'Systemd::Unit', name: 'backup.service' } },
    ]);
  });
});

describe('drop-ins', () => {
  const api = '[Service]\nUser=root\nExecStart=/a\nEnvironment=A=1\n';
  test('change the unit beside them, in the order of their names', () => {
    const { artifacts, facts } = read({
      'etc/api.service': api,
      'etc/api.service.d/20-x.conf': '[Service]\nUser=late\n',
      'etc/api.service.d/10-x.conf': '[Service]\nUser=early\nExecStart=\nExecStart=/b\nEnvironment=A=2\n',
    });
    expect(artifacts.unitFiles).toMatchObject([
      {
        file: 'etc/api.service',
        dropIns: ['etc/api.service.d/10-x.conf', 'etc/api.service.d/20-x.conf'],
        user: 'late',
        execStart: [{ text: '/b', file: 'etc/api.service.d/10-x.conf', line: 4 }],
        environment: [{ name: 'A', shown: '2' }],
      },
    ]);
    expect(facts).toHaveLength(1);
  });

  test('of a unit that a package brings stand for themselves', () => {
    const { artifacts, facts } = read({ 'etc/docker.service.d/x.conf': '[Service]\nLimitNOFILE=9\n' });
    expect(artifacts.unitFiles[0]).not.toHaveProperty('file');
    expect(facts).toMatchObject([{ name: 'docker.service', verb: 'requires' }]);
  });

  test('of several hosts are not mixed', () => {
    const { artifacts } = read({
      'a/api.service': api,
      'b/api.service': api,
      'b/api.service.d/x.conf': '[Service]\nUser=b\n',
    });
    expect(artifacts.unitFiles.map(({ file, user }) => [file, user])).toEqual([
      ['a/api.service', 'root'],
      ['b/api.service', 'b'],
    ]);
  });
});

describe('containers', () => {
  test('quadlets are units that run an image', () => {
    const { facts, artifacts } = read({
      'q/web.container':
        '[Container]\nImage=docker.io/library/nginx:1.29\nPublishPort=127.0.0.1:8080:80\nNetwork=edge.network\n',
      'q/edge.network': '[Network]\nSubnet=10.9.0.0/24\n',
      'q/data.volume': '[Volume]\nVolumeName=shop-data\n',
    });
    expect(facts.map(({ kind, name, nameStatus }) => `${kind} ${name} ${nameStatus}`)).toEqual([
      'Systemd::Unit data-volume.service literal',
      'Docker::Volume shop-data literal',
      'Systemd::Unit edge-network.service literal',
      'Docker::Network systemd-edge resolved',
      'Systemd::Unit web.service literal',
      'Docker::Image docker.io/library/nginx:1.29 literal',
    ]);
    expect(artifacts.unitFiles.find(({ name }) => name === 'web.service')?.ports).toMatchObject([
      { port: 8080, address: '127.0.0.1' },
    ]);
  });

  test('a unit that starts one with docker run uses its image and opens its ports', () => {
    const { facts, artifacts } = unit(
      '[Service]\nExecStart=/usr/bin/docker run --rm --name web -p 8002:80 -v /a:/b --network=edge -e A=b nginx:1.29-alpine nginx -g x\n',
    );
    expect(facts[0]?.relations).toEqual([
      { type: 'uses-image', to: { kind: 'Docker::Image', name: 'nginx:1.29-alpine' } },
    ]);
    expect(artifacts.unitFiles[0]?.ports).toMatchObject([{ port: 8002 }]);
  });
});

test.each([
  ['/x/gunicorn -b 127.0.0.1:8000 app', ['127.0.0.1:8000']],
  ['/usr/bin/node server.js --port=3000 --db-port 5432', ['3000']],
  ['/usr/bin/ssh -p 2222 x', undefined],
  ['/x/prometheus --web.listen-address=0.0.0.0:9090', ['0.0.0.0:9090']],
  ['/usr/bin/php -S 0.0.0.0:8080', ['0.0.0.0:8080']],
  ['/usr/bin/env bundle exec puma -p 3000', ['3000']],
])('ports of %s', (command, ports) => {
  expect(properties(`[Service]\nExecStart=${command}\n`)?.ports).toEqual(ports);
});
