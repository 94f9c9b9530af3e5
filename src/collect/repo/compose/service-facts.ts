import { environmentOf, sortEnvironments } from '#lib/environments.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { ComposeNetwork, ComposeService, ComposeVolume } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, RelationFact } from '#model/fact.ts';
import { itemsOf } from '../../systemd/unit-text.ts';
import { namesIn, providersIn } from '../environment-names.ts';
import { imageFacts } from '../image-facts.ts';
import { statusOf } from '../name-status.ts';
import { sqliteFact, sqlitePath } from '../sqlite-files.ts';
import type { Standing } from '../standing.ts';
import { mapping, scalar } from '../untyped.ts';
import type { ComposeText } from './compose-text.ts';
import { type Found, type Layers, resolved, usesDefault } from './layers.ts';
import { enginePorts } from './ports.ts';
import { variablesOf } from './service.ts';
import { givenFiles, volumeKeys } from './top-level.ts';

/** What all facts of one compose file share. */
export interface ComposeContext {
  text: ComposeText;
  project: string;
  sort: Standing['sort'];
  environments: string[];
}

const LONGEST_COMMAND = 1_000;
const REGISTRY = /^[^/\s]+[.:][^/\s]*\/./;

/** What a service is started as, where its file is merged over another: both together. */
export interface Started {
  service: ComposeService;
  layers: Layers;
  networks: readonly ComposeNetwork[];
  volumes: readonly ComposeVolume[];
}

/** The facts of a service: itself, its image, where its logs go, and what its variables name. */
export function serviceFacts(
  service: ComposeService,
  layers: Layers,
  context: ComposeContext,
  started: Started,
): Fact[] {
  const { text, project, sort } = context;
  const { name } = service;
  const ofProfiles = service.profiles.map(environmentOf).filter((environment) => environment !== undefined);
  const environments = context.environments.length > 0 ? context.environments : sortEnvironments(ofProfiles);
  const base = { source: 'repo', sort, environments, certainty: 'static' } as const;

  const found = layers.first('image');
  const image = found && resolved(found);
  const built = service.build !== undefined;
  const images =
    found && image
      ? imageFacts({
          image,
          evidence: found.text.at(found.path),
          // a tag that this machine gives to what it builds is an image of the estate only where a registry takes it
          sort: built && sort === 'declared' && !REGISTRY.test(image.text) ? 'reference' : sort,
          environments,
          verb: built ? 'creates' : 'uses',
          ...(built && { properties: { built } }),
        })
      : [];
  const used = images.find(({ kind }) => kind === 'Docker::Image');
  const named = (kind: 'Docker::Network' | 'Docker::Volume', type: string, keys: readonly string[]) =>
    (kind === 'Docker::Network' ? started.networks : started.volumes).flatMap((one): RelationFact[] =>
      keys.includes(one.key) && statusOf(one.name) ? [{ type, to: { kind, name: one.name } }] : [],
    );
  const databases = databaseFacts(layers, { sort, environments });
  const relations: RelationFact[] = [
    ...(used ? [{ type: 'uses-image', to: { kind: used.kind, name: used.name } }] : []),
    ...service.dependsOn.map((other) => ({
      type: 'depends-on',
      to: { kind: 'Compose::Service' as const, name: other, scope: project },
    })),
    ...named(
      'Docker::Network',
      'uses-network',
      service.networks.filter((key) => key !== 'default'),
    ),
    ...named('Docker::Volume', 'mounts', volumeKeys(service)),
    ...databases.map(({ kind, name: path }) => ({ type: 'reads', to: { kind, name: path } })),
  ];
  return [
    {
      ...base,
      kind: 'Compose::Service',
      name,
      scope: project,
      nameStatus: 'literal',
      evidence: text.at(text.pathOf(name)),
      verb: 'creates',
      properties: propertiesOf(started, context),
      ...(relations.length > 0 && { relations }),
    },
    ...images,
    ...databases,
    ...logFacts(layers).map((log) => ({ ...base, ...log })),
    ...variableFacts(layers).map((named) => ({ ...base, ...named })),
  ];
}

/**
 * What is stated of a service. Those that an engine shows of its container are named and written alike on both sides: `image`,
 * `ports`, `containerName`, `networks`, `restart`, `privileged`, `user`, `command`. What a default of a variable gives stands
 * apart: the machine may give another value, and nothing differs then.
 */
function propertiesOf(
  { service, layers, networks }: Started,
  { text, project }: ComposeContext,
): Record<string, Json> {
  const replicas = mapping(layers.first('deploy')?.value).get('replicas');
  const ports = enginePorts(service.ports);
  const restart = layers.first('restart');
  const policy = restart && resolved(restart)?.text;
  const command = commandOf(layers);
  const files = givenFiles(text, text.services.get(service.name) ?? new Map());
  const names = service.networks.flatMap((key) => networks.find((one) => one.key === key)?.name ?? []);
  const privileged = layers.first('privileged');
  const privilege = privileged && scalar(privileged.value);
  const stated: [key: string, property: string, value: Json | undefined][] = [
    ['image', 'image', service.image?.reference],
    ['ports', 'ports', ports && ports.length > 0 ? ports : undefined],
    ['container_name', 'containerName', service.containerName],
    // a part of a file that is not known says nothing of the networks that the whole names
    ['networks', 'networks', areKnown(names) && (service.image || service.build) ? names : undefined],
    ['restart', 'restart', policy],
    ['privileged', 'privileged', /^(?:true|false)$/.test(privilege ?? '') ? privilege === 'true' : undefined],
    ['user', 'user', service.user?.name],
    ['command', 'command', command],
  ];
  const given = stated.flatMap(([key, property, value]) => {
    const found = key === 'networks' ? topLevel(text) : layers.all(key);
    return value === undefined ? [] : [{ property, value, isDefault: found.some(usesDefault) }];
  });
  const named = (isDefault: boolean): Record<string, Json> =>
    Object.fromEntries(
      given.flatMap((one) => (one.isDefault === isDefault ? [[one.property, one.value]] : [])),
    );
  const defaults = named(true);
  return {
    project,
    ...named(false),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(service.build && { build: service.build.context }),
    ...(service.networkMode !== undefined && { networkMode: service.networkMode }),
    ...(service.profiles.length > 0 && { profiles: service.profiles }),
    ...(files.length > 0 && { files }),
    ...(typeof replicas === 'number' && { replicas }),
  };
}

const areKnown = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => statusOf(name) === 'literal');

const topLevel = (text: ComposeText): Pick<Found, 'value' | 'text'>[] => [
  { value: text.top.get('networks'), text },
];

/** The command as its words joined by a space, secrets masked; undefined where a part is only known on the machine. */
function commandOf(layers: Layers): string | undefined {
  const found = layers.first('command');
  if (!found) return undefined;
  const parts = Array.isArray(found.value)
    ? found.value.map((value) => resolved({ value, text: found.text }))
    : [resolved(found)];
  if (parts.length === 0 || parts.some((part) => part === undefined || part.status === 'template'))
    return undefined;
  const whole = parts.map((part) => part?.text ?? '').join(' ');
  const words = Array.isArray(found.value) ? whole : itemsOf(whole).join(' ');
  return words.trim() === ''
    ? undefined
    : maskSecrets(words.replace(/\s+/g, ' ').trim().slice(0, LONGEST_COMMAND));
}

/** The SQLite databases that its variables name. */
function databaseFacts(layers: Layers, standing: Standing): Fact[] {
  const found = new Map<string, Fact>();
  for (const variable of variablesOf(layers)) {
    const { name, value } = variable;
    const path = value && value.status !== 'template' ? sqlitePath(name, value.text) : undefined;
    if (path !== undefined && !found.has(path))
      found.set(path, sqliteFact(path, placeOf(variable), standing));
  }
  return [...found.values()];
}

type Part = Omit<Fact, 'source' | 'sort' | 'environments' | 'certainty'>;

/** A service that logs to CloudWatch names the group that must be there. */
function logFacts(layers: Layers): Part[] {
  const logging = layers.first('logging');
  const options = mapping(mapping(logging?.value).get('options'));
  const group = logging && resolved({ value: options.get('awslogs-group'), text: logging.text });
  const known = group && statusOf(group.text);
  if (!logging || !known || mapping(logging.value).get('driver') !== 'awslogs') return [];
  const region = resolved({ value: options.get('awslogs-region'), text: logging.text });
  return [
    {
      kind: 'AWS::Logs::LogGroup',
      name: group.text,
      nameStatus: known === 'literal' ? group.status : known,
      evidence: logging.text.at([...logging.path, 'options', 'awslogs-group']),
      verb: scalar(options.get('awslogs-create-group')) === 'true' ? 'creates' : 'requires',
      ...(region && region.status !== 'template' && { region: region.text }),
    },
  ];
}

function variableFacts(layers: Layers): (Part & Pick<Fact, 'certainty'>)[] {
  const variables = variablesOf(layers);
  const known = variables.flatMap(({ name, value, found }) =>
    value && value.status !== 'template' ? [{ name, value: value.text, status: value.status, found }] : [],
  );
  return [
    ...namesIn(known).map(({ key, by, certainty }) => ({
      ...key,
      nameStatus: by.status,
      evidence: placeOf(by),
      verb: 'uses' as const,
      certainty,
    })),
    ...providersIn(variables).map(({ provider, by }) => ({
      ...provider,
      nameStatus: 'literal' as const,
      evidence: placeOf(by),
      verb: 'uses' as const,
      certainty: 'key-name' as const,
    })),
  ];
}

/** The variable's name alone as excerpt: the rest of its line may hold a password. */
function placeOf({ name, found }: { name: string; found: Found }): FileEvidence {
  const { file, line } = found.text.at(found.path);
  return { source: 'repo', file, line, excerpt: `${name}=…` };
}
