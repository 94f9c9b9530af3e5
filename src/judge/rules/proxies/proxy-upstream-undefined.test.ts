import { expect, test } from 'vitest';
import type { ComposeFile } from '#model/artifacts.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { proxyConfig, proxyService } from '../../test-host.ts';
import { proxyUpstreamUndefined } from './proxy-upstream-undefined.ts';

const edge = service('edge', {
  volumes: [{ source: './nginx.conf', target: '/etc/nginx/nginx.conf', line: 7 }],
  line: 5,
});
const project = (parts: Partial<ComposeFile> = {}, ...more: ReturnType<typeof service>[]) =>
  composeFile([edge, service('api', { aliases: ['backend'], containerName: 'quay-api' }), ...more], {
    file: 'compose.yaml',
    ...parts,
  });
const nginx = (hosts: string[], parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({
    product: 'nginx',
    files: ['nginx.conf'],
    givenTo: [{ file: 'compose.yaml', service: 'edge' }],
    services: hosts.map((host) =>
      proxyService(host, { servers: [{ scheme: 'http', host, port: 8000, text: `${host}:8000` }] }),
    ),
    ...parts,
  });
const found = (proxy: ProxyConfig, ...composeFiles: ComposeFile[]) =>
  findings(proxyUpstreamUndefined, estate({ artifacts: { proxies: [proxy], composeFiles } }));

test('a name that no service of the project has is told with those that it has', () => {
  const [finding, ...others] = found(nginx(['api', 'backend', 'quay-api', 'worker']), project());
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'high' });
  expect(finding?.title.en).toBe('`worker:8000`: nginx leads there and nothing declares it');
  expect(finding?.message.en).toBe(
    'The configuration that `edge` is given leads to `worker:8000`; the services of that project are `edge`, `api`, `backend`, `quay-api`.',
  );
  expect(finding?.evidence).toContainEqual({ source: 'repo', file: 'compose.yaml', line: 5 });
});

test('addresses, domains, this machine, sockets and placeholders are not judged', () => {
  expect(
    found(
      nginx(['10.0.0.1', 'api.example.org', 'localhost', 'host.docker.internal', '', '__HOST__', 'your-app']),
      project(),
    ),
  ).toEqual([]);
});

test('a service of an override of the same project is one of it', () => {
  expect(
    found(nginx(['worker']), project(), composeFile([service('worker')], { file: 'compose.override.yaml' })),
  ).toEqual([]);
});

test('in a network that others share, with two projects, or with none, nothing is said', () => {
  const shared = { ...edge, networks: ['edge'] };
  const file = (isExternal: boolean) =>
    composeFile([shared, service('api')], {
      networks: [{ key: 'edge', name: 'edge', line: 9, isExternal, subnets: [], isInternal: false }],
    });
  expect(found(nginx(['worker']), file(true))).toEqual([]);
  expect(found(nginx(['worker']), file(false))).toHaveLength(1);
  expect(found(nginx(['worker']), composeFile([shared, service('api')]))).toEqual([]);
  const two = ['compose.yaml', 'other/compose.yaml'].map((of) => ({ file: of, service: 'edge' }));
  expect(
    found(nginx(['worker'], { givenTo: two }), project(), project({ file: 'other/compose.yaml' })),
  ).toEqual([]);
  expect(found(nginx(['worker']))).toEqual([]);
  expect(found(nginx(['worker']), composeFile([{ ...edge, networkMode: 'host' }, service('api')]))).toEqual(
    [],
  );
});

test('copies out of use, examples and running configurations are not judged', () => {
  for (const parts of [{ standing: 'retired' }, { standing: 'reference' }, { source: 'host' }] as const)
    expect(found(nginx(['worker'], parts), project())).toEqual([]);
});
