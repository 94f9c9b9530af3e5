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

test('Swarm takes the labels of deploy', () => {
  const config = only({
    'stack.yml':
      'services:\n  web:\n    image: x\n    deploy:\n      labels:\n        - traefik.http.routers.w.rule=Host(`w.example`)\n        - traefik.http.services.w.loadbalancer.server.port=3000\n',
  });
  expect(config.routers).toMatchObject([{ name: 'w', provider: 'swarm', target: { service: 'w' } }]);
});

test('a router whose container has several services and names none leads nowhere that is known', () => {
  const config = only({
    'compose.yml':
      'services:\n  web:\n    image: x\n    labels:\n      - traefik.http.routers.w.rule=Host(`w.example`)\n      - traefik.http.services.a.loadbalancer.server.port=1\n      - traefik.http.services.b.loadbalancer.server.port=2\n',
  });
  expect(config.routers[0]?.target).toEqual({ to: 'unknown' });
});

test('what Traefik names by itself makes no fact: the project is known when it runs', () => {
  const { facts, artifacts } = read({
    'app/compose.yml':
      'services:\n  web:\n    image: x\n    expose: [3000]\n    labels: [traefik.enable=true]\n',
  });
  expect(artifacts.proxies[0]).toMatchObject({
    routers: [{ name: 'web-app', match: { hosts: ['web-app'] } }],
    services: [{ name: 'web-app', servers: [{ text: 'web:3000' }] }],
  });
  expect(facts).toEqual([]);
});

test('labels of version 1', () => {
  const config = only({
    'compose.yml':
      'services:\n  web:\n    image: x\n    labels:\n      - traefik.frontend.rule=Host:w.example;PathPrefix:/x\n      - traefik.port=8000\n      - traefik.backend=web\n      - traefik.frontend.auth.basic.users=a:b\n',
  });
  expect(config.routers).toMatchObject([
    { name: 'web', match: { hosts: ['w.example'], paths: [{ value: '/x' }] }, guards: ['basicAuth'] },
  ]);
  expect(config.services[0]?.servers).toMatchObject([{ host: 'web', port: 8000 }]);
});

test('an override is completed by its base, and names what it touches alone', () => {
  const { proxies } = read({
    'docker-compose.yml':
      'services:\n  web:\n    image: x\n    labels:\n      - traefik.http.routers.w.rule=Host(`w.example`)\n      - traefik.http.routers.old.rule=Host(`o.example`)\n      - traefik.http.services.w.loadbalancer.server.port=1\n',
    'docker-compose.override.yml':
      'services:\n  web:\n    labels:\n      - traefik.http.routers.w.entrypoints=web\n',
  }).artifacts;
  const override = proxies.find(({ files }) => files[0]?.includes('override'));
  expect(override?.routers).toMatchObject([
    { name: 'w', entryPoints: ['web'], match: { hosts: ['w.example'] } },
  ]);
});

test('a router of TCP leads to the one service of TCP', () => {
  const config = only({
    'compose.yml':
      'services:\n  db:\n    image: postgres\n    expose: [5432]\n    labels:\n      - traefik.tcp.routers.db.rule=HostSNI(`*`)\n      - traefik.tcp.services.sql.loadbalancer.server.port=5432\n',
  });
  expect(config.routers).toMatchObject([{ name: 'db', target: { to: 'service', service: 'sql' } }]);
  expect(config.services).toMatchObject([
    { name: 'sql', servers: [{ scheme: 'tcp', host: 'db', port: 5432 }] },
  ]);
});

test('containers that share a service are its servers', () => {
  const one = (name: string) =>
    `  ${name}:\n    image: x\n    labels:\n      - traefik.http.routers.w.rule=Host(\`w.example\`)\n      - traefik.http.services.w.loadbalancer.server.port=80\n`;
  const config = only({ 'compose.yml': `services:\n${one('blue')}${one('green')}` });
  expect(config.routers).toHaveLength(1);
  expect(config.services.map(({ servers }) => servers.map(({ host }) => host))).toEqual([['blue', 'green']]);
});

test('labels of extended services are the service’s own, its own values first', () => {
  const config = only({
    'compose.yml':
      'services:\n  web:\n    extends: { service: base, file: common.yml }\n    labels:\n      traefik.http.routers.w.rule: Host(`w.example`)\n',
    'common.yml':
      'services:\n  base:\n    image: x\n    labels:\n      traefik.http.routers.w.rule: Host(`base.example`)\n      traefik.http.routers.w.entrypoints: web\n',
  });
  expect(config.routers).toMatchObject([{ match: { hosts: ['w.example'] }, entryPoints: ['web'] }]);
});

test('a file of version 1 holds entry points, frontends and backends at once', () => {
  const config = only({
    'traefik.toml':
      'defaultEntryPoints = ["http"]\n[entryPoints]\n  [entryPoints.http]\n  address = ":80"\n    [entryPoints.http.redirect]\n    entryPoint = "https"\n  [entryPoints.https]\n  address = ":443"\n    [entryPoints.https.tls]\n[file]\n[frontends.f]\nbackend = "b"\n  [frontends.f.routes.one]\n  rule = "Host:f.example"\n[backends.b.servers.s]\nurl = "http://10.1.0.1:80"\n[docker]\nexposedByDefault = false\n',
  });
  expect(config.version).toBe('1');
  expect(config.entryPoints.map(({ name, isTls, redirect }) => [name, isTls, redirect?.entryPoint])).toEqual([
    ['http', false, 'https'],
    ['https', true, undefined],
  ]);
  expect(config.routers).toMatchObject([
    { name: 'f', match: { hosts: ['f.example'] }, target: { service: 'b' } },
  ]);
  expect(config.services[0]?.servers[0]).toMatchObject({ host: '10.1.0.1' });
});
