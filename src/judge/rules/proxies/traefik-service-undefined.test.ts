import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { estate, findings } from '../../test-estate.ts';
import { proxyConfig, proxyService, router } from '../../test-host.ts';
import { traefikServiceUndefined } from './traefik-service-undefined.ts';

const at = { source: 'repo', file: 'traefik/dynamic.yml', line: 12 } as const;
const watching: Partial<ProxyConfig> = { providers: [{ name: 'file', path: '/etc/traefik/dynamic', at }] };
const of = (...proxies: Partial<ProxyConfig>[]) =>
  findings(traefikServiceUndefined, estate({ artifacts: { proxies: proxies.map(proxyConfig) } }));
const to = (service: string, provider = 'file') =>
  router('api', { provider, target: { to: 'service', service }, at });

test('a service that no file which Traefik reads defines is a finding at its router', () => {
  const [finding, ...others] = of({
    ...watching,
    routers: [to('backend')],
    services: [proxyService('backend-v2', { provider: 'file' })],
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    evidence: [at],
    title: { en: '`api`: service `backend` is defined nowhere' },
  });
});

test('one of labels that leads to what only a file defines lacks its provider', () => {
  const [finding] = of(
    { routers: [to('nas', 'docker')] },
    { services: [proxyService('nas', { provider: 'file' })] },
  );
  expect(finding?.message.en).toContain('`nas@file`');
});

test('what is defined, internal, open or of another stack is sound', () => {
  const services = [proxyService('backend', { provider: 'file' })];
  const internal = router('dash', { provider: 'file', target: { to: 'internal', what: 'api' } });
  const routers = [
    to('backend'),
    to('backend@file', 'docker'),
    to('front@docker'),
    to('$SERVICE'),
    to('x', 'docker'),
    internal,
  ];
  expect(of({ ...watching, routers, services })).toEqual([]);
});

test('where not all files were read, nothing is said', () => {
  expect(of({ routers: [to('backend')] })).toEqual([]);
  expect(of({ ...watching, routers: [to('backend')], blindSpots: [{ what: 'templates', at }] })).toEqual([]);
});
