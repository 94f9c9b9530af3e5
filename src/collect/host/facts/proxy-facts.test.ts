import { expect, test } from 'vitest';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { haproxyConfig } from '../../haproxy/config.ts';
import { sectionsOf } from '../../haproxy/sections.ts';
import { nginxFromDump } from '../../nginx/dump.ts';
import { traefikFromApi } from '../../traefik/api.ts';
import { hostState } from '../test-state.ts';
import { proxyFacts } from './proxy-facts.ts';

const CANARY = 'canary-7f3a91';
const at = { source: 'host' as const, operation: 'x', at: '2026-03-01T08:00:00Z' };
const factsOf = (config: ProxyConfig, parts: Partial<HostState> = {}) =>
  proxyFacts({ ...hostState(), ...parts, proxies: [{ ...config, host: 'quay-1' }] });

const RAW = {
  routers: {
    'api@file': {
      entryPoints: ['websecure'],
      middlewares: ['auth@file'],
      service: 'backend',
      rule: 'Host(`quay.example`) && PathPrefix(`/api`)',
      status: 'enabled',
    },
    'front@docker': {
      entryPoints: ['websecure'],
      service: 'front',
      rule: 'Host(`quay.example`)',
      status: 'enabled',
    },
    'api@internal': {
      entryPoints: ['traefik'],
      service: 'api@internal',
      rule: 'PathPrefix(`/api`)',
      status: 'enabled',
    },
  },
  middlewares: { 'auth@file': { basicAuth: { users: [`admin:$apr1$${CANARY}`] }, status: 'enabled' } },
  services: {
    'backend@file': { loadBalancer: { servers: [{ url: 'http://192.168.200.1:8001' }] }, status: 'enabled' },
    'front@docker': { loadBalancer: { servers: [{ url: 'http://172.20.0.3:80' }] }, status: 'enabled' },
    'api@internal': { status: 'enabled' },
  },
};

test('Traefik: what it makes by itself does not bear the name of what is declared, and containers answer for their services', () => {
  const config = traefikFromApi(
    {
      rawdata: JSON.stringify(RAW),
      entrypoints: '[{"name":"traefik","address":":8080"},{"name":"websecure","address":":443"}]',
      version: '{"Version":"3.1.2"}',
    },
    at,
    { container: 'edge' },
  );
  const facts = factsOf(config, {
    containers: [
      {
        engine: 'docker',
        id: 'a'.repeat(12),
        name: 'quay-front-1',
        image: 'front',
        state: 'running',
        restartCount: 0,
        restartPolicy: 'no',
        compose: { project: 'quay', service: 'front', files: [] },
        ports: [],
        networkMode: 'edge',
        networks: [{ name: 'edge', address: '172.20.0.3', aliases: [] }],
        mounts: [],
        environment: [],
        isPrivileged: false,
        addedCapabilities: [],
        labels: {},
      },
    ],
  });
  expect(facts.map(({ kind, name, builtIn }) => `${kind} ${name}${builtIn ? ' (own)' : ''}`).sort()).toEqual([
    'Traefik::EntryPoint traefik (own)',
    'Traefik::EntryPoint websecure',
    'Traefik::Middleware auth',
    'Traefik::Router api',
    'Traefik::Router api@internal (own)',
    'Traefik::Router front',
    'Traefik::Service api@internal (own)',
    'Traefik::Service backend',
    'Traefik::Service front',
  ]);
  expect(
    facts.every(
      ({ source, sort, account }) => source === 'host' && sort === 'observed' && account === 'quay-1',
    ),
  ).toBe(true);
  expect(facts.find(({ kind, name }) => kind === 'Traefik::Service' && name === 'front')?.relations).toEqual([
    { type: 'routes-to', to: { kind: 'Compose::Service', name: 'front', scope: 'quay' } },
  ]);
  expect(facts.find(({ kind, name }) => kind === 'Traefik::Router' && name === 'api')).toMatchObject({
    properties: { hosts: ['quay.example'], paths: ['PathPrefix(/api)'], middlewares: ['auth'] },
  });
  expect(JSON.stringify(facts)).not.toContain(CANARY);
});

const dump = (servers: string) =>
  nginxFromDump(`# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp {\n${servers}\n}\n`, at).config;

test('nginx: servers and upstreams, without what headers give on', () => {
  const facts = factsOf(
    dump(`upstream api { server 127.0.0.1:8001; }
server { listen 443 ssl; server_name quay.example; location /api/ { proxy_set_header Authorization "Basic ${CANARY}"; proxy_pass http://api; } }`),
  );
  expect(facts).toMatchObject([
    {
      kind: 'Nginx::Server',
      name: 'quay.example',
      account: 'quay-1',
      relations: [{ type: 'routes-to', to: { kind: 'Nginx::Upstream', name: 'api' } }],
    },
    { kind: 'Nginx::Upstream', name: 'api', properties: { servers: ['127.0.0.1:8001'] } },
  ]);
  expect(JSON.stringify(facts)).not.toContain(CANARY);
});

test('the page that nginx shows at first is nobody’s declaration, and a default server of its own is one', () => {
  const first =
    'server { listen 80 default_server; root /var/www/html; server_name _; location / { try_files $uri =404; } }';
  expect(factsOf(dump(first))).toMatchObject([{ kind: 'Nginx::Server', name: '_', builtIn: true }]);
  const proxied = factsOf(dump(first.replace('try_files $uri =404;', 'proxy_pass http://127.0.0.1:3000;')));
  expect(proxied[0]).toMatchObject({ name: '_' });
  expect(proxied[0]).not.toHaveProperty('builtIn');
  const named = factsOf(dump(first.replace('server_name _', 'server_name quay.example')));
  expect(named[0]).not.toHaveProperty('builtIn');
});

test('HAProxy: frontends and backends, without logins', () => {
  const { sections, astray } = sectionsOf(
    `frontend web\n bind :443\n default_backend api\nbackend api\n server one 10.0.0.2:80\nlisten stats\n bind :9000\n stats auth admin:${CANARY}\n`,
    '/etc/haproxy/haproxy.cfg',
  );
  const facts = factsOf(
    haproxyConfig(sections, astray, { source: 'host', standing: 'declared', files: [] }, () => at),
  );
  expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining(['HAProxy::Frontend web', 'HAProxy::Backend api']),
  );
  expect(JSON.stringify(facts)).not.toContain(CANARY);
});
