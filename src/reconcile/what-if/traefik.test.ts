import { expect, test } from 'vitest';
import { misset } from '#judge/test-estate.ts';
import { container, hostState, listener, proxyConfig, proxyService, router } from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { traefikWhatIf } from './traefik.ts';

const live = { source: 'host', operation: 'traefik /api/rawdata', at: '2026-03-01T08:00:00Z' } as const;
const match = (path?: string, host = 'shop.example') => ({
  hosts: [host],
  paths: path === undefined ? [] : [{ how: 'prefix' as const, value: path }],
  other: [],
});
const declared = (name: string, parts: Partial<ProxyRouter> = {}) =>
  router(name, {
    match: match(),
    rule: 'Host(`shop.example`)',
    entryPoints: ['websecure'],
    target: { to: 'service', service: 'front' },
    ...parts,
  });
const observed = (name: string, parts: Partial<ProxyRouter> = {}) =>
  declared(name, { at: live, provider: 'file', status: 'enabled', priority: 20, ...parts });
const server = (text: string, host: string, port?: number) => ({
  scheme: 'http',
  host,
  text,
  ...(port !== undefined && { port }),
});
const front = (text = 'http://192.168.200.1:8001', host = '192.168.200.1', port = 8001) =>
  proxyService('front', { servers: [server(text, host, port)] });

const file = (routers: ProxyRouter[], parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({ routers, services: [front()], ...parts });
const running = (routers: ProxyRouter[], parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({
    source: 'host',
    files: [],
    runsIn: { container: 'traefik' },
    entryPoints: [{ name: 'websecure', address: '', port: 443, protocol: 'tcp', isTls: true, at: live }],
    routers,
    services: [{ ...front(), provider: 'file', at: live }],
    providers: [{ name: 'file', at: live, path: '/etc/traefik/dynamic.yml' }],
    ...parts,
  });
const host = (proxy: ProxyConfig | undefined, parts: Partial<HostState> = {}): HostState =>
  hostState({
    engines: [{ product: 'docker', version: '27.5.1', isRootless: false }],
    interfaces: [
      { name: 'eth0', address: '203.0.113.10', prefix: 24, isUp: true },
      { name: 'br-1', address: '192.168.200.1', prefix: 24, isUp: true },
    ],
    networks: [
      {
        engine: 'docker',
        name: 'edge',
        driver: 'bridge',
        subnets: ['192.168.200.0/24'],
        gateways: ['192.168.200.1'],
        isInternal: false,
        containers: [],
      },
    ],
    containers: [
      container('traefik', { networks: [{ name: 'edge', address: '192.168.200.2', aliases: [] }] }),
    ],
    listeners: [listener('0.0.0.0', 8001, { unit: 'api.service' })],
    proxies: proxy ? [proxy] : [],
    ...parts,
  });

function foretell(config: ProxyConfig, on: HostState) {
  const told = traefikWhatIf(config, on);
  for (const { text } of [...told.effects, ...told.unknown]) expect(misset(text)).toBeUndefined();
  return told;
}
const ids = (config: ProxyConfig, on: HostState) =>
  foretell(config, on).effects.map(({ id, fails }) => (fails ? `${id}!` : id));

test('a file that is exactly what runs changes nothing', () => {
  expect(foretell(file([declared('shop')]), host(running([observed('shop@file')])))).toMatchObject({
    effects: [],
    unknown: [],
    command: 'cp traefik/dynamic.yml /etc/traefik/dynamic.yml',
  });
});

test('a router is added, and changed', () => {
  const other = declared('other', {
    match: match(undefined, 'other.example'),
    rule: 'Host(`other.example`)',
  });
  const on = host(running([observed('shop@file')]));
  expect(ids(file([declared('shop'), other]), on)).toEqual(['route-added']);
  const changed = foretell(file([declared('shop', { match: match('/shop'), rule: 'x' })]), on);
  expect(changed.effects.map(({ id, severity }) => [id, severity])).toEqual([['route-changed', 'high']]);
  expect(changed.effects[0]?.text.en).toBe('Router `shop@file`, in service, changes: `rule`.');
});

test('requests of a router of another provider are taken where the rule is longer', () => {
  const label = observed('web@docker', { provider: 'docker' });
  const longer = declared('api', {
    match: match('/api'),
    rule: 'Host(`shop.example`) && PathPrefix(`/api`)',
  });
  expect(ids(file([longer]), host(running([label])))).toEqual(['route-taken-over']);
  expect(ids(file([declared('api', { priority: 3 })]), host(running([label])))).toEqual(['route-added']);
  expect(
    ids(
      file([{ ...longer, entryPoints: ['websecure'] }]),
      host(running([{ ...label, entryPoints: ['web'] }])),
    ),
  ).toEqual(['route-added']);
  const open = foretell(
    file([{ ...longer, match: { ...longer.match, other: ['Headers(`x`, `y`)'] } }]),
    host(running([label])),
  );
  expect(open.effects.map(({ id }) => id)).toEqual(['route-added']);
  expect(open.unknown[0]?.text.en).toContain('depends on conditions that are not followed');
});

test('routers are lost only where the file is the whole of what is read', () => {
  const both = running([observed('shop@file'), observed('admin@file', { match: match('/admin') })]);
  expect(ids(file([declared('shop')], { files: ['edge/dynamic.yml'] }), host(both))).toEqual(['route-lost']);
  const folder = { ...both, providers: [{ name: 'file', at: live, path: '/etc/traefik/dynamic' }] };
  const told = foretell(file([declared('shop')]), host(folder));
  expect(told.effects).toEqual([]);
  expect(told.unknown[0]?.text.en).toBe(
    'whether these routers of files, which are not in this one, would stay: `admin@file`',
  );
  expect(told.command).toBe('cp traefik/dynamic.yml /etc/traefik/dynamic/dynamic.yml');
  expect(ids(file([declared('shop')], { blindSpots: [{ what: 'include', at: live }] }), host(both))).toEqual(
    [],
  );
});

test('an entry point or a middleware that Traefik does not have switches the router off', () => {
  const on = host(
    running([observed('shop@file')], {
      middlewares: [
        { name: 'geo@docker', provider: 'docker', type: 'ipAllowList', settings: {}, errors: [], at: live },
      ],
    }),
  );
  expect(foretell(file([declared('shop', { entryPoints: ['https'] })]), on).effects).toMatchObject([
    { id: 'entry-point-missing', fails: true, severity: 'high' },
  ]);
  const asks = (name: string) =>
    ids(file([declared('new', { match: match('/new'), middlewares: [name] }), declared('shop')]), on);
  expect(asks('geo@docker')).not.toContain('middleware-missing!');
  expect(asks('geo')).toContain('middleware-missing!');
  expect(asks('geo@file')).toContain('middleware-missing!');
  const own = file([declared('shop', { middlewares: ['auth'] })], {
    middlewares: [{ name: 'auth', type: 'basicAuth', settings: {}, errors: [], at: live }],
  });
  expect(ids(own, on)).toEqual(['route-changed']);
  const blind = host(running([observed('shop@file')], { blindSpots: [{ what: 'plugin', at: live }] }));
  expect(ids(file([declared('shop', { middlewares: ['geo'] })]), blind)).toEqual(['route-changed']);
});

test.each([
  ['http://192.168.200.1:8001', '192.168.200.1', 8001, undefined],
  ['http://192.168.200.1:8009', '192.168.200.1', 8009, 'where nothing listens'],
  ['http://127.0.0.1:8001', '127.0.0.1', 8001, 'which for Traefik is its own container'],
  ['http://192.168.200.77:80', '192.168.200.77', 80, 'an address of network `edge` that no container has'],
  ['http://192.168.200.2:80', '192.168.200.2', 80, undefined],
  ['http://10.10.10.46:8001', '10.10.10.46', 8001, undefined],
  ['http://apart:80', 'apart', 80, 'a container that is in no network of `traefik`'],
  ['http://asleep:80', 'asleep', 80, 'a container that does not run (`exited`)'],
  ['http://beside:80', 'beside', 80, undefined],
  ['http://shop.internal.example:80', 'shop.internal.example', 80, undefined],
])('a service at %s', (text, name, port, wrong) => {
  const on = host(running([], { services: [] }));
  const told = foretell(file([declared('shop')], { services: [front(text, name, port)] }), {
    ...on,
    containers: [
      ...on.containers,
      container('apart', { networks: [{ name: 'other', aliases: [] }] }),
      container('beside', { networks: [{ name: 'edge', aliases: [], address: '192.168.200.9' }] }),
      container('asleep', { state: 'exited', networks: [{ name: 'edge', aliases: [] }] }),
    ],
  });
  const unanswered = told.effects.filter(({ id }) => id === 'route-unanswered');
  expect(unanswered.map(({ text: said }) => said.en)).toEqual(
    wrong === undefined
      ? []
      : [`Router \`shop@file\` leads to \`${text}\`, ${wrong}: its requests fail (502).`],
  );
});

test('a port that is open on the loopback alone is not reached from a container', () => {
  const on = host(running([], { services: [] }), { listeners: [listener('127.0.0.1', 8001)] });
  expect(foretell(file([declared('shop')]), on).effects.at(-1)?.text.en).toContain(
    '`8001` is open on `127.0.0.1` only, which Traefik does not reach from its container',
  );
  const refusals = {
    listeners: { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'denied' } },
  } as const;
  expect(ids(file([declared('shop')]), { ...on, listeners: [], refusals })).toEqual(['route-added']);
});

test('a server that answers nowhere already is none of the file’s doing', () => {
  const text = 'http://192.168.200.1:8009';
  const same = front(text, '192.168.200.1', 8009);
  const there = running([observed('shop@file')], { services: [{ ...same, provider: 'file', at: live }] });
  expect(ids(file([declared('shop')], { services: [same] }), host(there))).toEqual([]);
  expect(ids(file([declared('shop')], { services: [same] }), host(running([observed('shop@file')])))).toEqual(
    ['route-unanswered!'],
  );
});

test('without a Traefik that was read nothing is foretold', () => {
  const told = foretell(file([declared('shop')]), host(undefined));
  expect(told.effects).toEqual([]);
  expect(told.unknown[0]?.text.en).toContain('no Traefik was seen on the host');
});
