import { describe, expect, test } from 'vitest';
import {
  dockerHost,
  dockerNetwork,
  ENGINE,
  holds,
  idsOf,
  ofQuay,
  port,
  web,
  wellSaid,
} from '#judge/test-compose-host.ts';
import { composeFile, service } from '#judge/test-estate.ts';
import { container, hostState, listener } from '#judge/test-host.ts';
import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { type ComposeGiven, composeWhatIf } from './compose.ts';

const foretell = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  wellSaid(composeWhatIf(file, on, { files: new Set(), environmentFiles: [], proxies: [], ...around }));
const ids = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  idsOf(foretell(file, on, around));

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
  const running = dockerHost({
    networks: [dockerNetwork('harbour_default', { project: 'harbour' })],
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
  const same = dockerHost({
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

describe('names', () => {
  test('a container of another project with the name, running or not', () => {
    const file = composeFile([web('front', { containerName: 'front' })]);
    const told = foretell(file, dockerHost({ containers: [container('front', { state: 'exited' })] }));
    expect(told.effects.map(({ id, fails }) => [id, fails])).toEqual([['container-name-collision', true]]);
    expect(ids(file, dockerHost({ containers: [container('front-2')] }))).toEqual(['container-started']);
    expect(ids(file, dockerHost({ containers: [ofQuay('front', { name: 'front' })] }))).toEqual([]);
  });

  test('the name that Compose makes, of the version that is there', () => {
    const file = composeFile([web('front')]);
    const taken = (name: string, compose: string) =>
      ids(file, dockerHost({ engines: [{ ...ENGINE, compose }], containers: [container(name)] }));
    expect(taken('quay-front-1', '2.32.4')).toEqual(['container-name-collision!']);
    expect(taken('quay_front_1', '2.32.4')).toEqual(['container-started']);
    expect(taken('quay_front_1', '1.29.2')).toEqual(['container-name-collision!']);
  });

  test('a name in a shared network that another container answers to', () => {
    const file = composeFile([web('api', { networks: ['edge'], aliases: ['backend'] })], {
      networks: [{ key: 'edge', name: 'edge', line: 9, isExternal: true, subnets: [], isInternal: false }],
    });
    const there = (aliases: string[], joined = 'edge') =>
      dockerHost({
        networks: [dockerNetwork('edge')],
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
    dockerHost({
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
    expect(
      ids(composeFile([web('front')]), dockerHost({ containers: [ofQuay('front'), ofQuay('old')] })),
    ).toEqual(['container-orphaned']);
    expect(
      ids(
        composeFile([web('front')]),
        dockerHost({ containers: [ofQuay('front'), ofQuay('old', { state: 'exited' })] }),
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
      dockerHost({ listeners: [listener('0.0.0.0', 8080)] }),
    );
    expect(told.effects.map(({ id }) => id)).toEqual(['network-missing']);
    expect(told.unknown.map(({ text }) => text.en).join()).toContain(
      'Without that failure would follow: Service `front`',
    );
    expect(ids(joined({ isExternal: true }), dockerHost({ networks: [dockerNetwork('edge')] }))).toEqual([
      'container-started',
    ]);
  });

  test('are not said to be absent where they were not read', () => {
    const refusals = {
      networks: { sort: 'denied', operation: 'docker', why: { fr: 'refusé', en: 'denied' } },
    } as const;
    expect(ids(joined({ isExternal: true }), dockerHost({ networks: [], refusals }))).toEqual([
      'container-started',
    ]);
    expect(ids(joined({ isExternal: true }), hostState())).not.toContain('network-missing!');
  });

  test('with a subnet that another network or an interface has', () => {
    expect(ids(joined({ subnets: ['172.20.5.0/24'] }), dockerHost())).toEqual(['subnet-overlap!']);
    expect(ids(joined({ subnets: ['10.9.0.0/24'] }), dockerHost())).toEqual([
      'network-created',
      'container-started',
    ]);
    expect(ids(joined({ subnets: ['203.0.0.0/16'] }), dockerHost())).toEqual([
      'subnet-overlap',
      'network-created',
      'container-started',
    ]);
  });
});

describe('what the file needs', () => {
  test('an image that is not there is pulled first, unless it is built or of a variable', () => {
    const file = (parts: Partial<ComposeService>) => composeFile([service('front', parts)]);
    const image = { reference: 'redis:8', line: 3 };
    expect(ids(file({ image }), dockerHost())).toEqual(['image-absent', 'container-started']);
    expect(ids(file({ image, build: { context: '.', line: 4 } }), dockerHost())).toEqual([
      'container-started',
    ]);
    expect(ids(file({ image: { ...image, reference: 'redis:${TAG}' } }), dockerHost())).toEqual([
      'container-started',
    ]);
    expect(
      ids(file({ image: { ...image, reference: 'docker.io/library/nginx:1.29-alpine' } }), dockerHost()),
    ).toEqual(['container-started']);
  });

  test('a file of variables is missed only where the folder is the one it is started from', () => {
    const file = composeFile([web('front', { environmentFiles: [{ path: '../.env', line: 6 }] })], {
      file: 'deploy/compose.yaml',
    });
    expect(ids(file, dockerHost(), { isWhereStarted: true })).toEqual(['environment-file-missing!']);
    expect(ids(file, dockerHost(), { isWhereStarted: true, files: new Set(['.env']) })).toEqual([
      'container-started',
    ]);
    const told = foretell(file, dockerHost());
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
    expect(ids(file, dockerHost(), given('empty'))).toEqual(['variable-missing!']);
    expect(ids(file, dockerHost(), given('plain'))).toEqual(['container-started']);
    expect(foretell(file, dockerHost()).unknown[0]?.text.en).toContain('`DOMAIN`');
  });

  test('services of a profile are left out until it is switched on', () => {
    const file = composeFile([web('front'), web('debug', { profiles: ['debug'], ports: [port('8080')] })]);
    const taken = dockerHost({ listeners: [listener('0.0.0.0', 8080)] });
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
    expect(ids(file(true), dockerHost())).toEqual(['container-started', 'container-started!']);
    expect(ids(file(false), dockerHost())).toEqual(['container-started', 'container-started']);
  });
});

test('a hostile file is looked at in bounds', () => {
  const services = Array.from({ length: 3000 }, (_, at) =>
    web(`s${at}`, {
      dependsOn: [`s${(at + 1) % 3000}`],
      ports: Array.from({ length: 500 }, (_, index) => port(String(1000 + at + index))),
    }),
  );
  const begun = Date.now();
  const told = foretell(composeFile([...services, web('__proto__'), web('constructor')]), dockerHost());
  expect(told.unknown.map(({ text }) => text.en).join()).toContain('past 60, ports');
  expect(told.unknown.map(({ text }) => text.en)).toContain('2502 more services were not looked at');
  expect(Date.now() - begun).toBeLessThan(5000);
});
