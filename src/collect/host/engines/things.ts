import type { ContainerEngine, HostImage, HostNetwork, HostVolume } from '#model/host.ts';
import { type Answered, flagOf, objectOf, objectsOf, textOf, textsOf } from '../../fields.ts';

type Engine = ContainerEngine['product'];

const PROJECT = 'com.docker.compose.project';

/** One network as `docker network inspect` prints it, and as Podman 4 and later do. Podman 3 prints its plug-in's file. */
export function networkOf(engine: Engine, said: Answered): HostNetwork | undefined {
  const name = textOf(said.Name) ?? textOf(said.name);
  if (name === undefined) return undefined;
  const ranges = [
    ...objectsOf(objectOf(said.IPAM).Config).map(({ Subnet, Gateway }) => ({ Subnet, Gateway })),
    ...objectsOf(said.subnets).map(({ subnet, gateway }) => ({ Subnet: subnet, Gateway: gateway })),
    ...objectsOf(said.plugins).flatMap((plugin) =>
      rangesOf(objectOf(plugin.ipam)).map(({ subnet, gateway }) => ({ Subnet: subnet, Gateway: gateway })),
    ),
  ];
  const project = textOf(objectOf(said.Labels ?? said.labels)[PROJECT]);
  return {
    engine,
    name,
    driver:
      textOf(said.Driver) ?? textOf(said.driver) ?? textOf(objectsOf(said.plugins)[0]?.type) ?? 'unknown',
    subnets: ranges.flatMap(({ Subnet }) => textOf(Subnet) ?? []),
    gateways: ranges.flatMap(({ Gateway }) => textOf(Gateway) ?? []),
    isInternal: flagOf(said.Internal) ?? flagOf(said.internal) ?? false,
    containers: Object.values(objectOf(said.Containers ?? said.containers)).flatMap(
      (one) => textOf(objectOf(one).Name) ?? textOf(objectOf(one).name) ?? [],
    ),
    ...(project !== undefined && { project }),
  };
}

/** The ranges of the host-local plug-in: a list of lists. */
const rangesOf = ({ ranges }: Answered): Answered[] =>
  Array.isArray(ranges) ? ranges.flatMap((one) => objectsOf(one)) : [];

export function volumeOf(engine: Engine, said: Answered): HostVolume | undefined {
  const name = textOf(said.Name);
  if (name === undefined) return undefined;
  const mountpoint = textOf(said.Mountpoint);
  const project = textOf(objectOf(said.Labels)[PROJECT]);
  return {
    engine,
    name,
    driver: textOf(said.Driver) ?? 'unknown',
    ...(mountpoint !== undefined && { mountpoint }),
    ...(project !== undefined && { project }),
  };
}

export function imageOf(engine: Engine, said: Answered): HostImage | undefined {
  const id = textOf(said.Id)?.replace(/^sha256:/, '');
  if (id === undefined) return undefined;
  const createdAt = textOf(said.Created);
  return {
    engine,
    id,
    tags: textsOf(said.RepoTags).filter((tag) => !tag.startsWith('<none>')),
    digests: textsOf(said.RepoDigests).filter((digest) => !digest.startsWith('<none>')),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/** The variables that an image sets, each `NAME=value`: looked at and forgotten. */
export const environmentOf = (said: Answered): ReadonlySet<string> =>
  new Set(textsOf(objectOf(said.Config).Env));
