import { parseImageReference } from '#lib/image-reference.ts';
import { readYaml } from '#lib/yaml-source.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { objectOf, textsOf } from '../../fields.ts';
import { readToml } from '../../repo/toml-source.ts';
import { shownLine } from '../../repo/traefik/read-options.ts';
import { flagsOf, variablesOf } from '../../traefik/arguments.ts';
import { assemble } from '../../traefik/assemble.ts';
import { type ContainerProvider, readContainer } from '../../traefik/container.ts';
import { type DynamicConfig, isDynamic, readDynamic } from '../../traefik/dynamic.ts';
import { isOldDynamic, readOldDynamic } from '../../traefik/dynamic-v1.ts';
import { type Option, optionFrom, optionOf } from '../../traefik/option.ts';
import { isStatic, readStatic, type StaticConfig } from '../../traefik/static.ts';
import type { HostFile } from '../os/files.ts';
import { placeOf, type Runner } from './runners.ts';

/** What a running Traefik was started with, as far as it was read. */
export interface TraefikGiven {
  /** Its arguments, entry point, command and variables as one object of JSON, as the engine gives them. */
  started: string | undefined;
  /** Files by their paths on the host. */
  files: readonly HostFile[];
}

/** Where Traefik looks for its options by itself. Traefik, “Configuration file”. */
const FILES = ['/etc/traefik/traefik', '/traefik', '/config/traefik'].flatMap((base) =>
  ['.yml', '.yaml', '.toml'].map((ending) => `${base}${ending}`),
);

/**
 * What is in effect in a running Traefik as its arguments, the files that it is given and the labels of running containers
 * tell: a reading in part, for what its other providers give and what it refused are known to itself alone. Credentials
 * are dropped.
 */
export function traefikFromFiles(
  { started, files }: TraefikGiven,
  runner: Runner,
  state: Readonly<HostState>,
): ProxyConfig {
  const { container } = runner;
  const call = (operation: string, excerpt?: string): CallEvidence => ({
    source: 'host',
    operation,
    at: state.at,
    ...(excerpt !== undefined && { excerpt }),
  });
  const top = call(container ? `${container.engine} container inspect ${container.name}` : 'systemctl show');
  const blindSpots: ProxyConfig['blindSpots'] = [{ what: '/api/rawdata', at: top }];
  const { words, variables } = startedWith(started, runner);
  const flags = flagsOf(words.map((text) => ({ text, at: top })));
  const given = flags.find(({ path }) => /^configfile$/i.test(String(path[0])))?.value;
  const read = new Map<string, Option>();
  for (const file of files) {
    if (file.state === 'denied') blindSpots.push({ what: file.path, at: call(`cat ${file.path}`) });
    if (file.state !== 'read') continue;
    const option = readFile(file, call);
    if (option) read.set(withinContainer(file.path, container), option);
    else blindSpots.push({ what: file.path, at: call(`cat ${file.path}`) });
  }
  const named = (given === undefined ? FILES : [given]).find((path) => read.has(path));
  const options = flags.filter(({ path }) => !/^configfile$/i.test(String(path[0])));
  const others = options.length > 0 ? options : variablesOf(variables.map((one) => ({ ...one, at: top })));
  // a file that is there is read, and flags beside it are not: Traefik, “Configuration introduction”
  const file = named === undefined ? undefined : read.get(named);
  const source = file ?? (others.length > 0 && given === undefined ? optionFrom(others, top) : undefined);
  const settings = source && (source !== file || isStatic(source)) ? readStatic(source) : undefined;
  if (!settings) blindSpots.push({ what: 'static configuration', at: top });
  const dynamic = [...watchedIn(settings, read, blindSpots), ...labelled(settings, state)];
  const tag = container && parseImageReference(container.image)?.tag;
  const version = /^v?(\d{1,2}(?:\.\d{1,3}){0,2})(?:-|$)/.exec(tag ?? '')?.[1];
  return assemble({
    source: 'host',
    files: [],
    standing: 'declared',
    ...(version !== undefined && { version }),
    runsIn: placeOf(runner),
    ...(settings && { static: settings }),
    dynamic,
    blindSpots,
  });
}

/** Arguments and variables. What the engine gives is whole; a command line of a unit may have secrets masked. */
function startedWith(started: string | undefined, { command }: Runner) {
  try {
    const said = objectOf(JSON.parse(started ?? ''));
    const words = [...textsOf(said.Entrypoint), ...textsOf(said.Cmd)];
    const variables = textsOf(said.Env).flatMap((line) => {
      const at = line.indexOf('=');
      return at < 1 ? [] : [{ name: line.slice(0, at), value: line.slice(at + 1) }];
    });
    return { words: words.length > 0 ? words : textsOf(said.Args), variables };
  } catch {
    return { words: (command ?? '').split(/\s+/), variables: [] };
  }
}

function readFile({ path, text }: HostFile, call: (operation: string, excerpt?: string) => CallEvidence) {
  const lines = text.split('\n');
  const place = (line?: number) =>
    call(
      `cat ${path}`,
      line === undefined ? path : `${path}:${line} ${shownLine(lines[line - 1] ?? '')}`.trim(),
    );
  // what templates give is not known
  if (text.includes('{{')) return undefined;
  if (path.endsWith('.toml')) {
    const toml = readToml(text);
    return 'error' in toml ? undefined : whole(optionOf(Object.fromEntries(toml.top), () => place()));
  }
  const yaml = readYaml(text, { merge: true });
  return 'error' in yaml ? undefined : whole(optionOf(yaml.value, (keys) => place(yaml.lineOf(keys))));
}

const whole = ({ option, isCut }: { option: Option; isCut: boolean }): Option | undefined =>
  isCut ? undefined : option;

/** Where the container sees a path of the host. */
function withinContainer(path: string, container: HostContainer | undefined): string {
  const [mount] = (container?.mounts ?? [])
    .filter(({ source }) => path === source || path.startsWith(`${source.replace(/\/+$/, '')}/`))
    .sort((a, b) => b.source.length - a.source.length);
  return mount
    ? `${mount.destination.replace(/\/+$/, '')}${path.slice(mount.source.replace(/\/+$/, '').length)}`
    : path;
}

/** The dynamic files that the file provider reads, in the order of their names; one that is not there is a blind spot. */
function watchedIn(
  settings: StaticConfig | undefined,
  read: ReadonlyMap<string, Option>,
  blindSpots: ProxyConfig['blindSpots'],
): DynamicConfig[] {
  const found: DynamicConfig[] = [];
  for (const { path, isFolder, at } of settings?.watched ?? []) {
    const place = path.replace(/\/+$/, '');
    const files = [...read.keys()]
      .filter((file) => (isFolder ? file.startsWith(`${place}/`) : file === place))
      .sort();
    if (files.length === 0) blindSpots.push({ what: `providers.file ${path}`, at });
    for (const file of files) {
      const option = read.get(file);
      if (option && isDynamic(option)) found.push(readDynamic(option, 'file'));
      else if (option && isOldDynamic(option)) found.push(readOldDynamic(option));
    }
  }
  return found;
}

/** What the labels of running containers define, where the provider reads them. */
function labelled(settings: StaticConfig | undefined, state: Readonly<HostState>): DynamicConfig[] {
  const provider = settings?.providers.find(({ name }) => name === 'docker' || name === 'swarm');
  if (settings && !provider) return [];
  return state.containers.flatMap((one): DynamicConfig[] => {
    const { name, labels, compose, engine } = one;
    const written = Object.entries(labels).filter(([label]) => label.startsWith('traefik.'));
    if (one.state !== 'running' || written.length === 0) return [];
    const at: CallEvidence = {
      source: 'host',
      operation: `${engine} container inspect ${name}`,
      at: state.at,
    };
    const of: ContainerProvider = {
      name: provider?.name === 'swarm' ? 'swarm' : 'docker',
      ...(provider?.exposedByDefault !== undefined && { exposedByDefault: provider.exposedByDefault }),
      ...(settings?.defaultRule !== undefined && { defaultRule: settings.defaultRule }),
    };
    const config = readContainer(
      {
        service: compose?.service ?? name,
        project: compose?.project ?? '',
        at,
        labels: written.map(([label, value]) => ({
          name: label,
          value,
          at: { ...at, excerpt: shownLine(`${label}=${value}`) },
        })),
        ports: [...new Set(one.ports.map(({ containerPort }) => containerPort))].sort((a, b) => a - b),
      },
      of,
    );
    return config ? [config] : [];
  });
}
