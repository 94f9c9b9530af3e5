import type { Fact, Json, RelationFact } from '#model/fact.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { observed } from './observed.ts';

/** Networks that an engine makes by itself. */
const ENGINE_NETWORKS = new Set(['bridge', 'host', 'none', 'podman', 'docker_gwbridge', 'ingress']);
/** The name of a volume that nobody named. */
const ANONYMOUS = /^[0-9a-f]{64}$/;

/** Containers, the services of Compose that they run, and the networks, volumes and images that they use. */
export function containerFacts(state: HostState): Fact[] {
  return [
    ...state.containers.flatMap((one) => [containerFact(state, one), ...composeFact(state, one)]),
    ...imageFacts(state),
    ...state.networks.map((network) =>
      observed(state, {
        kind: 'Docker::Network',
        name: network.name,
        operation: `${network.engine} network inspect`,
        properties: {
          driver: network.driver,
          subnets: network.subnets,
          gateways: network.gateways,
          isInternal: network.isInternal || undefined,
          containers: network.containers,
        },
        builtIn: ENGINE_NETWORKS.has(network.name),
      }),
    ),
    ...state.volumes.map((volume) =>
      observed(state, {
        kind: 'Docker::Volume',
        name: volume.name,
        operation: `${volume.engine} volume inspect`,
        properties: { driver: volume.driver, project: volume.project },
        builtIn: ANONYMOUS.test(volume.name),
      }),
    ),
  ];
}

function containerFact(state: HostState, container: HostContainer): Fact {
  const relations: RelationFact[] = [
    { type: 'uses-image', to: { kind: 'Docker::Image', name: container.image } },
    ...container.networks.map(({ name }) => ({
      type: 'uses-network',
      to: { kind: 'Docker::Network' as const, name },
    })),
    ...volumesOf(container).map((name) => ({
      type: 'mounts',
      to: { kind: 'Docker::Volume' as const, name },
    })),
  ];
  return observed(state, {
    kind: 'Docker::Container',
    name: container.name,
    operation: `${container.engine} inspect`,
    properties: {
      state: container.state,
      health: container.health,
      exitCode: container.state === 'running' ? undefined : container.exitCode,
      restartCount: container.restartCount,
      startedAt: container.startedAt,
      project: container.compose?.project,
      service: container.compose?.service,
      ...propertiesOf(container),
    },
    relations,
    // the service of Compose that it runs is told; it is told once
    builtIn: container.compose !== undefined,
  });
}

function composeFact(state: HostState, container: HostContainer): Fact[] {
  const { compose } = container;
  if (!compose) return [];
  return [
    observed(state, {
      kind: 'Compose::Service',
      name: compose.service,
      scope: compose.project,
      operation: `${container.engine} inspect`,
      properties: {
        project: compose.project,
        state: container.state,
        health: container.health,
        containerName: container.name,
        files: compose.files,
        ...propertiesOf(container),
      },
      relations: [{ type: 'contains', to: { kind: 'Docker::Container', name: container.name } }],
    }),
  ];
}

/** What files state too, under the names that they use for it. */
const propertiesOf = (container: HostContainer): Record<string, Json | undefined> => ({
  image: container.image,
  ports: portsOf(container),
  networks: container.networks.map(({ name }) => name).sort(),
  restart: container.restartPolicy,
  privileged: container.isPrivileged,
  user: container.user,
  mounts: container.mounts
    .map(({ source, destination, volume }) => `${volume ?? source}:${destination}`)
    .sort(),
});

/** `[address:]published:target[/udp]`; one that is published on every address is written once, without. */
export function portsOf({ ports }: Pick<HostContainer, 'ports'>): string[] {
  const written = ports.map(({ hostAddress, hostPort, containerPort, protocol }) => {
    const isAny = hostAddress === '' || hostAddress === '0.0.0.0' || hostAddress === '::';
    return `${isAny ? '' : `${hostAddress}:`}${hostPort}:${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  });
  return [...new Set(written)].sort();
}

const volumesOf = ({ mounts }: HostContainer): string[] => mounts.flatMap(({ volume }) => volume ?? []);

/** Images that containers run: what else lies on the disk is no part of what runs. */
function imageFacts(state: HostState): Fact[] {
  const used = Map.groupBy(state.containers, ({ image }) => image);
  return [...used].flatMap(([name, [first]]) => {
    if (!first || /^sha256:|^[0-9a-f]{12,64}$/.test(name)) return [];
    const image = state.images.find(({ id }) => id === first.imageId);
    return [
      observed(state, {
        kind: 'Docker::Image',
        name,
        operation: `${first.engine} inspect`,
        properties: { digests: image?.digests, createdAt: image?.createdAt },
        // it is told with the container that runs it
        builtIn: true,
      }),
    ];
  });
}
