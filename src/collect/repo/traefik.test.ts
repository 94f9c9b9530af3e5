import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { collectFiles } from './collect-files.ts';
import { traefik } from './traefik.ts';

const read = (files: Record<string, string>) => collectFiles(traefik, files);
const only = (files: Record<string, string>): ProxyConfig => {
  const { proxies } = read(files).artifacts;
  expect(proxies).toHaveLength(1);
  return proxies[0] as ProxyConfig;
};

const STATIC = `
entryPoints:
  web:
    address: ":80"
    http:
      redirections:
        entryPoint:
          to: websecure
          scheme: https
  websecure:
    address: ":443"
    asDefault: true
    http:
      middlewares:
        - secure@file
      tls:
        certResolver: letsencrypt
  dns:
    address: "127.0.0.1:53/udp"
providers:
  docker:
    exposedByDefault: false
  file:
    directory: /etc/traefik/dynamic
certificatesResolvers:
  letsencrypt:
    acme:
      email: ops@quay.example
api:
  dashboard: true
`;
const DYNAMIC = `
http:
  routers:
    api:
      rule: Host(\`quay.example\`) && PathPrefix(\`/api\`)
      service: backend
      middlewares: [auth]
    ws:
      rule: Host(\`quay.example\`) && PathPrefix(\`/ws\`)
      entryPoints: web
      service: backend
      priority: 100
    dash:
      rule: Host(\`edge.quay.example\`)
      service: api@internal
      middlewares:
        - guarded
  services:
    backend:
      loadBalancer:
        healthCheck:
          path: /health
          interval: 10s
        servers:
          - url: "http://192.168.200.1:8001"
  middlewares:
    auth:
      basicAuth:
        users:
          - "admin:canary-7f3a"
    guarded:
      chain:
        middlewares: [auth]
    secure:
      headers:
        stsSeconds: 31536000
        customRequestHeaders:
          X-Api-Key: canary-7f3a
`;
const COMPOSE = `
services:
  traefik:
    image: traefik:v3.1
    volumes:
      - ./traefik.yml:/etc/traefik/traefik.yml:ro
      - ./dynamic:/etc/traefik/dynamic
    ports: ["80:80", "443:443"]
  front:
    image: nginx
    labels:
      - traefik.enable=true
      - traefik.http.routers.front.rule=Host(\`\${DOMAIN:-quay.example}\`)
      - traefik.http.routers.front.entrypoints=web,websecure
      - traefik.http.services.front.loadbalancer.server.port=8080
  hidden:
    image: redis
    labels:
      traefik.http.routers.hidden.rule: Host(\`x.example\`)
`;
const STACK = { 'edge/traefik.yml': STATIC, 'edge/dynamic/quay.yml': DYNAMIC, 'edge/compose.yml': COMPOSE };
const whole = only(STACK);
const router = (config: ProxyConfig, name: string) => config.routers.find((one) => one.name === name);

test('a static file, what it watches and the labels of the compose file that mounts it are one configuration', () => {
  expect(whole).toMatchObject({
    product: 'traefik',
    source: 'repo',
    standing: 'declared',
    version: '3.1',
    runsIn: { container: 'traefik' },
    files: ['edge/traefik.yml', 'edge/compose.yml', 'edge/dynamic/quay.yml'],
    resolvers: [{ name: 'letsencrypt', type: 'acme' }],
    blindSpots: [],
  });
  expect(whole.entryPoints.map(({ at, ...entryPoint }) => [entryPoint, 'line' in at && at.line])).toEqual([
    [
      {
        name: 'web',
        address: '',
        port: 80,
        protocol: 'tcp',
        isTls: false,
        redirect: { scheme: 'https', entryPoint: 'websecure' },
      },
      3,
    ],
    [{ name: 'websecure', address: '', port: 443, protocol: 'tcp', isTls: true }, 10],
    [{ name: 'dns', address: '127.0.0.1', port: 53, protocol: 'udp', isTls: false }, 18],
  ]);
  expect(whole.providers.map(({ at: _, ...one }) => one)).toEqual([
    { name: 'docker', exposedByDefault: false },
    { name: 'file', path: '/etc/traefik/dynamic' },
  ]);
});

test('a router without entry points listens on the default ones and gets what they state', () => {
  expect(router(whole, 'api')).toMatchObject({
    provider: 'file',
    entryPoints: ['websecure'],
    middlewares: ['secure@file', 'auth'],
    match: { hosts: ['quay.example'], paths: [{ how: 'prefix', value: '/api' }] },
    priority: 42,
    target: { to: 'service', service: 'backend' },
    tls: { resolver: 'letsencrypt' },
    guards: ['basicAuth'],
    at: { file: 'edge/dynamic/quay.yml', line: 4 },
  });
  expect(router(whole, 'ws')).toMatchObject({ entryPoints: ['web'], middlewares: [], priority: 100 });
});

test('labels: the service is the only one, the server the compose service at its port, and a container that is not enabled is not served', () => {
  expect(router(whole, 'front')).toMatchObject({
    provider: 'docker',
    entryPoints: ['web', 'websecure'],
    match: { hosts: ['quay.example'] },
    target: { to: 'service', service: 'front' },
    at: { file: 'edge/compose.yml', line: 13 },
  });
  expect(whole.services.find(({ name }) => name === 'front')?.servers).toEqual([
    { scheme: 'http', host: 'front', port: 8080, text: 'front:8080' },
  ]);
  expect(router(whole, 'hidden')).toBeUndefined();
});

test('the dashboard is guarded by what a chain holds', () => {
  expect(whole.dashboard).toMatchObject({ isOn: true, router: 'dash', isGuarded: true });
  expect(whole.dashboard?.insecurePort).toBeUndefined();
  const open = only({
    ...STACK,
    'edge/dynamic/quay.yml': DYNAMIC.replace('        - guarded\n', '        - secure\n'),
  });
  expect(open.dashboard).toMatchObject({ isGuarded: false });
});

test('facts bear hosts, paths and where each leads', () => {
  const { facts } = read(STACK);
  const of = (kind: string, name: string) => facts.find((one) => one.kind === kind && one.name === name);
  expect(of('Traefik::Router', 'api')).toMatchObject({
    source: 'repo',
    sort: 'declared',
    nameStatus: 'literal',
    properties: {
      provider: 'file',
      hosts: ['quay.example'],
      paths: ['PathPrefix(/api)'],
      entryPoints: ['websecure'],
      middlewares: ['secure', 'auth'],
    },
    relations: [
      { type: 'routes-to', to: { kind: 'Traefik::Service', name: 'backend' } },
      { type: 'uses-middleware', to: { kind: 'Traefik::Middleware', name: 'secure' } },
      { type: 'uses-middleware', to: { kind: 'Traefik::Middleware', name: 'auth' } },
      { type: 'listens-on', to: { kind: 'Traefik::EntryPoint', name: 'websecure' } },
    ],
  });
  expect(of('Traefik::Service', 'front')).toMatchObject({
    properties: { servers: ['front:8080'] },
    relations: [{ type: 'routes-to', to: { kind: 'Compose::Service', name: 'front', scope: 'edge' } }],
  });
  expect(of('Traefik::EntryPoint', 'web')?.properties).toEqual({ port: 80, protocol: 'tcp' });
});

test('no credential of files or labels is kept anywhere', () => {
  const secret = 'canary-7f3a';
  const labels = `
services:
  web:
    image: x
    labels:
      - traefik.enable=true
      - "traefik.http.middlewares.a.basicauth.users=admin:${secret}"
      - traefik.http.middlewares.b.headers.customrequestheaders.X-Key=${secret}
      - traefik.http.middlewares.c.plugin.bouncer.crowdsecLapiKey=${secret}
      - traefik.http.routers.w.rule=Host(\`a.example\`) && Header(\`X-Api-Key\`, \`${secret}\`)
      - traefik.http.services.w.loadbalancer.server.url=http://u:${secret}@back:80
      - traefik.frontend.auth.basic=admin:${secret}
  edge:
    image: traefik:v2.11
    environment: { TRAEFIK_PILOT_TOKEN: ${secret}, TRAEFIK_API_INSECURE: "true", TRAEFIK_PROVIDERS_DOCKER: "true" }
    command: --pilot.token=${secret} --api.insecure=true --providers.docker
`;
  const flow = `http: { routers: { r: { rule: "Query(\`token=${secret}\`)", service: s } }, middlewares: { a: { digestAuth: { users: ["x:${secret}"] } } } }\n`;
  const found = read({ ...STACK, 'c/compose.yml': labels, 'd.yml': flow });
  expect(found.artifacts.proxies.length).toBe(3);
  expect(JSON.stringify(found)).not.toContain('canary');
});

const FLAGS = `
services:
  proxy:
    image: docker.io/library/traefik:2.11
    command:
      - --entryPoints.web.address=:80
      - "--entrypoints.websecure.address=0.0.0.0:443"
      - --providers.docker=true
      - --providers.docker.exposedbydefault=false
      - --certificatesresolvers.le.acme.email=a@b.example
      - --api.insecure
`;

test('flags of a command are a static configuration; the insecure dashboard has its own entry point', () => {
  const config = only({ 'compose.yml': FLAGS });
  expect(config).toMatchObject({ version: '2.11', files: ['compose.yml'] });
  expect(config.entryPoints.map(({ name, address, port }) => [name, address, port])).toEqual([
    ['web', '', 80],
    ['websecure', '0.0.0.0', 443],
    ['traefik', '', 8080],
  ]);
  expect(config.providers[0]).toMatchObject({ name: 'docker', exposedByDefault: false, at: { line: 8 } });
  expect(config.dashboard).toMatchObject({ insecurePort: 8080, isGuarded: false, at: { line: 11 } });
});

test.each([
  ['one text', '    command: traefik --entrypoints.web.address=:80 --providers.docker\n'],
  ['a folded text', '    command: >\n      --entrypoints.web.address=:80\n      --providers.docker\n'],
  [
    'variables',
    '    environment:\n      - TRAEFIK_ENTRYPOINTS_WEB_ADDRESS=:80\n      - TRAEFIK_PROVIDERS_DOCKER=true\n',
  ],
])('static options as %s', (_, lines) => {
  const config = only({ 'compose.yml': `services:\n  traefik:\n    image: traefik\n${lines}` });
  expect(config.entryPoints.map(({ name, port }) => [name, port])).toEqual([['web', 80]]);
  expect(config.providers.map(({ name }) => name)).toEqual(['docker']);
});

test('a Traefik whose options stand in no file of the repository is a blind spot', () => {
  const config = only({
    'compose.yml':
      'services:\n  traefik:\n    image: traefik:v3\n    volumes: ["/srv/traefik.yml:/etc/traefik/traefik.yml"]\n',
  });
  expect(config.blindSpots.map(({ what }) => what)).toEqual(['static configuration']);
  expect(config.entryPoints).toEqual([]);
});

test('a watched folder that leads to no file of the repository is a blind spot', () => {
  const { 'edge/dynamic/quay.yml': _, ...rest } = STACK;
  expect(only(rest).blindSpots.map(({ what }) => what)).toEqual(['providers.file /etc/traefik/dynamic']);
});

test('TOML is the same as YAML, with its own lines', () => {
  const config = only({
    'edge.toml': `[entryPoints.web]\naddress = ":80"\n\n[providers.file]\nfilename = "/etc/traefik/routes.toml"\n`,
    'routes.toml': `[http.routers.api]\n  rule = "Host(\`quay.example\`)"\n  service = "api"\n\n[[http.services.api.loadBalancer.servers]]\n  url = "http://10.0.0.2:9000"\n`,
  });
  expect(router(config, 'api')).toMatchObject({
    match: { hosts: ['quay.example'] },
    at: { file: 'routes.toml', line: 1 },
  });
  expect(config.services[0]?.servers[0]).toMatchObject({ host: '10.0.0.2', port: 9000 });
});

test('dynamic files that nothing claims are one configuration for each folder, whatever they are called', () => {
  const { proxies } = read({
    'a/quay.yml': DYNAMIC,
    'a/other.yaml': 'tcp:\n  routers:\n    db:\n      rule: HostSNI(`*`)\n',
    'b/x.yml': DYNAMIC,
  }).artifacts;
  expect(proxies.map(({ files, entryPoints }) => [files, entryPoints])).toEqual([
    [['a/other.yaml', 'a/quay.yml'], []],
    [['b/x.yml'], []],
  ]);
});

test('of two files of one folder that define a name, the first counts', () => {
  const named = (url: string) =>
    `http:\n  services:\n    s:\n      loadBalancer:\n        servers:\n          - url: ${url}\n`;
  const config = only({ 'd/a.yml': named('http://one:80'), 'd/b.yml': named('http://two:80') });
  expect(config.services.map(({ servers }) => servers[0]?.host)).toEqual(['one']);
});

test('templates in a file are a blind spot, and the rest of it is read', () => {
  const config = only({
    'dynamic/t.yml':
      'http:\n  routers:\n    {{ if env "X" }}\n    api:\n      rule: "Host(`{{ env "DOMAIN" }}`)"\n      service: api\n    {{ end }}\n',
  });
  expect(config.blindSpots[0]?.what).toBe('templates');
  expect(config.routers.map(({ name, match }) => [name, match.hosts])).toEqual([['api', ['${template}']]]);
});

test('of several documents Traefik reads the first', () => {
  const config = only({
    'd.yml': `---\n${DYNAMIC}---\nhttp:\n  routers:\n    late:\n      rule: Host(\`l.example\`)\n`,
  });
  expect(router(config, 'late')).toBeUndefined();
  expect(config.blindSpots.map(({ what }) => what)).toEqual(['documents after the first']);
  expect(router(config, 'api')?.at).toMatchObject({ line: 5 });
});

test('a unit that starts it with a file of the repository runs that file', () => {
  const config = only({
    'traefik.yml': STATIC.replace('/etc/traefik/dynamic', './dynamic'),
    'dynamic/a.yml': DYNAMIC,
    'traefik.service': '[Service]\nExecStart=/usr/local/bin/traefik --configfile=/etc/traefik/traefik.yml\n',
  });
  expect(config).toMatchObject({
    runsIn: { unit: 'traefik.service' },
    files: ['traefik.yml', 'traefik.service', 'dynamic/a.yml'],
  });
});

test.each([
  ['retired/traefik.yml', STATIC, 'retired'],
  ['traefik.yml.example', STATIC, 'reference'],
  ['quay.yml.bak', DYNAMIC, 'retired'],
])('%s is not the running one', (file, text, standing) => {
  expect(only({ [file]: text }).standing).toBe(standing);
});

test.each([
  ['values.yaml', 'providers:\n  kubernetesCRD: {}\nports:\n  web: {}\ndeployment: {}\nimage: traefik\n'],
  [
    'k8s.yml',
    'apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nspec:\n  routes: []\n  entryPoints: [web]\n',
  ],
  ['mkdocs.yml', 'site_name: traefik\nnav: []\n'],
  ['app.yml', 'http:\n  port: 80\nrouters: []\n'],
  ['compose.yml', 'services:\n  who:\n    image: traefik/whoami\n'],
  ['.github/workflows/ci.yml', DYNAMIC],
])('%s is none of Traefik’s', (file, text) => {
  expect(read({ [file]: text })).toMatchObject({ facts: [], artifacts: { proxies: [] }, unread: [] });
});

test('a file that does not parse is told, its text is not', () => {
  const { unread } = read({ 'd.yml': 'http:\n  routers:\n    a: [canary-7f3a\n  services: {}\n' });
  expect(unread).toHaveLength(1);
  expect(JSON.stringify(unread)).not.toContain('canary');
});

test('hostile texts end soon and give nothing false', () => {
  const deep = `http:\n  routers:\n    a: ${'{a: '.repeat(2000)}1${'}'.repeat(2000)}\n`;
  const long = `http:\n  routers:\n    a:\n      rule: ${'Host(`a`) || '.repeat(20_000)}x\n`;
  const label = `services:\n  a:\n    image: x\n    labels:\n      - traefik.${'a.'.repeat(3000)}b=1\n      - traefik.http.routers.__proto__.rule=Host(\`p.example\`)\n`;
  const started = performance.now();
  const { artifacts } = read({
    'deep.yml': deep,
    'long.yml': long,
    'compose.yml': label,
    'exec.service': `ExecStart=${'-'.repeat(50_000)}traefik ${'\\'.repeat(5000)}`,
  });
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(artifacts.proxies.flatMap(({ routers }) => routers.map(({ name }) => name))).toContain('__proto__');
  expect(({} as Record<string, unknown>).rule).toBeUndefined();
});
