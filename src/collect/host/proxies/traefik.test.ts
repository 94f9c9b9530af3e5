import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { proxyFacts } from '../facts/proxy-facts.ts';
import { runningProxies } from './running.ts';
import { CANARY, container, give, state, unit } from './test-proxies.ts';

const folder = mkdtempSync(join(tmpdir(), 'constat-proxies-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = async (script: string): Promise<string> =>
  (await promisify(execFile)('/bin/sh', ['-c', script])).stdout;

import { apiAddresses, traefik } from './traefik.ts';

const RAW = {
  routers: {
    'api@file': {
      entryPoints: ['websecure'],
      middlewares: ['auth@file'],
      service: 'backend',
      rule: 'Host(`quay.example`) && PathPrefix(`/api`)',
      status: 'enabled',
      using: ['websecure'],
    },
    'api@internal': {
      entryPoints: ['traefik'],
      service: 'api@internal',
      rule: 'PathPrefix(`/api`)',
      status: 'enabled',
    },
  },
  middlewares: {
    'auth@file': { basicAuth: { users: [`admin:$apr1$${CANARY}`] }, status: 'enabled', usedBy: ['api@file'] },
  },
  services: {
    'backend@file': { loadBalancer: { servers: [{ url: 'http://192.168.200.1:8001' }] }, status: 'enabled' },
    'api@internal': { status: 'enabled' },
  },
};

test('Traefik: its API is asked where it listens, and what it makes by itself is told apart', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answers: Record<string, unknown> = {
      '/api/version': { Version: '3.1.2', Codename: 'comte' },
      '/api/rawdata': RAW,
      '/api/entrypoints': [
        { name: 'traefik', address: ':8080' },
        { name: 'websecure', address: ':443', http: { tls: {} } },
      ],
      '/api/overview': { providers: ['Docker', 'File'] },
    };
    response.end(`${JSON.stringify(answers[request.url ?? ''] ?? {})}\n`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  try {
    const host = state({
      units: [
        unit(
          'traefik.service',
          `/usr/bin/traefik --api.insecure --entrypoints.traefik.address=127.0.0.1:${port}`,
        ),
      ],
    });
    const [command] = traefik.commands(host);
    give(traefik, host, await run(command?.script ?? ''));
    expect(asked).toEqual([
      'GET /api/version',
      'GET /api/rawdata',
      'GET /api/entrypoints',
      'GET /api/overview',
    ]);
    expect(host.refusals).toEqual({});
    expect(host.proxies).toMatchObject([
      {
        product: 'traefik',
        version: '3.1.2',
        host: 'quay-1',
        runsIn: { unit: 'traefik.service' },
        blindSpots: [],
      },
    ]);
    const facts = proxyFacts(host);
    const named = facts.map(({ kind, name, builtIn }) => [kind, name, builtIn]);
    expect(named).toContainEqual(['Traefik::Router', 'api', undefined]);
    expect(named).toContainEqual(['Traefik::Router', 'api@internal', true]);
    expect(named).toContainEqual(['Traefik::EntryPoint', 'traefik', true]);
    expect(named).toContainEqual(['Traefik::Middleware', 'auth', undefined]);
    expect(JSON.stringify([host, facts])).not.toContain(CANARY);
  } finally {
    server.close();
  }
});

test('where Traefik may be asked: published ports first, then the addresses of the container', () => {
  const edge = container('edge', 'traefik:v3', {
    ports: [
      { hostAddress: '0.0.0.0', hostPort: 443, containerPort: 443, protocol: 'tcp' },
      { hostAddress: '127.0.0.1', hostPort: 8090, containerPort: 8080, protocol: 'tcp' },
    ],
    networks: [
      { name: 'edge', address: '172.20.0.2', aliases: [] },
      { name: 'x', address: '$(reboot)', aliases: [] },
    ],
  });
  const host = state({ containers: [edge] });
  const [proxy] = runningProxies('traefik', host);
  expect(proxy && apiAddresses(proxy, host)).toEqual(['http://127.0.0.1:8090', 'http://172.20.0.2:8080']);
});

test('without its API Traefik is read of its files and of labels, and that is said', async () => {
  const files = join(folder, 'edge');
  mkdirSync(join(files, 'dynamic'), { recursive: true });
  writeFileSync(
    join(files, 'traefik.yml'),
    'entryPoints:\n  websecure:\n    address: ":443"\nproviders:\n  docker:\n    exposedByDefault: false\n  file:\n    directory: /etc/traefik/dynamic\n',
  );
  writeFileSync(
    join(files, 'dynamic', 'quay.yml'),
    `http:\n  routers:\n    api:\n      rule: Host(\`quay.example\`)\n      service: backend\n      middlewares: [auth]\n  services:\n    backend:\n      loadBalancer:\n        servers:\n          - url: http://192.168.200.1:8001\n  middlewares:\n    auth:\n      basicAuth:\n        users: ["admin:${CANARY}"]\n`,
  );
  writeFileSync(join(files, 'dynamic', 'broken.yml'), 'http: [\n');
  writeFileSync(join(files, 'acme.json'), CANARY);
  const host = state({
    containers: [
      container('edge', 'traefik:v3', {
        mounts: [
          { type: 'bind', source: files, destination: '/etc/traefik', isReadOnly: true },
          {
            type: 'bind',
            source: '/var/run/docker.sock',
            destination: '/var/run/docker.sock',
            isReadOnly: true,
          },
        ],
      }),
      container('shop', 'shop:1', {
        labels: { 'traefik.enable': 'true', 'traefik.http.routers.shop.rule': 'Host(`shop.example`)' },
        ports: [{ hostAddress: '127.0.0.1', hostPort: 8000, containerPort: 80, protocol: 'tcp' }],
      }),
    ],
  });
  const [command] = traefik.commands(host);
  const stdout = await run(command?.script ?? '');
  expect(stdout).not.toContain('acme');
  give(traefik, host, stdout);
  expect(host.refusals.traefik).toMatchObject({ sort: 'failed' });
  const [config] = host.proxies;
  expect(config?.routers.map(({ name, provider }) => [name, provider])).toEqual([
    ['api', 'file'],
    ['shop', 'docker'],
  ]);
  expect(config?.entryPoints).toMatchObject([{ name: 'websecure', port: 443 }]);
  expect(config?.blindSpots.map(({ what }) => what)).toEqual([
    '/api/rawdata',
    join(files, 'dynamic', 'broken.yml'),
  ]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
});

test('an answer of Traefik that breaks off is a blind spot and a refusal', () => {
  const text = `U http://127.0.0.1:8080\nA version\n|{"Version":"3.1.2"}\nA rawdata\n|${JSON.stringify(RAW).slice(0, -20)}\nA entrypoints\n|[]\n`;
  const host = give(traefik, state({ units: [unit('traefik.service', '/usr/bin/traefik')] }), text);
  expect(host.refusals.traefik).toMatchObject({ sort: 'failed' });
  expect(host.proxies[0]?.routers).toEqual([]);
  expect(host.proxies[0]?.blindSpots).not.toEqual([]);
});
