import { expect, test } from 'vitest';
import type { HostContainer } from '#model/host.ts';
import { hostState } from '../test-state.ts';
import { pathOnHost, tellUse } from './certificate-use.ts';

const container: HostContainer = {
  engine: 'docker',
  id: 'a'.repeat(12),
  name: 'edge',
  image: 'nginx',
  state: 'running',
  restartCount: 0,
  restartPolicy: 'no',
  ports: [],
  networkMode: 'bridge',
  networks: [],
  mounts: [
    { type: 'bind', source: '/srv/edge', destination: '/etc', isReadOnly: true },
    { type: 'bind', source: '/etc/letsencrypt/', destination: '/etc/letsencrypt', isReadOnly: true },
  ],
  environment: [],
  isPrivileged: false,
  addedCapabilities: [],
  labels: {},
};

test('a path of a container is on the host where its deepest mount has it', () => {
  const path = '/etc/letsencrypt/live/quay.example/fullchain.pem';
  expect(pathOnHost(path, container)).toBe(path);
  expect(pathOnHost('/etc/nginx/x.pem', container)).toBe('/srv/edge/nginx/x.pem');
  expect(pathOnHost('/etcetera/x.pem', container)).toBeUndefined();
  expect(pathOnHost('/x.pem', undefined)).toBe('/x.pem');
});

test('certificates bear who uses them, once each, and those of a container alone are no others', () => {
  const state = hostState();
  const path = '/etc/letsencrypt/live/quay.example/fullchain.pem';
  state.certificates = ['/x.pem', path].map((one) => ({
    path: one,
    usedBy: ['certbot'],
    names: ['quay.example'],
    issuer: 'R11',
    from: '2026-01-01T00:00:00Z',
    until: '2026-04-01T00:00:00Z',
    days: 31,
    isSelfSigned: false,
  }));
  tellUse(state, [{ path, usedBy: ['quay.example', 'certbot'] }], container);
  tellUse(state, [{ path: '/x.pem', usedBy: ['other.example'] }], container);
  expect(state.certificates.map(({ usedBy }) => usedBy)).toEqual([['certbot'], ['certbot', 'quay.example']]);
});
