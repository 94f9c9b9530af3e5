import { describe, expect, test } from 'vitest';
import { composeFile, misset, service } from '#judge/test-estate.ts';
import { container, hostState, listener, proxyConfig, router } from '#judge/test-host.ts';
import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { WhatIf } from '#model/what-if.ts';
import { type ComposeGiven, composeWhatIf } from './compose.ts';

const AROUND: ComposeGiven = { files: new Set(), environmentFiles: [], proxies: [] };
const ENGINE = { product: 'docker', version: '27.5.1', isRootless: false, compose: '2.32.4' } as const;

/** A host with an engine and the network of the project `quay`, in which images of tests are. */
const host = (parts: Partial<HostState> = {}): HostState =>
  hostState({
    engines: [ENGINE],
    networks: [network('quay_default', { project: 'quay' })],
    images: [{ engine: 'docker', id: 'sha256:aaaaaaaaaaaaaaaa', tags: ['nginx:1.29-alpine'], digests: [] }],
    firewall: {
      tool: 'nftables',
      isActive: true,
      policy: { input: 'drop', inputV6: 'drop' },
      rules: [],
      publishedAreFiltered: true,
      unread: [],
    },
    ...parts,
  });

function network(
  name: string,
  parts: Partial<HostState['networks'][number]> = {},
): HostState['networks'][number] {
  return {
    engine: 'docker',
    name,
    driver: 'bridge',
    subnets: ['172.20.0.0/16'],
    gateways: ['172.20.0.1'],
    isInternal: false,
    containers: [],
    ...parts,
  };
}

const web = (name: string, parts: Partial<ComposeService> = {}): ComposeService =>
  service(name, { image: { reference: 'nginx:1.29-alpine', line: 3 }, ...parts });
const port = (published: string, target = '80', parts: { address?: string } = {}) => ({
  published,
  target,
  line: 5,
  ...parts,
});
const holds = (hostPort: number, hostAddress = '0.0.0.0') => ({
  hostAddress,
  hostPort,
  containerPort: 80,
  protocol: 'tcp' as const,
});

/** A container as Compose makes it for a service of the project `quay`. */
const ofQuay = (name: string, parts: Partial<HostContainer> = {}): HostContainer =>
  container(`quay-${name}-1`, {
    compose: { project: 'quay', service: name, files: ['/srv/quay/compose.yaml'], folder: '/srv/quay' },
    restartPolicy: 'no',
    networks: [{ name: 'quay_default', address: '172.20.0.2', aliases: [name] }],
    ...parts,
  });

function foretell(file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}): WhatIf {
  const told = composeWhatIf(file, on, { ...AROUND, ...around });
  for (const { text } of [...told.effects, ...told.unknown]) expect(misset(text)).toBeUndefined();
  for (const { evidence } of told.effects) expect(evidence[0]).toMatchObject({ source: 'repo' });
  return told;
}
const ids = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  foretell(file, on, around).effects.map(({ id, fails }) => (fails ? `${id}!` : id));

describe('a retired file that publishes a port which something else serves', () => {
  const retired = composeFile(
    [
      web('backend', { ports: [port('8002', '8001')], dependsOn: ['store'], line: 4 }),
      web('frontend', { ports: [port('3002')], line: 12 }),
      web('worker', { dependsOn: ['backend'], line: 20 }),
      web('store', { line: 26 }),
    ],
    { file: 'docker-compose.yml.OBSOLETE', retired: true, project: 'harbour' },
  );
  const running = host({
    networks: [network('harbour_default', { project: 'harbour' })],
    containers: [container('quay-front', { ports: [holds(8002), holds(8002, '::')] })],
    listeners: [
      listener('0.0.0.0', 8002, { process: { name: 'docker-proxy', pid: 40 } }),
      listener('127.0.0.1', 8003, { process: { name: 'uvicorn', pid: 41 }, unit: 'api.service' }),
    ],
  });

  test('is refused by Docker, says what stays, and gives the next free port', () => {
    const { effects, command, isRetired } = foretell(retired, running);
    expect(isRetired).toBe(true);
    expect(command).toBe('docker compose --file docker-compose.yml.OBSOLETE up --detach');
    const [collision] = effects.filter(({ fails }) => fails);
    expect(collision).toMatchObject({
      id: 'port-collision',
      severity: 'medium',
      affects: [{ kind: 'Docker::Container', name: 'quay-front' }],
      values: { port: 8002, free: 8004, protocol: 'tcp', service: 'backend', holder: 'quay-front' },
    });
    expect(collision?.evidence).toMatchObject([
      { source: 'repo', file: 'docker-compose.yml.OBSOLETE', line: 5 },
      { source: 'host', operation: 'docker inspect', at: running.at },
    ]);
    expect(collision?.text.en).toBe(
      'Service `backend` would publish `8002`, which container `quay-front` on `0.0.0.0:8002` holds: Docker creates the container and refuses to start it (`port is already allocated`). What was started before stays: `store`. What depends on it is not started: `worker`. What does not depend on it may be started, and then stays: `frontend`.',
    );
    expect(effects.map(({ id }) => id)).not.toContain('unit-stopped');
    expect(effects.some(({ text }) => text.en.startsWith('Service `worker` is started'))).toBe(false);
  });

  test('once the port is changed to the free one, everything is started', () => {
    const mended = {
      ...retired,
      services: retired.services.map((one) => ({
        ...one,
        ports: one.ports.map((at) => ({ ...at, published: at.published === '8002' ? '8004' : '3002' })),
      })),
    };
    expect(ids(mended, running)).toEqual(Array(4).fill('container-started'));
  });
});

test('a file that is exactly what runs changes nothing', () => {
  const file = composeFile(
    [
      web('front', {
        ports: [port('8080'), port('5353', '53/udp', { address: '127.0.0.1' })],
        environment: [{ name: 'MODE', line: 9, digest: 'd1' }],
        volumes: [
          { source: 'data', target: '/data', line: 10 },
          { source: './conf', target: '/etc/app/', line: 11 },
        ],
        restart: 'always',
      }),
      web('agent', { networkMode: 'host' }),
    ],
    { volumes: [{ key: 'data', name: 'quay_data', line: 30, isExternal: false }] },
  );
  const same = host({
    volumes: [{ engine: 'docker', name: 'quay_data', driver: 'local', project: 'quay' }],
    listeners: [
      listener('0.0.0.0', 8080),
      listener('::', 8080),
      listener('127.0.0.1', 5353, { protocol: 'udp' }),
    ],
    containers: [
      ofQuay('front', {
        restartPolicy: 'always',
        ports: [
          holds(8080),
          holds(8080, '::'),
          { hostAddress: '127.0.0.1', hostPort: 5353, containerPort: 53, protocol: 'udp' },
        ],
        environment: [
          { name: 'MODE', secret: false, class: 'plain', digest: 'd1' },
          { name: 'PATH', secret: false, class: 'plain', digest: 'p' },
        ],
        mounts: [
          {
            type: 'volume',
            source: '/var/lib/docker/volumes/quay_data/_data',
            destination: '/data',
            isReadOnly: false,
            volume: 'quay_data',
          },
          { type: 'bind', source: '/srv/quay/conf', destination: '/etc/app', isReadOnly: false },
        ],
      }),
      ofQuay('agent', { networkMode: 'host', networks: [] }),
      // what shares with it already is no effect of the start
      container('backup', {
        mounts: [
          { type: 'volume', source: '/x', destination: '/data', isReadOnly: false, volume: 'quay_data' },
        ],
      }),
    ],
  });
  expect(foretell(file, same).effects).toEqual([]);
  expect(foretell(file, same).unknown).toEqual([]);

  const changes: [string, Partial<HostContainer>][] = [
    ['the image', { image: 'nginx:1.27' }],
    ['the published ports', { ports: [holds(8081)] }],
    ['the value of `MODE`', { environment: [{ name: 'MODE', secret: false, class: 'plain', digest: 'd2' }] }],
    ['what is mounted at `/data`', { mounts: [] }],
    ['the networks', { networks: [{ name: 'other', aliases: [] }] }],
    ['the restart policy', { restartPolicy: 'no' }],
    ['the privileges', { isPrivileged: true }],
    [
      'the image (`nginx:1.29-alpine` is another version on the host now)',
      { imageId: 'sha256:bbbbbbbbbbbbbbbb' },
    ],
  ];
  for (const [said, parts] of changes) {
    const [front, ...rest] = same.containers;
    const [effect, ...more] = foretell(file, {
      ...same,
      listeners: [],
      containers: [{ ...(front as HostContainer), ...parts }, ...rest],
    }).effects.filter(({ id }) => id === 'container-recreated');
    expect(more).toEqual([]);
    expect(effect?.text.en).toContain(said);
  }
});

describe('addresses of one port', () => {
  const held = (address: string, parts = {}) => host({ listeners: [listener(address, 80, parts)] });
  const published = (address?: string, target = '80') =>
    composeFile([web('front', { ports: [port('80', target, address === undefined ? {} : { address })] })]);

  test.each([
    [undefined, '127.0.0.1'],
    [undefined, '::1'],
    ['0.0.0.0', '203.0.113.10'],
    ['127.0.0.1', '0.0.0.0'],
    ['127.0.0.1', '::'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1', '::ffff:127.0.0.1'],
    ['::1', '::'],
    ['::', '::1'],
  ])('published on %s, held on %s: a collision', (mine, theirs) => {
    expect(ids(published(mine), held(theirs))).toContain('port-collision!');
  });

  test.each([
    ['127.0.0.1', '203.0.113.10'],
    ['::1', '0.0.0.0'],
    ['0.0.0.0', '::1'],
    ['::', '127.0.0.1'],
  ])('published on %s, held on %s: none', (mine, theirs) => {
    expect(ids(published(mine), held(theirs))).not.toContain('port-collision!');
  });

  test('a socket that takes IPv6 alone leaves IPv4', () => {
    expect(ids(published('127.0.0.1'), held('::', { isAnyAddress: false }))).not.toContain('port-collision!');
  });

  test('UDP and TCP do not meet', () => {
    expect(ids(published(undefined, '80/udp'), held('0.0.0.0'))).not.toContain('port-collision!');
  });

  test('an address that the host does not have is refused', () => {
    expect(ids(published('198.51.100.7'), host())).toContain('port-collision!');
    expect(ids(published('203.0.113.10'), host())).not.toContain('port-collision!');
    const unread = host({
      refusals: { interfaces: { sort: 'denied', operation: 'ip', why: { fr: 'refusé', en: 'denied' } } },
    });
    expect(ids(published('198.51.100.7'), unread)).not.toContain('port-collision!');
  });
});

test('a range collides with what stands inside it; of a range for one port any free one does', () => {
  const taken = host({ listeners: [listener('0.0.0.0', 3003)] });
  const fixed = composeFile([web('front', { ports: [port('3000-3005', '3000-3005')] })]);
  const any = composeFile([web('front', { ports: [port('3003-3004')] })]);
  expect(ids(fixed, taken)).toContain('port-collision!');
  expect(ids(any, taken)).not.toContain('port-collision!');
  expect(ids(any, host({ listeners: [listener('0.0.0.0', 3003), listener('0.0.0.0', 3004)] }))).toContain(
    'port-collision!',
  );
});

test('a port without a number of the host is never in the way, and one of a variable is not known', () => {
  const ephemeral = composeFile([web('front', { ports: [{ target: '80', line: 5 }] })]);
  expect(ids(ephemeral, host({ listeners: [listener('0.0.0.0', 80)] }))).toEqual(['container-started']);
  const open = foretell(composeFile([web('front', { ports: [port('${PORT}')] })]), host());
  expect(open.effects.map(({ id }) => id)).toEqual(['container-started']);
  expect(open.unknown.map(({ text }) => text.en)).toContain(
    'a port that service `front` publishes is not known: `${PORT}:80`',
  );
});

test('two services of one file on one port: the second does not start', () => {
  const file = composeFile([web('a', { ports: [port('8080')] }), web('b', { ports: [port('8080')] })]);
  expect(ids(file, host())).toEqual(['container-started', 'port-collision!']);
  const apart = composeFile([
    web('a', { ports: [port('8080', '80', { address: '127.0.0.1' })] }),
    web('b', { ports: [port('8080', '80', { address: '203.0.113.10' })] }),
  ]);
  expect(ids(apart, host())).toEqual(['container-started', 'container-started']);
});

test('ports of services that are recreated are given back first; those of an orphan are not', () => {
  const file = composeFile([web('a', { ports: [port('8080')] }), web('b', { ports: [port('9090')] })]);
  const swapped = host({
    containers: [ofQuay('a', { ports: [holds(9090)] }), ofQuay('b', { ports: [holds(8080)] })],
  });
  expect(ids(file, swapped)).toEqual(['container-recreated', 'container-recreated']);
  const orphan = host({ containers: [ofQuay('old', { ports: [holds(8080)] })] });
  expect(ids(file, orphan)).toEqual(['container-orphaned', 'container-started', 'port-collision!']);
});

test('its own container is gone when the port of the new one is refused: nothing serves then', () => {
  const file = composeFile([web('a', { ports: [port('8080')] })]);
  const on = host({
    containers: [ofQuay('a', { ports: [holds(9090)] })],
    listeners: [listener('0.0.0.0', 8080, { unit: 'api.service' })],
  });
  const collision = foretell(file, on).effects.find(({ id }) => id === 'port-collision');
  expect(collision?.severity).toBe('high');
  expect(collision?.text.en).toContain('Container `quay-a-1`, which ran, is replaced by then');
});

test('where what listens was not read, a free port is not given and the rest is said to be unknown', () => {
  const refusal = { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'denied' } } as const;
  const on = host({
    refusals: { listeners: refusal },
    containers: [container('other', { ports: [holds(8080)] })],
  });
  const told = foretell(composeFile([web('a', { ports: [port('8080')] })]), on);
  expect(told.effects[0]).toMatchObject({ id: 'port-collision', values: { port: 8080 } });
  expect(told.effects[0]?.values).not.toHaveProperty('free');
  expect(told.unknown[0]?.text.en).toContain('other ports may be taken');
});

describe('names', () => {
  test('a container of another project with the name, running or not', () => {
    const file = composeFile([web('front', { containerName: 'front' })]);
    const told = foretell(file, host({ containers: [container('front', { state: 'exited' })] }));
    expect(told.effects.map(({ id, fails }) => [id, fails])).toEqual([['container-name-collision', true]]);
    expect(ids(file, host({ containers: [container('front-2')] }))).toEqual(['container-started']);
    expect(ids(file, host({ containers: [ofQuay('front', { name: 'front' })] }))).toEqual([]);
  });

  test('the name that Compose makes, of the version that is there', () => {
    const file = composeFile([web('front')]);
    const taken = (name: string, compose: string) =>
      ids(file, host({ engines: [{ ...ENGINE, compose }], containers: [container(name)] }));
    expect(taken('quay-front-1', '2.32.4')).toEqual(['container-name-collision!']);
    expect(taken('quay_front_1', '2.32.4')).toEqual(['container-started']);
    expect(taken('quay_front_1', '1.29.2')).toEqual(['container-name-collision!']);
  });

  test('a name in a shared network that another container answers to', () => {
    const file = composeFile([web('api', { networks: ['edge'], aliases: ['backend'] })], {
      networks: [{ key: 'edge', name: 'edge', line: 9, isExternal: true, subnets: [], isInternal: false }],
    });
    const there = (aliases: string[], joined = 'edge') =>
      host({
        networks: [network('edge')],
        containers: [container('legacy', { networks: [{ name: joined, aliases }] })],
      });
    expect(ids(file, there(['backend']))).toContain('alias-collision');
    expect(ids(file, there(['API']))).toContain('alias-collision');
    expect(ids(file, there(['front']))).not.toContain('alias-collision');
    expect(ids(file, there(['backend'], 'other'))).not.toContain('alias-collision');
  });
});

describe('the project', () => {
  const from = (path: string) =>
    host({
      containers: [
        ofQuay('front', {
          image: 'nginx:1.25',
          compose: { project: 'quay', service: 'front', files: [path], folder: '/opt/other' },
        }),
      ],
    });

  test('of another file is taken over, and what differs is replaced', () => {
    const told = foretell(
      composeFile([web('front')], { file: 'deploy/old.yml.bak', retired: true }),
      from('/opt/other/compose.yaml'),
    );
    expect(told.effects.map(({ id, severity }) => [id, severity])).toEqual([
      ['project-taken-over', 'high'],
      ['container-recreated', 'high'],
    ]);
    expect(told.effects[0]?.text.en).toContain('from `/opt/other/compose.yaml`');
  });

  test('of this file is its own', () => {
    expect(
      ids(
        composeFile([web('front')], { file: 'deploy/compose.yaml' }),
        from('/opt/other/deploy/compose.yaml'),
      ),
    ).toEqual(['container-recreated']);
  });

  test('keeps what is no more in the file', () => {
    expect(ids(composeFile([web('front')]), host({ containers: [ofQuay('front'), ofQuay('old')] }))).toEqual([
      'container-orphaned',
    ]);
    expect(
      ids(
        composeFile([web('front')]),
        host({ containers: [ofQuay('front'), ofQuay('old', { state: 'exited' })] }),
      ),
    ).toEqual([]);
  });
});

describe('networks', () => {
  const joined = (parts: Partial<ComposeFile['networks'][number]>) =>
    composeFile([web('front', { networks: ['edge'] })], {
      networks: [
        { key: 'edge', name: 'edge', line: 9, isExternal: false, subnets: [], isInternal: false, ...parts },
      ],
    });

  test('an external one that is absent ends the start before anything is made, and the rest is only named', () => {
    const file = joined({ isExternal: true });
    const told = foretell(
      { ...file, services: file.services.map((one) => ({ ...one, ports: [port('8080')] })) },
      host({ listeners: [listener('0.0.0.0', 8080)] }),
    );
    expect(told.effects.map(({ id }) => id)).toEqual(['network-missing']);
    expect(told.unknown.map(({ text }) => text.en).join()).toContain(
      'Without that failure would follow: Service `front`',
    );
    expect(ids(joined({ isExternal: true }), host({ networks: [network('edge')] }))).toEqual([
      'container-started',
    ]);
  });

  test('are not said to be absent where they were not read', () => {
    const refusals = {
      networks: { sort: 'denied', operation: 'docker', why: { fr: 'refusé', en: 'denied' } },
    } as const;
    expect(ids(joined({ isExternal: true }), host({ networks: [], refusals }))).toEqual([
      'container-started',
    ]);
    expect(ids(joined({ isExternal: true }), hostState())).not.toContain('network-missing!');
  });

  test('with a subnet that another network or an interface has', () => {
    expect(ids(joined({ subnets: ['172.20.5.0/24'] }), host())).toEqual(['subnet-overlap!']);
    expect(ids(joined({ subnets: ['10.9.0.0/24'] }), host())).toEqual([
      'network-created',
      'container-started',
    ]);
    expect(ids(joined({ subnets: ['203.0.0.0/16'] }), host())).toEqual([
      'subnet-overlap',
      'network-created',
      'container-started',
    ]);
  });
});

describe('data', () => {
  const mount = (volume: string, isReadOnly = false) => ({
    type: 'volume',
    source: `/var/lib/docker/volumes/${volume}/_data`,
    destination: '/data',
    isReadOnly,
    volume,
  });
  const withVolume = (isReadOnly?: true) =>
    composeFile(
      [
        web('front', {
          volumes: [{ source: 'data', target: '/data', line: 7, ...(isReadOnly && { isReadOnly }) }],
        }),
      ],
      {
        volumes: [{ key: 'data', name: 'harbour_data', line: 20, isExternal: false }],
      },
    );
  const volumes = [{ engine: 'docker' as const, name: 'harbour_data', driver: 'local' }];
  const severities = (file: ComposeFile, on: HostState) =>
    foretell(file, on)
      .effects.filter(({ id }) => /shared/.test(id))
      .map(({ severity }) => severity);

  test('a volume that a running container of another project has', () => {
    const on = (parts: Partial<HostContainer>) => host({ volumes, containers: [container('db', parts)] });
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data')] }))).toEqual(['critical']);
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data', true)] }))).toEqual(['high']);
    expect(severities(withVolume(true), on({ mounts: [mount('harbour_data')] }))).toEqual(['low']);
    expect(severities(withVolume(), on({ mounts: [mount('other')] }))).toEqual([]);
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data')], state: 'exited' }))).toEqual([]);
  });

  test('an external volume that is absent ends the start; another one is made', () => {
    const file = withVolume();
    expect(ids(file, host())).toEqual(['volume-created', 'container-started']);
    const external = { ...file, volumes: file.volumes.map((one) => ({ ...one, isExternal: true })) };
    expect(ids(external, host())).toEqual(['volume-missing!']);
    expect(ids(external, host({ volumes }))).toEqual(['container-started']);
  });

  test('a path of the host that another container or a unit writes to', () => {
    const file = composeFile([web('front', { volumes: [{ source: '/srv/api', target: '/app', line: 7 }] })]);
    const bind = (source: string, isReadOnly = false) =>
      host({
        containers: [
          container('other', { mounts: [{ type: 'bind', source, destination: '/x', isReadOnly }] }),
        ],
      });
    expect(severities(file, bind('/srv/api/files'))).toEqual(['high']);
    expect(severities(file, bind('/srv/api/app.db'))).toEqual(['critical']);
    expect(severities(file, bind('/srv/api2'))).toEqual([]);
    expect(severities(file, bind('/srv/api', true))).toEqual([]);
    const unit = (shown: string, workingDirectory = '/opt') =>
      host({
        units: [
          {
            ...hostUnit,
            workingDirectory,
            environment: [{ name: 'DATABASE_URL', secret: false, class: 'plain', digest: 'x', shown }],
          },
        ],
      });
    expect(severities(file, unit('sqlite:////srv/api/app.db'))).toEqual(['critical']);
    expect(severities(file, unit('sqlite:////srv/other/app.db'))).toEqual([]);
    expect(severities(file, unit('', '/srv/api/backend'))).toEqual(['high']);
  });

  test('the socket of the engine and the clock are nobody’s data', () => {
    const both = '/var/run/docker.sock';
    const file = composeFile([web('front', { volumes: [{ source: both, target: both, line: 7 }] })]);
    const on = host({
      containers: [
        container('traefik', {
          mounts: [{ type: 'bind', source: both, destination: both, isReadOnly: false }],
        }),
      ],
    });
    expect(severities(file, on)).toEqual([]);
  });
});

const hostUnit = {
  name: 'api.service',
  type: 'service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  dropIns: [],
  needsReload: false,
  isVendor: false,
  execStart: [],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: [],
  conflicts: [],
  hardening: {},
};

describe('what the file needs', () => {
  test('an image that is not there is pulled first, unless it is built or of a variable', () => {
    const file = (parts: Partial<ComposeService>) => composeFile([service('front', parts)]);
    const image = { reference: 'redis:8', line: 3 };
    expect(ids(file({ image }), host())).toEqual(['image-absent', 'container-started']);
    expect(ids(file({ image, build: { context: '.', line: 4 } }), host())).toEqual(['container-started']);
    expect(ids(file({ image: { ...image, reference: 'redis:${TAG}' } }), host())).toEqual([
      'container-started',
    ]);
    expect(
      ids(file({ image: { ...image, reference: 'docker.io/library/nginx:1.29-alpine' } }), host()),
    ).toEqual(['container-started']);
  });

  test('a file of variables is missed only where the folder is the one it is started from', () => {
    const file = composeFile([web('front', { environmentFiles: [{ path: '../.env', line: 6 }] })], {
      file: 'deploy/compose.yaml',
    });
    expect(ids(file, host(), { isWhereStarted: true })).toEqual(['environment-file-missing!']);
    expect(ids(file, host(), { isWhereStarted: true, files: new Set(['.env']) })).toEqual([
      'container-started',
    ]);
    const told = foretell(file, host());
    expect(told.effects.map(({ id }) => id)).toEqual(['container-started']);
    expect(told.unknown[0]?.text.en).toBe('whether `../.env`, which service `front` needs, is on the host');
  });

  test('a variable without which the file is refused', () => {
    const file = composeFile([web('front')], { requiredVariables: [{ name: 'DOMAIN', line: 4 }] });
    const given = (value: 'plain' | 'empty') => ({
      isWhereStarted: true,
      environmentFiles: [
        {
          file: '.env',
          example: false,
          tracked: false,
          variables: [{ name: 'DOMAIN', line: 1, secret: false, class: value }],
        },
      ],
    });
    expect(ids(file, host(), given('empty'))).toEqual(['variable-missing!']);
    expect(ids(file, host(), given('plain'))).toEqual(['container-started']);
    expect(foretell(file, host()).unknown[0]?.text.en).toContain('`DOMAIN`');
  });

  test('services of a profile are left out until it is switched on', () => {
    const file = composeFile([web('front'), web('debug', { profiles: ['debug'], ports: [port('8080')] })]);
    const taken = host({ listeners: [listener('0.0.0.0', 8080)] });
    expect(ids(file, taken)).toEqual(['container-started']);
    expect(ids(file, taken, { profiles: new Set(['debug']) })).toEqual([
      'container-started',
      'port-collision!',
    ]);
  });

  test('a service that waits for the health of one that is not checked does not start', () => {
    const file = (disabled: boolean) =>
      composeFile([
        web('front', { dependsOn: ['db'], awaitsHealthOf: ['db'] }),
        web('db', { healthcheck: { disabled, line: 8 } }),
      ]);
    expect(ids(file(true), host())).toEqual(['container-started', 'container-started!']);
    expect(ids(file(false), host())).toEqual(['container-started', 'container-started']);
  });
});

test('a port is opened to everybody where nothing filters what Docker publishes', () => {
  const file = composeFile([web('front', { ports: [port('8080')] })]);
  const wall = (parts: object) => ({ firewall: { ...host().firewall, ...parts } }) as Partial<HostState>;
  expect(ids(file, host())).toEqual(['container-started']);
  expect(ids(file, host(wall({ tool: 'ufw', publishedAreFiltered: false })))).toEqual([
    'container-started',
    'port-opened',
  ]);
  expect(ids(file, host(wall({ isActive: false })))).toEqual(['container-started', 'port-opened']);
  const own = composeFile([web('front', { ports: [port('8080', '80', { address: '127.0.0.1' })] })]);
  expect(ids(own, host(wall({ isActive: false })))).toEqual(['container-started']);
  const unknown = foretell(file, host(wall({ publishedAreFiltered: 'unknown' })));
  expect(unknown.effects.map(({ id }) => id)).toEqual(['container-started']);
  expect(unknown.unknown[0]?.text.en).toContain('could be reached from outside');
});

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
      ids(file, host({ proxies: [traefik(one)] }), { proxies: [labels(parts)] });
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

  test('the longer rule is asked first where no priority is given', () => {
    const told = ids(file, host({ proxies: [traefik(running('shop@file', { priority: 22 }))] }), {
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
      ids(file, host({ containers: [other], proxies: [traefik(one)] }), { proxies: [labels({})] });
    expect(told(there)).toEqual(['container-started', 'route-lost']);
    expect(told({ ...there, match: match(), target: { to: 'service', service: 'front@docker' } })).toEqual([
      'container-started',
      'route-taken-over',
    ]);
  });

  test('without a Traefik that was read nothing is said of routes but that', () => {
    const told = foretell(file, host(), { proxies: [labels({ priority: 100 })] });
    expect(told.effects.map(({ id }) => id)).toEqual(['container-started']);
    expect(told.unknown[0]?.text.en).toContain('no Traefik that follows Docker was seen');
  });

  test('nor where the service does not start', () => {
    const blocked = composeFile([web('front', { line: 2, ports: [port('8080')] })]);
    const on = host({ listeners: [listener('0.0.0.0', 8080)], proxies: [traefik(running('shop@file'))] });
    expect(ids(blocked, on, { proxies: [labels({ priority: 100 })] })).toEqual(['port-collision!']);
  });
});

test('a hostile file is looked at in bounds', () => {
  const services = Array.from({ length: 3000 }, (_, at) =>
    web(`s${at}`, { dependsOn: [`s${(at + 1) % 3000}`], ports: [port('1-65535', '1-65535')] }),
  );
  const begun = Date.now();
  const told = composeWhatIf(
    composeFile([...services, web('__proto__'), web('constructor')]),
    host(),
    AROUND,
  );
  expect(told.unknown.map(({ text }) => text.en)).toContain('2502 more services were not looked at');
  expect(Date.now() - begun).toBeLessThan(5000);
});
