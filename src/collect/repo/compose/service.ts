import type { ComposeService } from '#model/artifacts.ts';
import { givenValue } from '../../given-value.ts';
import type { Interpolated } from '../interpolation.ts';
import { list, mapping, scalar, texts } from '../untyped.ts';
import { type Found, type Layers, resolved, usesDefault } from './layers.ts';
import { parsePort, parseVolume } from './ports.ts';
import { isReadOnly, startNeeds } from './start-needs.ts';

/** A variable that a service is given, with its value for as long as it is looked at. Never to be kept. */
export interface GivenVariable {
  name: string;
  value: Interpolated | undefined;
  found: Found;
}

/** What the layers of a service say, merged as Compose merges them. */
export function readService(name: string, layers: Layers): ComposeService {
  const image = layers.first('image');
  const reference = image && resolved(image)?.text;
  const build = buildOf(layers);
  const health = layers.first('healthcheck');
  const user = layers.first('user');
  const userName = user && resolved(user)?.text;
  const privileged = layers.first('privileged');
  const restart = layers.first('restart');
  const container = layers.first('container_name');
  const containerName = container && resolved(container)?.text;
  const mode = layers.first('network_mode');
  const networkMode = mode && resolved(mode)?.text;
  const restartPolicy = (restart && resolved(restart)?.text) ?? deployRestart(layers);
  return {
    name,
    line: layers.line,
    ...(image && reference && { image: { reference, line: image.line } }),
    ...(build && { build }),
    ports: once(layers.items('ports').flatMap(portOf), ({ address, published, target }) =>
      [address ?? '', published ?? '', target].join(' '),
    ),
    ...(health && { healthcheck: { disabled: isDisabled(health.value), line: health.line } }),
    ...(user && userName && { user: { name: userName, line: user.line } }),
    ...(privileged && scalar(privileged.value) === 'true' && { privileged: privileged.line }),
    volumes: once(layers.items('volumes').flatMap(volumeOf), ({ target }) => target),
    networks: networksOf(layers, networkMode),
    aliases: aliasesOf(layers),
    ...(containerName !== undefined && { containerName }),
    ...(networkMode !== undefined && { networkMode }),
    environment: variablesOf(layers).map((variable) => ({
      name: variable.name,
      line: variable.found.line,
      ...worthOf(variable),
    })),
    environmentFiles: environmentFilesOf(layers),
    dependsOn: unique(layers.all('depends_on').flatMap(({ value }) => namesOf(value))),
    ...startNeeds(layers),
    profiles: unique(layers.all('profiles').flatMap(({ value }) => texts(value))),
    ...(restartPolicy !== undefined && { restart: restartPolicy }),
  };
}

const unique = (names: string[]): string[] => [...new Set(names)];

/** The first of each key: a service's own counts before what it extends or is merged over. */
const once = <T>(items: readonly T[], keyOf: (item: T) => string): T[] =>
  [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse();

/** The keys of its networks: without any it is in the one that Compose makes. Compose file reference, “networks”. */
function networksOf(layers: Layers, mode: string | undefined): string[] {
  const named = unique(layers.all('networks').flatMap(({ value }) => namesOf(value)));
  return named.length > 0 || mode !== undefined ? named : ['default'];
}

function aliasesOf(layers: Layers): string[] {
  const found = layers
    .items('networks')
    .flatMap(({ value, text }) =>
      list(mapping(value).get('aliases')).flatMap((one) => resolved({ value: one, text })?.text ?? []),
    );
  return unique(found);
}

/**
 * What of a variable's value may be kept: nothing where the value is taken from the machine (`- NAME`), no digest where a part
 * of it is only known there.
 */
function worthOf({ name, value, found }: GivenVariable): Partial<ComposeService['environment'][number]> {
  if (!value) return {};
  const { name: _, digest, shown, ...rest } = givenValue(name, value.text);
  if (value.status === 'template') return rest;
  return {
    ...rest,
    digest,
    ...(shown !== undefined && { shown }),
    ...(usesDefault(found) && { isDefault: true }),
  };
}

/** The names of a list, or the keys of a mapping: both forms are allowed for networks and dependencies. */
const namesOf = (value: unknown): string[] =>
  Array.isArray(value) ? texts(value) : [...mapping(value).keys()];

function buildOf(layers: Layers): ComposeService['build'] {
  const build = layers.first('build');
  if (!build) return undefined;
  const short = resolved(build)?.text;
  if (short !== undefined) return { context: short, line: build.line };
  const keys = mapping(build.value);
  const text = (key: string) => resolved({ value: keys.get(key), text: build.text })?.text;
  const dockerfile = text('dockerfile');
  return {
    context: text('context') ?? '.',
    ...(dockerfile !== undefined && { dockerfile }),
    line: build.line,
  };
}

function portOf(found: Found): ComposeService['ports'] {
  const { line } = found;
  const short = resolved(found)?.text;
  if (short !== undefined) {
    const port = parsePort(short);
    return port ? [{ ...port, line }] : [];
  }
  const keys = mapping(found.value);
  const text = (key: string) => resolved({ value: keys.get(key), text: found.text })?.text;
  const target = text('target');
  if (target === undefined) return [];
  const protocol = text('protocol')?.toLowerCase() ?? 'tcp';
  const published = text('published');
  const address = text('host_ip');
  return [
    {
      ...(published && { published }),
      target: protocol === 'tcp' ? target : `${target}/${protocol}`,
      ...(address && { address }),
      line,
    },
  ];
}

function volumeOf(found: Found): ComposeService['volumes'] {
  const { line } = found;
  const short = resolved(found)?.text;
  if (short !== undefined) {
    const volume = parseVolume(short);
    return volume ? [{ ...volume, line, ...(isReadOnly(short) && { isReadOnly: true }) }] : [];
  }
  const keys = mapping(found.value);
  const text = (key: string) => resolved({ value: keys.get(key), text: found.text })?.text;
  const target = text('target');
  const readOnly = scalar(keys.get('read_only')) === 'true' && { isReadOnly: true };
  return target === undefined ? [] : [{ source: text('source') ?? '', target, line, ...readOnly }];
}

function isDisabled(value: unknown): boolean {
  const keys = mapping(value);
  const test = keys.get('test');
  return scalar(keys.get('disable')) === 'true' || test === 'NONE' || list(test)[0] === 'NONE';
}

/** Swarm's form of `restart`. */
function deployRestart(layers: Layers): string | undefined {
  const deploy = layers.first('deploy');
  const condition = scalar(mapping(mapping(deploy?.value).get('restart_policy')).get('condition'));
  return condition === 'any' ? 'always' : condition;
}

function environmentFilesOf(layers: Layers): ComposeService['environmentFiles'] {
  return layers.all('env_file').flatMap(({ value, text, path, line }) => {
    if (!Array.isArray(value)) return texts(value).map((file) => ({ path: file, line }));
    return value.flatMap((item, index) => {
      const file = resolved({ value: scalar(item) ?? mapping(item).get('path'), text })?.text;
      const optional = scalar(mapping(item).get('required')) === 'false' && { isOptional: true };
      return file === undefined
        ? []
        : [{ path: file, line: layers.lineOf(text, [...path, index]), ...optional }];
    });
  });
}

/** The variables of a service; where several layers give one, the service's own counts. */
export function variablesOf(layers: Layers): GivenVariable[] {
  const variables = new Map<string, GivenVariable>();
  for (const found of layers.items('environment')) {
    const last = found.path.at(-1);
    const item = typeof last === 'number' ? (scalar(found.value) ?? '') : undefined;
    const equals = item?.indexOf('=') ?? -1;
    const name = item === undefined ? String(last) : equals < 0 ? item : item.slice(0, equals);
    const written =
      item === undefined ? scalar(found.value) : equals < 0 ? undefined : item.slice(equals + 1);
    if (name === '' || variables.has(name)) continue;
    const value = written === undefined ? undefined : resolved({ value: written, text: found.text });
    variables.set(name, { name, value, found });
  }
  return [...variables.values()];
}
