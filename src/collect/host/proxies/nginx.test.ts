import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { HostAnswer } from '../../readers/host/session.ts';
import { proxyFacts } from '../facts/proxy-facts.ts';
import { nginx } from './nginx.ts';
import { CANARY, container, give, state, unit } from './test-proxies.ts';

const folder = mkdtempSync(join(tmpdir(), 'constat-proxies-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Runs a script as a host does, with programs of the test before those of the machine. */
const run = async (script: string): Promise<string> =>
  (await promisify(execFile)('/bin/sh', ['-c', script], { env: { PATH: `${folder}:${process.env.PATH}` } }))
    .stdout;
function program(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

const DUMP = `nginx version: nginx/1.24.0 (Ubuntu)
# configuration file /etc/nginx/nginx.conf:
events {}
http {
  include /etc/nginx/conf.d/*.conf;
}

# configuration file /etc/nginx/conf.d/quay.conf:
upstream api { server 127.0.0.1:8001; }
server {
  listen 443 ssl;
  server_name quay.example;
  ssl_certificate /etc/letsencrypt/live/quay.example/fullchain.pem;
  location /api/ {
    proxy_set_header Authorization "Basic ${CANARY}";
    proxy_pass http://api;
  }
}
`;

test('nginx: what it prints, with its version, and certificates that it uses', () => {
  const host = state({
    units: [unit('nginx.service', '/usr/sbin/nginx -c /etc/nginx/nginx.conf -g daemon on;')],
    certificates: [
      {
        path: '/etc/letsencrypt/live/quay.example/fullchain.pem',
        usedBy: ['certbot'],
        names: ['quay.example'],
        issuer: 'R11',
        from: '2026-01-01T00:00:00Z',
        until: '2026-04-01T00:00:00Z',
        days: 31,
        isSelfSigned: false,
      },
    ],
  });
  expect(nginx.commands(host)[0]).toMatchObject({
    needsRoot: true,
    script: expect.stringContaining('/usr/sbin/nginx -c /etc/nginx/nginx.conf -T -q'),
  });
  give(nginx, host, DUMP);
  expect(host.refusals).toEqual({});
  expect(host.proxies).toMatchObject([
    {
      product: 'nginx',
      source: 'host',
      host: 'quay-1',
      version: '1.24.0',
      runsIn: { unit: 'nginx.service' },
      blindSpots: [],
    },
  ]);
  expect(host.certificates[0]?.usedBy).toContain('quay.example');
  expect(proxyFacts(host)).toMatchObject([
    {
      kind: 'Nginx::Server',
      name: 'quay.example',
      source: 'host',
      sort: 'observed',
      account: 'quay-1',
      relations: [{ type: 'routes-to', to: { kind: 'Nginx::Upstream', name: 'api' } }],
    },
    { kind: 'Nginx::Upstream', name: 'api', properties: { servers: ['127.0.0.1:8001'] } },
  ]);
  expect(JSON.stringify([host, proxyFacts(host)])).not.toContain(CANARY);
});

test('half a dump of nginx is never a whole one', () => {
  const host = state({ containers: [container('edge', 'nginx')] });
  give(nginx, host, {
    stdout: DUMP.slice(0, DUMP.indexOf('\n# configuration file /etc/nginx/conf.d')),
    end: 'cut',
  });
  expect(host.refusals.nginx).toMatchObject({ sort: 'failed' });
  expect(host.proxies[0]?.blindSpots).not.toEqual([]);
  const torn = give(nginx, state({ containers: [container('edge', 'nginx')] }), DUMP.slice(0, -30));
  expect(torn.proxies[0]?.blindSpots).not.toEqual([]);
});

test.each<[string, Partial<HostAnswer>, string]>([
  ['a program that is not in the image', { end: 'missing', code: 127 }, 'failed'],
  ['a refusal', { end: 'denied', code: 1 }, 'denied'],
  [
    'a configuration that does not pass',
    { end: 'failed', code: 1, stdout: 'nginx version: nginx/1.2\n' },
    'failed',
  ],
  ['another text', { stdout: 'hello' }, 'failed'],
])('nginx that runs and is not read is a refusal: %s', (_, answer, sort) => {
  const host = give(nginx, state({ containers: [container('edge', 'nginx')] }), answer);
  expect(host.refusals.nginx).toMatchObject({ sort });
  expect(host.proxies).toEqual([]);
});

test('the commands for nginx in a container run there, and give its certificates', async () => {
  program(
    'docker',
    `shift 2
case "$1 $2" in
  'nginx -v') echo 'nginx version: nginx/1.29.1' >&2 ;;
  'nginx -T') cat <<'DUMP'
${DUMP}DUMP
  ;;
  'cat /etc/letsencrypt/live/quay.example/fullchain.pem') printf '%s\\n' '-----BEGIN CERTIFICATE-----' abc '-----END CERTIFICATE-----' '${CANARY} key' ;;
  *) exit 9 ;;
esac`,
  );
  const host = state({ containers: [container('edge', 'nginx')] });
  const [dump, certificates] = await Promise.all(nginx.commands(host).map(({ script }) => run(script)));
  expect(dump).toMatch(/^nginx version: nginx\/1\.29\.1\n/);
  expect(certificates).toBe(
    'F /etc/letsencrypt/live/quay.example/fullchain.pem\n|-----BEGIN CERTIFICATE-----\n|abc\n|-----END CERTIFICATE-----\n\n',
  );
  give(nginx, host, dump ?? '', certificates ?? '');
  expect(host.proxies).toMatchObject([{ version: '1.29.1', runsIn: { container: 'edge' } }]);
});

test('the page that nginx shows at first is nobody’s declaration', () => {
  const text = `nginx version: nginx/1.24.0\n# configuration file /etc/nginx/nginx.conf:\nhttp {\n server { listen 80 default_server; root /var/www/html; server_name _; location / { try_files $uri =404; } }\n}\n`;
  const host = give(nginx, state({ units: [unit('nginx.service', '/usr/sbin/nginx')] }), text);
  expect(proxyFacts(host)).toMatchObject([{ kind: 'Nginx::Server', name: '_', builtIn: true }]);
  const own = give(
    nginx,
    state({ units: [unit('nginx.service', '/usr/sbin/nginx')] }),
    text.replace('try_files $uri =404;', 'proxy_pass http://127.0.0.1:3000;'),
  );
  expect(proxyFacts(own)[0]).not.toHaveProperty('builtIn');
});
