import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { nginxFromDump } from './dump.ts';

const at = { source: 'host', operation: 'nginx -T', at: '2026-03-01T08:00:00Z' } as const;
const dump = (files: Record<string, string>, before = '') =>
  nginxFromDump(
    before +
      Object.entries(files)
        .map(([path, text]) => `# configuration file ${path}:\n${text}\n\n`)
        .join(''),
    at,
    { container: 'edge' },
  );
/** A server alone, as `nginx -T` would print it. */
const served = (server: string, http = ''): ProxyConfig =>
  dump({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n${http}\nserver {\n${server}\n}\n}` }).config;
const routes = ({ routers }: ProxyConfig) =>
  routers.map(({ rule, target }) => [
    rule,
    target.to === 'service'
      ? target.service
      : target.to === 'files'
        ? target.root
        : target.to === 'answer'
          ? [target.status, target.location].filter((part) => part !== undefined).join(' ')
          : target.to === 'internal'
            ? target.what
            : '?',
  ]);

test('files that were included are put where the include stands, warnings before them left out', () => {
  const { config, certificates } = dump(
    {
      '/etc/nginx/nginx.conf': 'events {}\nhttp { include mime.types; include /etc/nginx/conf.d/*.conf; }',
      '/etc/nginx/mime.types': 'types { text/html html; }',
      '/etc/nginx/conf.d/a.conf':
        'server { listen 443 ssl; server_name A.example.org; include snippets/tls.conf; }',
      '/etc/nginx/snippets/tls.conf': 'ssl_certificate /etc/ssl/a.pem;\nssl_certificate_key /etc/ssl/a.key;',
      '/etc/nginx/conf.d/b.conf':
        'server { listen 80; server_name b.example.org; return 301 https://$host$request_uri; }',
    },
    'nginx: [warn] the "user" directive makes sense only if the master process runs\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
  );
  expect(config.blindSpots).toEqual([]);
  expect(config.source).toBe('host');
  expect(config.runsIn).toEqual({ container: 'edge' });
  expect(config.routers.map(({ name, match }) => [name, match.hosts])).toEqual([
    ['a.example.org server', ['a.example.org']],
    ['b.example.org return 301', ['b.example.org']],
  ]);
  expect(certificates).toEqual([{ path: '/etc/ssl/a.pem', usedBy: ['a.example.org'] }]);
  expect(config.routers[1]?.at).toEqual({
    ...at,
    excerpt:
      '/etc/nginx/conf.d/b.conf:1 server { listen 80; server_name b.example.org; return 301 https://$host$request_uri; }',
  });
});

test('an output with no file in it says nothing of what is served', () => {
  expect(
    nginxFromDump('nginx: [emerg] open() failed (13: Permission denied)\n', at).config.blindSpots,
  ).toHaveLength(1);
});

test('an include of which the file was not printed is a blind spot; a pattern that fits none is not', () => {
  const { config } = dump({ '/etc/nginx/nginx.conf': 'http { include x.conf; include conf.d/*.conf; }' });
  expect(config.blindSpots.map(({ what }) => what)).toEqual(['include x.conf']);
});

test('every form of `listen`', () => {
  const config = served(
    'listen 80 default_server; listen [::]:80; listen 127.0.0.1:8080; listen 443 ssl; listen 443 quic reuseport; listen unix:/run/n.sock; listen 10.0.0.1; listen localhost:8000; listen 9000-9002;',
  );
  expect(config.entryPoints.map(({ name, address, port, isTls }) => [name, address, port, isTls])).toEqual([
    ['*:80', '', 80, false],
    ['[::]:80', '::', 80, false],
    ['127.0.0.1:8080', '127.0.0.1', 8080, false],
    ['*:443', '', 443, true],
    ['*:443/udp', '', 443, true],
    ['unix:/run/n.sock', 'unix:/run/n.sock', 0, false],
    ['10.0.0.1:80', '10.0.0.1', 80, false],
    ['localhost:8000', 'localhost', 8000, false],
    ['*:9000', '', 9000, false],
    ['*:9001', '', 9001, false],
    ['*:9002', '', 9002, false],
  ]);
  expect(served('').entryPoints.map(({ name }) => name)).toEqual(['*:80']);
});

test('names: lists, wildcards, expressions, a dot before', () => {
  const { routers } = served('server_name Example.org *.example.net .example.com ~^(?<u>.+)\\.Example$ _;');
  expect(routers[0]?.match.hosts).toEqual([
    'example.org',
    '*.example.net',
    'example.com',
    '*.example.com',
    '~^(?<u>.+)\\.Example$',
  ]);
});

test('the first server of a port takes what no name fits, unless another says that it does', () => {
  const { config } = dump({
    '/etc/nginx/nginx.conf':
      'http { server { listen 80; server_name a; } server { listen 80 default_server; listen 81; server_name b; } }',
  });
  expect(config.routers.map(({ name, defaultOn }) => [name, defaultOn])).toEqual([
    ['a server', undefined],
    ['b server', ['*:80', '*:81']],
  ]);
});

test('`proxy_pass` with a path puts it in the place of the prefix, and without one keeps the request’s', () => {
  const config = served(
    'location /api/ { proxy_pass http://app/v1/; }\nlocation /same/ { proxy_pass http://app/same/; }\nlocation / { proxy_pass http://app; }\nlocation /ip/ { proxy_pass https://[2001:db8::1]:8443; }\nlocation /sock/ { proxy_pass http://unix:/run/a.sock:/x/; }',
    'upstream app { server 10.0.0.1:8001 weight=2; server app2 backup; server 10.0.0.3 down; keepalive 8; zone a 64k; }',
  );
  const [api, same, plain, six, socket] = config.routers.map(({ target }) =>
    config.services.find(({ name }) => target.to === 'service' && name === target.service),
  );
  expect(api?.rewrites).toEqual({ strip: '/api/', add: '/v1/' });
  expect(api?.servers).toHaveLength(3);
  expect(same?.rewrites).toBeUndefined();
  expect(plain).toMatchObject({
    name: 'app',
    servers: [
      { scheme: 'http', host: '10.0.0.1', port: 8001, text: '10.0.0.1:8001 weight=2' },
      { host: 'app2', port: 80, isBackup: true },
      { host: '10.0.0.3', port: 80, isDown: true },
    ],
  });
  expect(six?.servers).toEqual([
    { scheme: 'https', host: '2001:db8::1', port: 8443, text: 'https://[2001:db8::1]:8443' },
  ]);
  expect(socket).toMatchObject({
    servers: [{ host: '', path: '/x/' }],
    rewrites: { strip: '/sock/', add: '/x/' },
  });
});

test('variables are put in where `set` and `map` settle them, and stay where a request does', () => {
  const config = served(
    'set $up backend:8000;\nlocation /a { proxy_pass http://$up; }\nlocation /b { proxy_pass http://$pool; }\nlocation /c { set $up other:1; if ($arg_x) { set $up third:1; } proxy_pass http://$up; }\nlocation /d { proxy_pass http://$http_host$request_uri; }\nlocation /e { proxy_pass http://$kept:9000; }\nlocation /f { set $kept x:9; proxy_pass http://$cookie_pool; }',
    'map $host $pool { default pool:1; a.example pool:1; }\nmap $host $cookie_pool { default p:1; ~b q:2; }\nmap $kept $never { default 1; }',
  );
  const servers = config.routers.map(({ target }) => {
    const service = config.services.find(({ name }) => target.to === 'service' && name === target.service);
    return service?.servers.map(({ host, port }) => [host, port]);
  });
  expect(servers.slice(0, 6)).toEqual([
    [['backend', 8000]],
    [['pool', 1]],
    [['', undefined]],
    [['', undefined]],
    [['', undefined]],
    [['', undefined]],
  ]);
});

test('what is handed down: guards, roots and limits, until a level has its own', () => {
  const config = served(
    'root /srv/www;\nauth_basic "x";\nallow 10.0.0.0/8; allow 192.168.0.0/16; deny all;\nlimit_req zone=one burst=5;\nlocation / { }\nlocation /open { auth_basic off; allow all; }\nlocation /closed { deny all; }\nlocation /sso { auth_basic off; auth_request /auth; deny 1.2.3.4; root /srv/other; }\nlocation = /auth { internal; proxy_pass http://sso:1; }\nlocation /mtls { ssl_verify_client on; limit_conn addr 1; }',
    'auth_basic off;',
  );
  const told = Object.fromEntries(config.routers.map((one) => [one.rule, one]));
  expect(told['location /']?.guards).toEqual(['auth_basic', 'allow 10.0.0.0/8, 192.168.0.0/16']);
  expect(told['location /']?.target).toEqual({ to: 'files', root: '/srv/www' });
  expect(told['location /']?.middlewares).toEqual(['limit_req zone=one burst=5']);
  expect(told['location /open']?.guards).toEqual([]);
  expect(told['location /closed']?.target).toEqual({ to: 'answer', status: 403 });
  expect(told['location /sso']?.guards).toEqual(['auth_request /auth']);
  expect(told['location /sso']?.target).toEqual({ to: 'files', root: '/srv/other' });
  expect(told['location = /auth']?.match.other).toEqual(['internal']);
  expect(told['location /mtls']?.guards).toContain('ssl_verify_client');
  expect(told['location /mtls']?.middlewares).toEqual(['limit_conn addr 1']);
});

test('locations of every sort, nested and named, and what an `if` leads elsewhere', () => {
  const config = served(
    'if ($host = www.example.org) { return 301 https://example.org$request_uri; }\nif ($http_user_agent ~ bot) { return 403; }\nlocation = /health { return 200 "ok"; }\nlocation ^~ /static/ { alias /srv/static/; }\nlocation ~ \\.php$ { fastcgi_pass unix:/run/php.sock; }\nlocation ~* \\.(png|JPG)$ { expires max; }\nlocation / { try_files $uri @app; location /in { grpc_pass grpc://g:50051; } }\nlocation @app { uwsgi_pass app:3031; }\nlocation /old { rewrite ^ https://new.example$request_uri? permanent; }\nlocation /status { stub_status; allow 127.0.0.1; deny all; }\nlocation /lua { content_by_lua_file x.lua; }',
    'root /srv;',
  );
  expect(routes(config)).toEqual([
    ['if ($host = www.example.org)', '301 https://example.org$request_uri'],
    ['if ($http_user_agent ~ bot)', '403'],
    ['location = /health', '200'],
    ['location ^~ /static/', '/srv/static/'],
    ['location ~ \\.php$', 'fastcgi://unix:/run/php.sock'],
    ['location ~* \\.(png|JPG)$', '/srv'],
    ['location /', 'uwsgi://app:3031'],
    ['location / { location /in }', 'grpc://g:50051'],
    ['location @app', 'uwsgi://app:3031'],
    ['location /old', '301 https://new.example$request_uri?'],
    ['location /status', 'stub_status'],
    ['location /lua', '?'],
  ]);
  expect(config.routers[0]?.match).toEqual({ hosts: ['www.example.org'], paths: [], other: [] });
  expect(config.routers[1]?.match.other).toEqual(['$http_user_agent ~ bot']);
  expect(config.dashboard).toMatchObject({ isOn: true, isGuarded: true, router: '_ /status' });
  expect(config.blindSpots.map(({ what }) => what)).toEqual(['content_by_lua_file']);
});

test('a server that returns answers everything, and its locations nothing', () => {
  expect(
    routes(served('location / { proxy_pass http://a; }\nreturn 301 https://$host$request_uri;')),
  ).toEqual([['return 301', '301 https://$host$request_uri']]);
});

test('servers of `stream` and `mail` are no servers of HTTP', () => {
  const { config } = dump({
    '/etc/nginx/nginx.conf':
      'stream { upstream db { server 10.0.0.5:5432; } server { listen 5432; proxy_pass db; } server { listen 53 udp; proxy_pass 1.1.1.1:53; } }\nmail { server { listen 25; protocol smtp; } }\nrtmp { server { listen 1935; } }',
  });
  expect(
    config.routers.map(({ name, provider, match, target }) => [name, provider, match.other, target]),
  ).toEqual([
    ['stream *:5432', 'stream', ['stream'], { to: 'service', service: 'stream db' }],
    ['stream *:53/udp', 'stream', ['stream'], { to: 'service', service: 'stream 1.1.1.1:53' }],
    ['mail *:25', 'mail', ['mail'], { to: 'unknown' }],
  ]);
  expect(config.services.find(({ name }) => name === 'stream db')?.servers).toMatchObject([
    { host: '10.0.0.5', port: 5432 },
  ]);
  expect(config.blindSpots.map(({ what }) => what)).toEqual(['rtmp']);
});

test('no secret value gets in, wherever it stands', () => {
  const canary = 'Zx9canaryQ7';
  const { config, certificates } = dump({
    '/etc/nginx/nginx.conf': `http {
map $http_authorization $ok { "Bearer ${canary}" 1; default 0; }
upstream u { server u1:80; }
server { listen 443 ssl; ssl_certificate data:${canary}; ssl_certificate_key data:${canary};
set $api_token ${canary};
if ($http_x_api_key != "${canary}") { return 403; }
if ($cookie_session = ${canary}) { return 404; }
if ($arg_key !~ '${canary}') { return 405; }
location / { proxy_pass http://user:${canary}@u; proxy_set_header Authorization "Basic ${canary}"; }
location /t { proxy_set_header X-Token ${canary}; proxy_pass http://$api_token; } location /u { proxy_set_header X-Api-Key "${canary}"; return 200 "${canary}"; }
location /s { secure_link_md5 "$uri ${canary}"; fastcgi_param DB_PASSWORD ${canary}; fastcgi_pass u1:1; }
} }`,
  });
  const said = JSON.stringify([config, certificates]);
  expect(said).not.toContain(canary);
  expect(config.routers.length).toBeGreaterThan(6);
});
