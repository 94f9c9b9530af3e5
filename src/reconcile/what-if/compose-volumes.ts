import type { ComposeService } from '#model/artifacts.ts';
import type { HostContainer } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import { isOwn, normalised, type Origin, originOf, ownContainers, type Start } from './compose-start.ts';
import {
  type Foretold,
  inspected,
  isEngineRead,
  isOpen,
  isUp,
  lineOf,
  nothing,
  say,
  seen,
  together,
  unread,
  withFirst,
} from './effect.ts';

interface Use {
  service: ComposeService;
  line: number;
  isReadOnly: boolean;
}

/** What becomes of volumes and of paths of the host, and with whom they are shared. */
export function volumeEffects(start: Start): Foretold {
  const named = new Map<string, Use[]>();
  const paths = new Map<string, Use[]>();
  const told = nothing();
  const relative = new Set<string>();
  for (const service of start.services)
    for (const { source, line, isReadOnly = false } of service.volumes) {
      const origin = originOf(start, source);
      if (isMounted(start, service, origin)) continue;
      const use = { service, line, isReadOnly };
      if (origin.is === 'named') named.set(origin.name, [...(named.get(origin.name) ?? []), use]);
      else if (origin.is === 'path') paths.set(origin.path, [...(paths.get(origin.path) ?? []), use]);
      else if (origin.is === 'relative') relative.add(origin.path);
      else if (origin.is === 'unknown')
        told.unknown.push(
          say(
            `ce que le service ${code(service.name)} monterait de ${code(source)} n’est pas connu`,
            `what service ${code(service.name)} would mount from ${code(source)} is not known`,
          ),
        );
    }
  if (relative.size > 0) {
    const shown = [...relative].slice(0, 5).map(code).join(', ');
    told.unknown.push(
      say(
        `où se trouveraient ${shown} sur l’hôte dépend du dossier d’où le fichier est lancé`,
        `where ${shown} would be on the host depends on the folder that the file is started from`,
      ),
    );
  }
  return together([
    ...[...named].map(([name, uses]) => namedVolume(start, name, uses)),
    ...[...paths].map(([path, uses]) => sharedPath(start, path, uses)),
    told,
  ]);
}

/** What a running container of the service has mounted is shared or not already, and is there. */
const isMounted = (start: Start, service: ComposeService, origin: Origin): boolean =>
  ownContainers(start, service.name).some(
    (own) =>
      isUp(own) &&
      own.mounts.some((mount) =>
        origin.is === 'named'
          ? mount.volume === origin.name
          : origin.is === 'path' && mount.type === 'bind' && normalised(mount.source) === origin.path,
      ),
  );

/** Containers that would go on running beside those of the file. */
const others = (start: Start): HostContainer[] =>
  start.host.containers.filter((container) => isUp(container) && !isOwn(start, container));

function namedVolume(start: Start, name: string, uses: readonly Use[]): Foretold {
  const { file, host } = start;
  const declared = file.volumes.find((volume) => volume.name === name);
  const [first] = uses;
  const line = lineOf(file.file, declared?.line ?? first?.line ?? 1);
  if (isOpen(name))
    return {
      effects: [],
      unknown: [
        say(
          `le nom d’un volume dépend d’une variable\u00a0: ${code(name)}`,
          `the name of a volume depends on a variable: ${code(name)}`,
        ),
      ],
    };
  const told = nothing();
  const writes = uses.some(({ isReadOnly }) => !isReadOnly);
  for (const other of others(start)) {
    const mount = other.mounts.find((one) => one.type === 'volume' && one.volume === name);
    if (!mount) continue;
    const bothWrite = writes && !mount.isReadOnly;
    told.effects.push({
      id: 'volume-shared',
      fails: false,
      severity: bothWrite ? 'critical' : writes ? 'high' : 'low',
      text: shared(say(`le volume ${code(name)}`, `volume ${code(name)}`), uses, other, bothWrite),
      evidence: withFirst(line, [inspected(host, other)]),
      affects: [
        { kind: 'Docker::Volume', name },
        { kind: 'Docker::Container', name: other.name },
      ],
    });
  }
  if (told.effects.length > 0 || host.volumes.some((volume) => volume.name === name)) return told;
  if (!isEngineRead(host, 'volumes'))
    return {
      ...told,
      unknown: [
        say(
          `les volumes de l’hôte n’ont pas été lus\u00a0: ${code(name)} y est peut-être`,
          `the volumes of the host were not read: ${code(name)} may be there`,
        ),
      ],
    };
  const isMissing = declared?.isExternal === true;
  told.effects.push({
    id: isMissing ? 'volume-missing' : 'volume-created',
    fails: isMissing,
    severity: isMissing ? 'medium' : 'low',
    text: isMissing
      ? say(
          `Le volume externe ${code(name)} n’existe pas\u00a0: Compose refuse de démarrer le projet.`,
          `External volume ${code(name)} does not exist: Compose refuses to start the project.`,
        )
      : say(`Le volume ${code(name)} est créé, vide.`, `Volume ${code(name)} is created, empty.`),
    evidence: withFirst(line, [seen(host, 'docker volume inspect')]),
    affects: [{ kind: 'Docker::Volume', name }],
  });
  return told;
}

function shared(what: Text, uses: readonly Use[], other: HostContainer, bothWrite: boolean): Text {
  const services = uses.map(({ service }) => code(service.name)).join(', ');
  return bothWrite
    ? say(
        `Le service ${services} écrirait dans ${what.fr}, où le conteneur ${code(other.name)} écrit déjà\u00a0: deux processus sur les mêmes données.`,
        `Service ${services} would write to ${what.en}, to which container ${code(other.name)} writes already: two processes on the same data.`,
      )
    : say(
        `Le service ${services} partagerait ${what.fr} avec le conteneur ${code(other.name)}, qui tourne.`,
        `Service ${services} would share ${what.en} with container ${code(other.name)}, which runs.`,
      );
}

/** Parts of the machine that many containers are given, which hold no data of theirs. */
const OF_THE_MACHINE =
  /^\/(?:dev|proc|sys|run|var\/run|lib\/modules|tmp\/\.X11-unix)(?:\/|$)|^\/etc\/(?:localtime|timezone|passwd|group|hosts|resolv\.conf|machine-id|ssl|pki|ca-certificates)(?:\/|$)|\.sock$|^\/$/;
const DATABASE =
  /\.(?:db|sqlite3?|mdb)$|^\/var\/lib\/(?:postgresql|mysql|mariadb|mongodb|redis|influxdb|clickhouse)(?:\/|$)/;

const contains = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`);

function sharedPath(start: Start, path: string, uses: readonly Use[]): Foretold {
  const { file, host } = start;
  const told = nothing();
  const writers = uses.filter(({ isReadOnly }) => !isReadOnly);
  const [first] = writers;
  if (OF_THE_MACHINE.test(path) || !first) return told;
  const line = lineOf(file.file, first.line);
  for (const other of others(start)) {
    const mount = other.mounts.find((one) => {
      const source = normalised(one.source);
      return (
        one.type === 'bind' &&
        !one.isReadOnly &&
        !OF_THE_MACHINE.test(source) &&
        (contains(path, source) || contains(source, path))
      );
    });
    if (!mount) continue;
    told.effects.push({
      id: 'path-shared',
      fails: false,
      severity: DATABASE.test(path) || DATABASE.test(mount.source) ? 'critical' : 'high',
      text: shared(say(`${code(path)} de l’hôte`, `${code(path)} of the host`), writers, other, true),
      evidence: withFirst(line, [inspected(host, other)]),
      affects: [{ kind: 'Docker::Container', name: other.name }],
    });
  }
  for (const unit of host.units) {
    if (unit.active !== 'active' || unit.isVendor || unit.type !== 'service') continue;
    const given = [...unit.environment, ...unit.environmentFiles.flatMap(({ variables }) => variables)];
    const database = given
      .map(({ shown }) => /^(?:sqlite:\/\/\/)?(\/[^\s?]{1,300})/.exec(shown ?? '')?.[1])
      .find((value) => value !== undefined && DATABASE.test(value) && contains(path, normalised(value)));
    const folder = unit.workingDirectory;
    const worksThere = folder !== undefined && folder !== '/' && contains(path, normalised(folder));
    if (database === undefined && !worksThere) continue;
    told.effects.push({
      id: 'path-shared',
      fails: false,
      severity: database === undefined ? 'high' : 'critical',
      text: say(
        `Le service ${writers.map(({ service }) => code(service.name)).join(', ')} écrirait dans ${code(path)}, où l’unité ${code(unit.name)} ${database === undefined ? `travaille (${code(folder ?? '')})` : `a sa base ${code(database)}`}\u00a0: deux processus sur les mêmes fichiers.`,
        `Service ${writers.map(({ service }) => code(service.name)).join(', ')} would write to ${code(path)}, where unit ${code(unit.name)} ${database === undefined ? `works (${code(folder ?? '')})` : `has its database ${code(database)}`}: two processes on the same files.`,
      ),
      evidence: withFirst(line, [seen(host, 'systemctl show', unit.name)]),
      affects: [{ kind: 'Systemd::Unit', name: unit.name }],
    });
  }
  told.unknown.push(
    ...unread(
      host,
      'units',
      `les unités de l’hôte n’ont pas été lues, et ${code(path)} est peut-être à l’une d’elles`,
      `the units of the host were not read, and ${code(path)} may be one's own`,
    ),
  );
  return told;
}
