import { symbol } from '../cloudformation/functions.ts';
import { type Instance, objectOf, type Scope, textOf } from './scope.ts';
import type { ClassOfSource, Construction, Made, Source } from './source.ts';

const MOST_INSTANCES = 60;
/** Classes that make each other, up to the program itself. */
const MOST_AROUND = 6;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** All files of one program of the CDK. */
export class Program {
  readonly sources: readonly Source[];
  readonly #context: ReadonlyMap<string, string>;
  /** By the name of a class; undefined where several files have one called so. */
  readonly #classes = new Map<string, { known: ClassOfSource; source: Source } | undefined>();
  readonly #instances = new Map<string, Instance[]>();

  constructor(sources: readonly Source[], context: ReadonlyMap<string, string>) {
    this.sources = sources;
    this.#context = context;
    for (const source of sources)
      for (const known of source.classes.values())
        this.#classes.set(known.name, this.#classes.has(known.name) ? undefined : { known, source });
    for (const source of sources)
      for (const construction of source.constructions) this.#note(source, construction);
  }

  /** The class that is called so in a file: its own one, or the only one of the program. */
  #classNamed(name: string, source: Source): { known: ClassOfSource; source: Source } | undefined {
    const own = source.classes.get(name);
    return own ? { known: own, source } : this.#classes.get(name.split('.').at(-1) ?? name);
  }

  #note(source: Source, { made, owner }: Construction): void {
    const found = this.#classNamed(made.callee, source);
    if (!found) return;
    const key = `${found.source.path}:${found.known.name}`;
    const instances = this.#instances.get(key) ?? [];
    this.#instances.set(key, instances);
    const scope = this.scope(source, owner);
    instances.push({ made, scope, ...this.whereabouts(made, scope) });
  }

  /** The region and the account that `env` gives a stack outright. */
  whereabouts(made: Made, scope: Scope): Pick<Instance, 'region' | 'account'> {
    const env = objectOf(made.options?.entries.get('env')?.value, scope);
    const of = (name: string) => {
      const value = env ? env.object.entries.get(name)?.value : envArgument(made, name);
      return (value && textOf(value, env?.scope ?? scope)) ?? '';
    };
    const [region, account] = [of('region'), of('account')];
    return { ...(REGION.test(region) && { region }), ...(/^\d{12}$/.test(account) && { account }) };
  }

  scope(source: Source, owner: string | undefined, instance?: Instance): Scope {
    return {
      source,
      context: this.#context,
      ...(owner !== undefined && { owner }),
      ...(instance && { instance }),
    };
  }

  /**
   * The scopes of what stands in a class: one for each place that makes the class, there again one for each place that
   * makes the class around; or one that knows of none.
   */
  scopesIn(source: Source, owner: string | undefined, depth = 0): Scope[] {
    const instances = owner === undefined ? [] : (this.#instances.get(`${source.path}:${owner}`) ?? []);
    if (instances.length === 0 || instances.length > MOST_INSTANCES) return [this.scope(source, owner)];
    const around = (instance: Instance): Instance[] => {
      const { scope } = instance;
      if (scope.owner === undefined || depth >= MOST_AROUND) return [instance];
      return this.scopesIn(scope.source, scope.owner, depth + 1).map((one) => ({
        ...placeOf(one.instance),
        ...instance,
        scope: one,
      }));
    };
    const all = instances.flatMap(around);
    return (all.length > MOST_INSTANCES ? instances : all).map((instance) =>
      this.scope(source, owner, instance),
    );
  }

  /** What a name of a file stands for: `aws-s3.Bucket`. */
  qualified(callee: string, source: Source): string | undefined {
    const [head = '', ...rest] = callee.split('.');
    const known = source.imports.get(head);
    if (known === undefined) return undefined;
    const whole = [known, ...rest];
    if (whole[0] === 'core' && /^aws[-_]/.test(rest[0] ?? '')) whole.shift();
    return whole.map((part, index) => (index === 0 ? part.replaceAll('_', '-') : part)).join('.');
  }

  /** Whether what stands here stands in a class. */
  isClass({ source, owner }: Scope): boolean {
    return owner !== undefined && source.classes.get(owner)?.base !== '';
  }

  /** Whether a class is a stack, or a stage of a pipeline, by what it extends. */
  is(what: 'Stack' | 'Stage', name: string | undefined, source: Source, depth = 0): boolean {
    if (name === undefined || depth > 10) return false;
    if (this.qualified(name, source) === `core.${what}`) return true;
    const found = this.#classNamed(name, source);
    return found !== undefined && this.is(what, found.known.base, found.source, depth + 1);
  }

  /** The name of the stack that an instance is; undefined where it cannot be told. */
  stackName({ made, scope }: Pick<Instance, 'made' | 'scope'>): string | undefined {
    const written = made.options?.entries.get('stackName')?.value;
    if (written) return textOf(written, scope);
    // it may come with what is spread into the properties
    if (made.options?.open) return undefined;
    const id = made.args[1] && textOf(made.args[1], scope);
    if (id === undefined) return undefined;
    const [parent] = made.args;
    if (parent?.is !== 'name' || parent.path !== 'this') return id;
    if (!this.is('Stage', scope.owner, scope.source)) return undefined;
    const { instance } = scope;
    const named = instance?.made.options?.entries.get('stageName')?.value ?? instance?.made.args[1];
    const stage = named && instance && textOf(named, instance.scope);
    return `${stage ?? symbol('stage')}-${id}`;
  }
}

/** Python writes the environment as `env=cdk.Environment(account=…, region=…)`. */
function envArgument({ options }: Made, name: string) {
  const env = options?.entries.get('env')?.value;
  return env?.is === 'made' ? env.options?.entries.get(name)?.value : undefined;
}

/** What stands in a stack is where the stack is. */
const placeOf = (instance: Instance | undefined): Pick<Instance, 'region' | 'account'> => ({
  ...(instance?.region !== undefined && { region: instance.region }),
  ...(instance?.account !== undefined && { account: instance.account }),
});
