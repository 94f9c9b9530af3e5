import { expect, test } from 'vitest';
import type { ProxyMiddleware, ProxyRouter } from '#model/proxy.ts';
import { askedBy, dashboardOf, findIn } from './guards.ts';

const at = { source: 'repo', file: 'd.yml', line: 1 } as const;
const middleware = (
  name: string,
  type: string,
  settings: ProxyMiddleware['settings'] = {},
): ProxyMiddleware => ({
  name,
  provider: 'file',
  type,
  settings,
  errors: [],
  at,
});
const find = findIn([
  middleware('auth', 'basicAuth'),
  middleware('lan', 'ipAllowList', { sourceRange: ['10.0.0.0/8'] }),
  middleware('any', 'ipWhiteList', { sourceRange: ['10.0.0.0/8', '0.0.0.0/0'] }),
  middleware('bouncer', 'forwardAuth', { address: 'http://crowdsec-bouncer:8080/api/v1/forwardAuth' }),
  middleware('sso', 'forwardAuth', { address: 'http://authelia:9091/api/verify' }),
  middleware('headers', 'headers'),
  middleware('https', 'redirectScheme'),
  middleware('geo', 'plugin:geoblock'),
  middleware('oidc', 'plugin:traefik-oidc-auth'),
  middleware('outer', 'chain', { middlewares: ['inner@file', 'headers'] }),
  middleware('inner', 'chain', { middlewares: ['auth'] }),
  middleware('loop', 'chain', { middlewares: ['loop'] }),
]);

test.each([
  [['auth', 'headers'], ['basicAuth'], false],
  [['outer'], ['basicAuth'], false],
  [['lan'], ['ipAllowList'], false],
  [['bouncer'], [], false],
  [['sso'], ['forwardAuth'], false],
  [['any'], [], false],
  [['oidc'], ['plugin:traefik-oidc-auth'], false],
  [['geo'], [], true],
  [['gone'], [], true],
  [['loop'], [], true],
])('%j asks for %j', (names, guards, isUnknown) => {
  expect(askedBy(names, 'file', find)).toMatchObject({ guards, isUnknown });
});

test('a name is looked up among its own provider’s, Swarm and Docker being one', () => {
  const own = findIn([{ ...middleware('auth', 'basicAuth'), provider: 'docker' }]);
  expect(own('auth', 'swarm')?.type).toBe('basicAuth');
  expect(own('auth@docker', 'file')?.type).toBe('basicAuth');
  expect(own('auth', 'file')).toBeUndefined();
});

const way = (paths: ProxyRouter['match']['paths'], middlewares: string[] = []): ProxyRouter => ({
  name: 'dash',
  provider: 'file',
  entryPoints: [],
  match: { hosts: [], paths, other: [] },
  rule: '',
  middlewares,
  target: { to: 'internal', what: 'api' },
  errors: [],
  guards: [],
  at,
});
const dashboard = (router: ProxyRouter) =>
  dashboardOf({ routers: [router], entryPoints: [] }, undefined, find);

test.each([
  [[{ how: 'prefix', value: '/dashboard' } as const], [], 'dash'],
  [[{ how: 'prefix', value: '/' } as const], [], 'dash'],
  [[{ how: 'exact', value: '/api/rawdata' } as const], [], 'dash'],
  [[{ how: 'prefix', value: '/traefik' } as const], ['headers'], 'dash'],
  // the API answers below its own paths alone: nothing is shown at this one
  [[{ how: 'prefix', value: '/ping' } as const], [], undefined],
  [[{ how: 'exact', value: '/' } as const], [], undefined],
])('whether %j leads to the dashboard', (paths, middlewares, name) => {
  expect(dashboard(way(paths, middlewares))?.router).toBe(name);
});

test('a router that only leads to HTTPS is no way to it', () => {
  expect(dashboard(way([], ['https']))).toBeUndefined();
  expect(dashboard(way([], ['geo']))?.isGuarded).toBe('unknown');
});
