import { describe, expect, test } from 'vitest';
import { Account } from '#reconcile/trace/test-estate.ts';
import { record, zone } from '#reconcile/trace/test-shop.ts';
import {
  hopsOf,
  idsOf,
  nginx,
  one,
  pathBehind,
  pathOf,
  quay,
  saidBy,
  server,
  traefik,
  unlisten,
} from './paths-cases.ts';

const SHOP = 'http://shop.example.org/';
const DOCS = 'https://docs.example.org:8443/';

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

describe('a record of an account', () => {
  const dns = (address: string) =>
    record(zone(new Account(), 'example.org', 'Z1'), 'shop.example.org', [address]);

  test('leads to the host whose interface bears the address', () => {
    const path = pathBehind(dns('203.0.113.10'), SHOP, quay());
    expect(hopsOf(path).slice(0, 3)).toEqual([
      'dns RecordSet:A:shop.example.org',
      'host quay-1',
      'listener 0.0.0.0:80',
    ]);
    expect(idsOf(path, 'unknown')).toEqual([]);
    expect(idsOf(path, 'fail')).toEqual([]);
  });

  test('to an address that is translated on its way: the host that names it is perhaps behind it', () => {
    const state = structuredClone(quay());
    one(state.containers, 'shop').state = 'exited';
    const path = pathBehind(dns('198.51.100.7'), SHOP, state);
    expect(hopsOf(path).at(-1)).toBe('container shop');
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(idsOf(path, 'unknown')).toContain('container-not-running');
  });
});
