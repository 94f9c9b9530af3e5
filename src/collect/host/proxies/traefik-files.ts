import { readYaml } from '#lib/yaml-source.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { readToml } from '../../repo/toml-source.ts';
import { flagsOf, variablesOf } from '../../traefik/arguments.ts';
import { assemble } from '../../traefik/assemble.ts';
import { readContainer } from '../../traefik/container.ts';
import { type DynamicConfig, isDynamic, readDynamic } from '../../traefik/dynamic.ts';
import { isOldDynamic, readOldDynamic } from '../../traefik/dynamic-v1.ts';
import { type Option, optionFrom, optionOf } from '../../traefik/option.ts';
import { isStatic, readStatic, type StaticConfig } from '../../traefik/static.ts';
import type { HostFile } from '../os/files.ts';
import { type RunningProxy, startWords } from './running.ts';

/** Where Traefik looks for its static configuration. Traefik, “Configuration introduction”. */
const STATIC_FILES = ['yml', 'yaml', 'toml'].flatMap((end) => [
  `/etc/traefik/traefik.${end}`,
  `/traefik.${end}`,
]);
/** Folders that hold far more than a configuration. */
const BROAD =
  /^\/(?:|bin|boot|dev|etc|home|lib\w{0,6}|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|var\/(?:lib|log|run))\/?$/;
/** From here on a command line was cut when it was read. */
const CUT_COMMAND = 480;

/** Folders and files on the host in which its configuration may be, and where it sees them. */
export function filesSeen(proxy: RunningProxy): { source: string; destination: string }[] {
  const { container } = proxy;
  if (container)
    return container.mounts
      .filter(
        ({ source }) => /^\/[^\n]{1,400}$/.test(source) && !BROAD.test(source) && !/\.sock$/.test(source),
      )
      .filter(({ source }) => /\.(?:ya?ml|toml)$/.test(source) || !/\.\w{2,5}$/.test(source))
      .map(({ source, destination }) => ({
        source: source.replace(/\/+$/, ''),
        destination: destination.replace(/\/+$/, ''),
      }));
  const file = configFile(proxy);
  const folder = file?.replace(/\/[^/]*$/, '');
  const own = folder !== undefined && !BROAD.test(`${folder}/`) ? [folder] : file === undefined ? [] : [file];
  return [...new Set(['/etc/traefik', ...own])].map((path) => ({ source: path, destination: path }));
}

const flags = (proxy: RunningProxy, at: CallEvidence) =>
  flagsOf(startWords(proxy).map((text) => ({ text, at: { ...at, operation: 'inspect' } })));
const isConfigFile = ({ path }: { path: readonly (string | number)[] }): boolean =>
  /^configfile$/i.test(String(path[0]));
const configFile = (proxy: RunningProxy): string | undefined => {
  const given = flags(proxy, { source: 'host', operation: '', at: '' }).find(isConfigFile)?.value;
  return given !== undefined && /^\/[^\n]{1,400}$/.test(given) ? given : undefined;
};

/** What its flags, else its variables, say; undefined where it has neither. */
export function settingsOf(proxy: RunningProxy, at: CallEvidence): StaticConfig | undefined {
  const given = flags(proxy, at).filter((one) => !isConfigFile(one));
  const environment = proxy.container?.environment ?? proxy.unit?.environment ?? [];
  const variables = environment.flatMap(({ name, shown }) =>
    shown === undefined ? [] : [{ name, value: shown, at }],
  );
  const assignments = given.length > 0 ? given : variablesOf(variables);
  return assignments.length === 0 ? undefined : readStatic(optionFrom(assignments, at));
}

interface Read {
  /** As Traefik sees it. */
  path: string;
  option: Option;
  blindSpots: ProxyConfig['blindSpots'];
}

/** Where the host's file is for the one that runs. */
function seenAs(path: string, proxy: RunningProxy): string {
  const [mount] = filesSeen(proxy)
    .filter(({ source }) => path === source || path.startsWith(`${source}/`))
    .sort((a, b) => b.source.length - a.source.length);
  return mount ? `${mount.destination}${path.slice(mount.source.length)}` : path;
}

function optionsIn(file: HostFile, proxy: RunningProxy, state: HostState): Read {
  const path = seenAs(file.path, proxy);
  // the line of a file may hold what lets in: the path alone is evidence
  const at: CallEvidence = { source: 'host', operation: 'cat', at: state.at, excerpt: file.path };
  const isTemplated = file.text.includes('{{');
  const read = parsed(file);
  const { option, isCut } = optionOf(read, () => at);
  const isWhole = read !== undefined && !isTemplated && !isCut;
  return { path, option, blindSpots: isWhole ? [] : [{ what: file.path, at }] };
}

function parsed({ path, text }: HostFile): unknown {
  if (/\.toml$/i.test(path)) {
    const toml = readToml(text);
    return 'error' in toml ? undefined : Object.fromEntries(toml.top);
  }
  const yaml = readYaml(text, { merge: true });
  return 'error' in yaml ? undefined : yaml.value;
}

/**
 * What the files and the labels of a running Traefik declare, where its API did not answer. What of it is in effect is not
 * known, and a blind spot says so.
 */
export function traefikFromFiles(
  proxy: RunningProxy,
  files: readonly HostFile[],
  state: HostState,
): ProxyConfig {
  const at: CallEvidence = { source: 'host', operation: 'GET /api/rawdata', at: state.at };
  const blindSpots: ProxyConfig['blindSpots'] = [{ what: '/api/rawdata', at }];
  const read = files.filter(({ state: how }) => how === 'read').map((file) => optionsIn(file, proxy, state));
  const given = configFile(proxy);
  const main = (given === undefined ? STATIC_FILES : [given])
    .map((path) => read.find((one) => one.path === path))
    .find((one) => one !== undefined);
  const fromFile = main && isStatic(main.option) ? readStatic(main.option) : undefined;
  // a file that is there is read, and flags beside it are not
  const settings = fromFile ?? (given === undefined ? settingsOf(proxy, at) : undefined);
  if (main) blindSpots.push(...main.blindSpots);
  const isCut = !fromFile && (proxy.container?.command?.length ?? 0) >= CUT_COMMAND;
  if (!settings || isCut) blindSpots.push({ what: 'static configuration', at });
  const dynamic: DynamicConfig[] = [];
  for (const { path, isFolder, at: place } of settings?.watched ?? []) {
    const folder = path.replace(/\/+$/, '');
    const own = read.filter((one) => (isFolder ? one.path.startsWith(`${folder}/`) : one.path === folder));
    if (own.length === 0) blindSpots.push({ what: `providers.file ${path}`, at: place });
    for (const one of own) {
      blindSpots.push(...one.blindSpots);
      if (isDynamic(one.option)) dynamic.push(readDynamic(one.option, 'file'));
      else if (isOldDynamic(one.option)) dynamic.push(readOldDynamic(one.option));
    }
  }
  dynamic.push(...labelled(settings, state));
  return assemble({
    source: 'host',
    files: [],
    standing: 'declared',
    runsIn: proxy.runsIn,
    ...(settings && { static: settings }),
    dynamic,
    blindSpots,
  });
}

/** What the labels of containers that run define, where the provider that reads them is on. */
function labelled(settings: StaticConfig | undefined, state: HostState): DynamicConfig[] {
  const provider = settings?.providers.find(({ name }) => name === 'docker');
  if (settings && !provider) return [];
  return state.containers.flatMap((container) => {
    const labels = Object.entries(container.labels).filter(([name]) => /^traefik\./i.test(name));
    if (container.state !== 'running' || labels.length === 0) return [];
    const at: CallEvidence = {
      source: 'host',
      operation: `${container.engine} inspect`,
      at: state.at,
      excerpt: container.name,
    };
    const read = readContainer(
      {
        service: container.compose?.service ?? container.name,
        project: container.compose?.project ?? '',
        at,
        labels: labels.map(([name, value]) => ({ name, value, at })),
        ports: [...new Set(container.ports.map(({ containerPort }) => containerPort))].sort((a, b) => a - b),
      },
      {
        name: 'docker',
        ...(provider?.exposedByDefault !== undefined && { exposedByDefault: provider.exposedByDefault }),
        ...(settings?.defaultRule !== undefined && { defaultRule: settings.defaultRule }),
      },
    );
    return read ? [read] : [];
  });
}
