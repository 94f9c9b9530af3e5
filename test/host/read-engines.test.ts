import { describe, expect, test } from 'vitest';
import { type HostReading, readHost } from '#collect/host/read-host.ts';
import { hostSections } from '#collect/host/sections.ts';
import type { HostPart } from '#model/host.ts';
import { type MachineUser, machineForTests } from './machine.ts';

const partsRead = new Set(hostSections.flatMap(({ parts }) => parts));

/** A part that no section reads yet cannot be asserted: its tests are skipped, and say so. */
const needs = (context: { skip(note: string): void }, part: HostPart) => {
  if (!partsRead.has(part)) context.skip(`no section reads ${part}`);
};

describe('engines, proxies and firewall of a real host', () => {
  const machine = machineForTests('baseline');
  const readings = new Map<MachineUser, Promise<HostReading>>();
  const as = async (user: MachineUser) => {
    const known =
      readings.get(user) ??
      readHost(
        {
          address: machine.addressOf(user),
          sshConfig: machine.sshConfig,
          name: 'phare-1',
          sudo: user === 'exploit',
        },
        hostSections,
        () => new Date(),
      );
    readings.set(user, known);
    return (await known).state;
  };

  test('containers with their ports, networks, mounts and who declares them', async (context) => {
    needs(context, 'containers');
    const { containers, engines } = await as('root');
    expect(engines).toMatchObject([
      { product: 'docker', version: expect.stringMatching(/^20\.10\./), isRootless: false },
    ]);
    expect(containers.map(({ name }) => name).sort()).toEqual(['phare-edge', 'phare-front', 'phare-worker']);
    const find = (name: string) => containers.find((one) => one.name === name);
    expect(find('phare-front')).toMatchObject({
      engine: 'docker',
      image: 'registry.example/phare/front:1.4.2',
      state: 'running',
      health: 'healthy',
      restartPolicy: 'unless-stopped',
      compose: {
        project: 'phare',
        service: 'front',
        files: ['/opt/phare/compose/docker-compose.yml'],
        folder: '/opt/phare/compose',
      },
      networks: [{ name: 'edge-net', address: expect.stringMatching(/^192\.168\.200\.\d+$/) }],
      isPrivileged: false,
    });
    expect(find('phare-front')?.ports).toContainEqual({
      hostAddress: '0.0.0.0',
      hostPort: 8002,
      containerPort: 80,
      protocol: 'tcp',
    });
    expect(find('phare-front')?.environment.map(({ name, secret }) => [name, secret])).toEqual(
      expect.arrayContaining([
        ['PHARE_API', false],
        ['FRONT_TOKEN', true],
      ]),
    );
    expect(find('phare-worker')).toMatchObject({ restartPolicy: 'always' });
    expect(find('phare-worker')?.restartCount).toBeGreaterThan(0);
    expect(find('phare-edge')?.engineSocket).toEqual({ source: '/var/run/docker.sock', isReadOnly: true });
  });

  test('networks, volumes, images', async (context) => {
    needs(context, 'networks');
    const { networks, volumes, images } = await as('root');
    expect(networks.find(({ name }) => name === 'edge-net')).toMatchObject({
      driver: 'bridge',
      subnets: ['192.168.200.0/24'],
      gateways: ['192.168.200.1'],
      isInternal: false,
      containers: expect.arrayContaining(['phare-edge', 'phare-front']),
      project: 'edge',
    });
    expect(volumes).toMatchObject([{ name: 'phare-data', driver: 'local', project: 'phare' }]);
    expect(images.flatMap(({ tags }) => tags)).toEqual(
      expect.arrayContaining(['registry.example/phare/front:1.4.2', 'traefik:v3.6.7']),
    );
  });

  test('a published port belongs to its container', async (context) => {
    needs(context, 'containers');
    const { listeners } = await as('root');
    for (const [port, name] of [
      [8002, 'phare-front'],
      [80, 'phare-edge'],
      [8080, 'phare-edge'],
    ] as const)
      expect(listeners.find((one) => one.port === port)?.container).toBe(name);
    expect(listeners.find(({ port }) => port === 8001)?.container).toBeUndefined();
  });

  test('the legacy site of nginx, with the address that no interface has', async (context) => {
    needs(context, 'nginx');
    const { proxies } = await as('root');
    const nginx = JSON.stringify(proxies.filter(({ product }) => product === 'nginx'));
    expect(nginx).toContain('192.168.100.46');
    expect(nginx).toContain('8090');
  });

  test('the routers of Traefik, and the one that is disabled', async (context) => {
    needs(context, 'traefik');
    const { proxies } = await as('root');
    const traefik = JSON.stringify(proxies.filter(({ product }) => product === 'traefik'));
    for (const what of ['phare-api', 'phare-old', 'phare.example', '192.168.200.1', 'geoblock'])
      expect(traefik).toContain(what);
  });

  test('the firewall: what comes in is dropped, but for what is let in and what containers publish', async (context) => {
    needs(context, 'firewall');
    const { firewall } = await as('root');
    expect(firewall).toMatchObject({
      tool: 'nftables',
      isActive: true,
      policy: { input: 'drop', inputV6: 'drop' },
    });
    expect(firewall?.publishedAreFiltered).not.toBe(true);
    const accepted =
      firewall?.rules.filter(({ chain, action }) => chain === 'input' && action === 'accept') ?? [];
    for (const port of [22, 80, 443])
      expect(accepted.some(({ ports }) => ports?.some(({ from, to }) => from <= port && port <= to))).toBe(
        true,
      );
    expect(accepted.find(({ ports }) => ports?.some(({ from }) => from === 8001))?.source).toBe(
      '192.168.200.0/24',
    );
  });

  test('as a user in no group: engines and firewall are denied, not absent', async (context) => {
    needs(context, 'containers');
    const state = await as('visiteur');
    for (const part of ['containers', 'networks', 'volumes', 'images', 'firewall'] as const)
      expect(state.refusals[part]?.sort).toBe('denied');
    expect(state.containers).toEqual([]);
  });
});
