import { hostFacts, observationOf } from '#collect/host/facts/host-facts.ts';
import { withReach } from '#collect/host/reach.ts';
import {
  container,
  hostState,
  hostUnit,
  listener,
  proxyConfig,
  proxyService,
  router,
} from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import type { Check, Path } from '#model/path.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { relationsOf, resourcesOf } from '#reconcile/resources.ts';
import { Graph } from '#reconcile/trace/graph.ts';
import type { Account } from '#reconcile/trace/test-estate.ts';
import { trace } from '#reconcile/trace/trace.ts';

/** A URL followed on hosts that were read, as an audit does it: from their facts. */
export const pathOf = (url: string, ...states: readonly HostState[]): Path =>
  pathBehind(undefined, url, ...states);

/** The same behind the DNS of an account. */
export function pathBehind(account: Account | undefined, url: string, ...states: readonly HostState[]): Path {
  const reached = states.map(withReach);
  const observations = [...(account ? [account.observation()] : []), ...reached.map(observationOf)];
  const facts = [
    ...(account?.facts() ?? []),
    ...reached.flatMap((state) => hostFacts(state, { has: () => false } as never)),
  ];
  const resources = resourcesOf(facts, observations);
  return trace(url, new Graph(resources, relationsOf(resources), observations, reached)).path;
}

const checksOf = ({ hops, side }: Path): Check[] => [...hops, ...side].flatMap(({ checks }) => checks);

/** The ids of the checks that gave a result, sorted, each once. */
export const idsOf = (path: Path, result: Check['result']): string[] =>
  [...new Set(checksOf(path).flatMap((check) => (check.result === result ? check.id : [])))].sort();

/** What each hop is, and its name: `router shop`. */
export const hopsOf = ({ hops }: Path): string[] =>
  hops.map(({ role, resource }) => `${role} ${resource.split('::').at(-1)}`);

/** What all checks say in English. */
export const saidBy = (path: Path): string =>
  checksOf(path)
    .map(({ text }) => text.en)
    .join('\n');

const at = { source: 'host', operation: 'GET /api/rawdata', at: '2026-03-01T08:00:00Z' } as const;
export const server = (host: string, port?: number, scheme = 'http') => ({
  scheme,
  host,
  ...(port !== undefined && { port }),
  text: `${scheme}://${host}${port === undefined ? '' : `:${port}`}`,
});

/**
 * A sound host: Traefik in a container before a container and a unit, nginx on the host itself before another container's
 * published port, a certificate on disk, a firewall that lets in what is to come in.
 */
export function quay(): HostState {
  const edge = (address: string, ...aliases: string[]) => [{ name: 'edge-net', address, aliases }];
  const published = (hostPort: number, containerPort: number) => [
    { hostAddress: '0.0.0.0', hostPort, containerPort, protocol: 'tcp' as const },
  ];
  return hostState({
    hostname: 'quay',
    interfaces: [
      { name: 'lo', address: '127.0.0.1', prefix: 8, isUp: true },
      { name: 'eth0', address: '203.0.113.10', prefix: 24, isUp: true },
      { name: 'br-1', address: '172.20.0.1', prefix: 24, isUp: true },
      { name: 'br-2', address: '172.21.0.1', prefix: 24, isUp: true },
    ],
    engines: [{ product: 'docker', version: '28.0.0', isRootless: false }],
    units: [
      hostUnit('api.service', { execStart: ['/opt/api/run --port 8001'] }),
      hostUnit('nginx.service', { isVendor: true }),
    ],
    listeners: [
      listener('0.0.0.0', 80, { container: 'edge', process: { name: 'docker-proxy', pid: 3 } }),
      listener('0.0.0.0', 443, { container: 'edge', process: { name: 'docker-proxy', pid: 4 } }),
      listener('0.0.0.0', 8001, { unit: 'api.service', process: { name: 'python3', pid: 5 } }),
      listener('0.0.0.0', 8443, { unit: 'nginx.service', process: { name: 'nginx', pid: 6 } }),
      listener('127.0.0.1', 8003, { container: 'docs', process: { name: 'docker-proxy', pid: 7 } }),
    ],
    containers: [
      container('edge', {
        image: 'traefik:v3.6',
        networkMode: 'edge-net',
        networks: edge('172.20.0.2'),
        ports: [...published(80, 8000), ...published(443, 8443)],
      }),
      container('shop', {
        networkMode: 'edge-net',
        networks: edge('172.20.0.3', 'web'),
        health: 'healthy',
        ports: published(8080, 80),
      }),
      container('docs', {
        networkMode: 'docs-net',
        networks: [{ name: 'docs-net', address: '172.21.0.2', aliases: [] }],
        ports: [{ hostAddress: '127.0.0.1', hostPort: 8003, containerPort: 80, protocol: 'tcp' }],
      }),
    ],
    networks: ['edge-net', 'docs-net'].map((name, index) => ({
      engine: 'docker',
      name,
      driver: 'bridge',
      subnets: [`172.2${index}.0.0/24`],
      gateways: [`172.2${index}.0.1`],
      isInternal: false,
      containers: [],
    })),
    firewall: {
      tool: 'ufw',
      isActive: true,
      policy: { input: 'drop', inputV6: 'drop' },
      rules: [
        {
          family: 'both',
          chain: 'input',
          action: 'accept',
          protocol: 'tcp',
          ports: [{ from: 8443, to: 8443 }],
        },
        {
          family: 'ipv4',
          chain: 'input',
          action: 'accept',
          protocol: 'tcp',
          ports: [{ from: 8001, to: 8001 }],
          source: '172.20.0.0/24',
        },
      ],
      publishedAreFiltered: false,
      unread: [],
    },
    certificates: [
      {
        path: '/etc/ssl/docs.crt',
        usedBy: ['nginx'],
        names: ['docs.example.org'],
        issuer: 'R3',
        from: '2026-01-01T00:00:00Z',
        until: '2026-05-01T00:00:00Z',
        days: 61,
        isSelfSigned: false,
      },
    ],
    proxies: [
      proxyConfig({
        product: 'traefik',
        source: 'host',
        host: 'quay-1',
        runsIn: { container: 'edge' },
        entryPoints: [
          { name: 'web', address: '', port: 8000, protocol: 'tcp', isTls: false, at },
          { name: 'websecure', address: '', port: 8443, protocol: 'tcp', isTls: true, at },
        ],
        routers: [
          router('shop', {
            provider: 'docker',
            entryPoints: ['web'],
            match: { hosts: ['shop.example.org'], paths: [], other: [] },
            rule: 'Host(`shop.example.org`)',
            status: 'enabled',
            at,
          }),
          router('api', {
            provider: 'file',
            entryPoints: ['web'],
            match: { hosts: ['shop.example.org'], paths: [{ how: 'prefix', value: '/api' }], other: [] },
            rule: 'Host(`shop.example.org`) && PathPrefix(`/api`)',
            middlewares: ['cut@file'],
            status: 'enabled',
            at,
          }),
        ],
        services: [
          proxyService('shop', { provider: 'docker', servers: [server('shop', 80)], at }),
          proxyService('api', { provider: 'file', servers: [server('172.20.0.1', 8001)], at }),
        ],
        middlewares: [
          {
            name: 'cut',
            provider: 'file',
            type: 'stripPrefix',
            settings: { prefixes: ['/api'] },
            errors: [],
            at,
          },
        ],
      }),
      proxyConfig({
        product: 'nginx',
        source: 'host',
        host: 'quay-1',
        runsIn: { unit: 'nginx.service' },
        entryPoints: [{ name: '8443', address: '', port: 8443, protocol: 'tcp', isTls: true, at }],
        routers: [
          router('docs.example.org /', {
            site: 'docs',
            entryPoints: ['8443'],
            defaultOn: ['8443'],
            match: { hosts: ['docs.example.org'], paths: [{ how: 'prefix', value: '/' }], other: [] },
            rule: 'location /',
            target: { to: 'service', service: 'docs_backend' },
            tls: { certificate: '/etc/ssl/docs.crt' },
            at,
          }),
        ],
        services: [proxyService('docs_backend', { servers: [server('127.0.0.1', 8003)], at })],
      }),
    ],
  });
}

/** The one of a name; a test that asks for what is not there is wrong. */
export function one<T extends { name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`${name} is not there`);
  return found;
}

export const traefik = ({ proxies }: HostState): ProxyConfig => proxies[0] as ProxyConfig;
export const nginx = ({ proxies }: HostState): ProxyConfig => proxies[1] as ProxyConfig;
export const unlisten = (state: HostState, port: number) => {
  state.listeners = state.listeners.filter((each) => each.port !== port);
};
