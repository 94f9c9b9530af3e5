import type { Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import type { Body } from './hcl/nodes.ts';
import type { ModuleCall, ModuleConfig, ResourceBlock } from './module-config.ts';
import { joinPath } from './paths.ts';
import { ownProviders, type Providers, passedProviders, providerOf } from './providers.ts';
import { type Instance, instancesOf } from './repetition.ts';
import { argumentOf, ResourceInstance } from './resource-instance.ts';
import type { Scope } from './scope.ts';
import { Handle, Open, Outputs, symbol, type Value } from './values.ts';
import { withTypeDefaults } from './variable-types.ts';

/** What every module of one deployment shares. */
export interface Deployment {
  modules: ReadonlyMap<string, ModuleConfig>;
  /** The text of a file of the repository. */
  read(path: string): string | undefined;
  root: string;
  budget: Budget;
  /** How many modules were called so far. */
  calls: number;
}

/** Modules that call each other are cut off. */
const DEEPEST = 10;
const MOST_CALLS = 400;
/** What one instance of a resource costs, beside the evaluation of its arguments. */
const STEPS_OF_ONE = 40;

/** A module as one caller has it: what its variables, locals, resources and outputs are worth. */
export class ModuleInstance {
  readonly config: ModuleConfig;
  /** `module.network.`, empty for the root. */
  readonly prefix: string;
  readonly parent: ModuleInstance | undefined;
  /** The address of the call, this one's or an outer one's, of which nobody knows how many instances it has. */
  readonly condition: string | undefined;
  readonly #deployment: Deployment;
  readonly #inputs: ReadonlyMap<string, () => Value>;
  #providers: Providers;
  readonly #known = new Map<string, Value>();
  readonly #resources = new Map<string, { instance: Instance; resource: ResourceInstance }[]>();
  readonly #children = new Map<string, { instance: Instance; module: ModuleInstance }[]>();

  constructor(
    deployment: Deployment,
    config: ModuleConfig,
    inputs: ReadonlyMap<string, () => Value>,
    from?: {
      parent: ModuleInstance;
      prefix: string;
      call: Body;
      providers: Providers;
      condition?: string | undefined;
    },
  ) {
    this.#deployment = deployment;
    this.config = config;
    this.#inputs = inputs;
    this.parent = from?.parent;
    this.prefix = from?.prefix ?? '';
    this.condition = from?.condition;
    this.#providers = from?.providers ?? new Map();
    const own = ownProviders(config, this.scope());
    this.#providers = from ? passedProviders(from.call, own, from.providers) : own;
  }

  scope(instance?: Instance): Scope {
    return {
      budget: this.#deployment.budget,
      named: (root, name) => this.#named(root, name),
      data: (type, name) => this.resource(`data.${type}.${name}`),
      file: (path) => this.#file(path),
      bound: new Map(),
      ...(instance?.each && { each: instance.each }),
      ...(instance?.count !== undefined && { count: instance.count }),
    };
  }

  #file(path: string): string | undefined {
    // `path.module` stands as the folder itself
    const known = path.startsWith('//') ? joinPath('', path.slice(2)) : joinPath(this.#deployment.root, path);
    return known === undefined ? undefined : this.#deployment.read(known);
  }

  #named(root: string, name: string): Value {
    if (root === 'path') return name === 'module' ? `//${this.config.folder}` : `//${this.#deployment.root}`;
    if (root === 'terraform' || root === 'tofu') return new Open(symbol(`terraform.${name}`));
    if (root === 'self' || root === 'each' || root === 'count') return new Open(symbol(`${root}.${name}`));
    const key = `${root}.${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // Whatever refers to itself is unknown
    this.#known.set(key, new Open(symbol(key)));
    const value = this.#worth(root, name);
    this.#known.set(key, value);
    return value;
  }

  #worth(root: string, name: string): Value {
    if (root === 'var') return this.variable(name);
    if (root === 'local') {
      const written = this.config.locals.get(name);
      return written ? evaluate(written, this.scope()) : new Open(symbol(`local.${name}`), true);
    }
    return root === 'module' ? this.#outputs(name) : this.resource(`${root}.${name}`);
  }

  /** What a variable was given, or its default; never that of a sensitive one. */
  variable(name: string): Value {
    const variable = this.config.variables.get(name);
    const unknown = new Open(symbol(`var.${name}`));
    if (!variable || variable.isSensitive) return unknown;
    const given = this.#inputs.get(name)?.();
    const initial = () => (variable.default ? evaluate(variable.default, this.scope()) : unknown);
    const value = given === undefined ? initial() : given;
    return variable.type ? withTypeDefaults(value, variable.type, this.scope()) : value;
  }

  #outputs(name: string): Value {
    if (!this.config.modules.has(name)) return new Open(symbol(`module.${name}`), true);
    const called = this.#called(name);
    if (!called) return new Open(symbol(`module.${name}`));
    const values = called.map(({ instance, module }): [Instance, Value] => [
      instance,
      new Outputs((output) => module.output(output, name)),
    ]);
    return collected(values);
  }

  output(name: string, calledAs: string): Value {
    const written = this.config.outputs.get(name);
    return written ? evaluate(written, this.scope()) : new Open(symbol(`module.${calledAs}.${name}`));
  }

  /** The resource of an address within the module, as expressions see it. */
  resource(key: string): Value {
    const block = this.config.resources.get(key);
    if (!block) return new Open(symbol(key));
    return collected(
      this.#instances(key, block).map(({ instance, resource }) => [instance, new Handle(resource)]),
    );
  }

  #instances(key: string, block: ResourceBlock): { instance: Instance; resource: ResourceInstance }[] {
    const known = this.#resources.get(key);
    if (known) return known;
    this.#resources.set(key, []);
    const provider = providerOf(block.body, block.type, this.#providers);
    const instances = instancesOf(block.body, this.scope());
    this.#deployment.budget.spend(instances.length * STEPS_OF_ONE);
    const made = instances.map((instance) => {
      const scope = this.scope(instance);
      const address = `${this.prefix}${key}${instance.suffix}`;
      const given = (name: string) => argumentOf(block.body, name, scope);
      const resource = new ResourceInstance(block, address, given, provider, {
        isOneForAll: instance.isOneForAll,
        condition: instance.isOneForAll ? `${this.prefix}${key}` : this.condition,
      });
      return { instance, resource };
    });
    this.#resources.set(key, made);
    return made;
  }

  /** Every resource and data source of this module, those of the modules it calls left out. */
  resources(): ResourceInstance[] {
    return [...this.config.resources].flatMap(([key, block]) =>
      this.#instances(key, block).map(({ resource }) => resource),
    );
  }

  /** The modules that this one calls, as far as they stand in the repository. */
  children(): ModuleInstance[] {
    return [...this.config.modules.keys()].flatMap((name) =>
      (this.#called(name) ?? []).map(({ module }) => module),
    );
  }

  #called(name: string): { instance: Instance; module: ModuleInstance }[] | undefined {
    const known = this.#children.get(name);
    if (known) return known;
    const call = this.config.modules.get(name);
    const config = call && calledConfig(call, this.config, this.#deployment.modules);
    if (!call || !config || this.#depth >= DEEPEST) return undefined;
    this.#children.set(name, []);
    const made = instancesOf(call.body, this.scope()).flatMap((instance) => {
      this.#deployment.calls += 1;
      if (this.#deployment.calls > MOST_CALLS) return [];
      const scope = this.scope(instance);
      const inputs = new Map(
        call.body.attributes.map(({ name: input, value }) => [input, () => evaluate(value, scope)] as const),
      );
      const prefix = `${this.prefix}module.${name}${instance.suffix}.`;
      const condition = instance.isOneForAll ? prefix.slice(0, -1) : this.condition;
      const from = { parent: this, prefix, call: call.body, providers: this.#providers, condition };
      return [{ instance, module: new ModuleInstance(this.#deployment, config, inputs, from) }];
    });
    this.#children.set(name, made);
    return made;
  }

  get #depth(): number {
    let depth = 0;
    for (let one = this.parent; one; one = one.parent) depth += 1;
    return depth;
  }
}

/** The configuration that a call leads to, where its source is a folder of the repository. */
export function calledConfig(
  { source = '' }: ModuleCall,
  { folder }: ModuleConfig,
  modules: ReadonlyMap<string, ModuleConfig>,
): ModuleConfig | undefined {
  if (!/^\.\.?(?:\/|$)/.test(source)) return undefined;
  const path = joinPath(folder, source);
  return path === undefined ? undefined : modules.get(path);
}

/** One thing, a list of `count`, a map of `for_each`. */
function collected(values: readonly [Instance, Value][]): Value {
  const [only] = values;
  if (only && (only[0].isOneForAll || only[0].key === undefined)) return only[1];
  const isCounted = values.every(([{ count }]) => count !== undefined);
  if (isCounted) return values.map(([, value]) => value);
  return new Map(values.map(([{ key = '' }, value]) => [String(key), value]));
}
