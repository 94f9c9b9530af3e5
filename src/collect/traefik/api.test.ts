import { expect, test } from 'vitest';
import type { CallEvidence } from '#model/evidence.ts';
import { traefikFromApi } from './api.ts';

const at: CallEvidence = { source: 'host', operation: 'GET /api/rawdata', at: '2026-03-01T08:00:00Z' };

/** As Traefik 3.1 answers, with a dashboard of its own. */
const rawdata = {
  routers: {
    'api@internal': {
      entryPoints: ['traefik'],
      service: 'api@internal',
      rule: 'PathPrefix(`/api`)',
      ruleSyntax: 'v3',
      priority: 2147483646,
      status: 'enabled',
      using: ['traefik'],
    },
    'quay-api@file': {
      entryPoints: ['websecure'],
      middlewares: ['auth@file', 'geo@file'],
      service: 'quay-backend',
      rule: 'Host(`quay.example`) && PathPrefix(`/api`)',
      priority: 44,
      tls: { certResolver: 'letsencrypt' },
      status: 'enabled',
      using: ['websecure'],
    },
    'broken@docker': {
      entryPoints: ['websecure'],
      middlewares: ['gone@file'],
      service: 'front',
      rule: 'Host(`front.example`)',
      error: ['middleware "gone@file" does not exist'],
      status: 'disabled',
      using: ['websecure'],
    },
    'web-front@docker': {
      entryPoints: ['web'],
      middlewares: ['chain@file'],
      service: 'front@docker',
      rule: 'Host(`www.example`)',
      status: 'enabled',
    },
    'websecure-front@docker': {
      entryPoints: ['websecure'],
      middlewares: [],
      service: 'front@docker',
      rule: 'Host(`www.example`)',
      status: 'enabled',
    },
  },
  middlewares: {
    'auth@file': {
      basicAuth: { users: ['admin:$apr1$canary$7f3acanary', 'b:c'], realm: 'quay' },
      status: 'enabled',
      usedBy: ['quay-api@file'],
    },
    'geo@file': { plugin: { geoblock: { apiKey: 'canary-7f3a', countries: ['FR'] } }, status: 'enabled' },
    'chain@file': { chain: { middlewares: ['auth'] }, status: 'enabled' },
    'headers@file': {
      headers: { customRequestHeaders: { Authorization: 'canary-7f3a' }, stsSeconds: 31536000 },
    },
    'forward@file': {
      forwardAuth: { address: 'http://user:canary-7f3a@auth:9091/verify?token=canary-7f3a' },
    },
  },
  services: {
    'api@internal': { status: 'enabled', usedBy: ['api@internal'] },
    'quay-backend@file': {
      loadBalancer: {
        servers: [{ url: 'http://192.168.200.1:8001' }, { url: 'http://[fd00::2]:8001/base' }],
        healthCheck: { path: '/health', interval: '10s' },
        passHostHeader: true,
      },
      status: 'enabled',
      serverStatus: { 'http://192.168.200.1:8001': 'UP', 'http://[fd00::2]:8001/base': 'DOWN' },
    },
    'front@docker': { loadBalancer: { servers: [{ url: 'http://172.18.0.3:80' }] }, status: 'enabled' },
    'both@file': { weighted: { services: [{ name: 'quay-backend', weight: 1 }, { name: 'front@docker' }] } },
  },
  tcpRouters: {
    'db@file': { entryPoints: ['sql'], service: 'db', rule: 'HostSNI(`*`)', status: 'enabled' },
  },
  tcpServices: { 'db@file': { loadBalancer: { servers: [{ address: '10.0.0.4:5432' }] } } },
};
const entrypoints = [
  {
    address: ':80',
    name: 'web',
    http: { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } },
  },
  { address: ':443', name: 'websecure', http: { tls: { certResolver: 'letsencrypt' } } },
  { address: ':8080', name: 'traefik', http: {} },
  { address: '127.0.0.1:5432/tcp', name: 'sql' },
];
const answers = {
  rawdata: JSON.stringify(rawdata),
  entrypoints: JSON.stringify(entrypoints),
  version: JSON.stringify({ Version: '3.1.2', Codename: 'comte', startDate: '2026-01-01T00:00:00Z' }),
  overview: JSON.stringify({ http: {}, features: {}, providers: ['Docker', 'File'] }),
};
const config = traefikFromApi(answers, at, { container: 'traefik' });
const router = (name: string) => config.routers.find((one) => one.name === name);

test('routers, services and entry points of a running one are read, names split from their providers', () => {
  expect(config).toMatchObject({ product: 'traefik', source: 'host', version: '3.1.2', blindSpots: [] });
  expect(router('quay-api')).toMatchObject({
    provider: 'file',
    entryPoints: ['websecure'],
    match: { hosts: ['quay.example'], paths: [{ how: 'prefix', value: '/api' }], other: [] },
    priority: 44,
    target: { to: 'service', service: 'quay-backend@file' },
    tls: { resolver: 'letsencrypt' },
    status: 'enabled',
    guards: ['basicAuth'],
    at,
  });
  expect(config.entryPoints.map(({ name, address, port, isTls }) => [name, address, port, isTls])).toEqual([
    ['web', '', 80, false],
    ['websecure', '', 443, true],
    ['traefik', '', 8080, false],
    ['sql', '127.0.0.1', 5432, false],
  ]);
  expect(config.entryPoints[0]?.redirect).toEqual({ scheme: 'https', entryPoint: 'websecure' });
  expect(config.providers.map(({ name }) => name)).toEqual(['docker', 'file']);
});

test('servers bear what their health check says, and a weighted service answers by its members', () => {
  const servers = (name: string) => config.services.find((one) => one.name === name)?.servers;
  expect(servers('quay-backend')).toEqual([
    { scheme: 'http', host: '192.168.200.1', port: 8001, text: 'http://192.168.200.1:8001', status: 'up' },
    {
      scheme: 'http',
      host: 'fd00::2',
      port: 8001,
      path: '/base',
      text: 'http://[fd00::2]:8001/base',
      status: 'down',
    },
  ]);
  expect(servers('both')?.map(({ host }) => host)).toEqual(['192.168.200.1', 'fd00::2', '172.18.0.3']);
  expect(servers('db')).toEqual([{ scheme: 'tcp', host: '10.0.0.4', port: 5432, text: '10.0.0.4:5432' }]);
});

test('a disabled router keeps what Traefik says is wrong', () => {
  expect(router('broken')).toMatchObject({
    status: 'disabled',
    errors: ['middleware "gone@file" does not exist'],
  });
});

test('a router that entry points split is one again', () => {
  expect(router('front')).toMatchObject({ entryPoints: ['web', 'websecure'], middlewares: ['chain@file'] });
  expect(router('front')?.guards).toEqual(['basicAuth']);
  expect(router('web-front')).toBeUndefined();
});

test('the dashboard on its own port is insecure; without a router of its own it is not', () => {
  expect(config.dashboard).toMatchObject({ isOn: true, insecurePort: 8080, isGuarded: false });
  const { 'api@internal': _, ...routers } = rawdata.routers;
  const own = traefikFromApi({ ...answers, rawdata: JSON.stringify({ ...rawdata, routers }) }, at, undefined);
  expect(own.dashboard?.insecurePort).toBeUndefined();
});

test('no credential of the API is kept', () => {
  expect(JSON.stringify(config)).not.toContain('canary');
  expect(config.middlewares.find(({ name }) => name === 'auth')?.settings).toEqual({ users: 2 });
  expect(config.middlewares.find(({ name }) => name === 'headers')?.settings).toEqual({
    stsSeconds: 31_536_000,
  });
  expect(config.middlewares.find(({ name }) => name === 'geo')).toMatchObject({
    type: 'plugin:geoblock',
    settings: {},
  });
});

test.each([
  [{}, ['/api/rawdata', '/api/entrypoints']],
  [{ ...answers, rawdata: answers.rawdata.slice(0, 400) }, ['/api/rawdata']],
  [{ ...answers, rawdata: '{"message":"not found"}' }, ['/api/rawdata']],
  [{ ...answers, rawdata: '<html>404</html>' }, ['/api/rawdata']],
  [{ ...answers, entrypoints: '"x"', version: '[' }, ['/api/entrypoints', '/api/version']],
  [{ ...answers, rawdata: `{"routers":${'['.repeat(5000)}${']'.repeat(5000)}}` }, ['/api/rawdata']],
])('what is missing, cut or foreign is a blind spot', (given, whats) => {
  const { blindSpots } = traefikFromApi(given, at, undefined);
  expect(blindSpots.map(({ what }) => what)).toEqual(whats);
});

test('without raw data the lists stand in', () => {
  const list = (of: Record<string, object>) =>
    JSON.stringify(Object.entries(of).map(([name, one]) => ({ ...one, name, provider: name.split('@')[1] })));
  const { rawdata: _, ...others } = answers;
  const own = traefikFromApi(
    {
      ...others,
      routers: list(rawdata.routers),
      services: list(rawdata.services),
      middlewares: list(rawdata.middlewares),
    },
    at,
    undefined,
  );
  expect(own.blindSpots).toEqual([]);
  expect(own.routers.find(({ name }) => name === 'quay-api')).toEqual(router('quay-api'));
  expect(own.middlewares).toEqual(config.middlewares);
});

test('names that JavaScript itself uses are names like others', () => {
  const text =
    '{"routers":{"__proto__@file":{"rule":"Host(`a.example`)","service":"constructor"}},"services":{}}';
  const own = traefikFromApi({ ...answers, rawdata: text }, at, undefined);
  expect(own.routers.map(({ name }) => name)).toEqual(['__proto__']);
});
