import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { proxyFacts } from '../facts/proxy-facts.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { runningProxies } from './running.ts';
import { CANARY, container, give, state, unit } from './test-proxies.ts';

const folder = mkdtempSync(join(tmpdir(), 'constat-proxies-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = async (script: string): Promise<string> =>
  (await promisify(execFile)('/bin/sh', ['-c', script])).stdout;

import { traefik } from './traefik.ts';

test('what runs a proxy is known by its image, its command line, its unit, and else by who listens', () => {
  const host = state({
    containers: [
      container('front', 'registry.example/front:1', {
        command: '/docker-entrypoint.sh nginx -g daemon off;',
      }),
      container('edge', 'docker.io/library/nginx:1.29'),
      container('stopped', 'nginx', { state: 'exited' }),
      container('exporter', 'nginx/nginx-prometheus-exporter:1', { command: '/usr/bin/exporter' }),
      container('bad;name', 'nginx'),
    ],
    units: [
      unit('nginx.service', '/usr/sbin/nginx -g daemon on;'),
      unit('box.service', '/usr/bin/podman run --rm nginx'),
      unit('old.service', '/usr/sbin/nginx', { active: 'failed' }),
    ],
    listeners: [
      {
        protocol: 'tcp',
        address: '0.0.0.0',
        port: 80,
        isAnyAddress: true,
        process: { name: 'haproxy', pid: 4 },
      },
    ],
  });
  expect(runningProxies('nginx', host).map(({ id }) => id)).toEqual([
    'nginx.container.front',
    'nginx.container.edge',
    'nginx.unit.nginx.service',
  ]);
  expect(runningProxies('haproxy', host)).toMatchObject([{ id: 'haproxy.process', runsIn: {} }]);
  expect(runningProxies('caddy', host)).toEqual([]);
});

test('where no proxy runs, nothing is asked and nothing is missing', () => {
  const host = state({ containers: [container('db', 'postgres:17')] });
  for (const section of [traefik, nginx, caddy, haproxy]) {
    expect(section.commands(host)).toEqual([]);
    section.read(new Map(), host);
  }
  expect(host.refusals).toEqual({});
});

test('Caddy: what its admin API gives', () => {
  const text = JSON.stringify({
    apps: {
      http: {
        servers: {
          srv0: {
            listen: [':443'],
            routes: [
              {
                match: [{ host: ['quay.example'] }],
                handle: [
                  {
                    handler: 'authentication',
                    providers: { http_basic: { accounts: [{ username: 'a', password: CANARY }] } },
                  },
                  { handler: 'reverse_proxy', upstreams: [{ dial: '127.0.0.1:8001' }] },
                ],
              },
            ],
          },
        },
      },
    },
  });
  const host = give(caddy, state({ units: [unit('caddy.service', '/usr/bin/caddy run --environ')] }), text);
  expect(host.refusals).toEqual({});
  expect(proxyFacts(host)).toMatchObject([{ kind: 'Caddy::Site', source: 'host', account: 'quay-1' }]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
  for (const odd of [text.slice(0, -9), 'null', '', '[]']) {
    const broken = give(caddy, state({ containers: [container('web', 'caddy:2')] }), odd);
    expect(broken.refusals.caddy).toMatchObject({ sort: 'failed' });
    expect(broken.proxies).toEqual([]);
  }
});

test('HAProxy: the files that it was started with', async () => {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `global\n  stats socket /run/x\ndefaults\n  mode http\nfrontend web\n  bind :443\n  default_backend api\nbackend api\n  http-request set-header Authorization "Basic ${CANARY}"\n  server one 10.0.0.2:80\nlisten stats\n  bind :9000\n  stats auth admin:${CANARY}\n`,
  );
  const host = state({
    units: [
      unit('haproxy.service', '/usr/sbin/haproxy -Ws -f $CONFIG -p $PIDFILE', {
        environment: [{ name: 'CONFIG', secret: false, class: 'plain', digest: 'x', shown: file }],
      }),
    ],
  });
  const [command] = haproxy.commands(host);
  give(haproxy, host, await run(command?.script ?? ''));
  expect(host.refusals).toEqual({});
  const facts = proxyFacts(host);
  expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toContain('HAProxy::Frontend web');
  expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toContain('HAProxy::Backend api');
  expect(JSON.stringify([host, facts])).not.toContain(CANARY);
  const missing = give(haproxy, state({ units: host.units }), `M ${file}\n`);
  expect(missing.refusals.haproxy).toMatchObject({ sort: 'failed' });
});
