import { expect, test } from 'vitest';
import type { HostListener, HostState } from '#model/host.ts';
import { container, listener, proxyConfig, proxyService, router } from '../../test-host.ts';
import { judged } from '../../test-host-rule.ts';
import { backendBypassesProxy } from './backend-bypasses-proxy.ts';

const everywhere: NonNullable<HostListener['reach']> = { from: 'anywhere', because: 'no-firewall' };
const edge = container('edge', { networks: [{ name: 'edge-net', aliases: ['edge'] }] });
const network: HostState['networks'][number] = {
  engine: 'docker',
  name: 'edge-net',
  driver: 'bridge',
  subnets: ['192.168.200.0/24'],
  gateways: ['192.168.200.1'],
  isInternal: false,
  containers: ['edge'],
};
const proxy = (address: string, port: number) =>
  proxyConfig({
    source: 'host',
    host: 'quay-1',
    runsIn: { container: 'edge' },
    routers: [router('api', { target: { to: 'service', service: 'api' } })],
    services: [proxyService('api', { servers: [{ scheme: 'http', host: address, port, text: '' }] })],
  });
const api = (reach?: HostListener['reach'], address = '0.0.0.0') =>
  listener(address, 8001, { unit: 'api.service', ...(reach && { reach }) });
const host = (parts: Partial<HostState>): Partial<HostState> => ({
  containers: [edge],
  networks: [network],
  proxies: [proxy('192.168.200.1', 8001)],
  ...parts,
});

test('a unit to which the proxy leads and that anybody reaches by its own port is told', () => {
  expect(judged(backendBypassesProxy, host({ listeners: [api(everywhere)] }))).toEqual([
    'api.service 8001 medium',
  ]);
});

test('a container that the proxy knows by name is told by the port that it publishes', () => {
  const front = container('shop-front', {
    ports: [{ hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' }],
    networks: [{ name: 'edge-net', address: '192.168.200.7', aliases: ['front'] }],
  });
  const listeners = [listener('0.0.0.0', 8002, { container: 'shop-front', reach: everywhere })];
  const of = (name: string, port: number) =>
    judged(
      backendBypassesProxy,
      host({ containers: [edge, front], listeners, proxies: [proxy(name, port)] }),
    );
  expect(of('front', 80)).toEqual(['shop-front 8002 medium']);
  expect(of('192.168.200.7', 80)).toEqual(['shop-front 8002 medium']);
  expect(of('front', 9000)).toBe('ok');
  expect(of('other', 80)).toBe('ok');
});

test('what only the network of the proxy reaches, and what no route leads to, is none', () => {
  expect(
    judged(
      backendBypassesProxy,
      host({ listeners: [api({ from: 'some', because: 'firewall', sources: ['192.168.200.0/24'] })] }),
    ),
  ).toBe('ok');
  expect(
    judged(backendBypassesProxy, host({ listeners: [api(everywhere)], proxies: [proxy('10.9.9.9', 8001)] })),
  ).toBe('ok');
  expect(judged(backendBypassesProxy, { listeners: [api(everywhere)] })).toBe('not-applicable');
});

test('what was not read is unknown', () => {
  const why = { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'refused' } } as const;
  expect(judged(backendBypassesProxy, host({ refusals: { listeners: why } }))).toBe('unknown');
  expect(judged(backendBypassesProxy, host({ listeners: [api()] }))).toBe('unknown');
});
