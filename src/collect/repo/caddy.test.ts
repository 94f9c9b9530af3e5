import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { caddy } from './caddy.ts';
import { collectFiles } from './collect-files.ts';

const collected = (files: Record<string, string>) => {
  const { artifacts, facts, unread } = collectFiles(caddy, files);
  return { proxies: artifacts.proxies, facts, unread };
};
const of = (text: string): ProxyConfig => {
  const [config] = collected({ Caddyfile: text }).proxies;
  if (!config) throw new Error('no configuration');
  return config;
};
const routes = ({ routers }: ProxyConfig) =>
  routers
    .filter(({ rule }) => rule !== 'automatic HTTPS')
    .map(({ rule, target, guards }) => [
      rule,
      target.to === 'service'
        ? target.service
        : target.to === 'files'
          ? target.root
          : target.to === 'answer'
            ? target.status
            : target.to,
      ...guards,
    ]);

test('a site alone needs no braces', () => {
  const config = of('quay.io\n\nreverse_proxy localhost:8000\n');
  expect(config.entryPoints.map(({ name, isTls }) => [name, isTls])).toEqual([
    [':443', true],
    [':80', false],
  ]);
  expect(routes(config)).toEqual([['reverse_proxy', 'localhost:8000']]);
  expect(config.routers.at(-1)).toMatchObject({
    rule: 'automatic HTTPS',
    entryPoints: [':80'],
    match: { hosts: ['quay.io'] },
    target: { to: 'answer', status: 308 },
  });
});

test('directives are asked in Caddy’s order, the longest path first, whatever their place', () => {
  const config = of(
    'quay.io {\n\tfile_server\n\troot * /srv\n\treverse_proxy /api/* api:8000\n\treverse_proxy /api/v2/* api2:8000\n\trespond /health 204\n\tredir /old /new permanent\n}\n',
  );
  expect(routes(config)).toEqual([
    ['redir /old', 301],
    ['respond /health', 204],
    ['reverse_proxy /api/v2/*', 'api2:8000'],
    ['reverse_proxy /api/*', 'api:8000'],
    ['file_server', '/srv'],
  ]);
});

test('`route` keeps its order, `handle` does not, `handle_path` takes its prefix off', () => {
  const config = of(
    'quay.io {\n\thandle_path /app/* {\n\t\treverse_proxy app:1\n\t}\n\troute /r/* {\n\t\treverse_proxy r:1\n\t\trespond 404\n\t}\n\thandle {\n\t\trespond 403\n\t}\n}\n',
  );
  expect(routes(config)).toEqual([
    ['handle_path /app/* { reverse_proxy', 'app:1 (/app → )'],
    ['handle { respond', 403],
    ['route /r/* { reverse_proxy', 'r:1'],
    ['route /r/* { respond', 404],
  ]);
  expect(config.services[0]?.rewrites).toEqual({ strip: '/app' });
  expect(config.routers[0]?.match.paths).toEqual([{ how: 'prefix', value: '/app/' }]);
});

test('matchers by name: paths and hosts narrow, anything else is a condition', () => {
  const config = of(
    '*.quay.io {\n\t@a {\n\t\thost a.quay.io\n\t\tpath /x/* /y\n\t}\n\t@b header X-Token abcdef\n\treverse_proxy @a a:1\n\treverse_proxy @b b:1\n}\n',
  );
  expect(config.routers.map(({ match }) => match).slice(0, 2)).toEqual([
    {
      hosts: ['a.quay.io'],
      paths: [
        { how: 'prefix', value: '/x/' },
        { how: 'exact', value: '/y' },
      ],
      other: [],
    },
    { hosts: ['*.quay.io'], paths: [], other: ['@b header X-Token'] },
  ]);
});

test('a password for some paths is asked there, and only there', () => {
  const config = of(
    'quay.io {\n\tbasic_auth /admin/* {\n\t\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT\n\t}\n\treverse_proxy app:1\n}\nin.quay.io {\n\tforward_auth auth:9 {\n\t\turi /v\n\t}\n\treverse_proxy app:1\n}\n',
  );
  expect(routes(config)).toEqual([
    ['reverse_proxy', 'app:1', 'basic_auth'],
    ['reverse_proxy', 'app:1'],
    ['reverse_proxy', 'app:1', 'forward_auth auth:9'],
  ]);
  expect(config.routers[0]?.match.paths).toEqual([{ how: 'prefix', value: '/admin/' }]);
  expect(JSON.stringify(config)).not.toContain('Zkx19');
});

test('each address is served at its own port; options move the ports, and say where it is administered', () => {
  const config = of(
    '{\n\thttp_port 8080\n\tadmin 0.0.0.0:2019\n\tauto_https off\n}\nhttp://a.io {\n\trespond 200\n}\nb.io:9000, :9001 {\n\tbind 127.0.0.1\n\trespond 200\n}\n',
  );
  expect(config.routers.map(({ match, entryPoints }) => [match.hosts, entryPoints])).toEqual([
    [['a.io'], [':8080']],
    [['b.io'], ['127.0.0.1:9000']],
    [[], ['127.0.0.1:9001']],
  ]);
  expect(config.dashboard).toMatchObject({ isOn: true, isGuarded: false, insecurePort: 2019 });
  expect(of('{\n\tadmin off\n}\n:80 {\n\trespond 200\n}\n').dashboard).toMatchObject({ isOn: false });
});

test('snippets, their arguments and imported files; an import that leads nowhere is a blind spot', () => {
  const { proxies } = collected({
    'edge/Caddyfile':
      '(proxy) {\n\treverse_proxy {args[0]}:{args[1]}\n}\nimport sites/*.caddy\na.io {\n\timport proxy app 8000\n\timport missing.conf\n}\n',
    'edge/sites/b.caddy': 'b.io {\n\timport proxy other 9000\n}\n',
  });
  expect(proxies).toHaveLength(1);
  expect(proxies[0]?.files).toEqual(['edge/Caddyfile', 'edge/sites/b.caddy']);
  expect(proxies[0]?.services.map(({ servers }) => servers[0])).toEqual([
    { scheme: 'http', host: 'other', port: 9000, text: 'other:9000' },
    { scheme: 'http', host: 'app', port: 8000, text: 'app:8000' },
  ]);
  expect(proxies[0]?.blindSpots.map(({ what }) => what)).toEqual(['import missing.conf']);
});

test('addresses of every form', () => {
  const config = of(
    ':80 {\n\treverse_proxy https://a.io unix//run/x.sock h2c://b:9 :8080 [::1]:5 {$UP:z:1} c:7000-7002 {\n\t\thealth_uri /up\n\t}\n}\n',
  );
  expect(config.services[0]?.servers.map(({ scheme, host, port }) => [scheme, host, port])).toEqual([
    ['https', 'a.io', 443],
    ['http', '', undefined],
    ['h2c', 'b', 9],
    ['http', 'localhost', 8080],
    ['http', '::1', 5],
    ['http', '', undefined],
    ['http', 'c', 7000],
    ['http', 'c', 7001],
    ['http', 'c', 7002],
  ]);
  expect(config.services[0]?.healthCheck).toEqual({ path: '/up' });
});

test('a snippet may make a site of the block that it is given', () => {
  const config = of(
    '(site) {\n\t{args[0]} {\n\t\t{block}\n\t}\n}\nimport site a.io {\n\treverse_proxy app:1\n}\n',
  );
  expect(config.routers[0]).toMatchObject({ match: { hosts: ['a.io'] }, target: { service: 'app:1' } });
});

test('in JSON `forward_auth` is a guard, and an error an answer', () => {
  const routes = [
    {
      handle: [
        {
          handler: 'reverse_proxy',
          rewrite: { method: 'GET', uri: '/v' },
          handle_response: [{}],
          upstreams: [{ dial: 'auth:9' }],
        },
        { handler: 'reverse_proxy', upstreams: [{ dial: 'app:1' }] },
      ],
    },
    { handle: [{ handler: 'error', status_code: 410 }] },
    { handle: [{ handler: 'invoke', name: 'x' }] },
  ];
  const { proxies } = collected({
    'caddy.json': JSON.stringify({ apps: { http: { servers: { s: { listen: [':80'], routes } } } } }),
  });
  expect(proxies[0]?.routers.map(({ target, guards }) => [target, guards])).toEqual([
    [{ to: 'service', service: 'app:1' }, ['forward_auth']],
    [{ to: 'answer', status: 410 }, []],
  ]);
  expect(proxies[0]?.blindSpots.map(({ what }) => what)).toEqual(['invoke']);
});

test('Caddy’s own JSON', () => {
  const { proxies } = collected({
    'caddy.json': JSON.stringify({
      admin: { listen: ':2019' },
      apps: {
        http: {
          servers: {
            srv0: {
              listen: [':443'],
              routes: [
                {
                  match: [{ host: ['quay.io'] }],
                  handle: [
                    {
                      handler: 'subroute',
                      routes: [
                        {
                          match: [{ path: ['/api/*'] }],
                          handle: [
                            { handler: 'rewrite', strip_path_prefix: '/api' },
                            { handler: 'reverse_proxy', upstreams: [{ dial: 'app:8000' }] },
                          ],
                        },
                        {
                          handle: [
                            {
                              handler: 'authentication',
                              providers: {
                                http_basic: { accounts: [{ username: 'u', password: 'Zx9canary' }] },
                              },
                            },
                            { handler: 'file_server', root: '/srv' },
                          ],
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          },
        },
      },
    }),
  });
  expect(
    proxies[0]?.routers.map(({ match, target, guards }) => [match.hosts, match.paths, target, guards]),
  ).toEqual([
    [['quay.io'], [{ how: 'prefix', value: '/api/' }], { to: 'service', service: 'app:8000 (/api → )' }, []],
    [['quay.io'], [], { to: 'files', root: '/srv' }, ['authentication']],
  ]);
  expect(proxies[0]?.dashboard).toMatchObject({ isOn: true, isGuarded: false, insecurePort: 2019 });
  expect(JSON.stringify([proxies[0]?.routers, proxies[0]?.services])).not.toContain('Zx9canary');
});

test('quotes, heredocs, line ends that go on, and what is not balanced', () => {
  const config = of(
    'quay.io {\n\trespond /a <<HTML\n\t\t<p>{ } "x"\n\t\tHTML 201\n\treverse_proxy \\\n\t\tapp:1 \\\n\t\tapp:2\n}\n',
  );
  expect(routes(config)).toEqual([
    ['respond /a', 201],
    ['reverse_proxy', 'app:1, app:2'],
  ]);
  const { unread } = collected({ Caddyfile: 'quay.io {\n\trespond 200\n' });
  expect(unread.map(({ line, why }) => [line, why.en])).toEqual([
    [1, 'unreadable Caddyfile: a block is not closed'],
  ]);
});

test('a site’s fact has its names, ports and routes', () => {
  const { facts } = collected({ 'staging/Caddyfile': 'a.io, b.io {\n\treverse_proxy app:1\n}\n' });
  expect(facts).toMatchObject([
    {
      kind: 'Caddy::Site',
      name: 'a.io',
      environments: ['staging'],
      properties: { names: ['a.io', 'b.io'], listens: [':443', ':80'] },
    },
  ]);
});

test('names of JavaScript’s own are names like others', () => {
  const config = of(
    'constructor {\n\tredir /a /b constructor\n\treverse_proxy __proto__:1 constructor://x\n\ttoString\n}\n',
  );
  expect(config.routers[0]?.target).toEqual({ to: 'answer', status: 302, location: '/b' });
  expect(config.services[0]?.servers.map(({ host, port }) => [host, port])).toEqual([
    ['__proto__', 1],
    ['x', undefined],
  ]);
});
