import type { FileEvidence } from '#model/evidence.ts';
import type { ProxyConfig, ProxyMiddleware, ProxyService } from '#model/proxy.ts';
import { assemble, type TraefikParts } from '../../traefik/assemble.ts';
import { type ContainerProvider, readContainer } from '../../traefik/container.ts';
import type { DynamicConfig } from '../../traefik/dynamic.ts';
import { type FindMiddleware, findIn } from '../../traefik/guards.ts';
import { optionFrom } from '../../traefik/option.ts';
import { readStatic, type StaticConfig } from '../../traefik/static.ts';
import { standingOf } from '../standing.ts';
import type { ComposeContainers, Container } from './containers.ts';
import { fileSeen, filesSeen, type Seen } from './paths.ts';

/** A file that holds a static configuration, a dynamic one, or both. */
export interface OptionFile {
  path: string;
  at: FileEvidence;
  static?: StaticConfig;
  dynamic?: DynamicConfig;
}

/** A command line that starts Traefik outside of Compose. */
export interface UnitStart {
  path: string;
  at: FileEvidence;
  settings?: StaticConfig;
  configFile?: string;
}

/** A configuration with what its facts need. */
export interface Whole {
  config: ProxyConfig;
  /** Names that no file writes. */
  implied: ReadonlySet<string>;
  containers: ReadonlyMap<string, { name: string; scope: string }>;
}

const standing = (path: string) => standingOf(path, { rendered: true }).sort;

/** One way in which Traefik is started: its static options, what it watches, whose labels it reads. */
interface Start {
  settings: StaticConfig | undefined;
  files: string[];
  mounts: Container['mounts'];
  near: string;
  version?: string;
  runsIn?: ProxyConfig['runsIn'];
  composes: ComposeContainers[];
  blindSpots: ProxyConfig['blindSpots'];
}

const CONFIG_FILES = ['traefik.yml', 'traefik.yaml', 'traefik.toml'].flatMap((name) => [
  `/etc/traefik/${name}`,
  `/${name}`,
]);

/**
 * One configuration for each way in which Traefik is started, with the dynamic files that it watches and the labels of
 * the compose file that starts it; and one for each folder of dynamic files, and each compose file, that none of them
 * claims.
 */
export function wholes(
  files: readonly OptionFile[],
  composes: readonly ComposeContainers[],
  units: readonly UnitStart[],
): Whole[] {
  const starts = startsOf(files, composes, units);
  const claimedFiles = new Set<string>();
  const claimedComposes = new Set<ComposeContainers>();
  const parts: Made[] = starts.map((start) => {
    const made = madeOf(start, files);
    for (const path of made.parts.files) claimedFiles.add(path);
    for (const compose of made.claimed) claimedComposes.add(compose);
    return made;
  });
  const left = files.filter(({ path, dynamic }) => dynamic && !claimedFiles.has(path));
  for (const group of Map.groupBy(left, ({ path }) => `${standing(path)} ${folderOf(path)}`).values()) {
    const paths = group.map(({ path }) => path);
    const dynamic = group.flatMap((file) => file.dynamic ?? []);
    parts.push(plain({ source: 'repo', files: paths, standing: standing(paths[0] ?? ''), dynamic }));
  }
  for (const compose of composes)
    if (!claimedComposes.has(compose)) {
      const labelled = labelsOf(compose, undefined);
      if (labelled.dynamic.length === 0) continue;
      const own: TraefikParts = {
        source: 'repo',
        files: [compose.file],
        standing: standing(compose.file),
        dynamic: labelled.dynamic,
      };
      parts.push({ ...plain(own), ...labelled });
    }
  return assembled(parts);
}

interface Made {
  parts: TraefikParts;
  implied: Set<string>;
  containers: Map<string, { name: string; scope: string }>;
  claimed: ComposeContainers[];
}

const plain = (parts: TraefikParts): Made => ({
  parts,
  implied: new Set(),
  containers: new Map(),
  claimed: [],
});
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Where names of middlewares lead: in the configuration itself, else in any that is in use. */
function assembled(made: readonly Made[]): Whole[] {
  const everywhere = made
    .filter(({ parts }) => parts.standing !== 'retired')
    .flatMap(({ parts }) => parts.dynamic.flatMap(({ middlewares }) => middlewares));
  const findAnywhere = findIn(everywhere);
  return made.map(({ parts, implied, containers }) => {
    const findHere = findIn(parts.dynamic.flatMap(({ middlewares }): ProxyMiddleware[] => middlewares));
    const find: FindMiddleware = (name, provider) => findHere(name, provider) ?? findAnywhere(name, provider);
    return { config: assemble(parts, find), implied, containers };
  });
}

function startsOf(
  files: readonly OptionFile[],
  composes: readonly ComposeContainers[],
  units: readonly UnitStart[],
): Start[] {
  const statics = files.filter((file) => file.static);
  const paths = statics.map(({ path }) => path);
  const byFile = new Map<string, Start>();
  const startOf = (path: string): Start => {
    const known = byFile.get(path);
    if (known) return known;
    const settings = statics.find((file) => file.path === path)?.static;
    const start: Start = { settings, files: [path], mounts: [], near: path, composes: [], blindSpots: [] };
    byFile.set(path, start);
    return start;
  };
  const others: Start[] = [];
  for (const compose of composes)
    for (const container of compose.containers.filter(({ isTraefik }) => isTraefik)) {
      const { mounts, version, service } = container;
      const seen = (path: string): Seen => ({ path, mounts, near: compose.file });
      const given = container.flags.find(({ path }) => /^configfile$/i.test(String(path[0])))?.value;
      // a file that is there is read, and flags beside it are not: Traefik, “Configuration introduction”
      const path = (given === undefined ? CONFIG_FILES : [given])
        .map((one) => (mounts.length === 0 ? undefined : fileSeen(seen(one), paths)))
        .find((one) => one !== undefined);
      if (path !== undefined) {
        const start = startOf(path);
        start.files.push(compose.file);
        start.composes.push(compose);
        if (start.mounts.length === 0) start.mounts = mounts;
        if (version !== undefined) start.version ??= version;
        start.runsIn ??= { container: service };
        continue;
      }
      others.push({
        ...flagged(container, given !== undefined),
        files: [compose.file],
        mounts,
        near: compose.file,
        ...(version !== undefined && { version }),
        runsIn: { container: service },
        composes: [compose],
      });
    }
  for (const unit of units) {
    const seen = { path: unit.configFile ?? '/etc/traefik/traefik.yml', mounts: [], near: unit.path };
    const path = unit.settings ? undefined : fileSeen(seen, paths);
    if (path !== undefined) {
      const start = startOf(path);
      start.files.push(unit.path);
      start.runsIn ??= { unit: unit.path.slice(unit.path.lastIndexOf('/') + 1) };
    } else if (unit.settings)
      others.push({
        settings: unit.settings,
        files: [unit.path],
        mounts: [],
        near: unit.path,
        composes: [],
        blindSpots: [],
      });
  }
  for (const path of paths) startOf(path);
  return [...byFile.values(), ...others];
}

/** What flags, else variables, say; a file of options that is not in the repository may say anything. */
function flagged(container: Container, isFile: boolean): Pick<Start, 'settings' | 'blindSpots'> {
  const { at } = container;
  const unread = { settings: undefined, blindSpots: [{ what: 'static configuration', at }] };
  const flags = container.flags.filter(({ path }) => !/^configfile$/i.test(String(path[0])));
  const given = flags.length > 0 ? flags : container.variables;
  if (given.length === 0 || isFile) return unread;
  return { settings: readStatic(optionFrom(given, at)), blindSpots: [] };
}

function madeOf(start: Start, files: readonly OptionFile[]): Made {
  const { settings, near } = start;
  const watched = dynamicFiles(start, files);
  const blindSpots = [...start.blindSpots, ...watched.blindSpots];
  const provider = settings?.providers.find(({ name }) => name === 'docker' || name === 'swarm');
  const readsLabels = settings === undefined || provider !== undefined;
  const labelled = start.composes.map((compose) => labelsOf(compose, readsLabels ? start : undefined));
  const own = files.find(({ path }) => path === near)?.dynamic;
  const isOwn = own !== undefined && settings?.isOld === true;
  const version = start.version ?? (settings?.isOld ? '1' : undefined);
  return {
    parts: {
      source: 'repo',
      files: [...new Set([...start.files, ...watched.files.map(({ path }) => path)])],
      standing: standing(start.files[0] ?? ''),
      ...(version !== undefined && { version }),
      ...(start.runsIn && { runsIn: start.runsIn }),
      ...(settings && { static: settings }),
      dynamic: [
        ...(isOwn ? [own] : []),
        ...watched.files.flatMap(({ dynamic }) => dynamic ?? []),
        ...(readsLabels ? labelled.flatMap(({ dynamic }) => dynamic) : []),
      ],
      blindSpots,
    },
    implied: new Set(labelled.flatMap(({ implied }) => [...implied])),
    containers: new Map(labelled.flatMap(({ containers }) => [...containers])),
    claimed: readsLabels ? start.composes : [],
  };
}

/** The files that the file provider reads; a path that leads to none in the repository is a blind spot. */
function dynamicFiles(start: Start, files: readonly OptionFile[]) {
  const candidates = files.filter(
    ({ path, dynamic }) => dynamic && /\.(?:ya?ml|toml)(?:\.j2|\.tmpl|\.tpl)?$/i.test(path),
  );
  const sort = standing(start.files[0] ?? '');
  const paths = candidates
    .map(({ path }) => path)
    .filter((path) => sort !== 'declared' || standing(path) === sort);
  const found: OptionFile[] = [];
  const blindSpots: ProxyConfig['blindSpots'] = [];
  for (const { path, isFolder, at } of start.settings?.watched ?? []) {
    const seen: Seen = { path: path.replace(/\/+$/, ''), mounts: start.mounts, near: start.near };
    const file = isFolder ? undefined : fileSeen(seen, paths);
    const all = isFolder ? filesSeen(seen, paths) : file === undefined ? [] : [file];
    if (all.length === 0) blindSpots.push({ what: `providers.file ${path}`, at });
    found.push(...candidates.filter((one) => all.includes(one.path) && !found.includes(one)));
  }
  return { files: found, blindSpots };
}

/** What the labels of one compose file define. */
function labelsOf({ file, containers }: ComposeContainers, start: Start | undefined) {
  const of = start?.settings?.providers.find(({ name }) => name === 'docker' || name === 'swarm');
  const dynamic: DynamicConfig[] = [];
  const implied = new Set<string>();
  const answering = new Map<string, { name: string; scope: string }>();
  for (const container of containers) {
    if (container.labels.length === 0) continue;
    const provider: ContainerProvider = {
      name: container.isSwarm ? 'swarm' : 'docker',
      ...(of?.exposedByDefault !== undefined && { exposedByDefault: of.exposedByDefault }),
      ...(start?.settings?.defaultRule !== undefined && { defaultRule: start.settings.defaultRule }),
    };
    const read = readContainer(container, provider);
    if (!read) continue;
    const isHere = ({ at }: { at: ProxyService['at'] }) => !('file' in at) || at.file === file;
    for (const name of read.implied) implied.add(name);
    for (const { name } of read.services)
      if (!answering.has(name)) answering.set(name, { name: container.service, scope: container.project });
    dynamic.push({
      ...read,
      routers: read.routers.filter(isHere),
      services: read.services.filter(isHere),
      middlewares: read.middlewares.filter(isHere),
    });
  }
  return { dynamic, implied, containers: answering };
}
