import { describe, expect, test } from 'vitest';
import type { HostAnswer } from '../../readers/host/session.ts';
import { hostState as hostOf } from '../test-state.ts';
import { docker, podman } from './engines.ts';
import { withContainers } from './listeners.ts';

const ID = 'a'.repeat(64);
const IMAGE = 'b'.repeat(64);
const answer = (id: string, stdout: string, parts: Partial<HostAnswer> = {}): [string, HostAnswer] => [
  id,
  { id, operation: 'docker inspect', end: 'done', code: 0, stdout, stderr: '', asRoot: true, ...parts },
];
const lines = (...things: unknown[]) =>
  `${things.length}\n${things.map((one) => JSON.stringify(one)).join('\n')}\n`;

/** As Docker 20.10 prints a container, cut to what is read and a little more. */
const front = {
  Id: ID,
  Name: '/shop-front-1',
  Image: `sha256:${IMAGE}`,
  RestartCount: 3,
  State: {
    Status: 'running',
    Pid: 812,
    ExitCode: 0,
    OOMKilled: false,
    StartedAt: '2026-03-01T07:00:00.123Z',
    Health: { Status: 'healthy', Log: null },
  },
  HostConfig: {
    NetworkMode: 'c'.repeat(64),
    Privileged: false,
    CapAdd: null,
    RestartPolicy: { Name: 'unless-stopped' },
    PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8002' }] },
  },
  Mounts: [
    { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', RW: false },
    {
      Type: 'volume',
      Name: 'shop_data',
      Source: '/var/lib/docker/volumes/shop_data/_data',
      Destination: '/data',
      RW: true,
    },
  ],
  Config: {
    Image: 'nginx:1.29',
    User: '',
    Env: ['PATH=/usr/bin', 'MODE=direct', 'ADMIN_PASSWORD=canary-hunter2', 'PORT=80'],
    Entrypoint: ['/entry.sh'],
    Cmd: ['--api-key', 'canary-0123456789abcdef'],
    Labels: {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'front',
      'com.docker.compose.project.config_files': '/srv/shop/compose.yaml',
      'com.docker.compose.container-number': '1',
      'traefik.http.routers.shop.rule': 'Host(`shop.example.org`)',
      'traefik.http.middlewares.auth.basicauth.users': 'admin:$apr1$canary$hash',
      'internal.token': 'canary-label',
    },
  },
  NetworkSettings: {
    Ports: {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8002' },
        { HostIp: '::', HostPort: '8002' },
      ],
      '443/tcp': null,
    },
    Networks: {
      'edge-net': { IPAddress: '192.168.200.3', GlobalIPv6Address: '', Aliases: ['front', 'aaaaaaaaaaaa'] },
    },
  },
};
const image = {
  Id: `sha256:${IMAGE}`,
  RepoTags: ['nginx:1.29'],
  RepoDigests: ['nginx@sha256:1'],
  Created: '2026-01-01T00:00:00Z',
  Config: { Env: ['PATH=/usr/bin', 'PORT=80'] },
};
const network = {
  Name: 'edge-net',
  Driver: 'bridge',
  Internal: false,
  IPAM: { Config: [{ Subnet: '192.168.200.0/24', Gateway: '192.168.200.1' }] },
  Containers: { x: { Name: 'shop-front-1' } },
  Labels: {},
};

const read = (...answers: [string, HostAnswer][]) => {
  const state = hostOf();
  docker.read(new Map(answers), state);
  return state;
};
const whole = () =>
  read(
    answer('docker.containers', lines(front)),
    answer('docker.images', lines(image)),
    answer('docker.networks', lines(network)),
    answer('docker.volumes', lines({ Name: 'shop_data', Driver: 'local', Mountpoint: '/v', Labels: null })),
    answer(
      'docker.version',
      `${JSON.stringify({ Client: { Version: '20.10.24' }, Server: { Version: '20.10.24' } })}\n\n\n\n2.29.1\n`,
    ),
  );

describe('Docker', () => {
  test('a container is told with what it publishes, mounts and is part of', () => {
    const [one] = whole().containers;
    expect(one).toMatchObject({
      engine: 'docker',
      id: 'a'.repeat(12),
      name: 'shop-front-1',
      image: 'nginx:1.29',
      imageId: IMAGE,
      state: 'running',
      health: 'healthy',
      restartCount: 3,
      restartPolicy: 'unless-stopped',
      compose: { project: 'shop', service: 'front', files: ['/srv/shop/compose.yaml'], number: 1 },
      networkMode: 'edge-net',
      networks: [{ name: 'edge-net', address: '192.168.200.3', aliases: ['front'] }],
      engineSocket: { source: '/var/run/docker.sock', isReadOnly: true },
      pid: 812,
    });
    expect(one?.ports).toEqual([
      { hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' },
      { hostAddress: '::', hostPort: 8002, containerPort: 80, protocol: 'tcp' },
    ]);
    expect(one?.mounts[0]).toMatchObject({ volume: 'shop_data', isReadOnly: false });
  });
  test('of its environment what its image sets is left out, and no secret value is kept', () => {
    const state = whole();
    expect(state.containers[0]?.environment.map(({ name, shown }) => [name, shown])).toEqual([
      ['MODE', 'direct'],
      ['ADMIN_PASSWORD', undefined],
    ]);
    expect(JSON.stringify(state)).not.toContain('canary');
    expect(state.containers[0]?.labels['traefik.http.routers.shop.rule']).toBe('Host(`shop.example.org`)');
  });
  test('networks, volumes, images and the engine itself', () => {
    const state = whole();
    expect(state.networks).toEqual([
      expect.objectContaining({
        name: 'edge-net',
        subnets: ['192.168.200.0/24'],
        gateways: ['192.168.200.1'],
        containers: ['shop-front-1'],
      }),
    ]);
    expect(state.volumes).toEqual([
      { engine: 'docker', name: 'shop_data', driver: 'local', mountpoint: '/v' },
    ]);
    expect(state.images[0]?.tags).toEqual(['nginx:1.29']);
    expect(state.engines).toEqual([
      { product: 'docker', version: '20.10.24', isRootless: false, compose: '2.29.1' },
    ]);
    expect(state.refusals).toEqual({});
  });
  test('one that does not run publishes what it would publish', () => {
    const stopped = { ...front, State: { Status: 'exited', ExitCode: 137, OOMKilled: true, Pid: 0 } };
    const [one] = read(answer('docker.containers', lines(stopped))).containers;
    expect(one).toMatchObject({ state: 'exited', exitCode: 137, wasKilledForMemory: true });
    expect(one?.ports).toEqual([
      { hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' },
    ]);
    expect(one?.pid).toBeUndefined();
  });
  test('no engine is nothing to read; one that refuses or does not answer says nothing', () => {
    expect(
      read(answer('docker.containers', 'absent\n'), answer('docker.version', 'absent\n')).refusals,
    ).toEqual({});
    const denied = read(
      answer('docker.containers', '', { end: 'denied', code: 1, stderr: 'permission denied' }),
    );
    expect(denied.refusals.containers).toMatchObject({ sort: 'denied', permission: 'docker group or root' });
    expect(read(answer('docker.containers', '', { end: 'failed', code: 1 })).refusals.containers?.sort).toBe(
      'failed',
    );
  });
  test('a list that is cut is not whole: what is missing of it is unknown', () => {
    const cut = read(answer('docker.containers', `2\n${JSON.stringify(front)}\n{"Id":"dd`));
    expect(cut.containers).toHaveLength(1);
    expect(cut.refusals.containers?.sort).toBe('failed');
    const gone = read(
      answer('docker.containers', `2\n${JSON.stringify(front)}\n`, { stderr: 'Error: No such container: x' }),
    );
    expect(gone.refusals.containers).toBeUndefined();
  });
  test('what is no container is left out', () => {
    const odd = [
      {},
      { Id: 'x', Name: '/a' },
      { Id: ID, Name: '' },
      {
        Id: ID,
        Name: '/ok',
        Config: null,
        HostConfig: [],
        NetworkSettings: { Ports: { 'x/y': [{}], '80/tcp': [{ HostPort: 'no' }] } },
      },
    ];
    const [one, ...others] = read(answer('docker.containers', lines(...odd))).containers;
    expect(others).toEqual([]);
    expect(one).toMatchObject({ name: 'ok', ports: [], environment: [], restartPolicy: 'no' });
  });
  test('containers of another engine are told as not read', () => {
    const state = read(
      answer('docker.containers', 'absent\n'),
      answer('engines.others', '/run/k3s/containerd/containerd.sock\n'),
    );
    expect(state.refusals.containers?.sort).toBe('unavailable');
  });
});

test('Podman: networks in lower case, and containers of a user beside those of root, each once', () => {
  const state = hostOf();
  const of = { ...front, Name: 'web', State: { Status: 'running', Healthcheck: { Status: 'starting' } } };
  podman.read(
    new Map([
      answer('podman.containers', lines(of)),
      answer('podman.user.containers', lines(of, { ...of, Id: 'e'.repeat(64), Name: 'own' })),
      answer(
        'podman.networks',
        lines({
          name: 'podman',
          driver: 'bridge',
          internal: true,
          subnets: [{ subnet: '10.88.0.0/16', gateway: '10.88.0.1' }],
        }),
      ),
      answer(
        'podman.version',
        `${JSON.stringify({ Client: { Version: '4.3.1' } })}\n\n    "rootless": true\n\n`,
      ),
    ]),
    state,
  );
  expect(state.containers.map(({ name, health }) => [name, health])).toEqual([
    ['web', 'starting'],
    ['own', 'starting'],
  ]);
  expect(state.networks[0]).toMatchObject({ name: 'podman', subnets: ['10.88.0.0/16'], isInternal: true });
  expect(state.engines[0]).toMatchObject({ product: 'podman', isRootless: true });
});

describe('what stands behind a socket', () => {
  const at = (address: string, port: number, process?: string) => ({
    protocol: 'tcp' as const,
    address,
    port,
    isAnyAddress: address === '0.0.0.0' || address === '::',
    ...(process && { process: { name: process, pid: 1 }, unit: 'docker.service' }),
  });
  test('a published port leads to its container, not to the engine that forwards it', () => {
    const state = { ...whole(), listeners: [at('0.0.0.0', 8002, 'docker-proxy'), at('0.0.0.0', 22, 'sshd')] };
    const [front, sshd] = withContainers(state);
    expect(front).toMatchObject({ container: 'shop-front-1' });
    expect(front?.unit).toBeUndefined();
    expect(sshd?.container).toBeUndefined();
  });
  test('without a userland proxy the port is listened on all the same', () => {
    expect(withContainers(whole()).map(({ address, port, container }) => [address, port, container])).toEqual(
      [
        ['0.0.0.0', 8002, 'shop-front-1'],
        ['::', 8002, 'shop-front-1'],
      ],
    );
  });
  test('a program of the host at the same port of another address is its own', () => {
    const state = { ...whole(), listeners: [at('127.0.0.1', 8002, 'python3')] };
    expect(withContainers(state)[0]?.container).toBeUndefined();
  });
});
