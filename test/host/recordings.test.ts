import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readHost } from '#collect/host/read-host.ts';
import { hostSections } from '#collect/host/sections.ts';
import type { HostState } from '#model/host.ts';
import { machineForTests } from './machine.ts';
import { RECORDED, readRecorded, recordingFile } from './recordings.ts';

describe.each(RECORDED)('what was recorded of the machine: $scenario, as $user', ({ scenario, user }) => {
  test('is there, is read without a fault of Constat itself, and holds no secret', async () => {
    const file = recordingFile(scenario, user);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toMatch(
      /cron-canary-\w|env-canary-\w|container-canary-\w|change-this-secret|PRIVATE KEY/,
    );
    const { state, broken } = await readRecorded(hostSections, scenario, user);
    expect(broken).toBeUndefined();
    expect(state.hostname).toBe('phare-1');
    expect(JSON.stringify(state.refusals)).not.toContain('in Constat itself');
    expect(state.units.find(({ name }) => name === 'phare-api.service')).toMatchObject({ user: 'phare' });
  });
});

describe('the machine, and what was recorded of it', () => {
  const machine = machineForTests('baseline');

  test('are the same host', async () => {
    const { state } = await readHost(
      { address: machine.address, sshConfig: machine.sshConfig, name: 'phare-1' },
      hostSections,
      () => new Date(),
    );
    const { state: before } = await readRecorded(hostSections, 'baseline');
    expect(lasting(state)).toEqual(lasting(before));
  });
});

/** What is the same each time that the machine is booted: no times, ids, pids, sizes, or addresses that are drawn. */
function lasting(state: HostState): unknown {
  const ofUs = (name: string) => /phare|edge|essai/.test(name);
  return {
    refusals: state.refusals,
    system: { ...state.system, kernel: undefined },
    user: state.user,
    interfaces: state.interfaces
      .filter(({ name, address }) => !/^(?:eth0|veth)/.test(name) && !address.startsWith('fe80:'))
      .map(({ address, prefix }) => `${address}/${prefix}`)
      .sort(),
    units: state.units
      .filter(({ name }) => ofUs(name) || /^(?:ssh|docker|nginx|cron|nftables)\.service$/.test(name))
      .map(({ mainPid, since, timer, environment, environmentFiles, ...unit }) => ({
        ...unit,
        // systemd tells them in no order
        requires: unit.requires.toSorted(),
        wantedBy: unit.wantedBy.toSorted(),
        conflicts: unit.conflicts.toSorted(),
        triggers: unit.triggers.toSorted(),
        schedule: timer?.schedule,
        environment: environment.map(({ name, shown }) => [name, shown]),
        environmentFiles: environmentFiles.map(({ path, state: how, variables }) => [
          path,
          how,
          variables.map(({ name, secret }) => [name, secret]),
        ]),
      }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    listeners: state.listeners
      .filter(({ process }) => process?.name !== 'containerd')
      .map(({ protocol, address, port, process, unit, container }) =>
        [protocol, address, port, process?.name, unit, container && 'a container'].join(' '),
      )
      .sort(),
    engines: state.engines,
    containers: state.containers
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .map(({ name, image, state: how, health, ports, mounts, labels, compose, restartPolicy }) => ({
        name,
        image,
        // the one that fails is between two starts, or in one
        how: how === 'restarting' ? 'running' : how,
        health,
        ports,
        mounts,
        labels,
        compose,
        restartPolicy,
      })),
    networks: state.networks
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .map(({ name, driver, subnets, gateways, project }) => ({
        name,
        driver,
        subnets,
        gateways,
        project,
      })),
    volumes: state.volumes.map(({ name, driver, project }) => ({ name, driver, project })),
    images: state.images.map(({ tags }) => tags).sort(),
    proxies: JSON.parse(
      JSON.stringify(state.proxies, (key, value) =>
        (key === 'at' && typeof value === 'string') || key === 'container' ? undefined : value,
      ).replaceAll(/192\.168\.200\.(?!1\b)\d+|172\.17\.0\.(?!1\b)\d+/g, 'drawn'),
    ),
    firewall: state.firewall,
    cron: state.cron,
    certificates: state.certificates.map(({ from, until, days, ...certificate }) => certificate),
    users: state.users,
    // names of algorithms look like keys of an API, and are masked
    sshd: Object.entries(state.sshd ?? {}).filter(([name]) => !name.endsWith('algorithms')),
  };
}
