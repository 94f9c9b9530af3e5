import {
  emptyHostState,
  type HostContainer,
  type HostListener,
  type HostState,
  type HostUnit,
} from '#model/host.ts';
import { emptyProxyConfig, type ProxyConfig, type ProxyRouter, type ProxyService } from '#model/proxy.ts';
import type { ProgramSettings } from '#model/settings.ts';
import type { UnitFile } from '#model/unit-file.ts';
import type { Effect, WhatIf } from '#model/what-if.ts';

/** Builders for tests of what is judged of hosts: each gives a plain one, to which a test adds what it is about. */

/** A host that was read in full and runs nothing. */
export const hostState = (parts: Partial<HostState> = {}): HostState => ({
  ...emptyHostState('quay-1', 'ssh://deploy@quay-1', '2026-03-01T08:00:00Z'),
  user: { name: 'root', isRoot: true },
  interfaces: [{ name: 'eth0', address: '203.0.113.10', prefix: 24, isUp: true }],
  ...parts,
});

export const hostUnit = (name: string, parts: Partial<HostUnit> = {}): HostUnit => ({
  name,
  type: name.slice(name.lastIndexOf('.') + 1),
  load: 'loaded',
  active: 'active',
  sub: 'running',
  enabled: 'enabled',
  fragment: `/etc/systemd/system/${name}`,
  dropIns: [],
  needsReload: false,
  isVendor: false,
  execStart: [],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: ['multi-user.target'],
  conflicts: [],
  hardening: {},
  ...parts,
});

export const listener = (address: string, port: number, parts: Partial<HostListener> = {}): HostListener => ({
  protocol: 'tcp',
  address,
  port,
  isAnyAddress: address === '0.0.0.0' || address === '::',
  ...parts,
});

export const container = (name: string, parts: Partial<HostContainer> = {}): HostContainer => ({
  engine: 'docker',
  id: '0123456789ab',
  name,
  image: 'nginx:1.29-alpine',
  state: 'running',
  restartCount: 0,
  restartPolicy: 'unless-stopped',
  ports: [],
  networkMode: 'bridge',
  networks: [],
  mounts: [],
  environment: [],
  isPrivileged: false,
  addedCapabilities: [],
  labels: {},
  ...parts,
});

export const proxyConfig = (parts: Partial<ProxyConfig> = {}): ProxyConfig => ({
  ...emptyProxyConfig({
    product: 'traefik',
    source: 'repo',
    files: ['traefik/dynamic.yml'],
    standing: 'declared',
  }),
  ...parts,
});

const at = { source: 'repo', file: 'traefik/dynamic.yml', line: 3 } as const;

export const router = (name: string, parts: Partial<ProxyRouter> = {}): ProxyRouter => ({
  name,
  entryPoints: [],
  match: { hosts: [], paths: [], other: [] },
  rule: '',
  middlewares: [],
  target: { to: 'service', service: name },
  errors: [],
  guards: [],
  at,
  ...parts,
});

export const proxyService = (name: string, parts: Partial<ProxyService> = {}): ProxyService => ({
  name,
  servers: [],
  errors: [],
  at,
  ...parts,
});

export const unitFile = (parts: Partial<UnitFile> = {}): UnitFile => ({
  name: 'api.service',
  type: 'service',
  file: 'deploy/api.service',
  dropIns: [],
  standing: 'declared',
  line: 1,
  settings: [],
  execStart: [],
  environment: [],
  environmentFiles: [],
  ports: [],
  triggers: [],
  schedule: [],
  requires: [],
  conflicts: [],
  wantedBy: [],
  ...parts,
});

export const program = (parts: Partial<ProgramSettings> = {}): ProgramSettings => ({
  folder: 'backend',
  languages: ['python'],
  files: 1,
  settings: [],
  cors: [],
  tokenLifetimes: [],
  databases: [],
  commandRoutes: [],
  listens: [],
  blindSpots: [],
  ...parts,
});

export const whatIf = (effects: Effect[] = [], parts: Partial<WhatIf> = {}): WhatIf => ({
  of: 'compose',
  file: 'compose.yml.OBSOLETE',
  host: 'quay-1',
  isRetired: true,
  command: 'docker compose --file compose.yml.OBSOLETE up --detach',
  effects,
  unknown: [],
  ...parts,
});
