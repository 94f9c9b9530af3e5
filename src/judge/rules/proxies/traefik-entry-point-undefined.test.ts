import { expect, test } from 'vitest';
import type { EntryPoint, ProxyConfig } from '#model/proxy.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { proxyConfig, router } from '../../test-host.ts';
import { traefikEntryPointUndefined } from './traefik-entry-point-undefined.ts';

const at = { source: 'repo', file: 'traefik.yml', line: 2 } as const;
const entry = (name: string): EntryPoint => ({
  name,
  address: '',
  port: 80,
  protocol: 'tcp',
  isTls: false,
  at,
});
const in_ = (...proxies: Partial<ProxyConfig>[]) =>
  estate({ artifacts: { proxies: proxies.map(proxyConfig) } });
const of = (...proxies: Partial<ProxyConfig>[]) => findings(traefikEntryPointUndefined, in_(...proxies));
const on = (...entryPoints: string[]) => [router('api', { entryPoints })];

test('a router on entry points of which none is defined is a high finding', () => {
  const [finding] = of({ entryPoints: [entry('web')], routers: on('websecure') });
  expect(finding).toMatchObject({
    severity: 'high',
    title: { en: '`api`: entry point `websecure` is defined nowhere' },
  });
  expect(finding?.message.en).toContain('the static configuration defines `web`');
});

test('where another of its entry points is defined, it answers there', () => {
  expect(of({ entryPoints: [entry('web')], routers: on('web', 'websecure') })[0]?.severity).toBe('medium');
});

test('defined ones, none at all, and open names are sound', () => {
  const entryPoints = [entry('web')];
  expect(of({ entryPoints, routers: on('web') })).toEqual([]);
  expect(of({ entryPoints, routers: on() })).toEqual([]);
  expect(of({ entryPoints, routers: on('$ENTRY') })).toEqual([]);
});

test('a file that is merged over the first may add entry points', () => {
  const override = { files: ['compose.override.yml'], entryPoints: [entry('websecure')] };
  expect(of({ entryPoints: [entry('web')], routers: on('websecure') }, override)).toEqual([]);
});

test('labels without a static configuration are not judged, and what was not understood is unknown', () => {
  expect(of({ routers: on('websecure') })).toEqual([]);
  const blindSpots = [{ what: 'templates', at }];
  expect(
    isUnknown(
      traefikEntryPointUndefined,
      in_({ entryPoints: [entry('web')], routers: on('websecure'), blindSpots }),
    ),
  ).toBe(true);
});
