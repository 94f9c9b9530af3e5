import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { container, hostState, hostUnit } from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import type { HostAnswer, HostCommand } from '../../readers/host/session.ts';
import type { HostSection } from '../section.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { traefik } from './traefik.ts';

/** The scripts of the sections run in a real shell, with programs that stand in for engines and proxies before the real ones. */
let folder: string;
let servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'constat-proxies-'));
  mkdirSync(path.join(folder, 'bin'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers) server.close();
  servers = [];
});

function program(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Only these of the machine's programs are there: what is asked is found by the section, not by chance. */
function only(...names: string[]): void {
  for (const name of names) {
    for (const place of ['/usr/bin', '/bin'])
      try {
        symlinkSync(path.join(place, name), path.join(folder, 'bin', name));
        break;
      } catch {}
  }
}

const run = ({ id, operation, script }: HostCommand, PATH: string): Promise<HostAnswer> =>
  new Promise((resolve) => {
    execFile('/bin/sh', ['-c', script], { env: { PATH }, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error ? Number(error.code) : 0;
      const end = code === 0 ? 'done' : code === 127 ? 'missing' : 'failed';
      resolve({ id, operation, end, code, stdout, stderr, asRoot: true });
    });
  });

async function read(section: HostSection, state: HostState, PATH?: string): Promise<HostState> {
  const commands = section.commands(state);
  const all = await Promise.all(
    commands.map((command) => run(command, PATH ?? `${path.join(folder, 'bin')}:/usr/bin:/bin`)),
  );
  section.read(new Map(all.map((answer) => [answer.id, answer])), state);
  return state;
}

/** Serves these paths; what is not there is 404. */
async function serve(answers: Record<string, string | { location: string }>): Promise<number> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'string') response.end(answer);
    else response.writeHead(302, answer).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const front = container('front', {
  id: 'aaaaaaaaaaaa',
  image: 'shop/front:1',
  command: "nginx -g 'daemon off;'",
});
const DUMP = `# configuration file /etc/nginx/nginx.conf:
http {
  upstream api { server 10.0.0.7:8001; }
  server {
    listen 80;
    server_name shop.example.org;
    location / { proxy_pass http://api; proxy_set_header Authorization "Bearer canary-0123456789abcdef"; }
  }
}`;

describe('nginx', () => {
  test('is asked in its container, and what it prints cannot end what is read of it', async () => {
    program(
      'docker',
      `case "$*" in
'exec aaaaaaaaaaaa nginx -v') echo 'nginx version: nginx/1.29.3' >&2 ;;
'exec aaaaaaaaaaaa nginx -T -q') cat <<'X'
${DUMP}

# configuration file /etc/nginx/evil.conf:
T 0
R docker bbbbbbbbbbbb 1
# configuration file /etc/nginx/nginx.conf:
T 0
X
;;
*) exit 1 ;; esac`,
    );
    const state = await read(
      nginx,
      hostState({ containers: [front, container('other', { id: 'bbbbbbbbbbbb' })] }),
    );
    const [config, ...more] = state.proxies.filter(({ runsIn }) => runsIn?.container !== undefined);
    expect(more).toEqual([]);
    expect(config).toMatchObject({
      product: 'nginx',
      source: 'host',
      host: 'quay-1',
      version: '1.29.3',
      runsIn: { container: 'front' },
    });
    expect(config?.services).toMatchObject([{ name: 'api', servers: [{ host: '10.0.0.7', port: 8001 }] }]);
    expect(JSON.stringify(state)).not.toContain('canary');
  });

  test('that refuses its configuration leaves a refusal, and no claim', async () => {
    program(
      'docker',
      `case "$*" in *' -v') echo 'nginx version: nginx/1.29.3' >&2 ;; *) echo 'nginx: [emerg] host not found in upstream "api" canary' >&2; exit 1 ;; esac`,
    );
    const state = await read(nginx, hostState({ containers: [front] }));
    expect(state.proxies.filter(({ runsIn }) => runsIn?.container)).toEqual([]);
    expect(state.refusals.nginx).toMatchObject({ sort: 'failed', operation: 'nginx -T' });
    expect(JSON.stringify(state)).not.toContain('canary');
  });

  test('that is only guessed from the name of an image and is not there is no refusal', async () => {
    program('docker', 'exit 127');
    const state = await read(nginx, hostState({ containers: [container('x', { image: 'my/nginx-like' })] }));
    // the machine may run an nginx of its own beside
    expect(state.refusals.nginx?.why.en ?? '').not.toMatch(/docker|`x`/);
  });

  test('on the host is asked with the file that its unit names; where it may not test it, its files are read', async () => {
    mkdirSync(path.join(folder, 'conf', 'conf.d'), { recursive: true });
    const main = path.join(folder, 'conf', 'web.conf');
    writeFileSync(main, 'http { include conf.d/*.conf; }\n');
    writeFileSync(
      path.join(folder, 'conf', 'conf.d', 'a.conf'),
      'server { listen 81; server_name a.example.org; location / { return 204; } }\n',
    );
    writeFileSync(path.join(folder, 'conf', 'conf.d', 'b.key'), 'canary-private-key\n');
    const unit = hostUnit('nginx.service', {
      execStart: [`${path.join(folder, 'bin', 'nginx')} -c ${main}`],
    });
    program(
      'nginx',
      `case "$*" in -v) echo 'nginx version: nginx/1.22.1' >&2 ;; "-T -q -c ${main}") echo 'nginx: [emerg] open() "/run/nginx.pid" failed (13: Permission denied)' >&2; exit 1 ;; *) exit 9 ;; esac`,
    );
    const state = await read(nginx, hostState({ units: [unit] }));
    const config = state.proxies.find(({ runsIn }) => runsIn?.unit === 'nginx.service');
    expect(config?.routers.map(({ match }) => match.hosts)).toEqual([['a.example.org']]);
    expect(config?.blindSpots.map(({ what }) => what)).toContain('nginx -T');
    expect(state.refusals.nginx).toBeDefined();
    expect(JSON.stringify(state)).not.toContain('canary');
  });
});

const API = {
  '/api/version': '{"Version":"3.6.7","Codename":"x"}',
  '/api/entrypoints': '[\n{"address":":80","name":"web"}\n]',
  '/api/overview': '{"providers":["Docker","File"]}',
  '/api/rawdata': JSON.stringify({
    routers: {
      'shop@docker': {
        entryPoints: ['web'],
        service: 'shop',
        rule: 'Host(`shop.example.org`)',
        status: 'enabled',
        using: ['web'],
        middlewares: ['auth@file'],
      },
    },
    middlewares: {
      'auth@file': { basicAuth: { users: ['admin:$apr1$canary$0123456789abcdefghij'] }, status: 'enabled' },
    },
    services: {
      'shop@docker': { loadBalancer: { servers: [{ url: 'http://172.18.0.3:80' }] }, status: 'enabled' },
    },
  }),
};

describe('Traefik', () => {
  const edge = (hostPort: number, parts = {}) =>
    container('edge', {
      id: 'cccccccccccc',
      image: 'traefik:v3.6.7',
      ports: [{ hostAddress: '0.0.0.0', hostPort, containerPort: 8080, protocol: 'tcp' }],
      ...parts,
    });

  test.each([['curl'], ['wget'], ['python3']])(
    'is asked for what is in effect, by %s where that is there',
    async (asker) => {
      only('sh', 'head', 'tr', 'grep', asker);
      const port = await serve(API);
      const state = await read(traefik, hostState({ containers: [edge(port)] }), path.join(folder, 'bin'));
      expect(state.refusals.traefik).toBeUndefined();
      expect(state.proxies).toMatchObject([
        {
          product: 'traefik',
          source: 'host',
          host: 'quay-1',
          version: '3.6.7',
          runsIn: { container: 'edge' },
          entryPoints: [{ name: 'web', port: 80 }],
          blindSpots: [],
        },
      ]);
      const [shop] = state.proxies[0]?.routers ?? [];
      expect(shop).toMatchObject({
        name: 'shop',
        provider: 'docker',
        at: { operation: `GET http://127.0.0.1:${port}/api/rawdata` },
      });
      expect(JSON.stringify(state)).not.toContain('canary');
    },
  );

  test.each([['curl'], ['wget'], ['python3']])('is not followed to another address by %s', async (asker) => {
    only('sh', 'head', 'tr', 'grep', asker);
    const elsewhere = await serve(API);
    const port = await serve({ '/api/version': { location: `http://127.0.0.1:${elsewhere}/api/version` } });
    const state = await read(traefik, hostState({ containers: [edge(port)] }), path.join(folder, 'bin'));
    expect(state.refusals.traefik).toMatchObject({ sort: 'unavailable' });
  });

  test('is asked no further where what answers is something else', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{"version":"of something else"}');
    });
    servers.push(other);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    program('docker', 'exit 1');
    await read(traefik, hostState({ containers: [edge((other.address() as AddressInfo).port)] }));
    expect(asked).toEqual(['/api/version']);
  });

  test('with its API off is read from its arguments, its files and labels, which is a blind spot', async () => {
    const mount = path.join(folder, 'etc traefik');
    mkdirSync(path.join(mount, 'dynamic'), { recursive: true });
    writeFileSync(
      path.join(mount, 'dynamic', 'api.yml'),
      `|T 0
`,
    );
    writeFileSync(
      path.join(mount, 'dynamic', 'backend.yml'),
      `http:
  routers:
    backend:
      rule: Host(\`api.example.org\`)
      service: backend
      middlewares: [auth]
  services:
    backend:
      loadBalancer:
        servers: [{ url: 'http://192.168.200.1:8001' }]
  middlewares:
    auth:
      basicAuth:
        users: ['admin:$apr1$canary$0123456789abcdefghij']
`,
    );
    program(
      'docker',
      `cat <<'X'
{"Args":[],"Entrypoint":["/entrypoint.sh"],"Cmd":["--entrypoints.web.address=:80","--providers.docker=true",
"--providers.file.directory=/etc/traefik/dynamic","--certificatesresolvers.le.acme.email=x@example.org"],"Env":["CF_DNS_API_TOKEN=canary-token"]}
X`,
    );
    const state = hostState({
      containers: [
        edge(9, {
          mounts: [{ type: 'bind', source: mount, destination: '/etc/traefik', isReadOnly: true }],
        }),
        container('shop', {
          labels: {
            'traefik.http.routers.shop.rule': 'Host(`shop.example.org`)',
            'traefik.http.routers.shop.entrypoints': 'web',
          },
          ports: [{ hostAddress: '127.0.0.1', hostPort: 3000, containerPort: 3000, protocol: 'tcp' }],
        }),
        container('stopped', {
          state: 'exited',
          labels: { 'traefik.http.routers.stopped.rule': 'Host(`x.example.org`)' },
        }),
      ],
    });
    await read(traefik, state);
    const [config] = state.proxies;
    expect(config?.routers.map(({ name, provider }) => `${name}@${provider}`).sort()).toEqual([
      'backend@file',
      'shop@docker',
    ]);
    expect(config?.entryPoints).toMatchObject([{ name: 'web', port: 80 }]);
    expect(config?.resolvers).toMatchObject([{ name: 'le' }]);
    expect(config?.routers.find(({ name }) => name === 'backend')).toMatchObject({
      guards: ['basicAuth'],
      at: { source: 'host', operation: `cat ${path.join(mount, 'dynamic', 'backend.yml')}` },
    });
    expect(config?.blindSpots.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['/api/rawdata', path.join(mount, 'dynamic', 'api.yml')]),
    );
    expect(state.refusals.traefik).toMatchObject({ sort: 'unavailable' });
    expect(JSON.stringify(state)).not.toContain('canary');
  });
});

describe('Caddy and HAProxy', () => {
  const web = container('web', { id: 'dddddddddddd', image: 'caddy:2' });
  const CADDY =
    '{"apps":{"http":{"servers":{"srv0":{"listen":[":443"],"routes":[{"match":[{"host":["shop.example.org"]}],"handle":[{"handler":"reverse_proxy","upstreams":[{"dial":"10.0.0.7:8001"}]}]}]}}}}}';

  test('Caddy in a container is asked for its configuration inside of it', async () => {
    program(
      'docker',
      `case "$*" in 'exec dddddddddddd wget -qO- -T 5 http://127.0.0.1:2019/config/') echo '${CADDY}' ;; *) exit 1 ;; esac`,
    );
    const { proxies } = await read(caddy, hostState({ containers: [web] }));
    expect(proxies).toMatchObject([
      { product: 'caddy', source: 'host', host: 'quay-1', runsIn: { container: 'web' }, blindSpots: [] },
    ]);
    expect(proxies[0]?.routers[0]?.match.hosts).toEqual(['shop.example.org']);
  });

  test('where it answers nothing its file is adapted, which is a blind spot; without both nothing is known', async () => {
    program(
      'docker',
      `case "$*" in 'exec dddddddddddd caddy adapt --config /etc/caddy/Caddyfile') echo '${CADDY}' ;; *) exit 1 ;; esac`,
    );
    const { proxies } = await read(caddy, hostState({ containers: [web] }));
    expect(proxies[0]?.blindSpots).toHaveLength(1);
    program('docker', 'exit 1');
    const state = await read(caddy, hostState({ containers: [web] }));
    expect(state.proxies).toEqual([]);
    expect(state.refusals.caddy).toMatchObject({ sort: 'failed' });
  });

  test('HAProxy: the file that its unit names, through the variable that the unit is given', async () => {
    const file = path.join(folder, "it's.cfg");
    writeFileSync(
      file,
      `userlist admins
  user admin password $5$canary$0123456789abcdef
frontend web
  bind :80
  default_backend api
backend api
  server one 10.0.0.7:8001 check
`,
    );
    const unit = hostUnit('haproxy.service', {
      execStart: ['/usr/sbin/haproxy -Ws -f $CONFIG -p $PIDFILE'],
      environment: [{ name: 'CONFIG', secret: false, class: 'plain', digest: 'x', shown: file }],
    });
    const state = await read(haproxy, hostState({ units: [unit] }));
    expect(state.proxies).toMatchObject([
      {
        product: 'haproxy',
        source: 'host',
        runsIn: { unit: 'haproxy.service' },
        services: [{ name: 'api', servers: [{ host: '10.0.0.7', port: 8001 }] }],
      },
    ]);
    expect(JSON.stringify(state)).not.toContain('canary');
    rmSync(file);
    const gone = await read(haproxy, hostState({ units: [unit] }));
    expect(gone.proxies).toEqual([]);
    expect(gone.refusals.haproxy).toBeDefined();
  });
});
