import { hasSymbol, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, RelationFact } from '#model/fact.ts';
import { imageFacts } from '../image-facts.ts';
import { readJson } from '../json-source.ts';
import type { Standing } from '../standing.ts';
import { taskDefinitionFacts } from '../task-definition/task-facts.ts';
import { list, mapping } from '../untyped.ts';
import { namedBy } from './links.ts';
import type { Names } from './naming.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { Encoded, isList, isMap, textOf, type Value } from './values.ts';

/** What a resource has in it that is described elsewhere: images, and what its containers name. */
export interface Contents {
  facts: Fact[];
  relations: RelationFact[];
  properties: Record<string, Json>;
}

const IMAGES = ['image_uri', 'source_configuration.image_repository.image_identifier'];
const MOST_VISITED = 4_000;

/** The image of a function or of a service. */
export function imageOf(resource: ResourceInstance, standing: Standing, at: FileEvidence): Contents {
  const text = IMAGES.flatMap((path) => resource.values(path))
    .map(textOf)
    .find((one) => one !== undefined);
  const facts =
    text === undefined
      ? []
      : imageFacts({
          image: { text, status: 'resolved' },
          evidence: at,
          ...standing,
          verb: 'requires',
        });
  return { facts: facts.flatMap(shown), relations: imagesIn(facts), properties: {} };
}

/** Container definitions, as the collector of task definitions reads them. */
export function containersOf(
  resource: ResourceInstance,
  standing: Standing,
  at: FileEvidence,
  names: Names,
): Contents {
  const value = resource.argument('container_definitions');
  const text = value === undefined ? undefined : textOf(value);
  const none: Contents = { facts: [], relations: [], properties: {} };
  if (value === undefined || text === undefined || !/^\s*[[{]/.test(text)) return none;
  const json = readJson(text, { tolerant: true });
  if ('error' in json) return none;
  // The family makes the same call tell the relations; the name itself is the resource's
  const root = readJson(`{"family": "x", "containerDefinitions": ${text}}`, { tolerant: true });
  if ('error' in root) return none;
  const reading = { path: at.file, text, tracked: true, lines: [], at: () => at, lineOf: () => at.line };
  const [definition, ...others] = taskDefinitionFacts(root.value, { ...standing, reading });
  if (definition?.kind !== 'AWS::ECS::TaskDefinition') return none;
  // Of a container that only the run knows nothing is told
  const containers = list(definition.properties?.containers).filter(
    (container) => mapping(container).get('name') !== '',
  ) as Json[];
  const ports = definition.properties?.containerPorts;
  const linked = value instanceof Encoded ? handlesIn(value.value, names) : [];
  const said = (definition.relations ?? []).filter(
    ({ to }) => to.kind === 'Docker::Image' || !hasSymbol(to.name),
  );
  return {
    facts: others.map((fact) => ({ ...fact, evidence: at })).flatMap(shown),
    relations: [...said.filter(({ to }) => !isUnknown(to.name)), ...linked],
    properties: {
      ...(containers.length > 0 && { containers }),
      ...(Array.isArray(ports) && { containerPorts: ports }),
    },
  };
}

const imagesIn = (facts: readonly Fact[]): RelationFact[] =>
  facts
    .filter(({ kind }) => kind === 'Docker::Image')
    .map(({ kind, name }) => ({ type: 'uses-image', to: { kind, name } }));

/** Names that were put together are `resolved`; one with unknowns is a template, or nothing where little of it is known. */
function shown(fact: Fact): Fact[] {
  const open = [fact.name, fact.scope ?? ''].some(hasSymbol);
  if (!open) return [{ ...fact, nameStatus: fact.nameStatus === 'literal' ? 'resolved' : fact.nameStatus }];
  const isEnough =
    knownPart(fact.name).replace(/[^A-Za-z0-9]/g, '').length > 1 && !hasSymbol(fact.scope ?? '');
  return isEnough ? [{ ...fact, nameStatus: 'template' }] : [];
}

const VERBS: Readonly<Record<string, string>> = { valueFrom: 'reads', 'awslogs-group': 'logs-to' };

/** The resources of the deployment that the definitions lead to by their attributes. Bounded. */
function handlesIn(start: Value, names: Names): RelationFact[] {
  const found = new Map<string, RelationFact>();
  let left = MOST_VISITED;
  const visit = (value: Value, key: string, depth: number): void => {
    left -= 1;
    if (left < 0 || depth > 20) return;
    if (isList(value)) for (const item of value) visit(item, key, depth + 1);
    else if (isMap(value)) for (const [name, inner] of value) visit(inner, name, depth + 1);
    else {
      const target = names.resourceIn(value);
      const to = target && namedBy(target, names);
      if (!to || to.kind === 'AWS::ECR::Repository') return;
      const relation = { type: VERBS[key] ?? 'uses', to };
      found.set(JSON.stringify(relation), relation);
    }
  };
  visit(start, '', 0);
  return [...found.values()];
}
