import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { isRetired } from '../retired.ts';
import { isExample, standingOf } from '../standing.ts';
import type { Configuration, ValuesFile } from './configuration.ts';
import type { Expression } from './hcl/nodes.ts';
import type { ModuleConfig } from './module-config.ts';
import { baseOf, folderOf } from './paths.ts';
import type { Unit } from './terragrunt.ts';

/** One way in which a root module is applied. */
export interface World {
  values: ReadonlyMap<string, Expression>;
  /** Canonical names; empty where no path says any. */
  environments: string[];
  /** Other files give variables too: one without a value here is unknown, whatever its default. */
  isPartial?: true;
}

export const MOST_WORLDS = 24;
const AUTOMATIC = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;
const SHARED = /^(?:common|shared|global|base|defaults?|all)[._-]/i;
const ENDING = /\.tfvars.*$/i;

export const NONE: World = { values: new Map(), environments: [] };

/**
 * The files of values of each module: those in its folder or below it, else those that are called after its folder
 * (`variables/prod/network.tfvars`) with what is shared beside them, else those that only it asks for.
 */
export function valuesByRoot(
  { values, modules }: Configuration,
  roots: readonly ModuleConfig[],
): Map<ModuleConfig, ValuesFile[]> {
  const files = values.filter(({ reading: { path } }) => !isExample(path) && !isRetired(path));
  const beside = Map.groupBy(
    files.filter(({ reading }) => SHARED.test(baseOf(reading.path))),
    ({ reading }) => folderOf(reading.path),
  );
  const byName = Map.groupBy(roots, ({ folder }) => baseOf(folder));
  const found = new Map<ModuleConfig, Set<ValuesFile>>();
  const give = (root: ModuleConfig | undefined, given: readonly ValuesFile[]) => {
    if (root) found.set(root, new Set([...(found.get(root) ?? []), ...given]));
  };
  for (const file of files) {
    const { path } = file.reading;
    const holder = above(folderOf(path), modules);
    if (holder) {
      if (roots.includes(holder)) give(holder, [file]);
      continue;
    }
    const called = byName.get(baseOf(path).replace(ENDING, '')) ?? [];
    if (called.length === 1) give(called[0], [file, ...(beside.get(folderOf(path)) ?? [])]);
    else if (!SHARED.test(baseOf(path))) give(asking(file, roots), [file]);
  }
  return new Map([...found].map(([root, given]) => [root, [...given]]));
}

function above(start: string, modules: ReadonlyMap<string, ModuleConfig>): ModuleConfig | undefined {
  for (let folder = start; ; folder = folderOf(folder)) {
    const config = modules.get(folder);
    // Declarations of variables that several modules link to are no module
    const isModule = config && config.resources.size + config.modules.size > 0;
    if (isModule || folder === '') return isModule ? config : undefined;
  }
}

/** The only module that declares every variable that the file gives. */
function asking({ body }: ValuesFile, roots: readonly ModuleConfig[]): ModuleConfig | undefined {
  if (body.attributes.length < 2) return undefined;
  const able = roots.filter(({ variables }) => body.attributes.every(({ name }) => variables.has(name)));
  return able.length === 1 ? able[0] : undefined;
}

/** Terraform documentation, “Assign values to input variables”: what is read by itself, then what a run names. */
export function worldsOf(files: readonly ValuesFile[]): World[] {
  const groups = Map.groupBy(files, ({ reading: { path } }) => {
    const environments = environmentsOfValues(path);
    return environments.length > 0 ? `${folderOf(path)}\n${environments.join()}` : '';
  });
  const plain = groups.get('') ?? [];
  const automatic = plain.filter(({ reading }) => AUTOMATIC.test(baseOf(reading.path)));
  const others = plain.filter((file) => !automatic.includes(file));
  groups.delete('');
  if (groups.size === 0) return worldsOfGroup(others, valuesOf(automatic));
  // A file of no environment beside those of some (`secrets.tfvars`) goes with each, where it contradicts none
  const given = new Set([...groups.values()].flatMap((group) => [...valuesOf(group).keys()]));
  const beneath = others.filter(
    ({ reading, body }) =>
      SHARED.test(baseOf(reading.path)) || !body.attributes.some(({ name }) => given.has(name)),
  );
  const base = valuesOf([...automatic, ...beneath]);
  return [...groups.values()].flatMap((group) => worldsOfGroup(group, base)).slice(0, MOST_WORLDS);
}

/** Files of one environment are given together, where none contradicts another; else each is a way of its own. */
function worldsOfGroup(group: readonly ValuesFile[], base: ReadonlyMap<string, Expression>): World[] {
  const isShared = ({ reading }: ValuesFile) => SHARED.test(baseOf(reading.path));
  const shared = group.filter(isShared);
  const own = group.filter((file) => !isShared(file));
  const names = own.flatMap(({ body }) => body.attributes.map(({ name }) => name));
  const ways = new Set(names).size === names.length ? [own] : own.map((file) => [file]);
  return ways.slice(0, MOST_WORLDS).map((way) => ({
    values: new Map([...base, ...valuesOf(shared), ...valuesOf(way)]),
    environments: environmentsOfValues(group[0]?.reading.path ?? ''),
  }));
}

function environmentsOfValues(path: string): string[] {
  const said = environmentsOfPath(path);
  return said.length > 0 ? said : sortEnvironments(environmentsOf(baseOf(path).replace(ENDING, '')));
}

/** What a path says; `live/` holds what is applied, of whatever environment, as opposed to `modules/`. */
export const environmentsOfPath = (path: string): string[] =>
  standingOf(path.replace(/(^|\/)live\//gi, '$1')).environments;

/** What a root module's folder says: whole folders, else the words of its own name (`stack_prod`). */
export function environmentsOfRoot(folder: string): string[] {
  const said = environmentsOfPath(`${folder}/main.tf`);
  return said.length > 0 ? said : environmentsOf(baseOf(folder));
}

const valuesOf = (files: readonly ValuesFile[]): Map<string, Expression> =>
  new Map(files.flatMap(({ body }) => body.attributes.map(({ name, value }) => [name, value] as const)));

/** A module as one Terragrunt unit applies it. */
export const unitWorld = ({ path, inputs }: Unit): World => ({
  values: inputs,
  environments: environmentsOfPath(path),
  isPartial: true,
});
