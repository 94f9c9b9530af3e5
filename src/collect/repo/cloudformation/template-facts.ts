import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { knownPart } from '#lib/symbolic.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, RelationFact, ResourceKey } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Standing } from '../standing.ts';
import { Deployment } from './deployment.ts';
import { nameProperty, type ResourceName, type World } from './evaluation.ts';
import { mentionsOf } from './mentions.ts';
import { propertiesOf } from './properties.ts';
import type { Template, TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

export interface TemplateContext {
  standing: Standing;
  tree: Tree;
  at(line: number): FileEvidence;
}

/** One resource as one or several deployments have it. */
interface Seen {
  resource: TemplateResource;
  key: ResourceKey;
  status: ResourceName['status'];
  deployments: Deployment[];
  relations: Map<string, RelationFact>;
}

/** Everything that a template declares, deployed in each of these ways. */
export function templateFacts(
  template: Template,
  worlds: readonly World[],
  context: TemplateContext,
): Fact[] {
  const deployments = worlds.map((world) => new Deployment(template, world, context.tree));
  return [...deploymentFacts(deployments, context), ...parameterFacts(template, context)];
}

/** What several deployments of one thing declare, each resource once where they have it alike. */
export function deploymentFacts(
  deployments: readonly Deployment[],
  context: Omit<TemplateContext, 'tree'>,
): Fact[] {
  const seen = new Map<string, Seen>();
  for (const deployment of deployments)
    for (const resource of deployment.resources()) {
      const named = deployment.keyOf(resource);
      if (!named) continue;
      const id = JSON.stringify([resource.id, named.key.name, named.key.scope]);
      const one: Seen = seen.get(id) ?? { resource, ...named, deployments: [], relations: new Map() };
      seen.set(id, one);
      one.deployments.push(deployment);
      for (const relation of deployment.relationsOf(resource))
        one.relations.set(JSON.stringify(relation), relation);
    }
  return [...seen.values()].flatMap((one) => factsOf(one, deployments.length, context));
}

/**
 * Where a resource differs between deployments, the environments of those that have it; else what its file or its name
 * says.
 */
function environmentsFor({ deployments, key, status }: Seen, all: number, standing: Standing): string[] {
  const isSame = deployments.length === all && all > 1;
  const own = isSame ? [] : sortEnvironments(deployments.flatMap(({ world }) => world.environments));
  if (own.length > 0) return own;
  if (standing.environments.length > 0) return standing.environments;
  return status === 'logical' ? [] : environmentsOf(knownPart(key.name));
}

function factsOf(one: Seen, all: number, { standing, at }: Omit<TemplateContext, 'tree'>): Fact[] {
  const { resource, key, status, deployments } = one;
  const [first] = deployments;
  if (!first) return [];
  const base = { sort: standing.sort, environments: environmentsFor(one, all, standing) };
  const named = first.namedBy(resource);
  const property = typeOf(named.type)?.name;
  const written = status === 'logical' || property === undefined ? undefined : nameProperty(named, property);
  const line = written ? first.template.lineOf(written.holder, written.key, named.line) : resource.line;
  const properties = agreed(deployments.map(({ evaluation }) => propertiesOf(resource, evaluation)));
  const mentions = mentionsOf(resource, first.evaluation, base, at);
  const relations = [...one.relations.values(), ...mentions.relations];
  return [
    {
      ...key,
      source: 'repo',
      ...base,
      nameStatus: status,
      evidence: at(line),
      verb: 'creates',
      certainty: 'static',
      ...whereabouts(deployments, kindOf(key.kind).global === true),
      stackResource: { id: resource.id, stacks: stacksOf(deployments) },
      ...conditionOf(one),
      properties,
      ...(relations.length > 0 && { relations }),
    },
    ...mentions.facts,
  ];
}

/** What must hold for the resource to be made, where no file says that it does: its own condition, or a choice. */
function conditionOf({ resource, deployments }: Seen): Pick<Fact, 'condition'> {
  if (deployments.some((each) => each.isOpen(resource))) return { condition: resource.condition ?? '' };
  const choices = deployments.map(({ world }) => world.choice);
  const [first] = choices;
  return first !== undefined && !choices.includes(undefined) ? { condition: first } : {};
}

/** The stacks as which it is deployed, as far as their names are known. */
const stacksOf = (deployments: readonly Deployment[]): string[] => [
  ...new Set(deployments.flatMap(({ world: { stackName } }) => stackName ?? [])),
];

function whereabouts(
  deployments: readonly Deployment[],
  isGlobal: boolean,
): Pick<Fact, 'account' | 'region'> {
  const only = (key: 'account' | 'region') => {
    const values = new Set(deployments.map(({ world }) => world[key]));
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
