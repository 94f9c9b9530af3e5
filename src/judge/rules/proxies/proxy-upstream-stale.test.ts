import { expect, test } from 'vitest';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { container, hostState, proxyConfig, proxyService } from '../../test-host.ts';
import { proxyUpstreamStale } from './proxy-upstream-stale.ts';

const nginx = (host: string, parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({
    product: 'nginx',
    services: [
      proxyService('app', { servers: [{ scheme: 'http', host, port: 8001, text: `${host}:8001` }] }),
    ],
    ...parts,
  });
const of = (proxy: ProxyConfig, ...hosts: HostState[]) => estate({ artifacts: { proxies: [proxy] }, hosts });
const host = (parts: Partial<HostState> = {}) =>
  hostState({
    interfaces: [
      { name: 'eth0', address: '203.0.113.10', prefix: 24, isUp: true },
      { name: 'eth1', address: '10.0.0.5', prefix: 24, isUp: true },
      { name: 'br-1', address: '192.168.200.1', prefix: 24, isUp: true },
    ],
    networks: [
      {
        engine: 'docker',
        name: 'unified-net',
        driver: 'bridge',
        subnets: ['192.168.200.0/24'],
        gateways: ['192.168.200.1'],
        isInternal: false,
        containers: ['api'],
      },
    ],
    containers: [
      container('api', { networks: [{ name: 'unified-net', address: '192.168.200.7', aliases: [] }] }),
    ],
    ...parts,
  });

test('an address that nothing on the host has, and no network of it, is told with those that it has', () => {
  const [finding] = findings(proxyUpstreamStale, of(nginx('10.10.10.46'), host()));
  expect(finding).toMatchObject({ severity: 'low', confidence: 'medium' });
  expect(finding?.title.en).toBe('`10.10.10.46:8001`: nginx leads there, the host does not know it');
  expect(finding?.message.en).toBe(
    'No interface, no container and no network of `quay-1` has the address `10.10.10.46`; its addresses are `203.0.113.10`, `10.0.0.5`, `192.168.200.1`. Only a route to another network could lead there.',
  );
});

test('an address of a network of containers that none of them has is told', () => {
  expect(findings(proxyUpstreamStale, of(nginx('192.168.200.9'), host()))).toHaveLength(1);
});

test('interfaces, gateways and containers are known', () => {
  for (const address of ['10.0.0.5', '192.168.200.1', '192.168.200.7'])
    expect(findings(proxyUpstreamStale, of(nginx(address), host()))).toEqual([]);
  expect(isUnknown(proxyUpstreamStale, of(nginx('192.168.200.7'), host()))).toBe(false);
});

test.each([
  ['no host was read', '10.10.10.46', []],
  ['it may be a neighbour', '10.0.0.77', [host()]],
  [
    'containers were refused',
    '10.10.10.46',
    [
      host({
        refusals: { containers: { sort: 'denied', operation: 'docker ps', why: { fr: 'x', en: 'x' } } },
      }),
    ],
  ],
  [
    'a tunnel may lead there',
    '10.10.10.46',
    [host({ interfaces: [{ name: 'wg0', address: '10.9.0.1', prefix: 32, isUp: true }] })],
  ],
])('where %s it is unknown', (_, address, hosts) => {
  expect(findings(proxyUpstreamStale, of(nginx(address), ...hosts))).toEqual([]);
  expect(isUnknown(proxyUpstreamStale, of(nginx(address), ...hosts))).toBe(true);
});

test('a second host that has it is enough; a running proxy is judged by its own host alone', () => {
  const other = hostState({
    name: 'quay-2',
    interfaces: [{ name: 'eth0', address: '10.10.10.46', prefix: 24, isUp: true }],
  });
  expect(findings(proxyUpstreamStale, of(nginx('10.10.10.46'), host(), other))).toEqual([]);
  const running = nginx('10.10.10.46', {
    source: 'host',
    host: 'quay-1',
    at: undefined,
  } as Partial<ProxyConfig>);
  expect(findings(proxyUpstreamStale, estate({ hosts: [host({ proxies: [running] }), other] }))).toHaveLength(
    1,
  );
});

test('a copy out of use weighs less; names, public addresses and examples are not judged', () => {
  expect(
    findings(proxyUpstreamStale, of(nginx('10.10.10.46', { standing: 'retired' }), host()))[0]?.severity,
  ).toBe('low');
  for (const proxy of [
    nginx('backend'),
    nginx('127.0.0.1'),
    nginx('203.0.113.99'),
    nginx('10.10.10.46', { standing: 'reference' }),
  ])
    expect(findings(proxyUpstreamStale, of(proxy, host()))).toEqual([]);
});
