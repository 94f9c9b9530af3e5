import { expect, test } from 'vitest';
import type { ProxyConfig } from '#model/proxy.ts';
import { estate, findings } from '../../test-estate.ts';
import { proxyConfig, router } from '../../test-host.ts';
import { traefikMiddlewareUndefined } from './traefik-middleware-undefined.ts';

const at = { source: 'repo', file: 'traefik/dynamic.yml', line: 12 } as const;
const watching: Partial<ProxyConfig> = { providers: [{ name: 'file', path: '/etc/traefik/dynamic', at }] };
const middleware = (name: string, provider: string) => ({
  name,
  provider,
  type: 'basicAuth',
  settings: {},
  errors: [],
  at,
});
const of = (...proxies: Partial<ProxyConfig>[]) =>
  findings(traefikMiddlewareUndefined, estate({ artifacts: { proxies: proxies.map(proxyConfig) } }));
const api = (middlewares: string[], provider = 'file') => router('api', { provider, middlewares, at });

test('a middleware that no file which Traefik reads defines is a finding at its router', () => {
  const [finding, ...others] = of({
    ...watching,
    routers: [api(['auth', 'geo'])],
    middlewares: [middleware('geo', 'file')],
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    confidence: 'high',
    title: { en: '`api`: middleware `auth` is defined nowhere' },
    evidence: [at],
  });
});

test('one of labels that names what only a file defines lacks its provider', () => {
  const labels = { files: ['compose.yml'], routers: [api(['auth'], 'docker')] };
  const [finding] = of(labels, { middlewares: [middleware('auth', 'file')] });
  expect(finding).toMatchObject({ confidence: 'medium' });
  expect(finding?.message.en).toContain('`auth@file`');
});

test('what is defined is sound, in the same configuration or by another file of the repository', () => {
  expect(of({ ...watching, routers: [api(['auth'])], middlewares: [middleware('auth', 'file')] })).toEqual(
    [],
  );
  expect(
    of({ ...watching, routers: [api(['auth@docker'])] }, { middlewares: [middleware('auth', 'docker')] }),
  ).toEqual([]);
  // version 2 calls Swarm's containers docker
  expect(
    of({ routers: [api(['auth@docker'], 'swarm')], middlewares: [middleware('auth', 'swarm')] }),
  ).toEqual([]);
});

test('where the files that may define it were not all read, nothing is said', () => {
  const routers = [api(['auth'])];
  expect(of({ routers })).toEqual([]);
  expect(of({ ...watching, routers, blindSpots: [{ what: 'templates', at }] })).toEqual([]);
  expect(
    of({ ...watching, routers, blindSpots: [{ what: 'providers.file /etc/traefik/dynamic', at }] }),
  ).toEqual([]);
});

test('containers of other stacks, other providers and open names are nobody’s fault', () => {
  const names = ['authelia@docker', 'x@kubernetescrd', 'redirect@internal', '${AUTH}', 'a@consulcatalog'];
  expect(of({ ...watching, routers: [api(names), api(['authelia'], 'docker')] })).toEqual([]);
});

test('what is out of use or an example is not judged, and defines nothing', () => {
  expect(of({ ...watching, standing: 'retired', routers: [api(['auth'])] })).toEqual([]);
  expect(
    of(
      { ...watching, routers: [api(['auth'])] },
      { standing: 'retired', middlewares: [middleware('auth', 'file')] },
    ),
  ).toHaveLength(1);
});
