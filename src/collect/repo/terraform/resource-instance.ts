import { evaluate } from './evaluate.ts';
import { givenByProvider } from './given-by-provider.ts';
import type { Block, Body, Expression } from './hcl/nodes.ts';
import { attributeOf, type ResourceBlock } from './module-config.ts';
import type { ProviderSettings } from './providers.ts';
import { instancesOf } from './repetition.ts';
import { type Scope, withNames } from './scope.ts';
import { Handle, isList, isMap, isOpen, Open, type Value } from './values.ts';

const DEEPEST = 12;
const MOST_BLOCKS = 300;
/** Blocks and arguments that Terraform itself takes. */
const META = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
]);

/** One resource (or data source) of a deployment, with what its module was called with. */
export class ResourceInstance {
  readonly block: ResourceBlock;
  /** As `terraform state list` prints it: `module.network.aws_subnet.public["a"]`. */
  readonly address: string;
  /** Stands for as many as the run will say. */
  readonly isOneForAll: boolean;
  /** The address whose number of instances is not known, if any: its own, or that of a module it is in. */
  readonly condition: string | undefined;
  readonly provider: ProviderSettings;
  readonly #given: (name: string) => Value | undefined;
  readonly #known = new Map<string, Value>();

  constructor(
    block: ResourceBlock,
    address: string,
    given: (name: string) => Value | undefined,
    provider: ProviderSettings,
    { isOneForAll, condition }: { isOneForAll: boolean; condition?: string | undefined },
  ) {
    this.block = block;
    this.address = address;
    this.#given = given;
    this.provider = provider;
    this.isOneForAll = isOneForAll;
    this.condition = condition;
  }

  get type(): string {
    return this.block.type;
  }

  /** How an argument is written, where it is. */
  expression(name: string): Expression | undefined {
    return attributeOf(this.block.body, name)?.value;
  }

  /** An argument or the nested blocks of a name as the files (or a state) give them; undefined where they give none. */
  argument(name: string): Value | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known === null ? undefined : known;
    // Whoever asks for it while it is worked out gets nothing
    this.#known.set(name, null);
    const value = this.#given(name) ?? null;
    this.#known.set(name, value);
    return value === null ? undefined : value;
  }

  /** An attribute that another expression asks for: an argument, what follows from one, or a handle to this. */
  attribute(name: string): Value {
    return this.argument(name) ?? givenByProvider(this, name) ?? new Handle(this, name);
  }

  /** Every value at a path through nested blocks and objects: `load_balancer.target_group_arn`. */
  values(path: string): Value[] {
    const [first = '', ...rest] = path.split('.');
    const start = this.argument(first);
    let found: Value[] = start === undefined ? [] : [start];
    for (const name of rest)
      found = found
        .flatMap((value) => (isList(value) ? value : [value]))
        .flatMap((value): Value[] => {
          if (isMap(value)) return [value.get(name) ?? null];
          return value instanceof Handle && value.attribute === undefined
            ? [value.resource.attribute(name)]
            : [];
        });
    return found.flatMap((value) => (isList(value) ? value : [value])).filter((value) => value !== null);
  }
}

/** An argument or the nested blocks of a name, worked out; undefined where the body has neither. */
export function argumentOf(body: Body, name: string, scope: Scope, depth = 0): Value | undefined {
  const written = attributeOf(body, name);
  if (written) return evaluate(written.value, scope);
  const blocks = body.blocks.flatMap((block) =>
    block.type === name || (block.type === 'dynamic' && block.labels[0] === name)
      ? blockValues(block, scope, depth)
      : [],
  );
  return blocks.length > 0 ? blocks.slice(0, MOST_BLOCKS) : undefined;
}

/** A nested block as an object; a `dynamic` one as often as its `for_each` says. */
function blockValues(block: Block, scope: Scope, depth: number): Value[] {
  if (depth > DEEPEST) return [new Open('⟨…⟩')];
  if (block.type !== 'dynamic') return [bodyValue(block.body, scope, depth + 1)];
  const content = block.body.blocks.find(({ type }) => type === 'content');
  const iterator = attributeOf(block.body, 'iterator')?.value;
  const called = iterator?.type === 'variable' ? iterator.name : (block.labels[0] ?? '');
  if (!content) return [];
  return instancesOf(block.body, scope).map(({ each }) => {
    const item = new Map([
      ['key', each?.key ?? null],
      ['value', each?.value ?? null],
    ]);
    return bodyValue(content.body, withNames(scope, [[called, item]]), depth + 1);
  });
}

function bodyValue(body: Body, scope: Scope, depth: number): Value {
  const value = new Map<string, Value>();
  for (const { name } of body.attributes) value.set(name, argumentOf(body, name, scope, depth) ?? null);
  for (const { type, labels } of body.blocks) {
    const name = type === 'dynamic' ? (labels[0] ?? '') : type;
    if (!value.has(name) && !META.has(name)) value.set(name, argumentOf(body, name, scope, depth) ?? null);
  }
  return value;
}

/** The resource that a value leads to, where it is one of this deployment. */
export const resourceOf = (value: Value): ResourceInstance | undefined =>
  isOpen(value) && value instanceof Handle ? value.resource : undefined;
