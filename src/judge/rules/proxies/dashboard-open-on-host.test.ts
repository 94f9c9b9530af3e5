import { expect, test } from 'vitest';
import type { HostListener, HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { composeFile, estate, findings, isUnknown, service } from '../../test-estate.ts';
import { container, hostState, listener, proxyConfig, router } from '../../test-host.ts';
import { dashboardExposed } from './dashboard-exposed.ts';
import { dashboardOpenOnHost } from './dashboard-open-on-host.ts';

const at = { source: 'repo', file: 'edge/compose.yml', line: 7 } as const;
const everywhere: NonNullable<HostListener['reach']> = {
  from: 'anywhere',
  because: 'published-past-firewall',
};
const edge = container('edge', {
  ports: [
    { hostAddress: '0.0.0.0', hostPort: 9000, containerPort: 8080, protocol: 'tcp' },
    { hostAddress: '0.0.0.0', hostPort: 443, containerPort: 443, protocol: 'tcp' },
  ],
});
const insecure: ProxyConfig['dashboard'] = { isOn: true, insecurePort: 8080, isGuarded: false, at };
const running = (parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({
    source: 'host',
    files: [],
    host: 'quay-1',
    runsIn: { container: 'edge' },
    dashboard: insecure,
    ...parts,
  });
const of = (
  proxy: ProxyConfig,
  reach: HostListener['reach'] | undefined = everywhere,
  more: Partial<HostState> = {},
) =>
  estate({
    hosts: [
      hostState({
        containers: [edge],
        listeners: [9000, 443].map((port) =>
          listener('0.0.0.0', port, { container: 'edge', ...(reach && { reach }) }),
        ),
        proxies: [proxy],
        ...more,
      }),
    ],
  });
const found = (...given: Parameters<typeof of>) => findings(dashboardOpenOnHost, of(...given));

test('a dashboard that asks nothing, at the port of the host that any address reaches, is told', () => {
  expect(found(running())).toMatchObject([
    {
      severity: 'high',
      title: { en: '`9000`: Traefik’s dashboard without authentication on `quay-1`' },
      values: { port: 9000, inner: 8080, container: 'edge' },
    },
  ]);
});

test('through a router without guards it is told, with guards not', () => {
  const through = (guards: string[]) =>
    running({
      dashboard: { isOn: true, router: 'dashboard', isGuarded: guards.length > 0, at },
      entryPoints: [{ name: 'websecure', address: '', port: 443, protocol: 'tcp', isTls: true, at }],
      routers: [router('dashboard', { target: { to: 'internal', what: 'api@internal' }, guards })],
    });
  expect(found(through([]))).toMatchObject([{ title: { en: expect.stringContaining('`dashboard`') } }]);
  expect(found(through(['basicAuth']))).toEqual([]);
});

test('on loopback, within a network, or switched off it is none', () => {
  expect(found(running(), { from: 'host', because: 'loopback' })).toEqual([]);
  expect(found(running(), { from: 'some', because: 'firewall' })).toEqual([]);
  expect(found(running({ dashboard: { ...insecure, isOn: false } }))).toEqual([]);
  expect(found(running(), everywhere, { containers: [{ ...edge, ports: [] }] })).toEqual([]);
});

test('where nobody knows who reaches the port, nothing is passed', () => {
  expect(isUnknown(dashboardOpenOnHost, of(running(), { from: 'unknown', because: 'not-read' }))).toBe(true);
});

test('a dashboard that files declare is told once, there, with what the host shows', () => {
  const declared = proxyConfig({
    files: ['edge/compose.yml'],
    runsIn: { container: 'traefik' },
    dashboard: insecure,
  });
  const compose = (ports: Parameters<typeof service>[1]) =>
    composeFile([service('traefik', { restart: 'always', ...ports })], { file: 'edge/compose.yml' });
  const both = (published: boolean) => {
    const ports = published ? { ports: [{ published: '9000', target: '8080', line: 11 }] } : {};
    const base = of(running());
    return { ...base, artifacts: { ...base.artifacts, proxies: [declared], composeFiles: [compose(ports)] } };
  };
  expect(findings(dashboardOpenOnHost, both(true))).toEqual([]);
  expect(findings(dashboardExposed, both(true))).toMatchObject([
    { evidence: [{ line: 7 }, { line: 11 }, { source: 'host', excerpt: '0.0.0.0 port 9000' }] },
  ]);
  expect(findings(dashboardExposed, both(true))[0]?.message.en).toContain('On `quay-1`, port `9000` is open');
  // what the files leave closed and the host has open is told of the host
  expect(findings(dashboardOpenOnHost, both(false))).toHaveLength(1);
});
