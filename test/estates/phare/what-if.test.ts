import { beforeAll, describe, expect, test } from 'vitest';
import { hostSections } from '#collect/host/sections.ts';
import type { HostState } from '#model/host.ts';
import type { Report } from '#model/report.ts';
import { readRecorded } from '../../host/recordings.ts';
import { auditPhare, phareHost } from './host.ts';

const RETIRED = 'docker-compose.yml.OBSOLETE';

/** What is foretold of the retired file on the host as it is meant to run. */
let foretold: NonNullable<Report['whatIf']>[number];
/** The host after somebody started it: on the machine with the same files under a folder that is called `compose`. */
let done: HostState;
beforeAll(async () => {
  const { whatIf = [] } = await auditPhare(phareHost());
  const found = whatIf.find(({ file }) => file === RETIRED);
  if (!found) throw new Error('nothing was foretold');
  foretold = found;
  done = (await readRecorded(hostSections, 'relaunch')).state;
});

const affected = (id: string, fails = false) =>
  foretold.effects
    .filter((effect) => effect.id === id && effect.fails === fails)
    .flatMap(({ affects }) => affects.map(({ name }) => name));
const after = (service: string) =>
  done.containers.find(({ compose }) => compose?.project === 'compose' && compose.service === service);

describe('what is foretold of the retired file came about when it was started', () => {
  test('the front is started beside the one that runs, on a port of its own', () => {
    expect(affected('container-started')).toEqual(['front']);
    expect(after('front')).toMatchObject({
      state: 'running',
      ports: expect.arrayContaining([expect.objectContaining({ hostPort: 3002 })]),
    });
    expect(done.listeners.some(({ port, isAnyAddress }) => port === 3002 && isAnyAddress)).toBe(true);
  });

  test('the backend is made and not started: its port is taken', () => {
    expect(affected('port-collision', true)).toEqual(['phare-front']);
    expect(after('backend')?.state).toBe('created');
    const holder = done.listeners.find(({ port }) => port === 8002);
    const front = done.containers.find(({ name }) => name === 'phare-front');
    expect(holder?.container).toBe(front?.name);
  });

  test('the front that serves is left as it was', () => {
    expect(foretold.effects.map(({ id }) => id)).not.toContain('container-recreated');
    expect(done.containers.find(({ name }) => name === 'phare-front')).toMatchObject({
      state: 'running',
      image: 'registry.example/phare/front:1.4.2',
    });
  });

  test('a network is made for it', () => {
    expect(affected('network-created')).toEqual(['repository_default']);
    expect(done.networks.map(({ name }) => name)).toContain('compose_default');
  });
});

test('what is foretold is of a retired file, and its command is shown as one that is not to be run', () => {
  expect(foretold).toMatchObject({ isRetired: true, host: 'phare-1', of: 'compose', unknown: [] });
  expect(foretold.command).toContain(RETIRED);
});

test('where the engine was not read, nothing is foretold of containers as if there were none', async () => {
  const { whatIf = [] } = await auditPhare(phareHost([], 'docker-down'));
  const one = whatIf.find(({ file }) => file === RETIRED);
  expect(one?.unknown.length).toBeGreaterThan(0);
  expect(one?.effects.filter(({ fails }) => fails)).toEqual([]);
});
