import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { collectFiles } from './collect-files.ts';
import { haproxy } from './haproxy.ts';

const collected = (text: string, file = 'haproxy.cfg') => {
  const { artifacts, facts } = collectFiles(haproxy, { [file]: text });
  return { config: artifacts.proxies[0] as ProxyConfig, facts };
};
const HTTP = 'defaults\n  mode http\n';
const routes = ({ routers }: ProxyConfig) =>
  routers.map(({ match, target }) => [
    match.hosts.join(' '),
    match.paths.map(({ how, value }) => `${how} ${value}`).join(' '),
    match.other.join(' '),
    target.to === 'service' ? target.service : target.to === 'answer' ? target.status : target.to,
  ]);

test('rules are asked in their order, then the default backend', () => {
  const { config } = collected(
    `${HTTP}frontend web\n  bind *:80\n  acl api path_beg /api /v2\n  acl app hdr(host) -i App.quay.io www.quay.io\n  acl app hdr_end(host) -i .app.io\n  acl own src 10.0.0.0/8\n  http-request redirect scheme https code 301 unless { ssl_fc }\n  http-request deny if { path /secret } !own\n  use_backend be_api if app api\n  use_backend be_static if { path_end .css } or { hdr_beg(host) static. }\n  default_backend be_app\nbackend be_api\n  server a 10.0.0.1:8001\nbackend be_app\n  server b app:80\nbackend be_static\n  server c static:80\n`,
  );
  expect(routes(config)).toEqual([
    ['', '', 'unless { ssl_fc }', 301],
    ['', 'exact /secret', '!own', 403],
    ['app.quay.io www.quay.io *.app.io', 'prefix /api prefix /v2', '', 'be_api'],
    ['', 'regex \\.css$', '', 'be_static'],
    ['static.*', '', '', 'be_static'],
    ['', '', '', 'be_app'],
  ]);
});

test('binds of every form, TLS and certificates', () => {
  const { config } = collected(
    `${HTTP}frontend web\n  bind :80,127.0.0.1:8080\n  bind [::]:443 ssl crt /etc/ssl/a.pem alpn h2\n  bind quic4@:443 ssl crt /etc/ssl/a.pem\n  bind /run/h.sock\n  bind *:9000-9001\n  bind ":\${PORT}"\n  default_backend b\nbackend b\n  server s s:1\n`,
  );
  expect(config.entryPoints.map(({ name, isTls }) => [name, isTls])).toEqual([
    ['*:80', false],
    ['127.0.0.1:8080', false],
    ['[::]:443', true],
    ['*:443/udp', true],
    ['/run/h.sock', false],
    ['*:9000', false],
    ['*:9001', false],
    [':${PORT}', false],
  ]);
  expect(config.routers[0]?.tls).toEqual({ certificate: '/etc/ssl/a.pem' });
});

test('servers: backup, disabled, TLS, templates, and the check', () => {
  const { config } = collected(
    `${HTTP}  option httpchk GET /health\n  default-server check inter 2s\nbackend b\n  server a 10.0.0.1:80 backup\n  server c c.io:443 ssl verify none disabled\n  server u unix@/run/x.sock\n  server-template w 1-3 w.io:8080\n`,
  );
  expect(config.services[0]).toMatchObject({
    name: 'b',
    healthCheck: { path: '/health' },
    servers: [
      { scheme: 'http', host: '10.0.0.1', port: 80, isBackup: true },
      { scheme: 'https', host: 'c.io', port: 443, isDown: true },
      { host: '' },
      { host: 'w.io', port: 8080 },
    ],
  });
});

test('a frontend of TCP serves no host; `mode` is TCP where nothing says', () => {
  const { config } = collected('listen db\n  bind :5432\n  server a 10.0.0.9:5432\n');
  expect(config.routers[0]).toMatchObject({
    provider: 'tcp',
    match: { other: ['tcp'] },
    target: { service: 'db' },
  });
  expect(config.services[0]?.servers[0]?.scheme).toBe('tcp');
});

test('the page of statistics, with a password and without', () => {
  const open = collected(`${HTTP}listen s\n  bind :8404\n  stats enable\n  stats uri /s\n`).config;
  expect(open.dashboard).toMatchObject({ isOn: true, isGuarded: false, router: 's stats uri /s' });
  const closed = collected(`${HTTP}listen s\n  bind :8404\n  stats uri /s\n  stats auth a:b\n`).config;
  expect(closed.dashboard).toMatchObject({ isGuarded: true });
  expect(closed.routers[0]?.guards).toEqual(['stats auth']);
});

test('a password is a guard where nobody passes it by', () => {
  const { config } = collected(
    `${HTTP}userlist u\n  user bob insecure-password x\nfrontend web\n  bind :80\n  use_backend in if { path_beg /in }\n  default_backend out\nbackend in\n  http-request auth realm x unless { http_auth(u) }\n  server a a:1\nbackend out\n  acl ok http_auth(u)\n  http-request auth if { path_beg /some } !ok\n  server b b:1\n`,
  );
  expect(config.routers.map(({ guards }) => guards)).toEqual([['http-request auth'], []]);
});

test('`defaults` hand down, by name too; a backend of a map is unknown, and told', () => {
  const { config } = collected(
    `defaults tcp\n  mode tcp\ndefaults web\n  mode http\n  default_backend fallback\nfrontend a from tcp\n  bind :1\nfrontend b\n  bind :2\n  use_backend %[req.hdr(host),map(/m)]\n.if defined(X)\n  use_backend x\n.endif\nbackend fallback\n  server s s:1\n`,
  );
  expect(config.routers.map(({ site, target }) => [site, target.to])).toEqual([
    ['b', 'unknown'],
    ['b', 'service'],
    ['b', 'service'],
  ]);
  expect(config.blindSpots.map(({ what }) => what)).toEqual([
    '.if defined(X)',
    '.endif',
    'backend %[req.hdr(host),map(/m)]',
  ]);
});

test('no secret value gets in', () => {
  const canary = 'Zx9canaryQ7';
  const { config, facts } = collected(
    `${HTTP}userlist u\n  user bob insecure-password ${canary}\nfrontend web\n  bind :80\n  acl key req.hdr(x-api-key) -m str ${canary}\n  acl k2 cook(session) ${canary}\n  http-request deny if !key\n  http-request deny if { hdr(authorization) -m str "Bearer ${canary}" }\n  http-request set-header Authorization "Basic ${canary}"\n  http-request return status 200 content-type text/plain string "${canary}"\n  use_backend b if { urlp(token) ${canary} } k2\n  stats enable\n  stats auth admin:${canary}\nbackend b\n  server a a:1\n`,
  );
  expect(config.routers.length).toBeGreaterThan(3);
  expect(JSON.stringify([config, facts])).not.toContain(canary);
});

test('facts: frontends, backends and what leads where', () => {
  const { facts } = collected(
    `${HTTP}frontend web\n  bind :80\n  default_backend app\nbackend app\n  server a 10.0.0.1:80\n  server b 10.0.0.2:80\n`,
    'prod/haproxy.cfg',
  );
  expect(facts).toMatchObject([
    {
      kind: 'HAProxy::Frontend',
      name: 'web',
      environments: ['prod'],
      properties: { listens: ['*:80'], routes: ['* → app'] },
      relations: [{ type: 'routes-to', to: { kind: 'HAProxy::Backend', name: 'app' } }],
    },
    { kind: 'HAProxy::Backend', name: 'app', properties: { servers: ['10.0.0.1:80', '10.0.0.2:80'] } },
  ]);
});

test('names of JavaScript’s own are names like others', () => {
  const { config } = collected(
    `${HTTP}frontend __proto__\n  bind :80\n  http-request constructor x\n  default_backend toString\nbackend toString\n  server a constructor:1\n`,
  );
  expect(routes(config)).toEqual([['', '', '', 'toString']]);
});
