import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import type { Fact, Json, RelationFact } from '#model/fact.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Budget } from './budget.ts';
import type { RootModule } from './deployments.ts';
import { type Draft, draftsOf } from './drafts.ts';
import { evaluate } from './evaluate.ts';
import type { ModuleConfig } from './module-config.ts';
import { ModuleInstance } from './module-instance.ts';
import { Names } from './naming.ts';
import type { ResourceInstance } from './resource-instance.ts';
import type { Scope } from './scope.ts';
import { backendDrafts } from './stores.ts';
import { Open, symbol, type Value } from './values.ts';
import type { World } from './worlds.ts';

const MOST_RESOURCES = 5_000;
const MOST_MODULES = 500;

/** What a root module declares, applied in each of its ways: one fact where several have a resource alike. */
export function moduleFacts(
  root: RootModule,
  modules: ReadonlyMap<string, ModuleConfig>,
  tree: Tree,
  budget: () => Budget,
): Fact[] {
  const seen = new Map<string, { drafts: Draft[]; worlds: World[] }>();
  for (const world of root.worlds)
    for (const draft of worldDrafts(root, world, modules, tree, budget())) {
      const id = JSON.stringify([draft.kind, draft.name, draft.scope, draft.verb, draft.evidence]);
      const one = seen.get(id) ?? { drafts: [], worlds: [] };
      one.drafts.push(draft);
      one.worlds.push(world);
      seen.set(id, one);
    }
  return [...seen.values()].map(({ drafts, worlds }) => factOf(drafts, worlds, root));
}

function worldDrafts(
  { config }: RootModule,
  world: World,
  modules: ReadonlyMap<string, ModuleConfig>,
  tree: Tree,
  budget: Budget,
): Draft[] {
  const read = (path: string) => (tree.paths.has(path) ? tree.read(path) : undefined);
  const deployment = { modules, read, root: config.folder, budget, calls: 0 };
  // Values of a file refer to nothing else
  const nothing: Scope = {
    budget,
    named: (kind, name) => new Open(symbol(`${kind}.${name}`)),
    data: (type, name) => new Open(symbol(`data.${type}.${name}`)),
    file: () => undefined,
    bound: new Map(),
  };
  const unknown = world.isPartial ? [...config.variables.keys()] : [];
  const inputs = new Map<string, () => Value>([
    ...unknown.map((name) => [name, () => new Open(symbol(`var.${name}`))] as const),
    ...[...world.values].map(([name, value]) => [name, () => evaluate(value, nothing)] as const),
  ]);
  const instance = new ModuleInstance(deployment, config, inputs);
  const resources = allResources(instance);
  const names = new Names(resources, config.folder, tree);
  return [...draftsOf(resources, names), ...backendDrafts(config)];
}

function allResources(root: ModuleInstance): ResourceInstance[] {
  const found: ResourceInstance[] = [];
  const waiting = [root];
  for (let count = 0; count < MOST_MODULES && found.length < MOST_RESOURCES; count += 1) {
    const next = waiting.shift();
    if (!next) break;
    found.push(...next.resources());
    waiting.push(...next.children());
  }
  return found.slice(0, MOST_RESOURCES);
}

function factOf(drafts: readonly Draft[], worlds: readonly World[], root: RootModule): Fact {
  const [first] = drafts as [Draft, ...Draft[]];
  const relations = new Map<string, RelationFact>();
  for (const draft of drafts)
    for (const relation of draft.relations ?? []) relations.set(JSON.stringify(relation), relation);
  const properties = agreed(drafts.map((draft) => draft.properties ?? {}));
  const { account, region, condition, terraform, isElsewhere, ...others } = first;
  const { properties: _, relations: __, ...rest } = others;
  const environments = environmentsFor(first, worlds, root);
  const isSame = <K extends 'account' | 'region'>(key: K) =>
    drafts.every((draft) => draft[key] === first[key]);
  return {
    ...rest,
    source: 'repo',
    sort: root.sort,
    certainty: 'static',
    environments,
    ...(isElsewhere &&
      account === undefined && { unknownAccount: [root.config.folder, ...environments].join('\n') }),
    ...(account !== undefined && isSame('account') && { account }),
    ...(region !== undefined && isSame('region') && { region }),
    ...(terraform && { terraform: { ...terraform, root: root.config.folder, ways: worlds.length } }),
    ...(condition !== undefined && drafts.every((draft) => draft.condition !== undefined) && { condition }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(relations.size > 0 && { relations: [...relations.values()] }),
  };
}

/** What the values of those that have it say, where not all do; else the module's path, else the name. */
function environmentsFor({ name, nameStatus }: Draft, worlds: readonly World[], root: RootModule): string[] {
  const isEverywhere = root.worlds.length > 1 && worlds.length === root.worlds.length;
  const own = isEverywhere ? [] : sortEnvironments(worlds.flatMap(({ environments }) => environments));
  if (own.length > 0) return own;
  if (root.environments.length > 0) return root.environments;
  return nameStatus === 'logical' ? [] : environmentsOf(name);
}

/** What all of them state alike. */
function agreed(all: readonly Record<string, Json>[]): Record<string, Json> {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      rest.every((other) => JSON.stringify(other[key]) === JSON.stringify(value)),
    ),
  );
}
