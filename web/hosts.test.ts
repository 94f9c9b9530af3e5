import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { hostsShown } from './hosts.ts';
import type { Resource } from './vocabulary.ts';

const seen = { source: 'host' as const, operation: 'x', at: '2026-03-01T08:00:00Z' };
const resource = (kind: string, name: string, properties: Resource['properties'] = {}): Resource => ({
  id: `${kind} ${name}`,
  kind,
  name,
  provider: 'host',
  account: 'quay-1',
  environments: [],
  status: 'verified',
  declared: [],
  observed: [seen],
  properties,
  drift: [],
});
const shown = (resources: Resource[], relations: Report['relations'] = []) =>
  hostsShown({ resources: [resource('Host', 'quay-1', { system: 'Debian 12' }), ...resources], relations });
const rows = (resources: Resource[], relations?: Report['relations']) =>
  shown(resources, relations)[0]?.tables.map(({ title, rows: all }) => [
    title.en,
    all.map((row) => row.map(({ en }) => en)),
  ]);

test('without a host that was read there is nothing', () => {
  expect(hostsShown({ resources: [{ ...resource('Host', 'quay-1'), observed: [] }], relations: [] })).toEqual(
    [],
  );
});

test('units of the estate are told with what they do, those of a distribution are not', () => {
  expect(
    rows([
      resource('Systemd::Unit', 'cron.service', { activeState: 'active', builtIn: true }),
      resource('Systemd::Unit', 'api.service', {
        activeState: 'active',
        subState: 'running',
        unitFileState: 'enabled',
        execStart: ['/usr/bin/api'],
        listens: ['0.0.0.0:8001'],
        user: 'api',
      }),
      resource('Systemd::Unit', 'mail.socket', { activeState: 'active', listens: ['127.0.0.1:25'] }),
    ]),
  ).toEqual([
    [
      'systemd units',
      [
        ['`api.service`', '`active running`', '`enabled`', '`/usr/bin/api`', '`api`'],
        ['`mail.socket`', '`active`', '', '`127.0.0.1:25`', ''],
      ],
    ],
  ]);
});

test('a port is one row for both families, and says whom it is open to', () => {
  const listener = (address: string, port: number, more: Resource['properties']) =>
    resource('Host::Listener', `${address}:${port}`, {
      address,
      port,
      protocol: 'tcp',
      builtIn: true,
      ...more,
    });
  expect(
    rows([
      listener('0.0.0.0', 8002, { container: 'front', process: 'docker-proxy' }),
      listener('::', 8002, { container: 'front', process: 'docker-proxy' }),
      listener('127.0.0.1', 25, { unit: 'mail.service' }),
      listener('10.0.0.2', 9000, {}),
    ]),
  ).toEqual([
    [
      'Listening ports',
      [
        ['`25`', 'the host alone', '`mail.service`'],
        ['`8002`', 'every one', '`front`'],
        ['`9000`', '`10.0.0.2`', 'not established'],
      ],
    ],
  ]);
});

test('a route is told with where it leads, and a router that is off as such', () => {
  const router = resource('Traefik::Router', 'api', {
    hosts: ['api.example'],
    paths: ['PathPrefix(/v1)'],
    entryPoints: ['web'],
    status: 'disabled',
  });
  const service = resource('Traefik::Service', 'api', { servers: ['http://10.0.0.1:8001'] });
  const server = resource('Nginx::Server', 'old.example', { listens: ['*:8090'], routes: ['/ → /srv/www'] });
  expect(
    rows(
      [router, service, server],
      [{ from: router.id, to: service.id, type: 'routes-to', evidence: [seen] }],
    ),
  ).toEqual([
    [
      'Routes',
      [
        [
          'Traefik',
          '`api`',
          '`api.example`, `PathPrefix(/v1)`',
          '`web`',
          '`http://10.0.0.1:8001`',
          '`disabled`',
        ],
        ['nginx', '`old.example`', '`/`', '`*:8090`', '`/srv/www`', ''],
      ],
    ],
  ]);
});

test('of a host with very many containers, the first are shown and the rest counted', () => {
  const many = Array.from({ length: 75 }, (_, index) => resource('Docker::Container', `c${100 + index}`, {}));
  const [table] = shown(many)[0]?.tables ?? [];
  expect(table?.rows).toHaveLength(60);
  expect(table?.more).toEqual({
    fr: '15 lignes de plus sont dans l’inventaire.',
    en: '15 more rows are in the inventory.',
  });
});

test('what is of another host, or was not seen, is not told of this one', () => {
  expect(
    rows([
      { ...resource('Docker::Network', 'edge', { subnets: ['10.0.0.0/24'] }), account: 'quay-2' },
      { ...resource('Docker::Network', 'lost', { subnets: ['10.0.1.0/24'] }), observed: [] },
    ]),
  ).toEqual([]);
});
