import { expect, test } from 'vitest';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { container, hostState, listener, proxyConfig, proxyService, router } from '../../test-host.ts';
import { routerWithoutServer } from './router-without-server.ts';

const edge = container('edge', { networks: [{ name: 'edge-net', aliases: ['edge'] }] });
const network = {
  engine: 'docker' as const,
  name: 'edge-net',
  driver: 'bridge',
  subnets: ['192.168.200.0/24'],
  gateways: ['192.168.200.1'],
  isInternal: false,
  containers: ['edge'],
};
const leading = (...servers: [host: string, port: number][]): ProxyConfig =>
  proxyConfig({
    source: 'host',
    host: 'quay-1',
    runsIn: { container: 'edge' },
    routers: [router('api', { target: { to: 'service', service: 'api' } })],
    services: [
      proxyService('api', {
        servers: servers.map(([host, port]) => ({ scheme: 'http', host, port, text: '' })),
      }),
    ],
  });
const of = (proxy: ProxyConfig, parts: Partial<HostState> = {}) =>
  estate({
    hosts: [
      hostState({
        containers: [edge],
        networks: [network],
        listeners: [listener('0.0.0.0', 22)],
        proxies: [proxy],
        ...parts,
      }),
    ],
  });
const found = (...given: Parameters<typeof of>) => findings(routerWithoutServer, of(...given));
const front = (state: string) =>
  container('shop-front', {
    state,
    networks: [{ name: 'edge-net', aliases: ['front'], address: '192.168.200.7' }],
  });

test('a port of the host on which nothing listens is told, and so is one that loopback alone has', () => {
  expect(found(leading(['192.168.200.1', 8001]))).toMatchObject([
    { severity: 'high', confidence: 'high', values: { host: 'quay-1', port: 8001 } },
  ]);
  const [finding] = found(leading(['host.docker.internal', 8001]), {
    listeners: [listener('127.0.0.1', 22)],
  });
  expect(finding?.message.en).toContain('where nothing listens');
  const local = found(leading(['192.168.200.1', 8001]), { listeners: [listener('127.0.0.1', 8001)] });
  expect(local[0]?.message.en).toContain('port `8001` is open on `127.0.0.1` alone');
});

test('a container that is stopped, or a name that none has, is told', () => {
  expect(found(leading(['front', 80]), { containers: [edge, front('exited')] })).toMatchObject([
    { values: { container: 'shop-front', engine: 'docker' } },
  ]);
  expect(found(leading(['gone', 80]))).toMatchObject([{ confidence: 'medium' }]);
});

test.each<[string, ProxyConfig, Partial<HostState>?]>([
  ['a port that is open', leading(['192.168.200.1', 8001]), { listeners: [listener('0.0.0.0', 8001)] }],
  [
    'one of several servers that answers',
    leading(['192.168.200.1', 8001], ['front', 80]),
    { containers: [edge, front('running')] },
  ],
  ['a name of the internet', leading(['api.example.org', 443])],
  ['an address that is not of this host', leading(['10.9.9.9', 80])],
  ['loopback inside of a container', leading(['127.0.0.1', 8001])],
  [
    'a name in the default network, which resolves none',
    leading(['gone', 80]),
    { containers: [container('edge', { networks: [{ name: 'bridge', aliases: [] }] })] },
  ],
  [
    'a route that the proxy has switched off',
    { ...leading(['gone', 80]), routers: [router('api', { status: 'disabled' })] },
  ],
])('%s is none', (_, proxy, parts) => {
  expect(found(proxy, parts)).toEqual([]);
});

test('where sockets or containers were not read nothing is said, and nothing passed', () => {
  const why = { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'refused' } } as const;
  for (const part of ['listeners', 'containers', 'networks'] as const)
    expect(
      found(leading(['gone', 80]), part === 'listeners' ? {} : { refusals: { [part]: why } }),
    ).toHaveLength(part === 'listeners' ? 1 : 0);
  const state = of(leading(['192.168.200.1', 8001]), { refusals: { listeners: why } });
  expect(findings(routerWithoutServer, state)).toEqual([]);
  expect(isUnknown(routerWithoutServer, state)).toBe(true);
});
