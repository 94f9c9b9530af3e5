import type { FactSort } from '#model/fact.ts';
import { isRetired } from '../retired.ts';
import type { Configuration, ValuesFile } from './configuration.ts';
import type { ModuleConfig } from './module-config.ts';
import { calledConfig } from './module-instance.ts';
import { unitsOf } from './terragrunt.ts';
import {
  environmentsOfRoot,
  MOST_WORLDS,
  NONE,
  unitWorld,
  valuesByRoot,
  type World,
  worldsOf,
} from './worlds.ts';

/** A module that somebody applies, in each of the ways that files of values give. */
export interface RootModule {
  config: ModuleConfig;
  sort: Extract<FactSort, 'declared' | 'reference' | 'retired'>;
  /** What the folder's path says. */
  environments: string[];
  worlds: World[];
}

const MOST_ROOTS = 400;
/** Folders whose modules show how another one is called, or try it out. */
const SHOWS = /(?:^|\/)(?:examples?|samples?|tests|fixtures?|testdata|e2e|__tests__)(?:\/|$)/i;

/**
 * The modules that are applied: those that no other module of the repository calls, or that keep their state
 * somewhere. One that nobody calls and that says neither a provider, nor a backend, nor values is for others to call:
 * it is kept as a reference. So are examples and tests.
 */
export function rootModules(configuration: Configuration): RootModule[] {
  const { modules, units, retired } = configuration;
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
  const given = valuesByRoot(configuration, applied);
  const roots = applied.map((config): RootModule => {
    const files = given.get(config) ?? [];
    const path = `${config.folder}/main.tf`;
    const byTerragrunt = (unitsByModule.get(config) ?? []).slice(0, MOST_WORLDS).map(unitWorld);
    const isDeclared = byTerragrunt.length > 0 || isApplied(config, files);
    return {
      config,
      sort: isRetired(path) ? 'retired' : isDeclared ? 'declared' : 'reference',
      environments: environmentsOfRoot(config.folder),
      worlds:
        byTerragrunt.length > 0 ? byTerragrunt : worldsOf(files).map((world) => completed(world, config)),
    };
  });
  const old = retired.map((config) => ({
    config,
    sort: 'retired' as const,
    environments: [],
    worlds: [NONE],
  }));
  return [...roots, ...old].slice(0, MOST_ROOTS);
}

/**
 * Where the backend is set up from outside, and variables have a value nowhere, files of another place give both: a
 * default says nothing of what they give.
 */
function completed(world: World, { backends, variables }: ModuleConfig): World {
  const isOutside = backends.some(
    ({ type, body }) => type !== 'local' && body.attributes.length + body.blocks.length === 0,
  );
  const isMissing = [...variables.values()].some((one) => !one.default && !world.values.has(one.name));
  return isOutside && isMissing ? { ...world, isPartial: true } : world;
}

const holdsAnything = ({ resources, modules }: ModuleConfig) => resources.size > 0 || modules.size > 0;

function isApplied(config: ModuleConfig, files: readonly ValuesFile[]): boolean {
  if (SHOWS.test(config.folder)) return false;
  const isComplete = config.variables.size === 0;
  return config.hasBackend || config.providers.length > 0 || files.length > 0 || isComplete;
}
