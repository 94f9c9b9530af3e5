import { describe, expect, test } from 'vitest';
import type { EntryPoint, ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { routeOf } from './proxy-route.ts';

const at = { source: 'repo', file: 'nginx.conf', line: 1 } as const;
const entryPoint = (name: string, parts: Partial<EntryPoint> = {}): EntryPoint => {
  const cut = name.lastIndexOf(':');
  return {
    name,
    address: name.slice(0, cut).replace('*', ''),
    port: Number(name.slice(cut + 1)),
    protocol: 'tcp',
    isTls: false,
    at,
    ...parts,
  };
};
const router = (rule: string, parts: Partial<ProxyRouter> = {}): ProxyRouter => ({
  name: rule,
  entryPoints: [],
  match: { hosts: [], paths: [], other: [] },
  rule,
  middlewares: [],
  target: { to: 'answer', status: 200 },
  errors: [],
  guards: [],
  at,
  ...parts,
});
const config = (
  product: ProxyConfig['product'],
  routers: ProxyRouter[],
  parts: Partial<ProxyConfig> = {},
): ProxyConfig => ({
  product,
  source: 'repo',
  files: ['nginx.conf'],
  standing: 'declared',
  entryPoints: [entryPoint('*:80')],
  routers,
  services: [],
  middlewares: [],
  resolvers: [],
  providers: [],
  blindSpots: [],
  ...parts,
});
const asks = (of: ProxyConfig, host: string, path = '/', port = 80) => {
  const routed = routeOf(of, { host, port, path });
  return routed.is === 'router' ? routed.router.name : routed.is;
};

/** A location of nginx, as the collector writes one. */
const location = (rule: string, parts: Partial<ProxyRouter> = {}): ProxyRouter => {
  const [modifier = '', value = modifier] = (rule.split(' { ').at(-1) ?? '')
    .replace(/^location /, '')
    .split(' ');
  const how = modifier === '=' ? 'exact' : modifier.startsWith('~') ? 'regex' : 'prefix';
  return router(rule, {
    match: { hosts: [], paths: [{ how, value: modifier === '~*' ? `(?i)${value}` : value }], other: [] },
    site: 'a',
    defaultOn: ['*:80'],
    ...parts,
  });
};

describe('nginx', () => {
  // the configurations A to E of ngx_http_core_module, “location”
  const documented = config('nginx', [
    location('location = /'),
    location('location /'),
    location('location /documents/'),
    location('location ^~ /images/'),
    location('location ~* \\.(gif|jpg|jpeg)$'),
  ]);
  test.each([
    ['/', 'location = /'],
    ['/index.html', 'location /'],
    ['/documents/document.html', 'location /documents/'],
    ['/images/1.gif', 'location ^~ /images/'],
    ['/documents/1.jpg', 'location ~* \\.(gif|jpg|jpeg)$'],
    ['/documents/1.JPG?x=1', 'location ~* \\.(gif|jpg|jpeg)$'],
  ])('%s is taken by %s', (path, rule) => {
    expect(asks(documented, 'a', path)).toBe(rule);
  });

  test('expressions are asked in their order, the longest prefix whatever its place', () => {
    const of = config('nginx', [
      location('location /a/b'),
      location('location /a'),
      location('location ~ /x'),
      location('location ~ /x/y'),
    ]);
    expect(asks(of, 'a', '/a/b/c')).toBe('location /a/b');
    expect(asks(of, 'a', '/a/b/x/y')).toBe('location ~ /x');
  });

  test('nested locations are looked for once their prefix is found, and an outer expression after them', () => {
    const of = config('nginx', [
      location('location /app/'),
      location('location /app/ { location ~ \\.php$'),
      location('location /app/ { location /app/in/'),
      location('location ~ \\.css$'),
    ]);
    expect(asks(of, 'a', '/app/x.php')).toBe('location /app/ { location ~ \\.php$');
    expect(asks(of, 'a', '/app/in/x')).toBe('location /app/ { location /app/in/');
    expect(asks(of, 'a', '/app/in/x.css')).toBe('location ~ \\.css$');
  });

  test('an expression that cannot be run leaves the answer open, unless it is not asked', () => {
    const of = config('nginx', [
      location('location /'),
      location('location ^~ /s/'),
      location('location ~ ^/(a+)+$'),
    ]);
    expect(asks(of, 'a', '/aaa')).toBe('unknown');
    expect(asks(of, 'a', '/s/aaa')).toBe('location ^~ /s/');
  });

  // “Server names”: exact, the longest wildcard before, the longest wildcard after, the first expression
  const named = (name: string, hosts: string[], parts: Partial<ProxyRouter> = {}) =>
    router('server', { name, site: name, match: { hosts, paths: [], other: [] }, ...parts });
  const servers = config('nginx', [
    named('regex', ['~^(?<user>.+)\\.example\\.net$']),
    named('after', ['mail.*']),
    named('before', ['*.example.org']),
    named('longer', ['*.sub.example.org']),
    named('exact', ['www.example.org']),
    named('any', ['_'], { defaultOn: ['*:80'] }),
  ]);
  test.each([
    ['www.example.org', 'exact'],
    ['WWW.Example.org.', 'exact'],
    ['a.example.org', 'before'],
    ['a.sub.example.org', 'longer'],
    ['mail.example.com', 'after'],
    ['mail.example.org', 'before'],
    ['ann.example.net', 'regex'],
    ['other.test', 'any'],
    ['_', 'any'],
  ])('host %s is taken by %s', (host, name) => {
    expect(asks(servers, host)).toBe(name);
  });

  test('the default of a port is that port’s own', () => {
    const of = config(
      'nginx',
      [
        named('a', ['a'], { entryPoints: ['*:80'], defaultOn: ['*:80'] }),
        named('b', ['b'], { entryPoints: ['*:80', '*:81'], defaultOn: ['*:81'] }),
      ],
      { entryPoints: [entryPoint('*:80'), entryPoint('*:81')] },
    );
    expect(asks(of, 'x', '/', 80)).toBe('a');
    expect(asks(of, 'x', '/', 81)).toBe('b');
    expect(asks(of, 'x', '/', 82)).toBe('none');
  });

  test('a name that only the run knows may be the one', () => {
    const of = config('nginx', [named('t', ['${DOMAIN}']), named('d', [], { defaultOn: ['*:80'] })]);
    expect(asks(of, 'x')).toBe('unknown');
  });

  test('what a server returns comes first; an `if` on the host for that host, any other is told', () => {
    const of = config('nginx', [
      router('if ($host = www.a)', { site: 'a', match: { hosts: ['www.a'], paths: [], other: [] } }),
      router('if ($http_x)', { site: 'a', match: { hosts: ['a', 'www.a'], paths: [], other: ['$http_x'] } }),
      location('location /', {
        match: { hosts: ['a', 'www.a'], paths: [{ how: 'prefix', value: '/' }], other: [] },
      }),
    ]);
    expect(asks(of, 'www.a')).toBe('if ($host = www.a)');
    expect(routeOf(of, { host: 'a', port: 80, path: '/' })).toMatchObject({
      is: 'router',
      router: { name: 'location /' },
      unless: [{ name: 'if ($http_x)' }],
      isCertain: false,
    });
    const returns = config('nginx', [router('return 301', { site: 'a' })]);
    expect(asks(returns, 'anything', '/x')).toBe('return 301');
  });

  test('servers of `stream` take no request', () => {
    const of = config('nginx', [router('stream', { provider: 'stream', entryPoints: ['stream *:80'] })], {
      entryPoints: [entryPoint('*:80', { name: 'stream *:80' })],
    });
    expect(asks(of, 'x')).toBe('none');
  });

  test('with a part that was not read nothing is said to be absent, and nothing is certain', () => {
    const blind = config('nginx', [location('location /')], { blindSpots: [{ what: 'include x', at }] });
    expect(asks(blind, 'a', '/', 81)).toBe('unknown');
    expect(routeOf(blind, { host: 'a', port: 80, path: '/' })).toMatchObject({ isCertain: false });
  });
});

describe('Traefik', () => {
  const rule = (name: string, hosts: string[], prefix: string, parts: Partial<ProxyRouter> = {}) =>
    router(`Host(${hosts}) && PathPrefix(${prefix})`, {
      name,
      match: { hosts, paths: prefix ? [{ how: 'prefix', value: prefix }] : [], other: [] },
      ...parts,
    });

  test('the longest rule is asked first, a priority of its own before it', () => {
    // documentation, “Routers”, “Priority”
    const of = config('traefik', [rule('short', ['a'], ''), rule('long', ['a'], '/api')]);
    expect(asks(of, 'a', '/api/x')).toBe('long');
    expect(asks(of, 'a', '/x')).toBe('short');
    const set = config('traefik', [
      rule('short', ['a'], '', { priority: 1_000 }),
      rule('long', ['a'], '/api'),
    ]);
    expect(asks(set, 'a', '/api/x')).toBe('short');
    expect(asks(of, 'b', '/')).toBe('none');
  });

  test('an entry point that leads everything elsewhere is told', () => {
    const of = config('traefik', [rule('a', ['a'], '')], {
      entryPoints: [entryPoint('*:80', { redirect: { scheme: 'https' } })],
    });
    expect(asks(of, 'a')).toBe('redirect');
  });

  test('a disabled router takes nothing; conditions that a URL does not tell are given with the answer', () => {
    const of = config('traefik', [
      rule('off', ['a'], '/long/enough', { status: 'disabled' }),
      rule('header', ['a'], '', {
        match: { hosts: ['a'], paths: [], other: ['Header(`X`, `1`)'] },
        priority: 500,
      }),
      rule('plain', ['a'], ''),
    ]);
    expect(routeOf(of, { host: 'a', port: 80, path: '/long/enough' })).toMatchObject({
      router: { name: 'plain' },
      unless: [{ name: 'header' }],
    });
  });
});

describe('HAProxy', () => {
  test('the first rule that holds is taken, then the default backend; TLS settles `ssl_fc`', () => {
    const of = config(
      'haproxy',
      [
        router('redirect', { match: { hosts: [], paths: [], other: ['!ssl_fc'] }, site: 'web' }),
        router('api', { match: { hosts: [], paths: [{ how: 'prefix', value: '/api' }], other: [] } }),
        router('app', { match: { hosts: ['*.example.org', 'static.*'], paths: [], other: [] } }),
        router('default_backend web'),
      ],
      { entryPoints: [entryPoint('*:80'), entryPoint('*:443', { isTls: true })] },
    );
    expect(asks(of, 'x', '/api', 80)).toBe('redirect');
    expect(asks(of, 'a.example.org', '/api/x', 443)).toBe('api');
    expect(asks(of, 'a.example.org', '/x', 443)).toBe('app');
    expect(asks(of, 'static.test', '/x', 443)).toBe('app');
    expect(asks(of, 'y', '/x', 443)).toBe('default_backend web');
  });
});

describe('Caddy', () => {
  const of = config('caddy', [
    router('any', { site: ':80' }),
    router('wild', { site: '*.example.org', match: { hosts: ['*.example.org'], paths: [], other: [] } }),
    router('api', {
      site: 'a.example.org',
      match: { hosts: ['a.example.org'], paths: [{ how: 'prefix', value: '/api/' }], other: [] },
    }),
  ]);

  test('the most specific site takes the request, and no other one is asked', () => {
    expect(asks(of, 'a.example.org', '/api/x')).toBe('api');
    expect(asks(of, 'a.example.org', '/x')).toBe('none');
    expect(asks(of, 'b.example.org', '/x')).toBe('wild');
    expect(asks(of, 'c.test', '/x')).toBe('any');
  });
});
