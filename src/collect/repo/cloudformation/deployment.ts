import type { RelationFact, ResourceKey } from '#model/fact.ts';
import type { Tree } from '../../readers/tree.ts';
import { Evaluation, type ResourceName, type World } from './evaluation.ts';
import { logicalName } from './logical-names.ts';
import { edgesOf } from './relations.ts';
import type { Edge, Template, TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

/** What a template alone says, however it is deployed. */
interface Tied {
  edges: ReadonlyMap<string, readonly Edge[]>;
  /** A key of KMS is called by its alias, where the template gives it one. */
  aliases: ReadonlyMap<string, TemplateResource>;
  /** The aliases that name a key. */
  names: ReadonlySet<TemplateResource>;
}

const tied = new WeakMap<Template, Tied>();

function tiesOf(template: Template): Tied {
  const before = tied.get(template);
  if (before) return before;
  const edges = new Map<string, Edge[]>();
  for (const edge of edgesOf(template)) {
    const own = edges.get(edge.from);
    if (own) own.push(edge);
    else edges.set(edge.from, [edge]);
  }
  const aliases = new Map<string, TemplateResource>();
  for (const resource of template.resources.values()) {
    if (resource.type !== 'AWS::KMS::Alias') continue;
    const target = JSON.stringify(resource.properties.TargetKeyId ?? '');
    const id = /^\{"(?:Ref|Fn::GetAtt)":\[?"(\w{1,255})"/.exec(target)?.[1];
    if (id !== undefined && template.resources.get(id)?.type === 'AWS::KMS::Key') aliases.set(id, resource);
  }
  const made = { edges, aliases, names: new Set(aliases.values()) };
  tied.set(template, made);
  return made;
}

/** One deployment of a template: what it declares, under which names. */
export class Deployment {
  readonly evaluation: Evaluation;
  readonly template: Template;
  readonly world: World;
  readonly #tree: Tree;

  constructor(template: Template, world: World, tree: Tree) {
    this.evaluation = new Evaluation(template, world);
    this.template = template;
    this.world = world;
    this.#tree = tree;
  }

  /** The resources that this deployment may make. */
  *resources(): Generator<TemplateResource> {
    const { names } = tiesOf(this.template);
    for (const resource of this.template.resources.values())
      if (typeOf(resource.type) && !names.has(resource) && this.#isDeployed(resource)) yield resource;
  }

  #isDeployed({ condition }: TemplateResource): boolean {
    return condition === undefined || this.evaluation.condition(condition) !== false;
  }

  /** Whether nobody can say that the resource is made at all. */
  isOpen({ condition }: TemplateResource): boolean {
    return condition !== undefined && this.evaluation.condition(condition) === undefined;
  }

  /** The resource whose property names this one: itself, or a key's alias. */
  namedBy(resource: TemplateResource): TemplateResource {
    return tiesOf(this.template).aliases.get(resource.id) ?? resource;
  }

  keyOf(resource: TemplateResource): { key: ResourceKey; status: ResourceName['status'] } | undefined {
    const type = typeOf(resource.type);
    if (!type) return undefined;
    const { name, status, scope } = this.evaluation.nameOf(this.namedBy(resource));
    const shown =
      status === 'logical' ? logicalName(type.kind, resource.id, this.template.path, this.#tree) : name;
    return { key: { kind: type.kind, name: shown, ...(scope !== undefined && { scope }) }, status };
  }

  relationsOf(resource: TemplateResource): RelationFact[] {
    return (tiesOf(this.template).edges.get(resource.id) ?? []).flatMap(({ type, to }) => {
      const target = this.template.resources.get(to);
      const end = target && this.#isDeployed(target) ? this.keyOf(target) : undefined;
      return end ? [{ type, to: end.key }] : [];
    });
  }
}
