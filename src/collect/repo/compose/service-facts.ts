import { environmentOf, sortEnvironments } from '#lib/environments.ts';
import type { ComposeService } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, FactSort, Json, RelationFact } from '#model/fact.ts';
import { namesIn, providersIn } from '../environment-names.ts';
import { imageFacts } from '../image-facts.ts';
import { statusOf } from '../name-status.ts';
import { mapping, scalar } from '../untyped.ts';
import type { ComposeText } from './compose-text.ts';
import { type Found, type Layers, resolved } from './layers.ts';
import { variablesOf } from './service.ts';

/** What all facts of one compose file share. */
export interface ComposeContext {
  text: ComposeText;
  project: string;
  sort: FactSort;
  environments: string[];
}

const REGISTRY = /^[^/\s]+[.:][^/\s]*\/./;

/** The facts of a service: itself, its image, where its logs go, and what its variables name. */
export function serviceFacts(service: ComposeService, layers: Layers, context: ComposeContext): Fact[] {
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
  const relations: RelationFact[] = [
    ...(used ? [{ type: 'uses-image', to: { kind: used.kind, name: used.name } }] : []),
    ...service.dependsOn.map((other) => ({
      type: 'depends-on',
      to: { kind: 'Compose::Service' as const, name: other, scope: project },
    })),
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
      properties: propertiesOf(service, layers, project),
      ...(relations.length > 0 && { relations }),
    },
    ...images,
    ...logFacts(layers).map((log) => ({ ...base, ...log })),
    ...variableFacts(layers).map((named) => ({ ...base, ...named })),
  ];
}

function propertiesOf(service: ComposeService, layers: Layers, project: string): Record<string, Json> {
  const container = layers.first('container_name');
  const containerName = container && resolved(container)?.text;
  const deploy = layers.first('deploy');
  const replicas = mapping(deploy?.value).get('replicas');
  const ports = service.ports.map(({ address, published, target }) =>
    [address, published, target].filter((part) => part !== undefined).join(':'),
  );
  return {
    project,
    ...(service.image && { image: service.image.reference }),
    ...(service.build && { build: service.build.context }),
    ...(containerName && { containerName }),
    ...(ports.length > 0 && { ports }),
    ...(service.networks.length > 0 && { networks: service.networks }),
    ...(service.profiles.length > 0 && { profiles: service.profiles }),
    ...(service.restart !== undefined && { restart: service.restart }),
    ...(typeof replicas === 'number' && { replicas }),
  };
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
