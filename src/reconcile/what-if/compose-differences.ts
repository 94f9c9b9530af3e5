import { parseImageReference } from '#lib/image-reference.ts';
import type { ComposeService } from '#model/artifacts.ts';
import type { HostContainer } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import { networksOf, normalised, originOf, type Start, wantedPort } from './compose-start.ts';
import { isOpen, isUp, say } from './effect.ts';

/** Where a container is not as the file has it, by field. Only rendered fields are compared, never Compose's own hash. */
export function differencesOf(start: Start, service: ComposeService, container: HostContainer): Text[] {
  return [
    imageOf(start, service, container),
    portsOf(service, container),
    mountsOf(start, service, container),
    environmentOf(service, container),
    networkOf(start, service, container),
    restOf(service, container),
  ].filter((text) => text !== undefined);
}

/** An image as its registry knows it; undefined where it is not known, or only an id. */
export function fullReference(text: string): string | undefined {
  const image =
    isOpen(text) || /^(?:sha256:)?[0-9a-f]{12,64}$/.test(text) ? undefined : parseImageReference(text);
  if (!image) return undefined;
  const registry = image.registry === 'index.docker.io' ? 'docker.io' : (image.registry ?? 'docker.io');
  const repository =
    registry === 'docker.io' && !image.repository.includes('/')
      ? `library/${image.repository}`
      : image.repository;
  return `${registry}/${repository}${image.digest === undefined ? `:${image.tag ?? 'latest'}` : `@${image.digest}`}`;
}

function imageOf({ host }: Start, { image }: ComposeService, container: HostContainer): Text | undefined {
  const wanted = image && fullReference(image.reference);
  const has = fullReference(container.image);
  if (!image || wanted === undefined || has === undefined) return undefined;
  if (wanted !== has)
    return say(
      `l’image (${code(container.image)}, ${code(image.reference)} dans le fichier)`,
      `the image (${code(container.image)}, ${code(image.reference)} in the file)`,
    );
  const local = host.images.find(({ tags }) => tags.some((tag) => fullReference(tag) === wanted));
  const bare = (id: string) => id.replace(/^sha256:/, '').slice(0, 12);
  if (!local || container.imageId === undefined || bare(local.id) === bare(container.imageId))
    return undefined;
  return say(
    `l’image (${code(image.reference)} désigne maintenant une autre version sur l’hôte)`,
    `the image (${code(image.reference)} is another version on the host now)`,
  );
}

const anyAddress = (address: string | undefined) =>
  address === undefined || address === '' || address === '0.0.0.0' || address === '::' ? '*' : address;

function portsOf(service: ComposeService, container: HostContainer): Text | undefined {
  // a container that does not run publishes nothing
  if (!isUp(container) || service.networkMode !== undefined) return undefined;
  const wanted = new Set<string>();
  for (const port of service.ports) {
    const one = wantedPort(service.name, port);
    if (typeof one === 'string' || one.isAnyOf || one.to - one.from > 100) return undefined;
    for (let at = 0; at <= one.to - one.from; at += 1)
      wanted.add(`${anyAddress(one.address)}:${one.from + at}->${one.target.from + at}/${one.protocol}`);
  }
  const has = new Set(
    container.ports
      .filter(({ hostPort }) => hostPort > 0)
      .map(
        ({ hostAddress, hostPort, containerPort, protocol }) =>
          `${anyAddress(hostAddress)}:${hostPort}->${containerPort}/${protocol}`,
      ),
  );
  return same(wanted, has) ? undefined : said('les ports publiés', 'the published ports', has, wanted);
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((one) => b.has(one));

const listed = (names: Iterable<string>, none: string) => {
  const all = [...names];
  return all.length === 0 ? none : all.slice(0, 4).map(code).join(', ') + (all.length > 4 ? '…' : '');
};

const said = (fr: string, en: string, has: Iterable<string>, wanted: Iterable<string>): Text =>
  say(
    `${fr} (${listed(has, 'aucun')}\u00a0; ${listed(wanted, 'aucun')} dans le fichier)`,
    `${en} (${listed(has, 'none')}; ${listed(wanted, 'none')} in the file)`,
  );

function mountsOf(start: Start, service: ComposeService, container: HostContainer): Text | undefined {
  const has = new Map(container.mounts.map((mount) => [mount.destination.replace(/(?<=.)\/$/, ''), mount]));
  const changed = service.volumes.find(({ source, target }) => {
    if (isOpen(target) || !target.startsWith('/')) return false;
    const mount = has.get(target.replace(/(?<=.)\/$/, ''));
    const origin = originOf(start, source);
    if (!mount) return true;
    if (origin.is === 'named') return !isOpen(origin.name) && mount.volume !== origin.name;
    return origin.is === 'path' && (mount.type !== 'bind' || normalised(mount.source) !== origin.path);
  });
  // an image's own volumes have no name, and secrets and configs are paths of the host
  const targets = new Set(service.volumes.map(({ target }) => target.replace(/(?<=.)\/$/, '')));
  const extra = [...has.values()].find(
    ({ volume, destination }) =>
      volume !== undefined &&
      !/^[0-9a-f]{64}$/.test(volume) &&
      !targets.has(destination.replace(/(?<=.)\/$/, '')),
  );
  const target = changed?.target ?? extra?.destination;
  return target === undefined
    ? undefined
    : say(`ce qui est monté sur ${code(target)}`, `what is mounted at ${code(target)}`);
}

function environmentOf(service: ComposeService, container: HostContainer): Text | undefined {
  const has = new Map(container.environment.map(({ name, digest }) => [name, digest]));
  const changed = service.environment
    // a default of the file says nothing of what the machine gives
    .filter(({ name, digest, isDefault }) => digest !== undefined && !isDefault && has.get(name) !== digest)
    .map(({ name }) => name);
  return changed.length === 0
    ? undefined
    : say(
        `la valeur de ${listed(changed, '')} (comparée par empreinte)`,
        `the value of ${listed(changed, '')} (compared by digest)`,
      );
}

function networkOf({ file }: Start, service: ComposeService, container: HostContainer): Text | undefined {
  const mode = service.networkMode;
  if (isFixed(mode) || isFixed(container.networkMode))
    return mode === container.networkMode
      ? undefined
      : said('le mode de réseau', 'the network mode', [container.networkMode], [mode ?? 'bridge']);
  if (mode !== undefined || !isUp(container)) return undefined;
  const wanted = new Set(networksOf(file, service).map(({ name }) => name));
  if ([...wanted].some(isOpen)) return undefined;
  const has = new Set(container.networks.map(({ name }) => name));
  return same(wanted, has) ? undefined : said('les réseaux', 'the networks', has, wanted);
}

const isFixed = (mode: string | undefined) => mode === 'host' || mode === 'none';

function restOf(service: ComposeService, container: HostContainer): Text | undefined {
  const policy = service.restart?.split(':')[0];
  if (
    policy !== undefined &&
    !isOpen(policy) &&
    RESTARTS.has(policy) &&
    policy !== (container.restartPolicy || 'no')
  )
    return said('la règle de redémarrage', 'the restart policy', [container.restartPolicy || 'no'], [policy]);
  if (
    service.containerName !== undefined &&
    !isOpen(service.containerName) &&
    service.containerName !== container.name
  )
    return said('le nom du conteneur', 'the container name', [container.name], [service.containerName]);
  if (service.user && !isOpen(service.user.name) && service.user.name !== container.user)
    return said('l’utilisateur', 'the user', container.user ? [container.user] : [], [service.user.name]);
  return (service.privileged !== undefined) === container.isPrivileged
    ? undefined
    : said(
        'les privilèges',
        'the privileges',
        [String(container.isPrivileged)],
        [String(!container.isPrivileged)],
      );
}

const RESTARTS = new Set(['no', 'always', 'unless-stopped', 'on-failure']);
