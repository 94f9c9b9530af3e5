import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, RelationFact, ResourceKey } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Standing } from '../standing.ts';
import { Evaluation, nameProperty, type ResourceName, type World } from './evaluation.ts';
import { logicalName } from './logical-names.ts';
import { mentionsOf } from './mentions.ts';
import { propertiesOf } from './properties.ts';
import { edgesOf } from './relations.ts';
import type { Edge, Template, TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

export interface TemplateContext {
  standing: Standing;
  tree: Tree;
  at(line: number): FileEvidence;
}

/** One resource as one or several deployments of its template have it. */
interface Seen {
  resource: TemplateResource;
  name: ResourceName;
  evaluations: Evaluation[];
  relations: Map<string, RelationFact>;
}

/** Everything that a template declares, deployed in each of these ways. */
export function templateFacts(
  template: Template,
  worlds: readonly World[],
  context: TemplateContext,
): Fact[] {
  const edges = new Map<string, Edge[]>();
  for (const edge of edgesOf(template)) {
    const own = edges.get(edge.from);
    if (own) own.push(edge);
    else edges.set(edge.from, [edge]);
  }
  const seen = new Map<string, Seen>();
  const aliases = aliasesOf(template);
  const standingIn = new Set(aliases.values());
  for (const world of worlds) {
    const evaluation = new Evaluation(template, world);
    const keyOf = (
      resource: TemplateResource,
    ): (ResourceKey & { status: ResourceName['status'] }) | undefined => {
      const type = typeOf(resource.type);
      if (!type) return undefined;
      const alias = aliases.get(resource.id);
      const { name, status, scope } = evaluation.nameOf(alias ?? resource);
      return {
        kind: type.kind,
        name: status === 'logical' ? logicalName(type.kind, resource.id, template.path, context.tree) : name,
        status,
        ...(scope !== undefined && { scope }),
      };
    };
    const isDeployed = ({ condition }: TemplateResource) =>
      condition === undefined || evaluation.condition(condition) !== false;
    for (const resource of template.resources.values()) {
      const key = keyOf(resource);
      if (!key || !isDeployed(resource) || standingIn.has(resource)) continue;
      const { status, ...identity } = key;
      const id = JSON.stringify([resource.id, identity.name, identity.scope]);
      const one: Seen = seen.get(id) ?? {
        resource,
        name: { name: key.name, status, ...(key.scope !== undefined && { scope: key.scope }) },
        evaluations: [],
        relations: new Map(),
      };
      seen.set(id, one);
      one.evaluations.push(evaluation);
      for (const { type, to } of edges.get(resource.id) ?? []) {
        const target = template.resources.get(to);
        const end = target && isDeployed(target) ? keyOf(target) : undefined;
        if (!end) continue;
        const { status: _, ...where } = end;
        one.relations.set(JSON.stringify([type, where]), { type, to: where });
      }
    }
  }
  return [
    ...[...seen.values()].flatMap((one) => factsOf(one, worlds, context, aliases.get(one.resource.id))),
    ...parameterFacts(template, context),
  ];
}

/** A key of KMS is called by its alias, where the template gives it one. */
function aliasesOf(template: Template): Map<string, TemplateResource> {
  const found = new Map<string, TemplateResource>();
  for (const resource of template.resources.values()) {
    if (resource.type !== 'AWS::KMS::Alias') continue;
    const target = resource.properties.TargetKeyId;
    const text = JSON.stringify(target ?? '');
    const id = /^\{"(?:Ref|Fn::GetAtt)":\[?"(\w{1,255})"/.exec(text)?.[1];
    if (id !== undefined && template.resources.get(id)?.type === 'AWS::KMS::Key') found.set(id, resource);
  }
  return found;
}

/**
 * Where a resource differs between deployments, the environments of those that have it; else what its file or its name
 * says.
 */
function environmentsFor(
  { evaluations, name }: Seen,
  worlds: readonly World[],
  standing: Standing,
): string[] {
  const isSame = evaluations.length === worlds.length && worlds.length > 1;
  const own = isSame ? [] : sortEnvironments(evaluations.flatMap(({ world }) => world.environments));
  if (own.length > 0) return own;
  if (standing.environments.length > 0) return standing.environments;
  return name.status === 'logical' ? [] : environmentsOf(name.name);
}

function factsOf(
  one: Seen,
  worlds: readonly World[],
  { standing, at }: TemplateContext,
  alias: TemplateResource | undefined,
): Fact[] {
  const { resource, name, evaluations } = one;
  const [first] = evaluations;
  const type = typeOf(resource.type);
  if (!first || !type) return [];
  const environments = environmentsFor(one, worlds, standing);
  const { kind } = type;
  const named = alias ?? resource;
  const nameKey = typeOf(named.type)?.name;
  const written =
    name.status === 'logical' || nameKey === undefined ? undefined : nameProperty(named, nameKey);
  const { lineOf } = first.template;
  const line = written ? lineOf(written.holder, written.key, named.line) : resource.line;
  const properties = agreed(evaluations.map((evaluation) => propertiesOf(resource, evaluation)));
  const { condition } = resource;
  const isOpen =
    condition !== undefined && evaluations.some((each) => each.condition(condition) === undefined);
  const base = { sort: standing.sort, environments };
  const mentions = mentionsOf(resource, first, base, at);
  const relations = [...one.relations.values(), ...mentions.relations];
  return [
    {
      kind,
      name: name.name,
      ...(name.scope !== undefined && { scope: name.scope }),
      source: 'repo',
      ...base,
      nameStatus: name.status,
      evidence: at(line),
      verb: 'creates',
      certainty: 'static',
      ...whereabouts(evaluations, kindOf(kind).global === true),
      properties: { ...properties, ...(isOpen && { condition }) },
      ...(relations.length > 0 && { relations }),
    },
    ...mentions.facts,
  ];
}

function whereabouts(
  evaluations: readonly Evaluation[],
  isGlobal: boolean,
): Pick<Fact, 'account' | 'region'> {
  const only = (key: 'account' | 'region') => {
    const values = new Set(evaluations.map(({ world }) => world[key]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const account = only('account');
  const region = isGlobal ? undefined : only('region');
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

/** What all deployments have alike. */
function agreed(all: readonly Record<string, Json>[]): Record<string, Json> {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      rest.every((other) => JSON.stringify(other[key]) === JSON.stringify(value)),
    ),
  );
}

/** Parameters whose value is looked up in the parameter store: what AWS publishes there itself is left out. */
function parameterFacts(template: Template, { standing, at }: TemplateContext): Fact[] {
  return [...template.parameters.values()].flatMap(({ type, default: name, line }): Fact[] => {
    if (!type.startsWith('AWS::SSM::Parameter::Value') || name === undefined) return [];
    if (!/^[\w./-]{1,1000}$/.test(name) || name.startsWith('/aws/service/')) return [];
    return [
      {
        kind: 'AWS::SSM::Parameter',
        name,
        source: 'repo',
        sort: standing.sort,
        environments: standing.environments.length > 0 ? standing.environments : environmentsOf(name),
        nameStatus: 'literal',
        evidence: at(line),
        verb: 'requires',
        certainty: 'static',
      },
    ];
  });
}
