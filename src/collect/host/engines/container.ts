import { maskSecrets } from '#lib/mask.ts';
import type { HostContainer } from '#model/host.ts';
import { type Answered, flagOf, numberOf, objectOf, objectsOf, textOf, textsOf } from '../../fields.ts';
import { givenValue } from '../../given-value.ts';

type Engine = HostContainer['engine'];

const LONGEST = 500;
/** Labels that say who made a container and how it is served. All others may hold anything. */
const KEPT =
  /^(?:com\.docker\.(?:compose|stack|swarm)\.|io\.podman\.compose\.|traefik\.|org\.opencontainers\.image\.)/;
/** Labels of Traefik that hold credentials, whatever their form. */
const CREDENTIALS = /(?:basicauth|digestauth)\.users|password|secret|token|customrequestheaders|api-?key/i;
const ENGINE_SOCKET = /(?:^|\/)(?:docker|podman)\.sock$/;
/** Folders that hold the socket of an engine. */
const SOCKET_FOLDER = /^(?:\/var)?\/run(?:\/podman)?\/?$|^\/$/;
const ID = /^[0-9a-f]{12,64}$/;
/** What engines write for a time that never was. */
const NEVER = /^0001-01-01/;

/**
 * One container as `docker inspect` and `podman inspect` print it. Docker Engine API, `ContainerInspect`;
 * podman-inspect(1). Undefined where it has no name.
 * @param imageEnvironment what the image sets by itself: variables of the same value are not told
 */
export function containerOf(
  engine: Engine,
  said: Answered,
  imageEnvironment: (image: string | undefined) => ReadonlySet<string>,
): HostContainer | undefined {
  const name = (textOf(said.Name) ?? '').replace(/^\//, '');
  const id = textOf(said.Id) ?? '';
  if (name === '' || !ID.test(id)) return undefined;
  const [config, state, host] = [objectOf(said.Config), objectOf(said.State), objectOf(said.HostConfig)];
  const settings = objectOf(said.NetworkSettings);
  const imageId = textOf(said.Image)?.replace(/^sha256:/, '');
  const status = textOf(state.Status) ?? 'unknown';
  const health = textOf(objectOf(state.Health).Status) ?? textOf(objectOf(state.Healthcheck).Status);
  const labels = labelsOf(objectOf(config.Labels));
  const compose = composeOf(objectOf(config.Labels));
  const networks = networksOf(objectOf(settings.Networks), id);
  // engines tell them in no order
  const mounts = objectsOf(said.Mounts)
    .map(mountOf)
    .sort((a, b) => (a.destination < b.destination ? -1 : 1));
  const started = textOf(state.StartedAt);
  const user = textOf(config.User);
  const command = commandOf(config);
  const pid = numberOf(state.Pid);
  const own = imageEnvironment(imageId);
  const socket = mounts.find(
    ({ type, source }) => type === 'bind' && (ENGINE_SOCKET.test(source) || SOCKET_FOLDER.test(source)),
  );
  return {
    engine,
    id: id.slice(0, 12),
    name,
    image: textOf(config.Image) ?? textOf(said.ImageName) ?? imageId ?? '',
    ...(imageId !== undefined && { imageId }),
    state: status,
    ...((health === 'healthy' || health === 'unhealthy' || health === 'starting') && { health }),
    ...(numberOf(state.ExitCode) !== undefined && { exitCode: numberOf(state.ExitCode) as number }),
    ...(flagOf(state.OOMKilled) && { wasKilledForMemory: true }),
    restartCount: numberOf(said.RestartCount) ?? 0,
    restartPolicy: textOf(objectOf(host.RestartPolicy).Name) ?? 'no',
    ...(started !== undefined && !NEVER.test(started) && { startedAt: started }),
    ...(compose && { compose }),
    ports: portsOf(status === 'running' ? objectOf(settings.Ports) : {}, objectOf(host.PortBindings)),
    networkMode: modeOf(textOf(host.NetworkMode), networks[0]?.name),
    networks,
    mounts,
    environment: textsOf(config.Env).flatMap((line) => {
      const at = line.indexOf('=');
      return at < 1 || own.has(line) ? [] : [givenValue(line.slice(0, at), line.slice(at + 1))];
    }),
    ...(user !== undefined && { user }),
    isPrivileged: flagOf(host.Privileged) ?? false,
    addedCapabilities: textsOf(host.CapAdd),
    labels,
    ...(command !== undefined && { command }),
    ...(socket && { engineSocket: { source: socket.source, isReadOnly: socket.isReadOnly } }),
    ...(pid !== undefined && pid > 0 && { pid }),
  };
}

function labelsOf(labels: Answered): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => KEPT.test(name))
      .slice(0, 200)
      .map(([name, value]) => [
        name,
        CREDENTIALS.test(name) ? '…' : maskSecrets(String(value).slice(0, LONGEST)),
      ]),
  );
}

/** Who declares it: the labels that Compose puts on what it starts. Compose's own source, `pkg/api/labels.go`. */
function composeOf(labels: Answered): HostContainer['compose'] {
  const of = (name: string) =>
    textOf(labels[`com.docker.compose.${name}`]) ?? textOf(labels[`io.podman.compose.${name}`]);
  const [project, service] = [of('project'), of('service')];
  if (project === undefined || service === undefined) return undefined;
  const folder = of('project.working_dir');
  const number = Number(of('container-number'));
  return {
    project,
    service,
    files: (of('project.config_files') ?? '').split(',').filter(Boolean),
    ...(folder !== undefined && { folder }),
    ...(Number.isInteger(number) && number > 0 && { number }),
  };
}

function networksOf(networks: Answered, id: string): HostContainer['networks'] {
  return Object.entries(networks).map(([name, value]) => {
    const network = objectOf(value);
    const address = textOf(network.IPAddress);
    const addressV6 = textOf(network.GlobalIPv6Address);
    return {
      name,
      ...(address !== undefined && { address }),
      ...(addressV6 !== undefined && { addressV6 }),
      // engines add the id of the container itself
      aliases: textsOf(network.Aliases).filter((alias) => !(ID.test(alias) && id.startsWith(alias))),
    };
  });
}

function mountOf(mount: Answered): HostContainer['mounts'][number] {
  const volume = textOf(mount.Type) === 'volume' ? textOf(mount.Name) : undefined;
  return {
    type: textOf(mount.Type) ?? 'unknown',
    source: textOf(mount.Source) ?? '',
    destination: textOf(mount.Destination) ?? '',
    isReadOnly: flagOf(mount.RW) === false,
    ...(volume !== undefined && { volume }),
  };
}

/** What a running one has published; of one that does not run, what it would publish. */
function portsOf(now: Answered, wanted: Answered): HostContainer['ports'] {
  const from = Object.values(now).some((one) => objectsOf(one).length > 0) ? now : wanted;
  return Object.entries(from).flatMap(([port, bindings]) => {
    const [, number, protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(port) ?? [];
    if (number === undefined) return [];
    return objectsOf(bindings).flatMap((binding) => {
      const hostPort = Number(textOf(binding.HostPort));
      return Number.isInteger(hostPort) && hostPort > 0
        ? [
            {
              hostAddress: textOf(binding.HostIp) ?? '0.0.0.0',
              hostPort,
              containerPort: Number(number),
              protocol: protocol as 'tcp' | 'udp',
            },
          ]
        : [];
    });
  });
}

const modeOf = (mode: string | undefined, first: string | undefined): string =>
  mode === undefined || ID.test(mode) ? (first ?? 'bridge') : mode === 'default' ? 'bridge' : mode;

function commandOf(config: Answered): string | undefined {
  const part = (value: unknown) => (typeof value === 'string' ? [value] : textsOf(value));
  const words = [...part(config.Entrypoint), ...part(config.Cmd)];
  return words.length > 0 ? maskSecrets(words.join(' ').slice(0, LONGEST)) : undefined;
}
