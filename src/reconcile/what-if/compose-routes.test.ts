import { describe, expect, test } from 'vitest';
import { dockerHost, idsOf, port, web, wellSaid } from '#judge/test-compose-host.ts';
import { composeFile } from '#judge/test-estate.ts';
import { container, listener, proxyConfig, router } from '#judge/test-host.ts';
import type { ComposeFile } from '#model/artifacts.ts';
import type { HostState } from '#model/host.ts';
import { type ComposeGiven, composeWhatIf } from './compose.ts';

const foretell = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  wellSaid(composeWhatIf(file, on, { files: new Set(), environmentFiles: [], proxies: [], ...around }));
const ids = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  idsOf(foretell(file, on, around));

describe('labels of Traefik', () => {
  const match = (path?: string) => ({
    hosts: ['shop.example'],
    paths: path === undefined ? [] : [{ how: 'prefix' as const, value: path }],
    other: [],
  });
  const at = (line: number) => ({ source: 'repo', file: 'compose.yaml', line }) as const;
  const live = { source: 'host', operation: 'traefik /api/rawdata', at: '2026-03-01T08:00:00Z' } as const;
  const file = composeFile([web('front', { line: 2 })]);
  const labels = (parts: Parameters<typeof router>[1]) =>
    proxyConfig({
      files: ['compose.yaml'],
      routers: [router('front', { at: at(4), match: match(), rule: 'Host(`shop.example`)', ...parts })],
    });
  const traefik = (...routers: ReturnType<typeof router>[]) =>
    proxyConfig({
      source: 'host',
      files: [],
      routers,
      providers: [
        { name: 'docker', at: live },
        { name: 'file', at: live },
      ],
    });
  const running = (name: string, parts: Parameters<typeof router>[1] = {}) =>
    router(name, {
      provider: 'file',
      at: live,
      match: match(),
      rule: 'Host(`shop.example`)',
      priority: 20,
      ...parts,
    });

  test('a router that comes before one of another provider takes its requests', () => {
    const told = (parts: Parameters<typeof router>[1], one = running('shop@file')) =>
      ids(file, dockerHost({ proxies: [traefik(one)] }), { proxies: [labels(parts)] });
    expect(told({ priority: 100 })).toEqual(['container-started', 'route-taken-over']);
    expect(told({ priority: 1 })).toEqual(['container-started', 'route-added']);
    expect(told({ match: { ...match(), hosts: ['other.example'] }, priority: 100 })).toEqual([
      'container-started',
      'route-added',
    ]);
    expect(told({ priority: 100 }, running('shop@file', { status: 'disabled' }))).toEqual([
      'container-started',
      'route-added',
    ]);
  });

  test('a router that names no entry point is not on Traefik’s own, of its dashboard and API', () => {
    const api = running('api@internal', { provider: 'internal', entryPoints: ['traefik'], priority: 2 });
    const told = (parts: Parameters<typeof router>[1]) =>
      ids(file, dockerHost({ proxies: [traefik(api)] }), { proxies: [labels(parts)] });
    expect(told({ priority: 100, entryPoints: [] })).toEqual(['container-started', 'route-added']);
    expect(told({ priority: 100, entryPoints: ['traefik'] })).toEqual([
      'container-started',
      'route-taken-over',
    ]);
  });

  test('the longer rule is asked first where no priority is given', () => {
    const told = ids(file, dockerHost({ proxies: [traefik(running('shop@file', { priority: 22 }))] }), {
      proxies: [labels({ match: match('/api'), rule: 'Host(`shop.example`) && PathPrefix(`/api`)' })],
    });
    expect(told).toEqual(['container-started', 'route-taken-over']);
  });

  test('a router of the same name with another configuration makes both disappear', () => {
    const other = container('legacy', { labels: { 'traefik.http.routers.front.rule': 'Host(`x.example`)' } });
    const there = running('front@docker', {
      provider: 'docker',
      match: { ...match(), hosts: ['x.example'] },
    });
    const told = (one: typeof there) =>
      ids(file, dockerHost({ containers: [other], proxies: [traefik(one)] }), { proxies: [labels({})] });
    expect(told(there)).toEqual(['container-started', 'route-lost']);
    expect(told({ ...there, match: match(), target: { to: 'service', service: 'front@docker' } })).toEqual([
      'container-started',
      'route-taken-over',
    ]);
  });

  test('without a Traefik that was read nothing is said of routes but that', () => {
    const told = foretell(file, dockerHost(), { proxies: [labels({ priority: 100 })] });
    expect(told.effects.map(({ id }) => id)).toEqual(['container-started']);
    expect(told.unknown[0]?.text.en).toContain('no Traefik that follows Docker was seen');
  });

  test('nor where the service does not start', () => {
    const blocked = composeFile([web('front', { line: 2, ports: [port('8080')] })]);
    const on = dockerHost({
      listeners: [listener('0.0.0.0', 8080)],
      proxies: [traefik(running('shop@file'))],
    });
    expect(ids(blocked, on, { proxies: [labels({ priority: 100 })] })).toEqual(['port-collision!']);
  });
});
