import { describe, expect, test } from 'vitest';
import type { Fact, Kind } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import { withHostFiles } from './host-files.ts';
import { resourcesOf } from './resources.ts';

const KINDS: Kind[] = ['Systemd::Unit', 'Compose::Service', 'Docker::Network', 'Traefik::Router'];
const read = (account = 'quay-1', refused?: Kind): Observation => ({
  source: 'host',
  account,
  regions: [],
  kinds: new Set(KINDS),
  lookups: KINDS.map((kind) => ({
    source: 'host',
    kind,
    account,
    ...(kind === refused && {
      refusal: { sort: 'denied' as const, operation: 'docker inspect', why: { fr: 'refusé', en: 'refused' } },
    }),
  })),
});
const declared = (kind: Kind, name: string, file: string, parts: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file, line: 1 },
  environments: [],
  verb: 'creates',
  ...parts,
});
const seen = (kind: Kind, name: string, parts: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'host',
  sort: 'observed',
  nameStatus: 'literal',
  evidence: { source: 'host', operation: 'x', at: '2026-03-01T08:00:00Z' },
  account: 'quay-1',
  environments: [],
  ...parts,
});
const statusOf = (facts: Fact[], name: string, observations: Observation[] = [read()]) => {
  const one = resourcesOf(facts, observations).find((resource) => resource.name === name);
  return { status: one?.status, reason: one?.reason?.en };
};
const web = declared('Compose::Service', 'web', 'compose.yaml', { scope: 'shop' });
const database = declared('Compose::Service', 'database', 'compose.yaml', { scope: 'shop' });
const webRuns = seen('Compose::Service', 'web', { scope: 'shop' });

describe('what a host does not run', () => {
  test('is missing where another service of the same project runs there', () => {
    expect(statusOf([web, database, webRuns], 'database').status).toBe('missing');
    expect(statusOf([web, database, webRuns], 'web').status).toBe('verified');
  });
  test('is not said to be missing where nothing of the project runs there', () => {
    expect(statusOf([web, database], 'database')).toMatchObject({
      status: 'unverified',
      reason: expect.stringContaining('nothing says that it is to run it'),
    });
  });
  test('is not missing where the list was refused', () => {
    expect(statusOf([web, database], 'database', [read('quay-1', 'Compose::Service')])).toMatchObject({
      status: 'unverified',
      reason: 'refused',
    });
  });
  test('is not expected of a developer’s own file', () => {
    const dev = { ...database, environments: ['dev'] };
    expect(statusOf([web, dev, webRuns], 'database').status).toBe('unverified');
  });
});

test('a unit that a script restarts or a page tells of is expected; its file alone says nothing', () => {
  const file = declared('Systemd::Unit', 'api.service', 'deploy/api.service');
  expect(statusOf([file], 'api.service').status).toBe('unverified');
  expect(statusOf([file, { ...file, verb: 'requires' }], 'api.service').status).toBe('missing');
  expect(statusOf([file, { ...file, source: 'docs' }], 'api.service').status).toBe('missing');
  const other = declared('Systemd::Unit', 'worker.service', 'deploy/worker.service');
  expect(statusOf([file, other, seen('Systemd::Unit', 'worker.service')], 'api.service').status).toBe(
    'missing',
  );
});

test('what the configuration says is for a host is looked for on that host alone', () => {
  const router = declared('Traefik::Router', 'shop', 'hosts/quay-1/traefik.yml');
  const config = { hosts: [{ address: 'ssh://deploy@quay-1', files: ['hosts/quay-1/**'] }] };
  const facts = withHostFiles([router], config, [{ name: 'quay-1', address: 'ssh://deploy@quay-1' }]);
  expect(statusOf([...facts], 'shop').status).toBe('missing');
  expect(statusOf([...facts], 'shop', [read('quay-2')])).toMatchObject({
    status: 'unverified',
    reason: 'host `quay-1` was not read',
  });
});

test('an image, a network or a volume that is there says nothing of the project that would use it too', () => {
  const shared: Kind[] = ['Docker::Image', 'Docker::Network', 'Docker::Volume'];
  for (const kind of shared) {
    const other = declared('Compose::Service', 'site', 'second/compose.yaml', { scope: 'second' });
    const joined = declared(kind, 'shared', 'second/compose.yaml');
    expect(statusOf([other, joined, seen(kind, 'shared')], 'site').status).toBe('unverified');
  }
});
