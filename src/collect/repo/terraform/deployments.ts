import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import type { FactSort } from '#model/fact.ts';
import { isRetired } from '../retired.ts';
import { isExample, standingOf } from '../standing.ts';
import type { Configuration, ValuesFile } from './configuration.ts';
import type { Expression } from './hcl/nodes.ts';
import type { ModuleConfig } from './module-config.ts';
import { calledConfig } from './module-instance.ts';
import { baseOf, folderOf } from './paths.ts';
import { type Unit, unitsOf } from './terragrunt.ts';

/** One way in which a root module is applied. */
export interface World {
  values: ReadonlyMap<string, Expression>;
  /** Canonical names; empty where no path says any. */
  environments: string[];
  /** Other files give variables too: one without a value here is unknown, whatever its default. */
  isPartial?: true;
}

/** A module that somebody applies, in each of the ways that files of values give. */
export interface RootModule {
  config: ModuleConfig;
  sort: Extract<FactSort, 'declared' | 'reference' | 'retired'>;
  /** What the folder's path says. */
  environments: string[];
  worlds: World[];
}

const MOST_ROOTS = 400;
const MOST_WORLDS = 24;
/** Folders whose modules show how another one is called, or try it out. */
const SHOWS = /(?:^|\/)(?:examples?|samples?|tests|fixtures?|testdata|e2e|__tests__)(?:\/|$)/i;
const AUTOMATIC = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;
const BENEATH = /^(?:common|shared|global|base|default|defaults|all)[._-]?/i;

/**
 * The modules that are applied: those that no other module of the repository calls, or that keep their state
 * somewhere. One that nobody calls and that says neither a provider, nor a backend, nor values is for others to call:
 * it is kept as a reference. So are examples and tests.
 */
export function rootModules({ modules, values, units, retired }: Configuration): RootModule[] {
  const called = new Set<ModuleConfig>();
  for (const config of modules.values())
    for (const call of config.modules.values()) {
      const target = calledConfig(call, config, modules);
      if (target && target !== config) called.add(target);
    }
  const unitsByModule = Map.groupBy(unitsOf(units, modules), ({ config }) => config);
  const applied = [...modules.values()].filter(
    (config) =>
      config.hasBackend || unitsByModule.has(config) || (!called.has(config) && holdsAnything(config)),
  );
  const given = valuesByRoot(values, applied);
  const old = retired.map((config) => ({
    config,
    sort: 'retired' as const,
    environments: [],
    worlds: [NONE],
  }));
  const roots = applied.map((config): RootModule => {
    const files = given.get(config) ?? [];
    const byTerragrunt = (unitsByModule.get(config) ?? []).slice(0, MOST_WORLDS).map(unitWorld);
    const standing = standingOf(withoutLive(`${config.folder}/main.tf`));
    return {
      config,
      sort: isRetired(`${config.folder}/main.tf`)
        ? 'retired'
        : byTerragrunt.length > 0 || isApplied(config, files)
          ? 'declared'
          : 'reference',
      environments: standing.environments,
      worlds: byTerragrunt.length > 0 ? byTerragrunt : worldsOf(files),
    };
  });
  return [...roots, ...old].slice(0, MOST_ROOTS);
}

const NONE: World = { values: new Map(), environments: [] };
const unitWorld = ({ path, inputs }: Unit): World => ({
  values: inputs,
  environments: standingOf(withoutLive(path)).environments,
  isPartial: true,
});
const holdsAnything = ({ resources, modules }: ModuleConfig) => resources.size > 0 || modules.size > 0;

function isApplied(config: ModuleConfig, files: readonly ValuesFile[]): boolean {
  if (SHOWS.test(config.folder)) return false;
  const isComplete = config.variables.size === 0;
  return config.hasBackend || config.providers.length > 0 || files.length > 0 || isComplete;
}

/** Values belong to the module of their own folder, else to the nearest one above, else to the one that asks for them. */
function valuesByRoot(
  files: readonly ValuesFile[],
  roots: readonly ModuleConfig[],
): Map<ModuleConfig, ValuesFile[]> {
  const byFolder = new Map(roots.map((config) => [config.folder, config]));
  const found = new Map<ModuleConfig, ValuesFile[]>();
  for (const file of files) {
    if (isExample(file.reading.path) || isRetired(file.reading.path)) continue;
    const root = above(folderOf(file.reading.path), byFolder) ?? asking(file, roots);
    if (root) found.set(root, [...(found.get(root) ?? []), file]);
  }
  return found;
}

function above(start: string, byFolder: ReadonlyMap<string, ModuleConfig>): ModuleConfig | undefined {
  for (let folder = start; ; folder = folderOf(folder)) {
    const root = byFolder.get(folder);
    if (root || folder === '') return root;
  }
}

/** The only module that declares every variable that the file gives. */
function asking({ body }: ValuesFile, roots: readonly ModuleConfig[]): ModuleConfig | undefined {
  if (body.attributes.length < 2) return undefined;
  const able = roots.filter(({ variables }) => body.attributes.every(({ name }) => variables.has(name)));
  return able.length === 1 ? able[0] : undefined;
}

/** Terraform documentation, “Assign values to input variables”: what is read by itself, then each file that a run names. */
function worldsOf(files: readonly ValuesFile[]): World[] {
  const automatic = files.filter(
    ({ reading }) => AUTOMATIC.test(baseOf(reading.path)) && isSame(reading.path, files),
  );
  const others = files.filter((file) => !automatic.includes(file));
  const ofEnvironments = others.filter(({ reading }) => environmentsOfValues(reading.path).length > 0);
  const given = new Set(ofEnvironments.flatMap(({ body }) => body.attributes.map(({ name }) => name)));
  // A file of no environment beside those of some (`secrets.tfvars`) goes with each, where it contradicts none
  const beneath = others.filter(
    (file) =>
      BENEATH.test(baseOf(file.reading.path)) ||
      (given.size > 0 &&
        !ofEnvironments.includes(file) &&
        !file.body.attributes.some(({ name }) => given.has(name))),
  );
  const rest = others.filter((file) => !beneath.includes(file));
  const named = given.size > 0 ? rest.filter((file) => ofEnvironments.includes(file)) : rest;
  const base = valuesOf([...automatic, ...beneath]);
  if (named.length === 0) return [{ values: base, environments: [] }];
  const groups = Map.groupBy(
    named,
    ({ reading: { path } }) => `${folderOf(path)}\n${environmentsOfValues(path).join()}`,
  );
  return [...groups.values()]
    .flatMap((group) => (isDisjoint(group) ? [group] : group.map((file) => [file])))
    .slice(0, MOST_WORLDS)
    .map((group) => ({
      values: new Map([...base, ...valuesOf(group)]),
      environments: environmentsOfValues(group[0]?.reading.path ?? ''),
    }));
}

/** `terraform.tfvars` is read by itself in the module's own folder, the one nearest to the root. */
function isSame(path: string, files: readonly ValuesFile[]): boolean {
  const depths = files.map(({ reading }) => reading.path.split('/').length);
  return path.split('/').length === Math.min(...depths) && environmentsOfValues(path).length === 0;
}

function environmentsOfValues(path: string): string[] {
  const said = standingOf(withoutLive(path)).environments;
  return said.length > 0 ? said : sortEnvironments(environmentsOf(baseOf(path).replace(/\.tfvars.*$/, '')));
}

/** `live/` holds what is applied, of whatever environment, as opposed to `modules/`. */
const withoutLive = (path: string): string => path.replace(/(^|\/)live\//gi, '$1');

const valuesOf = (files: readonly ValuesFile[]): Map<string, Expression> =>
  new Map(files.flatMap(({ body }) => body.attributes.map(({ name, value }) => [name, value] as const)));

function isDisjoint(group: readonly ValuesFile[]): boolean {
  const names = group.flatMap(({ body }) => body.attributes.map(({ name }) => name));
  return new Set(names).size === names.length;
}
