import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { estate, findings } from '../../test-estate.ts';
import { proxyConfig, proxyService, router } from '../../test-host.ts';
import { proxyFilesContradict } from './proxy-files-contradict.ts';

const place = (file: string) => ({ source: 'repo', file, line: 4 }) as const;
const nginx = (file: string, host: string, to: string, parts: Partial<ProxyConfig> = {}) =>
  proxyConfig({
    product: 'nginx',
    files: [file],
    entryPoints: [{ name: '*:80', address: '', port: 80, protocol: 'tcp', isTls: false, at: place(file) }],
    routers: [
      router(`${host} /`, {
        entryPoints: ['*:80'],
        match: { hosts: [host], paths: [{ how: 'prefix', value: '/' }], other: [] },
        target: { to: 'service', service: 'app' },
        at: place(file),
      }),
    ],
    services: [proxyService('app', { servers: [{ scheme: 'http', host: to, port: 8001, text: to }] })],
    ...parts,
  });
const found = (...proxies: ProxyConfig[]) =>
  findings(proxyFilesContradict, estate({ artifacts: { proxies } }));

test('one path of one site, two destinations', () => {
  const [finding, ...others] = found(
    nginx('nginx.conf', 'quay.io', '10.0.0.1'),
    nginx('deploy/quay.conf', 'quay.io', '10.0.0.2'),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'medium', confidence: 'medium' });
  expect(finding?.message.en).toBe(
    '`quay.io /` leads to `10.0.0.1:8001` (`nginx.conf`) or to `10.0.0.2:8001` (`deploy/quay.conf`) depending on the file.',
  );
});

test('it weighs less where one of them is out of use, or named so', () => {
  expect(
    found(nginx('a.conf', 'q.io', '10.0.0.1'), nginx('legacy/b.conf', 'q.io', '10.0.0.2'))[0]?.severity,
  ).toBe('low');
  expect(
    found(
      nginx('a.conf', 'q.io', '10.0.0.1'),
      nginx('a.conf.bak', 'q.io', '10.0.0.2', { standing: 'retired' }),
    )[0]?.severity,
  ).toBe('low');
});

test.each([
  ['environments', nginx('dev/a.conf', 'q.io', '10.0.0.1'), nginx('prod/a.conf', 'q.io', '10.0.0.2')],
  ['sites', nginx('a.conf', 'q.io', '10.0.0.1'), nginx('b.conf', 'r.io', '10.0.0.2')],
  [
    'names that anybody has',
    nginx('a.conf', 'localhost', '10.0.0.1'),
    nginx('b.conf', 'localhost', '10.0.0.2'),
  ],
  [
    'examples',
    nginx('a.conf', 'q.io', '10.0.0.1'),
    nginx('b.conf', 'q.io', '10.0.0.2', { standing: 'reference' }),
  ],
  ['the same address', nginx('a.conf', 'q.io', '10.0.0.1'), nginx('b.conf', 'q.io', '10.0.0.1')],
  ['unknown addresses', nginx('a.conf', 'q.io', ''), nginx('b.conf', 'q.io', '10.0.0.2')],
])('%s contradict nothing', (_, one, other) => {
  expect(found(one, other)).toEqual([]);
});
