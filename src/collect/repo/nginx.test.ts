import { expect, test } from 'vitest';
import type { ProxyRouter } from '#model/proxy.ts';
import { collectFiles } from './collect-files.ts';
import { looksLikeNginx, nginx } from './nginx.ts';

const collected = (files: Record<string, string>) => {
  const { artifacts, facts, unread } = collectFiles(nginx, files);
  return { proxies: artifacts.proxies, facts, unread: unread.filter(({ file }) => file !== '.') };
};
const server = (name: string, port = 80) => `server {\n  listen ${port};\n  server_name ${name};\n}\n`;
const routesOf = (routers: readonly ProxyRouter[] = []) => routers.map(({ name }) => name);

test('a main file has what it includes, at the places that an image gives them', () => {
  const { proxies, unread } = collected({
    'web/Dockerfile':
      'FROM nginx:1.29\nCOPY conf/nginx.conf /etc/nginx/nginx.conf\nCOPY conf/sites/ /etc/nginx/conf.d/\nCOPY ["conf/tls.inc", "/etc/nginx/snippets/tls.inc"]\n',
    'web/conf/nginx.conf':
      'events {}\nhttp {\n  include mime.types;\n  include /etc/nginx/conf.d/*.conf;\n}\n',
    'web/conf/sites/a.conf': `${server('a.quay.io')}include snippets/tls.inc;\n`,
    'web/conf/sites/b.conf': server('b.quay.io'),
    'web/conf/tls.inc': 'ssl_protocols TLSv1.3;\n',
  });
  expect(unread).toEqual([]);
  expect(proxies).toHaveLength(1);
  expect(proxies[0]?.files).toEqual([
    'web/conf/nginx.conf',
    'web/conf/sites/a.conf',
    'web/conf/tls.inc',
    'web/conf/sites/b.conf',
  ]);
  expect(proxies[0]?.blindSpots).toEqual([]);
  expect(routesOf(proxies[0]?.routers)).toEqual(['a.quay.io server', 'b.quay.io server']);
  expect(proxies[0]?.routers[1]?.at).toEqual({
    source: 'repo',
    file: 'web/conf/sites/b.conf',
    line: 1,
    excerpt: 'server {',
  });
});

test('what Compose mounts into `conf.d` is one configuration, whatever its name in the repository', () => {
  const { proxies } = collected({
    'compose.yaml':
      'services:\n  edge:\n    image: nginx\n    volumes:\n      - ./edge/app.nginx:/etc/nginx/conf.d/default.conf:ro\n      - type: bind\n        source: ./edge/up.conf\n        target: /etc/nginx/conf.d/up.conf\n      - ./edge/templates:/etc/nginx/templates\n',
    'edge/app.nginx': 'server { listen 80; location / { proxy_pass http://app; } }',
    'edge/up.conf': 'upstream app { server api:8000; }',
    'edge/templates/x.conf.template':
      'server { listen 81; server_name ${NAME}; location / { proxy_pass http://app; } }',
  });
  expect(proxies).toHaveLength(1);
  expect(proxies[0]?.givenTo).toEqual([{ file: 'compose.yaml', service: 'edge' }]);
  expect(proxies[0]?.services.map(({ name }) => name)).toEqual(['app']);
  expect(proxies[0]?.routers.map(({ target }) => target)).toEqual([
    { to: 'service', service: 'app' },
    { to: 'service', service: 'app' },
  ]);
});

test('an image that Compose builds gives its service the files that it copies', () => {
  const { proxies } = collected({
    'compose.yaml': 'services:\n  web:\n    build:\n      context: ./web\n  old:\n    image: nginx\n',
    'web/Dockerfile': 'FROM nginx\nCOPY --chown=nginx ./site.conf \\\n  /etc/nginx/conf.d/default.conf\n',
    'web/site.conf': server('a.quay.io'),
  });
  expect(proxies.map(({ files, givenTo }) => [files, givenTo])).toEqual([
    [['web/site.conf'], [{ file: 'compose.yaml', service: 'web' }]],
  ]);
});

test('without an image, the main file’s folder is nginx’s own; what is not found is a blind spot, what is packaged none', () => {
  const { proxies } = collected({
    'deploy/nginx.conf':
      'http {\n  include /etc/nginx/mime.types;\n  include /etc/nginx/modules-enabled/*.conf;\n  include /etc/nginx/conf.d/*.conf;\n  include /etc/nginx/sites-enabled/*;\n  include extra.inc;\n  include fastcgi_params;\n}',
    'deploy/conf.d/a.conf': server('a.quay.io'),
  });
  expect(proxies).toHaveLength(1);
  expect(proxies[0]?.blindSpots.map(({ what, at }) => [what, 'line' in at && at.line])).toEqual([
    ['include /etc/nginx/sites-enabled/*', 5],
    ['include extra.inc', 6],
  ]);
});

test('files of `conf.d` are one, those of `sites-available` each their own; copies out of use and templates say so', () => {
  const { proxies, facts } = collected({
    'conf.d/a.conf': `upstream app { server api:8000; }\n${server('a.quay.io')}`,
    'conf.d/b.conf': server('b.quay.io'),
    'sites-available/c': server('c.quay.io'),
    'sites-available/d': server('d.quay.io'),
    'sites-enabled/d': server('d.quay.io'),
    'sites-available/old/e': server('e.quay.io'),
    'nginx.conf.OBSOLETE': `http { ${server('f.quay.io')} }`,
    'nginx/site.conf.example': server('g.quay.io'),
    'nginx/default.conf': server('h.quay.io'),
    'roles/web/templates/site.conf.j2':
      'server {\n  listen {{ port }};\n  server_name {{ name }};\n{% if x %}\n  return 404;\n{% endif %}\n}\n',
  });
  expect(proxies.map(({ files, standing }) => [files.join(' '), standing]).sort()).toEqual([
    ['conf.d/a.conf conf.d/b.conf', 'declared'],
    ['nginx.conf.OBSOLETE', 'retired'],
    ['nginx/default.conf', 'declared'],
    ['nginx/site.conf.example', 'reference'],
    ['roles/web/templates/site.conf.j2', 'declared'],
    ['sites-available/c', 'declared'],
    ['sites-available/old/e', 'retired'],
    ['sites-enabled/d', 'declared'],
  ]);
  const template = proxies.find(({ files }) => files[0]?.endsWith('.j2'));
  expect(template?.routers[0]?.match.hosts).toEqual(['${name}']);
  expect(template?.entryPoints[0]).toMatchObject({ name: '*:${port}', port: 0 });
  expect(template?.blindSpots.map(({ what }) => what)).toEqual(['{% if x %}']);
  expect(facts.find(({ name }) => name === 'f.quay.io')?.sort).toBe('retired');
  expect(facts.some(({ name }) => name === '${name}')).toBe(false);
});

test('facts: servers with their names, ports and routes, upstreams with their servers, and what leads to what', () => {
  const { facts } = collected({
    'prod/nginx.conf':
      'http {\nupstream app { server api:8000; server api2:8000; }\nserver { listen 80; server_name quay.io www.quay.io; return 301 https://$host$request_uri; }\nserver { listen 443 ssl; server_name quay.io; location /api/ { proxy_pass http://app/v1/; } location / { root /srv; } }\n}',
  });
  expect(facts.map(({ kind, name, sort, environments }) => [kind, name, sort, environments])).toEqual([
    ['Nginx::Server', 'quay.io', 'declared', ['prod']],
    ['Nginx::Upstream', 'app', 'declared', ['prod']],
  ]);
  expect(facts[0]?.properties).toEqual({
    names: ['quay.io', 'www.quay.io'],
    listens: ['*:80', '*:443'],
    routes: ['* → 301 https://$host$request_uri', '/api/ → http://app/v1/ (/api/ → /v1/)', '/ → /srv'],
    files: ['prod/nginx.conf'],
  });
  expect(facts[0]?.relations).toEqual([{ type: 'routes-to', to: { kind: 'Nginx::Upstream', name: 'app' } }]);
  expect(facts[1]?.properties).toEqual({ servers: ['api:8000', 'api2:8000'] });
});

test('a file that is not balanced is one line of coverage, and a blind spot of what includes it', () => {
  const { proxies, unread } = collected({
    'nginx.conf': 'http {\n  include conf.d/*.conf;\n}\n',
    'conf.d/a.conf': server('a.quay.io'),
    'conf.d/b.conf': 'server {\n  listen 80;\n',
  });
  expect(unread.map(({ file, line, why }) => [file, line, why.en])).toEqual([
    ['conf.d/b.conf', 1, 'unreadable nginx configuration: a block is not closed'],
  ]);
  expect(proxies[0]?.blindSpots.map(({ what }) => what)).toEqual(['include conf.d/*.conf']);
  expect(routesOf(proxies[0]?.routers)).toEqual(['a.quay.io server']);
});

test('locations that stand alone are part of a server that nobody sees', () => {
  const { proxies, facts } = collected({
    'snippets/api.conf': 'location /api/ { proxy_pass http://10.0.0.1:8001; }',
  });
  expect(proxies[0]?.routers.map(({ rule, match }) => [rule, match.other])).toEqual([
    ['location /api/', ['server']],
  ]);
  expect(proxies[0]?.blindSpots).toHaveLength(1);
  expect(facts).toEqual([]);
});

test('a file that includes itself, or that nothing ends, is read once', () => {
  const { proxies } = collected({
    'nginx.conf': `http { include nginx.conf; ${server('a.quay.io')} }`,
    'conf.d/deep.conf': 'server {'.repeat(500),
  });
  expect(routesOf(proxies[0]?.routers)).toEqual(['a.quay.io server']);
});

test.each([
  ['Apache', '<VirtualHost *:80>\n  ServerName x;\n</VirtualHost>\n'],
  ['HOCON', 'akka {\n  http {\n    server {\n      port = 80\n    }\n  }\n}\n'],
  ['FreeRADIUS', 'server default {\n listen {\n  type = auth\n }\n}\n'],
  ['redis', 'bind 127.0.0.1\nport 6379\n'],
  ['systemd', '[Service]\nExecStart=/bin/x;\n'],
])('%s is none', (_, text) => {
  expect(looksLikeNginx(text)).toBe(false);
});

test('names of JavaScript’s own are names like others', () => {
  const { proxies } = collected({
    'nginx.conf':
      'http { upstream __proto__ { server constructor:1; } server { listen 80; server_name constructor; set $__proto__ x; toString a; constructor { } location /__proto__ { proxy_pass constructor://__proto__; } location / { hasOwnProperty x; proxy_pass http://__proto__; } } }',
  });
  expect(proxies[0]?.services.map(({ name, servers }) => [name, servers])).toEqual([
    ['__proto__', [{ scheme: 'constructor', host: 'constructor', port: 1, text: 'constructor:1' }]],
    ['http://__proto__', [{ scheme: 'http', host: 'constructor', port: 1, text: 'constructor:1' }]],
  ]);
  expect(proxies[0]?.blindSpots.map(({ what }) => what)).toEqual(['constructor']);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('a large file of the worst sort takes no time that grows with its square', () => {
  const began = performance.now();
  const lines = Array.from(
    { length: 4_000 },
    (_, index) => `location /${index} { proxy_pass http://h${index}:1; }`,
  );
  collected({
    'nginx.conf': `http { server { ${lines.join('\n')} } }`,
    'b.conf': `server { listen 80; return 200 "${'{{ '.repeat(50_000)}"; }`,
    'c.conf': `server { listen 80; ${'if ($http_x != "'.repeat(2_000)}`,
  });
  expect(performance.now() - began).toBeLessThan(5_000);
});
