import { expect, test } from 'vitest';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { hostState, proxyConfig, router } from '../../test-host.ts';
import { routerSwitchedOff } from './router-switched-off.ts';

const running = (parts: Partial<ProxyRouter>): ProxyConfig =>
  proxyConfig({
    source: 'host',
    files: [],
    host: 'quay-1',
    routers: [router('old', { provider: 'file', rule: 'Host(`old.example.org`)', ...parts })],
  });
const of = (proxy: ProxyConfig, proxies: ProxyConfig[] = [], refusals = {}) =>
  estate({ hosts: [hostState({ proxies: [proxy], refusals })], artifacts: { proxies } });
const error = 'middleware "geoblock@file" does not exist';

test('a router that the proxy has switched off is told with what it says', () => {
  const [finding] = findings(routerSwitchedOff, of(running({ status: 'disabled', errors: [error] })));
  expect(finding).toMatchObject({
    severity: 'high',
    title: { en: '`old`: switched off by Traefik on `quay-1`' },
  });
  expect(finding?.message.en).toContain('geoblock@file');
});

test('one that still serves in spite of an error weighs less', () => {
  expect(findings(routerSwitchedOff, of(running({ status: 'warning', errors: ['no TLS'] })))).toMatchObject([
    { severity: 'medium' },
  ]);
});

test('a middleware that no file defines is told where the router stands', () => {
  const declared = (middlewares: string[]) =>
    proxyConfig({
      providers: [{ name: 'file', at: { source: 'repo', file: 't.yml', line: 1 }, path: '/etc/traefik' }],
      routers: [router('old', { provider: 'file', middlewares, target: { to: 'answer', status: 204 } })],
    });
  const proxy = running({ status: 'disabled', errors: [error] });
  expect(findings(routerSwitchedOff, of(proxy, [declared(['geoblock'])]))).toEqual([]);
  expect(findings(routerSwitchedOff, of(proxy, [declared([])]))).toHaveLength(1);
});

test('a router that works has none; where not all of them were read nothing is passed', () => {
  const sound = running({ status: 'enabled' });
  expect(findings(routerSwitchedOff, of(sound))).toEqual([]);
  const why = { sort: 'failed', operation: 'traefik api', why: { fr: 'coupé', en: 'cut' } } as const;
  expect(isUnknown(routerSwitchedOff, of(sound, [], { traefik: why }))).toBe(true);
  const bare = estate({
    artifacts: { proxies: [proxyConfig({ routers: [router('x', { errors: ['x'] })] })] },
  });
  expect(findings(routerSwitchedOff, bare)).toEqual([]);
});
