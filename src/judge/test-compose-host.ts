import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { WhatIf } from '#model/what-if.ts';
import { misset, service } from './test-estate.ts';
import { container, hostState, listener } from './test-host.ts';

/** Builders for tests of what starting a compose file would do: the file's side, and the host's. */
export const ENGINE = {
  product: 'docker',
  version: '27.5.1',
  isRootless: false,
  compose: '2.32.4',
} as const;

export const dockerNetwork = (
  name: string,
  parts: Partial<HostState['networks'][number]> = {},
): HostState['networks'][number] => ({
  engine: 'docker',
  name,
  driver: 'bridge',
  subnets: ['172.20.0.0/16'],
  gateways: ['172.20.0.1'],
  isInternal: false,
  containers: [],
  ...parts,
});

/** A host with an engine, a firewall, the image of {@link web} and the network of the project `quay`. */
export const dockerHost = (parts: Partial<HostState> = {}): HostState =>
  hostState({
    engines: [ENGINE],
    networks: [dockerNetwork('quay_default', { project: 'quay' })],
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

/** A service with an image that {@link dockerHost} has. */
export const web = (name: string, parts: Partial<ComposeService> = {}): ComposeService =>
  service(name, { image: { reference: 'nginx:1.29-alpine', line: 3 }, ...parts });

/** A port as a file publishes it. */
export const port = (published: string, target = '80', parts: { address?: string } = {}) => ({
  published,
  target,
  line: 5,
  ...parts,
});

/** A port as a container has it. */
export const holds = (hostPort: number, hostAddress = '0.0.0.0') => ({
  hostAddress,
  hostPort,
  containerPort: 80,
  protocol: 'tcp' as const,
});

/** A container as Compose makes it for a service of the project `quay`. */
export const ofQuay = (name: string, parts: Partial<HostContainer> = {}): HostContainer =>
  container(`quay-${name}-1`, {
    compose: { project: 'quay', service: name, files: ['/srv/quay/compose.yaml'], folder: '/srv/quay' },
    restartPolicy: 'no',
    networks: [{ name: 'quay_default', address: '172.20.0.2', aliases: [name] }],
    ...parts,
  });

/** A what-if whose texts are well set and whose evidence begins with the file; anything else fails the test. */
export function wellSaid(told: WhatIf): WhatIf {
  for (const { text } of [...told.effects, ...told.unknown]) {
    const wrong = misset(text);
    if (wrong) throw new Error(wrong);
  }
  const bare = told.effects.find(({ evidence }) => evidence[0].source !== 'repo');
  if (bare) throw new Error(`evidence without the file: ${bare.text.en}`);
  return told;
}

/** The effects of a what-if by id; those that fail with a mark. */
export const idsOf = ({ effects }: WhatIf): string[] =>
  effects.map(({ id, fails }) => (fails ? `${id}!` : id));

/** A host on which a file was started and nothing was changed since: what Docker shows of each of its services. */
export function startedFrom(file: ComposeFile): HostState {
  const nameOf = (key: string, list: readonly { key: string; name: string }[]) =>
    list.find((one) => one.key === key)?.name ?? `${file.project}_${key}`;
  const folder = `/srv/${file.project}`;
  const containers = file.services.map((one): HostContainer => {
    const keys = one.networks.length > 0 ? one.networks : ['default'];
    return container(one.containerName ?? `${file.project}-${one.name}-1`, {
      image: one.image?.reference ?? `${file.project}-${one.name}`,
      compose: { project: file.project, service: one.name, files: [`${folder}/${file.file}`], folder },
      restartPolicy: one.restart?.split(':')[0] ?? 'no',
      networkMode: one.networkMode ?? nameOf(keys[0] ?? '', file.networks),
      networks:
        one.networkMode === undefined
          ? keys.map((key) => ({ name: nameOf(key, file.networks), aliases: [one.name] }))
          : [],
      ports: one.networkMode === undefined ? one.ports.flatMap(shownPorts) : [],
      environment: one.environment.map(({ name, digest = '' }) => ({
        name,
        secret: false,
        class: 'plain',
        digest,
      })),
      mounts: one.volumes.map(({ source, target, isReadOnly = false }, index) => {
        const isPath = /^[./]/.test(source);
        const volume = source === '' ? 'f'.repeat(63) + (index % 10) : nameOf(source, file.volumes);
        return {
          type: isPath ? 'bind' : 'volume',
          source: source.startsWith('/')
            ? source
            : isPath
              ? `${folder}/${source}`
              : `/var/lib/docker/volumes/${volume}/_data`,
          destination: target,
          isReadOnly,
          ...(!isPath && { volume }),
        };
      }),
      isPrivileged: one.privileged !== undefined,
      ...(one.user && { user: one.user.name }),
    });
  });
  const volumes = containers.flatMap(({ mounts }) => mounts.flatMap(({ volume }) => volume ?? []));
  return dockerHost({
    containers,
    networks: [...new Set(containers.flatMap(({ networks }) => networks.map(({ name }) => name)))].map(
      (name) => dockerNetwork(name, { project: file.project, subnets: [] }),
    ),
    volumes: [...new Set(volumes)].map((name) => ({
      engine: 'docker',
      name,
      driver: 'local',
      project: file.project,
    })),
    listeners: containers.flatMap(({ ports }) =>
      ports.map(({ hostAddress, hostPort, protocol }) => listener(hostAddress, hostPort, { protocol })),
    ),
  });
}

/** What `docker inspect` shows of a published port: one without an address is there for IPv4 and IPv6. */
function shownPorts({ published, target, address }: ComposeService['ports'][number]): HostContainer['ports'] {
  const [inside = '', protocol = 'tcp'] = target.split('/');
  const range = (text: string) => {
    const [from = '', to = from] = text.split('-');
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  };
  if (published === undefined || !/^[\d-]+$/.test(published)) return [];
  const targets = range(inside);
  return range(published).flatMap((hostPort, index) =>
    (address === undefined ? ['0.0.0.0', '::'] : [address]).map((hostAddress) => ({
      hostAddress,
      hostPort,
      containerPort: targets[index] ?? targets[0] ?? 0,
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
    })),
  );
}
