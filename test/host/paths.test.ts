import { describe, expect, test } from 'vitest';
import { listener } from '#judge/test-host.ts';
import { HOST_PARTS, type HostPart, type HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { hopsOf, idsOf, one, pathOf, quay, saidBy, server } from './paths-cases.ts';

const SHOP = 'http://shop.example.org/';
const API = 'http://shop.example.org/api/items';
const DOCS = 'https://docs.example.org:8443/';

const traefik = ({ proxies }: HostState): ProxyConfig => proxies[0] as ProxyConfig;
const nginx = ({ proxies }: HostState): ProxyConfig => proxies[1] as ProxyConfig;
const unlisten = (state: HostState, port: number) => {
  state.listeners = state.listeners.filter((each) => each.port !== port);
};

describe('a sound host', () => {
  test('a container behind a proxy in a container', () => {
    const path = pathOf(SHOP, quay());
    expect(hopsOf(path)).toEqual([
      'dns RecordSet:A:shop.example.org',
      'host quay-1',
      'listener 0.0.0.0:80',
      'container edge',
      'router shop',
      'service shop',
      'container shop',
    ]);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(idsOf(path, 'unknown')).toEqual(['dns-record-missing']);
  });

  test('a unit at the gateway of the proxy’s network; the prefix is taken off', () => {
    const path = pathOf(API, quay());
    expect(hopsOf(path).slice(4)).toEqual(['router api', 'service api', 'unit api.service']);
    expect(path.hops.at(-1)?.request).toEqual({
      scheme: 'http',
      host: 'shop.example.org',
      port: 8001,
      path: '/items',
    });
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(saidBy(path)).toContain('the firewall lets `172.20.0.2` reach `8001`');
  });

  test('nginx of the host, a published port, and its certificate', () => {
    const path = pathOf(DOCS, quay());
    expect(hopsOf(path).slice(1)).toEqual([
      'host quay-1',
      'listener 0.0.0.0:8443',
      'router docs.example.org',
      'service docs_backend',
      'container docs',
    ]);
    expect(path.side.map(({ role }) => role)).toEqual(['certificate']);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(idsOf(path, 'pass')).toEqual(
      expect.arrayContaining(['certificate-expired', 'certificate-not-covering', 'host-firewall-blocks']),
    );
  });

  test('an address that is asked for begins at its host', () => {
    expect(hopsOf(pathOf('http://203.0.113.10/', quay()))[0]).toBe('host quay-1');
  });
});

const BREAKAGES: readonly [
  name: string,
  url: string,
  fails: string,
  change: (state: HostState) => unknown,
][] = [
  [
    'nothing listens on 80',
    SHOP,
    'host-port-closed',
    (state) => {
      unlisten(state, 80);
      one(state.containers, 'edge').ports = [];
    },
  ],
  [
    'the port is listened on at loopback alone',
    DOCS,
    'host-port-closed',
    (state) => {
      unlisten(state, 8443);
      state.listeners.push(listener('127.0.0.1', 8443, { unit: 'nginx.service' }));
    },
  ],
  [
    'the firewall lets nobody in',
    DOCS,
    'host-firewall-blocks',
    (state) => {
      state.firewall?.rules.shift();
    },
  ],
  [
    'the firewall stops the container on its way to the host',
    API,
    'host-firewall-blocks',
    (state) => {
      state.firewall?.rules.pop();
    },
  ],
  [
    'the firewall lets in another network of containers',
    API,
    'host-firewall-blocks',
    (state) => {
      Object.assign(state.firewall?.rules[1] ?? {}, { source: '172.21.0.0/24' });
    },
  ],
  [
    'no router names the host',
    SHOP,
    'router-missing',
    (state) => {
      traefik(state).routers = traefik(state).routers.filter(({ name }) => name !== 'shop');
    },
  ],
  [
    'the router is disabled',
    SHOP,
    'router-disabled',
    (state) => {
      Object.assign(one(traefik(state).routers, 'shop'), {
        status: 'disabled',
        errors: ['middleware "geoblock@file" does not exist'],
      });
    },
  ],
  [
    'the default server answers 404',
    'https://203.0.113.10:8443/',
    'router-missing',
    (state) => {
      Object.assign(nginx(state).routers[0] ?? {}, {
        match: { hosts: ['_'], paths: [], other: [] },
        target: { to: 'answer', status: 404 },
      });
    },
  ],
  [
    'the certificate has expired',
    DOCS,
    'certificate-expired',
    (state) => {
      Object.assign(state.certificates[0] ?? {}, { until: '2026-02-01T00:00:00Z' });
    },
  ],
  [
    'the certificate is of another name',
    DOCS,
    'certificate-not-covering',
    (state) => {
      Object.assign(state.certificates[0] ?? {}, { names: ['www.example.org'] });
    },
  ],
  [
    'no network in common',
    SHOP,
    'proxy-network-unreachable',
    (state) => {
      one(state.containers, 'shop').networks = [
        { name: 'docs-net', address: '172.21.0.9', aliases: ['web'] },
      ];
    },
  ],
  [
    'no network in common, by address',
    SHOP,
    'proxy-network-unreachable',
    (state) => {
      one(traefik(state).services, 'shop').servers = [server('172.21.0.2', 80)];
    },
  ],
  [
    'nobody bears the name',
    SHOP,
    'upstream-address-unknown',
    (state) => {
      one(traefik(state).services, 'shop').servers = [server('shop-old', 80)];
    },
  ],
  [
    'an address of the network that no container has',
    SHOP,
    'upstream-address-unknown',
    (state) => {
      one(traefik(state).services, 'shop').servers = [server('172.20.0.77', 80)];
    },
  ],
  [
    'an address that no network of the host has',
    DOCS,
    'upstream-address-unknown',
    (state) => {
      one(nginx(state).services, 'docs_backend').servers = [server('192.168.100.46', 8001)];
    },
  ],
  [
    'the container has stopped',
    SHOP,
    'container-not-running',
    (state) => {
      one(state.containers, 'shop').state = 'exited';
    },
  ],
  [
    'the container restarts for ever',
    SHOP,
    'container-not-running',
    (state) => {
      one(state.containers, 'shop').state = 'restarting';
    },
  ],
  [
    'the container is not well',
    SHOP,
    'container-unhealthy',
    (state) => {
      one(state.containers, 'shop').health = 'unhealthy';
    },
  ],
  [
    'the unit listens at loopback alone',
    API,
    'upstream-listens-locally',
    (state) => {
      unlisten(state, 8001);
      state.listeners.push(listener('127.0.0.1', 8001, { unit: 'api.service' }));
    },
  ],
  [
    'nothing listens where the proxy leads',
    API,
    'upstream-port-closed',
    (state) => {
      unlisten(state, 8001);
    },
  ],
  [
    'nothing listens at the published port',
    DOCS,
    'upstream-port-closed',
    (state) => {
      unlisten(state, 8003);
      one(state.containers, 'docs').ports = [];
    },
  ],
  [
    'the unit has failed',
    API,
    'unit-inactive',
    (state) => {
      unlisten(state, 8001);
      one(state.units, 'api.service').active = 'failed';
    },
  ],
  [
    'all servers are switched off',
    DOCS,
    'upstream-unhealthy',
    (state) => {
      nginx(state).services[0]?.servers.splice(0, 1, { ...server('127.0.0.1', 8003), isDown: true });
    },
  ],
  [
    'the proxy says that its server is down',
    SHOP,
    'upstream-unhealthy',
    (state) => {
      one(traefik(state).services, 'shop').servers = [{ ...server('shop', 80), status: 'down' }];
    },
  ],
];

describe('what breaks a way is found, and nothing else', () => {
  test.each(BREAKAGES)('%s', (_, url, fails, change) => {
    const state = structuredClone(quay());
    change(state);
    expect(idsOf(pathOf(url, state), 'fail')).toEqual([fails]);
  });

  test.each(BREAKAGES)('%s: not told of what no longer is known to matter', (_, url, __, change) => {
    const state = structuredClone(quay());
    change(state);
    // a part that was not understood may lead the request elsewhere
    for (const proxy of state.proxies)
      proxy.blindSpots = [{ what: 'include x', at: proxy.routers[0]?.at as never }];
    const found = idsOf(pathOf(url, state), 'fail');
    // what stands before any proxy is told all the same
    expect(found.filter((id) => !id.startsWith('host-') && id !== 'router-disabled')).toEqual([]);
  });
});

const EMPTY: Partial<Record<HostPart, (state: HostState) => void>> = {
  interfaces: (state) => {
    state.interfaces = [];
  },
  units: (state) => {
    state.units = [];
    for (const each of state.listeners) delete each.unit;
  },
  listeners: (state) => {
    state.listeners = [];
  },
  containers: (state) => {
    state.containers = [];
    for (const each of state.listeners) delete each.container;
  },
  networks: (state) => {
    state.networks = [];
  },
  traefik: (state) => {
    state.proxies.splice(0, 1);
  },
  nginx: (state) => {
    state.proxies.splice(1, 1);
  },
  firewall: (state) => {
    delete state.firewall;
  },
  certificates: (state) => {
    state.certificates = [];
  },
};
const refusal = { sort: 'denied', operation: 'x', why: { fr: 'refusé', en: 'refused' } } as const;

describe('a part that was refused makes no failure', () => {
  test.each(HOST_PARTS.flatMap((part) => [SHOP, API, DOCS].map((url) => [part, url] as const)))(
    '%s, %s',
    (part, url) => {
      const state = structuredClone(quay());
      EMPTY[part]?.(state);
      state.refusals = { [part]: refusal };
      expect(idsOf(pathOf(url, state), 'fail')).toEqual([]);
    },
  );

  test.each(BREAKAGES)('nor does %s where nothing was read', (_, url, __, change) => {
    const state = structuredClone(quay());
    change(state);
    for (const empty of Object.values(EMPTY)) empty(state);
    state.refusals = Object.fromEntries(HOST_PARTS.map((part) => [part, refusal]));
    expect(idsOf(pathOf(url, state), 'fail')).toEqual([]);
  });
});

describe('ways that branch, turn and come back', () => {
  test('of several servers one that answers is enough', () => {
    const state = structuredClone(quay());
    one(traefik(state).services, 'shop').servers = [server('gone', 80), server('shop', 80)];
    const path = pathOf(SHOP, state);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(hopsOf(path).at(-1)).toBe('container shop');
    one(state.containers, 'shop').state = 'exited';
    expect(idsOf(pathOf(SHOP, state), 'fail')).toEqual(['container-not-running', 'upstream-address-unknown']);
  });

  test('who is only asked where the others fail is none of the way', () => {
    const state = structuredClone(quay());
    one(traefik(state).services, 'shop').servers = [
      { ...server('gone', 80), isBackup: true },
      server('shop', 80),
    ];
    expect(saidBy(pathOf(SHOP, state))).not.toContain('gone');
  });

  test('an entry point that leads everything to HTTPS is followed to the other port', () => {
    const state = structuredClone(quay());
    const config = traefik(state);
    Object.assign(one(config.entryPoints, 'websecure'), { port: 443 });
    Object.assign(one(state.containers, 'edge').ports[1] ?? {}, { containerPort: 443 });
    Object.assign(one(config.entryPoints, 'web'), { redirect: { scheme: 'https', entryPoint: 'websecure' } });
    for (const each of config.routers) Object.assign(each, { entryPoints: ['websecure'], tls: {} });
    const path = pathOf(SHOP, state);
    expect(hopsOf(path).slice(2)).toEqual([
      'listener 0.0.0.0:80',
      'container edge',
      'listener 0.0.0.0:443',
      'router shop',
      'service shop',
      'container shop',
    ]);
    expect(path.hops.at(4)?.request).toMatchObject({ scheme: 'https', port: 443 });
    expect(idsOf(path, 'fail')).toEqual([]);
    unlisten(state, 443);
    one(state.containers, 'edge').ports.pop();
    expect(idsOf(pathOf(SHOP, state), 'fail')).toEqual(['host-port-closed']);
  });

  test('so is a redirection of a server, and one that leads back to itself ends', () => {
    const state = structuredClone(quay());
    const target = { to: 'answer', status: 301, location: 'http://$host$request_uri' };
    Object.assign(nginx(state).routers[0] ?? {}, { target });
    expect(hopsOf(pathOf(DOCS, state)).at(-1)).toBe('container edge');
    target.location = 'https://$host:8443$request_uri';
    const path = pathOf(DOCS, state);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(saidBy(path)).toContain('where the request came from');
  });

  test('a proxy in a container that leads to another proxy', () => {
    const state = structuredClone(quay());
    const inner = structuredClone(nginx(state));
    Object.assign(inner, { runsIn: { container: 'shop' } });
    inner.entryPoints = inner.entryPoints.map((entry) => ({ ...entry, name: '80', port: 80, isTls: false }));
    inner.routers = inner.routers.map((each) => ({
      ...each,
      name: 'shop.example.org /',
      site: 'inner',
      entryPoints: ['80'],
      defaultOn: ['80'],
      match: { ...each.match, hosts: ['shop.example.org'] },
      target: { to: 'service', service: 'inner_backend' },
    }));
    inner.services = [
      {
        ...one(inner.services, 'docs_backend'),
        name: 'inner_backend',
        servers: [server('172.20.0.1', 8001)],
      },
    ];
    state.proxies.push(inner);
    const path = pathOf(SHOP, state);
    expect(hopsOf(path).slice(6)).toEqual([
      'container shop',
      'router shop.example.org',
      'service inner_backend',
      'unit api.service',
    ]);
    expect(idsOf(path, 'fail')).toEqual([]);
    inner.services[0]?.servers.splice(0, 1, server('172.20.0.1', 9999));
    expect(idsOf(pathOf(SHOP, state), 'fail')).toEqual(['upstream-port-closed']);
  });

  test('an address of another host that was read goes on there', () => {
    const far = structuredClone(quay());
    Object.assign(far, {
      name: 'quay-2',
      address: 'ssh://deploy@203.0.113.20',
      interfaces: [{ name: 'eth0', address: '203.0.113.20', prefix: 24, isUp: true }],
    });
    far.proxies = [];
    const state = structuredClone(quay());
    one(traefik(state).services, 'shop').servers = [server('203.0.113.20', 8001)];
    const path = pathOf(SHOP, state, far);
    expect(hopsOf(path).slice(5)).toEqual([
      'service shop',
      'host quay-2',
      'listener 0.0.0.0:8001',
      'unit api.service',
    ]);
    expect(hopsOf(pathOf(SHOP, state)).at(-1)).toBe('service shop');
    expect(idsOf(pathOf(SHOP, state), 'fail')).toEqual([]);
  });

  test('a host that names the URL nowhere is perhaps not the one: nothing of it fails', () => {
    const state = structuredClone(quay());
    one(state.containers, 'shop').state = 'exited';
    expect(idsOf(pathOf('http://elsewhere.example.org/', state), 'fail')).toEqual([]);
  });
});
