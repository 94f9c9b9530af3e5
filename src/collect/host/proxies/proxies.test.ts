import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { HostContainer, HostState, HostUnit } from '#model/host.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { proxyFacts } from '../facts/proxy-facts.ts';
import type { HostSection } from '../section.ts';
import { hostState } from '../test-state.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { runningProxies } from './running.ts';
import { apiAddresses, traefik } from './traefik.ts';

const CANARY = 'canary-7f3a91';
const folder = mkdtempSync(join(tmpdir(), 'constat-proxies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const container = (name: string, image: string, parts: Partial<HostContainer> = {}): HostContainer => ({
  engine: 'docker',
  id: 'a'.repeat(12),
  name,
  image,
  state: 'running',
  restartCount: 0,
  restartPolicy: 'always',
  ports: [],
  networkMode: 'bridge',
  networks: [],
  mounts: [],
  environment: [],
  isPrivileged: false,
  addedCapabilities: [],
  labels: {},
  ...parts,
});
const unit = (name: string, execStart: string, parts: Partial<HostUnit> = {}): HostUnit => ({
  name,
  type: 'service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  dropIns: [],
  needsReload: false,
  isVendor: true,
  execStart: [execStart],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: [],
  conflicts: [],
  hardening: {},
  ...parts,
});
const state = (parts: Partial<HostState>): HostState => ({ ...hostState(), ...parts });

/** Gives a section the answers, in the order of its commands. */
function give(section: HostSection, host: HostState, ...texts: (string | Partial<HostAnswer>)[]): HostState {
  const answers = section.commands(host).map(({ id, operation }, index): [string, HostAnswer] => {
    const text = texts[index] ?? '';
    const parts = typeof text === 'string' ? { stdout: text } : text;
    return [id, { id, operation, end: 'done', code: 0, stdout: '', stderr: '', asRoot: true, ...parts }];
  });
  section.read(new Map(answers), host);
  return host;
}

/** Runs a script as a host does, with programs of the test before those of the machine. */
async function run(script: string): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], {
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  return stdout;
}
function program(name: string, text: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

test('what runs a proxy is known by its image, its command line, its unit, and else by who listens', () => {
  const host = state({
    containers: [
      container('front', 'registry.example/front:1', {
        command: '/docker-entrypoint.sh nginx -g daemon off;',
      }),
      container('edge', 'docker.io/library/nginx:1.29'),
      container('stopped', 'nginx', { state: 'exited' }),
      container('exporter', 'nginx/nginx-prometheus-exporter:1', { command: '/usr/bin/exporter' }),
      container('bad;name', 'nginx'),
    ],
    units: [
      unit('nginx.service', '/usr/sbin/nginx -g daemon on;'),
      unit('box.service', '/usr/bin/podman run --rm nginx'),
      unit('old.service', '/usr/sbin/nginx', { active: 'failed' }),
    ],
    listeners: [
      {
        protocol: 'tcp',
        address: '0.0.0.0',
        port: 80,
        isAnyAddress: true,
        process: { name: 'haproxy', pid: 4 },
      },
    ],
  });
  expect(runningProxies('nginx', host).map(({ id }) => id)).toEqual([
    'nginx.container.front',
    'nginx.container.edge',
    'nginx.unit.nginx.service',
  ]);
  expect(runningProxies('haproxy', host)).toMatchObject([{ id: 'haproxy.process', runsIn: {} }]);
  expect(runningProxies('caddy', host)).toEqual([]);
});

const DUMP = `nginx version: nginx/1.24.0 (Ubuntu)
# configuration file /etc/nginx/nginx.conf:
events {}
http {
  include /etc/nginx/conf.d/*.conf;
}

# configuration file /etc/nginx/conf.d/quay.conf:
upstream api { server 127.0.0.1:8001; }
server {
  listen 443 ssl;
  server_name quay.example;
  ssl_certificate /etc/letsencrypt/live/quay.example/fullchain.pem;
  location /api/ {
    proxy_set_header Authorization "Basic ${CANARY}";
    proxy_pass http://api;
  }
}
`;

test('nginx: what it prints, with its version, and certificates that it uses', () => {
  const host = state({
    units: [unit('nginx.service', '/usr/sbin/nginx -c /etc/nginx/nginx.conf -g daemon on;')],
    certificates: [
      {
        path: '/etc/letsencrypt/live/quay.example/fullchain.pem',
        usedBy: ['certbot'],
        names: ['quay.example'],
        issuer: 'R11',
        from: '2026-01-01T00:00:00Z',
        until: '2026-04-01T00:00:00Z',
        days: 31,
        isSelfSigned: false,
      },
    ],
  });
  expect(nginx.commands(host)[0]).toMatchObject({
    needsRoot: true,
    script: expect.stringContaining('/usr/sbin/nginx -c /etc/nginx/nginx.conf -T -q'),
  });
  give(nginx, host, DUMP);
  expect(host.refusals).toEqual({});
  expect(host.proxies).toMatchObject([
    {
      product: 'nginx',
      source: 'host',
      host: 'quay-1',
      version: '1.24.0',
      runsIn: { unit: 'nginx.service' },
      blindSpots: [],
    },
  ]);
  expect(host.certificates[0]?.usedBy).toContain('quay.example');
  expect(proxyFacts(host)).toMatchObject([
    {
      kind: 'Nginx::Server',
      name: 'quay.example',
      source: 'host',
      sort: 'observed',
      account: 'quay-1',
      relations: [{ type: 'routes-to', to: { kind: 'Nginx::Upstream', name: 'api' } }],
    },
    { kind: 'Nginx::Upstream', name: 'api', properties: { servers: ['127.0.0.1:8001'] } },
  ]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
});

test('half a dump of nginx is never a whole one', () => {
  const host = state({ containers: [container('edge', 'nginx')] });
  give(nginx, host, {
    stdout: DUMP.slice(0, DUMP.indexOf('\n# configuration file /etc/nginx/conf.d')),
    end: 'cut',
  });
  expect(host.refusals.nginx).toMatchObject({ sort: 'failed' });
  expect(host.proxies[0]?.blindSpots).not.toEqual([]);
  const torn = give(nginx, state({ containers: [container('edge', 'nginx')] }), DUMP.slice(0, -30));
  expect(torn.proxies[0]?.blindSpots).not.toEqual([]);
});

test.each<[string, Partial<HostAnswer>, string]>([
  ['a program that is not in the image', { end: 'missing', code: 127 }, 'failed'],
  ['a refusal', { end: 'denied', code: 1 }, 'denied'],
  [
    'a configuration that does not pass',
    { end: 'failed', code: 1, stdout: 'nginx version: nginx/1.2\n' },
    'failed',
  ],
  ['another text', { stdout: 'hello' }, 'failed'],
])('nginx that runs and is not read is a refusal: %s', (_, answer, sort) => {
  const host = give(nginx, state({ containers: [container('edge', 'nginx')] }), answer);
  expect(host.refusals.nginx).toMatchObject({ sort });
  expect(host.proxies).toEqual([]);
});

test('where no proxy runs, nothing is asked and nothing is missing', () => {
  const host = state({ containers: [container('db', 'postgres:17')] });
  for (const section of [traefik, nginx, caddy, haproxy]) {
    expect(section.commands(host)).toEqual([]);
    section.read(new Map(), host);
  }
  expect(host.refusals).toEqual({});
});

test('the commands for nginx in a container run there, and give its certificates', async () => {
  program(
    'docker',
    `shift 2
case "$1 $2" in
  'nginx -v') echo 'nginx version: nginx/1.29.1' >&2 ;;
  'nginx -T') cat <<'DUMP'
${DUMP}DUMP
  ;;
  'cat /etc/letsencrypt/live/quay.example/fullchain.pem') printf '%s\\n' '-----BEGIN CERTIFICATE-----' abc '-----END CERTIFICATE-----' '${CANARY} key' ;;
  *) exit 9 ;;
esac`,
  );
  const host = state({ containers: [container('edge', 'nginx')] });
  const [dump, certificates] = await Promise.all(nginx.commands(host).map(({ script }) => run(script)));
  expect(dump).toMatch(/^nginx version: nginx\/1\.29\.1\n/);
  expect(certificates).toBe(
    'F /etc/letsencrypt/live/quay.example/fullchain.pem\n|-----BEGIN CERTIFICATE-----\n|abc\n|-----END CERTIFICATE-----\n\n',
  );
  give(nginx, host, dump ?? '', certificates ?? '');
  expect(host.proxies).toMatchObject([{ version: '1.29.1', runsIn: { container: 'edge' } }]);
});

const RAW = {
  routers: {
    'api@file': {
      entryPoints: ['websecure'],
      middlewares: ['auth@file'],
      service: 'backend',
      rule: 'Host(`quay.example`) && PathPrefix(`/api`)',
      status: 'enabled',
      using: ['websecure'],
    },
    'api@internal': {
      entryPoints: ['traefik'],
      service: 'api@internal',
      rule: 'PathPrefix(`/api`)',
      status: 'enabled',
    },
  },
  middlewares: {
    'auth@file': { basicAuth: { users: [`admin:$apr1$${CANARY}`] }, status: 'enabled', usedBy: ['api@file'] },
  },
  services: {
    'backend@file': { loadBalancer: { servers: [{ url: 'http://192.168.200.1:8001' }] }, status: 'enabled' },
    'api@internal': { status: 'enabled' },
  },
};

test('Traefik: its API is asked where it listens, and what it makes by itself is told apart', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answers: Record<string, unknown> = {
      '/api/version': { Version: '3.1.2', Codename: 'comte' },
      '/api/rawdata': RAW,
      '/api/entrypoints': [
        { name: 'traefik', address: ':8080' },
        { name: 'websecure', address: ':443', http: { tls: {} } },
      ],
      '/api/overview': { providers: ['Docker', 'File'] },
    };
    response.end(`${JSON.stringify(answers[request.url ?? ''] ?? {})}\n`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  try {
    const host = state({
      units: [
        unit(
          'traefik.service',
          `/usr/bin/traefik --api.insecure --entrypoints.traefik.address=127.0.0.1:${port}`,
        ),
      ],
    });
    const [command] = traefik.commands(host);
    give(traefik, host, await run(command?.script ?? ''));
    expect(asked).toEqual([
      'GET /api/version',
      'GET /api/rawdata',
      'GET /api/entrypoints',
      'GET /api/overview',
    ]);
    expect(host.refusals).toEqual({});
    expect(host.proxies).toMatchObject([
      {
        product: 'traefik',
        version: '3.1.2',
        host: 'quay-1',
        runsIn: { unit: 'traefik.service' },
        blindSpots: [],
      },
    ]);
    const facts = proxyFacts(host);
    const named = facts.map(({ kind, name, builtIn }) => [kind, name, builtIn]);
    expect(named).toContainEqual(['Traefik::Router', 'api', undefined]);
    expect(named).toContainEqual(['Traefik::Router', 'api@internal', true]);
    expect(named).toContainEqual(['Traefik::EntryPoint', 'traefik', true]);
    expect(named).toContainEqual(['Traefik::Middleware', 'auth', undefined]);
    expect(JSON.stringify([host, facts])).not.toContain(CANARY);
  } finally {
    server.close();
  }
});

test('where Traefik may be asked: published ports first, then the addresses of the container', () => {
  const edge = container('edge', 'traefik:v3', {
    ports: [
      { hostAddress: '0.0.0.0', hostPort: 443, containerPort: 443, protocol: 'tcp' },
      { hostAddress: '127.0.0.1', hostPort: 8090, containerPort: 8080, protocol: 'tcp' },
    ],
    networks: [
      { name: 'edge', address: '172.20.0.2', aliases: [] },
      { name: 'x', address: '$(reboot)', aliases: [] },
    ],
  });
  const host = state({ containers: [edge] });
  const [proxy] = runningProxies('traefik', host);
  expect(proxy && apiAddresses(proxy, host)).toEqual(['http://127.0.0.1:8090', 'http://172.20.0.2:8080']);
});

test('without its API Traefik is read of its files and of labels, and that is said', async () => {
  const files = join(folder, 'edge');
  mkdirSync(join(files, 'dynamic'), { recursive: true });
  writeFileSync(
    join(files, 'traefik.yml'),
    'entryPoints:\n  websecure:\n    address: ":443"\nproviders:\n  docker:\n    exposedByDefault: false\n  file:\n    directory: /etc/traefik/dynamic\n',
  );
  writeFileSync(
    join(files, 'dynamic', 'quay.yml'),
    `http:\n  routers:\n    api:\n      rule: Host(\`quay.example\`)\n      service: backend\n      middlewares: [auth]\n  services:\n    backend:\n      loadBalancer:\n        servers:\n          - url: http://192.168.200.1:8001\n  middlewares:\n    auth:\n      basicAuth:\n        users: ["admin:${CANARY}"]\n`,
  );
  writeFileSync(join(files, 'dynamic', 'broken.yml'), 'http: [\n');
  writeFileSync(join(files, 'acme.json'), CANARY);
  const host = state({
    containers: [
      container('edge', 'traefik:v3', {
        mounts: [
          { type: 'bind', source: files, destination: '/etc/traefik', isReadOnly: true },
          {
            type: 'bind',
            source: '/var/run/docker.sock',
            destination: '/var/run/docker.sock',
            isReadOnly: true,
          },
        ],
      }),
      container('shop', 'shop:1', {
        labels: { 'traefik.enable': 'true', 'traefik.http.routers.shop.rule': 'Host(`shop.example`)' },
        ports: [{ hostAddress: '127.0.0.1', hostPort: 8000, containerPort: 80, protocol: 'tcp' }],
      }),
    ],
  });
  const [command] = traefik.commands(host);
  const stdout = await run(command?.script ?? '');
  expect(stdout).not.toContain('acme');
  give(traefik, host, stdout);
  expect(host.refusals.traefik).toMatchObject({ sort: 'failed' });
  const [config] = host.proxies;
  expect(config?.routers.map(({ name, provider }) => [name, provider])).toEqual([
    ['api', 'file'],
    ['shop', 'docker'],
  ]);
  expect(config?.entryPoints).toMatchObject([{ name: 'websecure', port: 443 }]);
  expect(config?.blindSpots.map(({ what }) => what)).toEqual([
    '/api/rawdata',
    join(files, 'dynamic', 'broken.yml'),
  ]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
});

test('an answer of Traefik that breaks off is a blind spot and a refusal', () => {
  const text = `U http://127.0.0.1:8080\nA version\n|{"Version":"3.1.2"}\nA rawdata\n|${JSON.stringify(RAW).slice(0, -20)}\nA entrypoints\n|[]\n`;
  const host = give(traefik, state({ units: [unit('traefik.service', '/usr/bin/traefik')] }), text);
  expect(host.refusals.traefik).toMatchObject({ sort: 'failed' });
  expect(host.proxies[0]?.routers).toEqual([]);
  expect(host.proxies[0]?.blindSpots).not.toEqual([]);
});

test('Caddy: what its admin API gives', () => {
  const text = JSON.stringify({
    apps: {
      http: {
        servers: {
          srv0: {
            listen: [':443'],
            routes: [
              {
                match: [{ host: ['quay.example'] }],
                handle: [
                  {
                    handler: 'authentication',
                    providers: { http_basic: { accounts: [{ username: 'a', password: CANARY }] } },
                  },
                  { handler: 'reverse_proxy', upstreams: [{ dial: '127.0.0.1:8001' }] },
                ],
              },
            ],
          },
        },
      },
    },
  });
  const host = give(caddy, state({ units: [unit('caddy.service', '/usr/bin/caddy run --environ')] }), text);
  expect(host.refusals).toEqual({});
  expect(proxyFacts(host)).toMatchObject([{ kind: 'Caddy::Site', source: 'host', account: 'quay-1' }]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
  for (const odd of [text.slice(0, -9), 'null', '', '[]']) {
    const broken = give(caddy, state({ containers: [container('web', 'caddy:2')] }), odd);
    expect(broken.refusals.caddy).toMatchObject({ sort: 'failed' });
    expect(broken.proxies).toEqual([]);
  }
});

test('HAProxy: the files that it was started with', async () => {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `global\n  stats socket /run/x\ndefaults\n  mode http\nfrontend web\n  bind :443\n  default_backend api\nbackend api\n  http-request set-header Authorization "Basic ${CANARY}"\n  server one 10.0.0.2:80\nlisten stats\n  bind :9000\n  stats auth admin:${CANARY}\n`,
  );
  const host = state({
    units: [
      unit('haproxy.service', '/usr/sbin/haproxy -Ws -f $CONFIG -p $PIDFILE', {
        environment: [{ name: 'CONFIG', secret: false, class: 'plain', digest: 'x', shown: file }],
      }),
    ],
  });
  const [command] = haproxy.commands(host);
  give(haproxy, host, await run(command?.script ?? ''));
  expect(host.refusals).toEqual({});
  const facts = proxyFacts(host);
  expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toContain('HAProxy::Frontend web');
  expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toContain('HAProxy::Backend api');
  expect(JSON.stringify([host, facts])).not.toContain(CANARY);
  const missing = give(haproxy, state({ units: host.units }), `M ${file}\n`);
  expect(missing.refusals.haproxy).toMatchObject({ sort: 'failed' });
});

test('the page that nginx shows at first is nobody’s declaration', () => {
  const text = `nginx version: nginx/1.24.0\n# configuration file /etc/nginx/nginx.conf:\nhttp {\n server { listen 80 default_server; root /var/www/html; server_name _; location / { try_files $uri =404; } }\n}\n`;
  const host = give(nginx, state({ units: [unit('nginx.service', '/usr/sbin/nginx')] }), text);
  expect(proxyFacts(host)).toMatchObject([{ kind: 'Nginx::Server', name: '_', builtIn: true }]);
  const own = give(
    nginx,
    state({ units: [unit('nginx.service', '/usr/sbin/nginx')] }),
    text.replace('try_files $uri =404;', 'proxy_pass http://127.0.0.1:3000;'),
  );
  expect(proxyFacts(own)[0]).not.toHaveProperty('builtIn');
});
