import { expect, test } from 'vitest';
import type { Firewall, HostListener, HostState } from '#model/host.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { container, hostState, listener, proxyConfig, proxyService, router } from '../../test-host.ts';
import { portOpenPastFirewall } from './port-open-past-firewall.ts';

const firewall = (parts: Partial<Firewall> = {}): Firewall => ({
  tool: 'ufw',
  isActive: true,
  policy: { input: 'drop', inputV6: 'drop' },
  rules: [
    { family: 'both', chain: 'input', action: 'accept', protocol: 'tcp', ports: [{ from: 22, to: 22 }] },
  ],
  publishedAreFiltered: false,
  unread: [],
  ...parts,
});
const past: NonNullable<HostListener['reach']> = { from: 'anywhere', because: 'published-past-firewall' };
const front = (image: string, hostPort: number, containerPort: number) =>
  container('shop-front', {
    image,
    ports: [{ hostAddress: '0.0.0.0', hostPort, containerPort, protocol: 'tcp' }],
    networks: [{ name: 'edge', address: '172.20.0.5', aliases: ['front'] }],
    compose: { project: 'shop', service: 'front', files: ['/srv/shop/compose.yaml'] },
  });
const open = (port: number) => [
  listener('0.0.0.0', port, { container: 'shop-front', reach: past }),
  listener('::', port, { container: 'shop-front', reach: past }),
];
const host = (parts: Partial<HostState> = {}) =>
  hostState({
    firewall: firewall(),
    containers: [front('nginx:1.29-alpine', 8002, 80)],
    listeners: open(8002),
    ...parts,
  });
const of = (state: HostState) => estate({ sources: new Set(['repo', 'host']), hosts: [state] });
const found = (parts: Partial<HostState> = {}) => findings(portOpenPastFirewall, of(host(parts)));

test('what Docker publishes past a firewall that closes the rest is one gap for both families', () => {
  expect(found()).toMatchObject([
    {
      severity: 'medium',
      title: { en: '`shop-front`: port `8002` open past the firewall of `quay-1`' },
      values: { host: 'quay-1', port: 8002, inner: 80, container: 'shop-front' },
    },
  ]);
});

test('a database weighs more, by its image or by its own port', () => {
  expect(
    found({ containers: [front('docker.io/library/postgres:16', 15432, 5432)], listeners: open(15432) }),
  ).toMatchObject([
    { severity: 'high', title: { en: expect.stringContaining('PostgreSQL open on port `15432`') } },
  ]);
  expect(
    found({ containers: [front('registry.example/own:1', 6379, 6379)], listeners: open(6379) })[0]?.severity,
  ).toBe('high');
});

test('where a proxy leads there already, it is said that the port goes around it', () => {
  const edge = container('edge', { networks: [{ name: 'edge', aliases: ['edge'] }] });
  const proxies = [
    proxyConfig({
      source: 'host',
      host: 'quay-1',
      runsIn: { container: 'edge' },
      routers: [router('shop', { target: { to: 'service', service: 'front' } })],
      services: [
        proxyService('front', {
          servers: [{ scheme: 'http', host: 'front', port: 80, text: 'http://front:80' }],
        }),
      ],
    }),
  ];
  const [finding] = found({ containers: [front('nginx:1', 8002, 80), edge], proxies });
  expect(finding?.message.en).toContain('A proxy leads there already (`shop`)');
  expect(found()[0]?.message.en).not.toContain('proxy');
});

test.each<[string, Partial<HostState>]>([
  [
    'a port that a rule opens',
    {
      firewall: firewall({
        rules: [{ family: 'both', chain: 'input', action: 'accept', ports: [{ from: 8000, to: 8010 }] }],
      }),
    },
  ],
  ['the web', { containers: [front('nginx:1', 443, 443)], listeners: open(443) }],
  [
    'a port on loopback',
    {
      listeners: [
        listener('127.0.0.1', 8002, {
          container: 'shop-front',
          reach: { from: 'host', because: 'loopback' },
        }),
      ],
    },
  ],
  [
    'a firewall that closes nothing',
    { firewall: firewall({ isActive: false, policy: { input: 'accept', inputV6: 'accept' } }) },
  ],
  [
    'an entry point of a proxy that was read',
    {
      proxies: [
        proxyConfig({
          source: 'host',
          runsIn: { container: 'shop-front' },
          routers: [router('shop')],
          entryPoints: [
            {
              name: 'web',
              address: '',
              port: 80,
              protocol: 'tcp',
              isTls: false,
              at: { source: 'repo', file: 'x', line: 1 },
            },
          ],
        }),
      ],
    },
  ],
])('%s is none', (_, parts) => {
  expect(found(parts)).toEqual([]);
});

test('a host that runs nothing has none; a firewall or sockets that were refused are no pass', () => {
  expect(findings(portOpenPastFirewall, of(hostState()))).toEqual([]);
  const why = { sort: 'denied', operation: 'ufw', why: { fr: 'refusé', en: 'refused' } } as const;
  expect(isUnknown(portOpenPastFirewall, of(hostState({ refusals: { firewall: why } })))).toBe(true);
  expect(isUnknown(portOpenPastFirewall, of(host({ listeners: [], refusals: { listeners: why } })))).toBe(
    true,
  );
  const untold = [listener('0.0.0.0', 8002, { container: 'shop-front' })];
  expect(isUnknown(portOpenPastFirewall, of(host({ listeners: untold })))).toBe(true);
  expect(findings(portOpenPastFirewall, of(host({ listeners: untold })))).toEqual([]);
});

test('a server of files in the container is no door of a proxy', () => {
  const at = { source: 'repo', file: 'x', line: 1 } as const;
  const files = proxyConfig({
    product: 'nginx',
    source: 'host',
    runsIn: { container: 'shop-front' },
    entryPoints: [{ name: '80', address: '', port: 80, protocol: 'tcp', isTls: false, at }],
    routers: [router('_ /', { target: { to: 'files', root: '/srv' } })],
  });
  expect(found({ proxies: [files] })).toHaveLength(1);
});

test('a port that a rule opens to one network alone is not opened to all', () => {
  const rules: Firewall['rules'] = [
    {
      family: 'ipv4',
      chain: 'input',
      action: 'accept',
      ports: [{ from: 8002, to: 8002 }],
      source: '192.168.200.0/24',
    },
  ];
  expect(found({ firewall: firewall({ rules }) })).toHaveLength(1);
});

test('a proxy behind another proxy is no door of the host', () => {
  const at = { source: 'repo', file: 'x', line: 1 } as const;
  const inner = proxyConfig({
    product: 'nginx',
    source: 'host',
    runsIn: { container: 'shop-front' },
    entryPoints: [{ name: '80', address: '', port: 80, protocol: 'tcp', isTls: false, at }],
    routers: [router('shop')],
  });
  const outer = proxyConfig({
    source: 'host',
    runsIn: { container: 'edge' },
    routers: [router('front')],
    services: [proxyService('front', { servers: [{ scheme: 'http', host: 'front', port: 80, text: '' }] })],
  });
  const of = (network: string) => [
    front('nginx:1', 8002, 80),
    container('edge', { networks: [{ name: network, aliases: [] }] }),
  ];
  expect(found({ containers: of('edge'), proxies: [inner, outer] })).toHaveLength(1);
  // a name in a network that the proxy is not in is another's
  expect(found({ containers: of('other'), proxies: [inner, outer] })).toEqual([]);
});
