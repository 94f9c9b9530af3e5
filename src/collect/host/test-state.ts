import type { HostState } from '#model/host.ts';

/** A host of which nothing was read yet, for tests of sections. */
export const hostState = (): HostState => ({
  name: 'quay-1',
  address: 'local',
  at: '2026-03-01T08:00:00Z',
  refusals: {},
  user: { name: 'root', isRoot: true },
  interfaces: [],
  units: [],
  listeners: [],
  engines: [],
  containers: [],
  networks: [],
  volumes: [],
  images: [],
  proxies: [],
  cron: [],
  disks: [],
  certificates: [],
  users: [],
});
