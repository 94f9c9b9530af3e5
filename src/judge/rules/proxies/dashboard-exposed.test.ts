import { expect, test } from 'vitest';
import type { ComposeService } from '#model/artifacts.ts';
import type { Dashboard, EntryPoint, ProxyConfig } from '#model/proxy.ts';
import { composeFile, estate, findings, isUnknown, service } from '../../test-estate.ts';
import { proxyConfig, router } from '../../test-host.ts';
import { dashboardExposed } from './dashboard-exposed.ts';

const at = { source: 'repo', file: 'edge/compose.yml', line: 7 } as const;
const insecure: Dashboard = { isOn: true, insecurePort: 8080, isGuarded: false, at };
const entry = (name: string, port: number): EntryPoint => ({
  name,
  address: '',
  port,
  protocol: 'tcp',
  isTls: false,
  at,
});
const entryPoints = [entry('web', 80), entry('websecure', 443)];
const edge: Partial<ProxyConfig> = {
  files: ['edge/compose.yml'],
  runsIn: { container: 'traefik' },
  entryPoints,
};
const inEstate = (
  config: Partial<ProxyConfig>,
  parts: Partial<ComposeService> = {},
  file = 'edge/compose.yml',
) =>
  estate({
    artifacts: {
      proxies: [proxyConfig({ ...edge, ...config })],
      composeFiles: [composeFile([service('traefik', { restart: 'always', ...parts })], { file })],
    },
  });
const of = (...given: Parameters<typeof inEstate>) => findings(dashboardExposed, inEstate(...given));
const port = (published: string, target: string, address?: string) => ({
  published,
  target,
  line: 11,
  ...(address !== undefined && { address }),
});

test('an insecure dashboard whose port is published is a finding at both places', () => {
  const [finding, ...others] = of({ dashboard: insecure }, { ports: [port('8080', '8080')] });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    title: { en: '`8080`: Traefik’s dashboard without authentication' },
    evidence: [at, { file: 'edge/compose.yml', line: 11 }],
  });
});

test('under another outer port, and on the network of the host, it is open too', () => {
  expect(of({ dashboard: insecure }, { ports: [port('9000', '8080')] })).toHaveLength(1);
  expect(of({ dashboard: insecure }, { networkMode: 'host' })).toHaveLength(1);
});

test('where nothing says that a server runs it, it is low', () => {
  const parts = { ports: [port('8080', '8080')], restart: 'no' };
  expect(of({ dashboard: insecure }, parts)[0]?.severity).toBe('low');
});

test('a port that is not published, or on the host itself alone, is sound', () => {
  expect(of({ dashboard: insecure }, { ports: [port('80', '80')] })).toEqual([]);
  expect(of({ dashboard: insecure }, { ports: [port('8080', '8080', '127.0.0.1')] })).toEqual([]);
});

test('a file for development, one out of use, and a dashboard that is off are not judged', () => {
  const ports = [port('8080', '8080')];
  const file = 'docker-compose.dev.yml';
  expect(of({ dashboard: insecure, files: [file] }, { ports }, file)).toEqual([]);
  expect(of({ dashboard: insecure, standing: 'retired' }, { ports })).toEqual([]);
  expect(of({ dashboard: { isOn: false, isGuarded: false, at } }, { ports })).toEqual([]);
});

test('nobody knows of a static file alone what it is started in', () => {
  const config = { dashboard: insecure, files: ['traefik.yml'], runsIn: {} };
  expect(isUnknown(dashboardExposed, inEstate(config))).toBe(true);
});

const behind = (
  parts: Parameters<typeof router>[1],
  dashboard: Partial<Dashboard> = {},
): Partial<ProxyConfig> => ({
  dashboard: { isOn: true, router: 'dash', isGuarded: false, at, ...dashboard },
  routers: [
    router('dash', {
      target: { to: 'internal', what: 'api' },
      entryPoints: ['websecure'],
      match: { hosts: ['edge.quay.org'], paths: [], other: [] },
      rule: 'Host(`edge.quay.org`)',
      at,
      ...parts,
    }),
  ],
});
const open = { ports: [port('443', '443')] };

test('a router to it without a guard is a finding', () => {
  const [finding] = of(behind({}), open);
  expect(finding).toMatchObject({ severity: 'high', evidence: [at] });
  expect(finding?.message.en).toContain('`api@internal`');
});

test('a name of a network at home makes it low; one that nobody can resolve makes it none', () => {
  const at_ = (host: string) => behind({ match: { hosts: [host], paths: [], other: [] } });
  expect(of(at_('traefik.home.arpa'), open)[0]?.severity).toBe('low');
  expect(of(at_('traefik.localhost'), open)).toEqual([]);
});

test('a guarded router, and one on an entry point that is not published, are sound', () => {
  expect(of(behind({ guards: ['basicAuth'] }, { isGuarded: true }), open)).toEqual([]);
  expect(of(behind({}), { ports: [port('80', '80')] })).toEqual([]);
  expect(of(behind({}), { ports: [port('443', '443', '127.0.0.1')] })).toEqual([]);
});

test('a guard that was not read is unknown, and so is what listens on Traefik’s own entry point', () => {
  expect(isUnknown(dashboardExposed, inEstate(behind({}, { isGuarded: 'unknown' }), open))).toBe(true);
  const inside = { ...behind({ entryPoints: ['traefik'] }), entryPoints: [] };
  expect(isUnknown(dashboardExposed, inEstate(inside, open))).toBe(true);
});
