import { environmentOf } from '#lib/environments.ts';
import { LEAST_KNOWN, patternOf } from '#lib/name-pattern.ts';
import type { Fact, ResourceKey } from '#model/fact.ts';

const STACK = 'AWS::CloudFormation::Stack';
/** What the CDK puts after the path of a construct. */
const HASH = /[0-9A-F]{8}$/;

/**
 * Facts of templates with the stacks that workflows and scripts deploy them as, where the file that declares them says
 * none: `aws cloudformation deploy --stack-name quay-prod --template-file infra/api.yml`.
 */
export function withStacks(facts: readonly Fact[]): readonly Fact[] {
  const deployed = new Map<string, Set<string>>();
  for (const { kind, name, sort, properties } of facts) {
    const template = properties?.template;
    if (kind !== STACK || sort !== 'declared' || typeof template !== 'string') continue;
    deployed.set(template, (deployed.get(template) ?? new Set()).add(name));
  }
  if (deployed.size === 0) return facts;
  const known = new Map<string, string[]>();
  const stacksOf = (file: string): string[] => {
    const own =
      known.get(file) ??
      [...deployed].flatMap(([template, stacks]) =>
        file === template || file.endsWith(`/${template}`) ? [...stacks] : [],
      );
    known.set(file, own);
    return own;
  };
  return facts.map((fact) => {
    const { stackResource, evidence } = fact;
    if (!stackResource || stackResource.stacks.length > 0 || !('file' in evidence)) return fact;
    const stacks = stacksOf(evidence.file);
    return stacks.length === 0 ? fact : { ...fact, stackResource: { ...stackResource, stacks } };
  });
}

/** What the stacks that were read contain, by the name that their templates give each resource. */
export class StackContents {
  readonly #named = new Map<string, ResourceKey[]>();
  readonly #stacks = new Set<string>();
  readonly #fitting = new Map<string, readonly string[]>();

  constructor(facts: readonly Fact[]) {
    for (const { kind, name, sort, relations = [] } of facts) {
      if (kind !== STACK || sort !== 'observed') continue;
      this.#stacks.add(name);
      for (const { as, to } of relations)
        if (as !== undefined) {
          this.#add(`${name}\n${as}`, to);
          if (HASH.test(as)) this.#add(`${name}\n${as.replace(HASH, '')}\nhashed`, to);
        }
    }
  }

  #add(key: string, to: ResourceKey): void {
    const known = this.#named.get(key);
    if (known) known.push(to);
    else this.#named.set(key, [to]);
  }

  /** The stacks that a name may be: itself, or what alone fits an open one, or the one of each environment. */
  #fittingOf(name: string): readonly string[] {
    const known = this.#fitting.get(name);
    if (known) return known;
    const pattern = patternOf(name);
    const fitting = pattern
      ? pattern.known.length < LEAST_KNOWN
        ? []
        : [...this.#stacks].filter((stack) => pattern.partsOf(stack))
      : [name];
    const isSure =
      fitting.length === 1 ||
      (pattern?.isEnvironment &&
        fitting.every((stack) => pattern.partsOf(stack)?.every((part) => environmentOf(part) !== undefined)));
    const own = isSure ? fitting : [];
    this.#fitting.set(name, own);
    return own;
  }

  /** What a declaration of a template became, in each of its stacks; one hash for several of a name tells none. */
  of({ kind, stackResource }: Fact): ResourceKey[] {
    if (!stackResource) return [];
    const { id, stacks, isHashed } = stackResource;
    return stacks
      .flatMap((stack) => this.#fittingOf(stack))
      .flatMap((stack) => {
        const found = this.#named.get(`${stack}\n${id}${isHashed ? '\nhashed' : ''}`) ?? [];
        const own = found.filter((one) => one.kind === kind);
        return own.length === 1 ? own : [];
      });
  }
}
