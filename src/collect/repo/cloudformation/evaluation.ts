import { hasSymbol, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { NameStatus } from '#model/fact.ts';
import { statusOf } from '../name-status.ts';
import { list, mapping, scalar } from '../untyped.ts';
import { all, any, equals, join, not, select, split, substitute, symbol } from './functions.ts';
import { attributeOf, calledIn } from './references.ts';
import type { Template, TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

/** One way to deploy a template: what its parameters are, and where. */
export interface World {
  /** Values given; a parameter that is not here has its default. */
  parameters: ReadonlyMap<string, string>;
  /** Canonical names of the environments that the values are for. */
  environments: readonly string[];
  stackName?: string;
  /** No file tells of this deployment, it is only possible: the choice that would make it. */
  choice?: string;
  region?: string;
  account?: string;
}

export interface ResourceName {
  name: string;
  status: NameStatus;
  scope?: string;
}

const MOST_EVALUATED = 300_000;
const MOST_DEPTH = 50;
const DYNAMIC = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]{1,600})\}\}/g;

/** `{{resolve:ssm:NAME}}` is looked up by the deployment. */
const withoutDynamic = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('{{resolve:')
    ? value.replace(DYNAMIC, (_, service: string, key: string) => symbol(`${service}:${key}`))
    : value;

/** A template as one deployment evaluates it. What only the run knows stands as `⟨…⟩`. */
export class Evaluation {
  readonly template: Template;
  readonly world: World;
  readonly #conditions = new Map<string, boolean | undefined>();
  readonly #names = new Map<string, ResourceName>();
  readonly #running = new Set<string>();
  #evaluated = 0;
  #depth = 0;

  constructor(template: Template, world: World) {
    this.template = template;
    this.world = world;
  }

  /** A value with its functions evaluated; undefined for `AWS::NoValue`. */
  value(node: unknown): unknown {
    this.#evaluated += 1;
    if (this.#evaluated > MOST_EVALUATED || this.#depth > MOST_DEPTH) return symbol('…');
    if (typeof node === 'string') return withoutDynamic(node);
    if (typeof node !== 'object' || node === null) return node;
    this.#depth += 1;
    try {
      if (Array.isArray(node))
        return node.map((item) => this.value(item)).filter((item) => item !== undefined);
      const call = calledIn(node);
      if (call) return withoutDynamic(this.#call(call.name, call.argument));
      const entries = Object.entries(node).map(([key, value]) => [key, this.value(value)] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    } finally {
      this.#depth -= 1;
    }
  }

  /** A scalar as text, symbols kept; undefined for anything else. */
  text(node: unknown): string | undefined {
    return scalar(this.value(node));
  }

  #call(name: string, argument: unknown): unknown {
    const [first, second, third] = list(argument);
    if (name === 'Ref') return this.#ref(argument);
    if (name === 'Fn::GetAtt') return this.#attribute(argument);
    if (name === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? argument : [argument];
      const given = mapping(own);
      return substitute(text, (variable) => {
        if (given.has(variable)) return this.value(given.get(variable));
        return variable.includes('.') ? this.#attribute(variable) : this.#ref(variable);
      });
    }
    if (name === 'Fn::Join') return join(this.value(first), this.value(second));
    if (name === 'Fn::Split') return split(this.value(first), this.value(second));
    if (name === 'Fn::Select') return select(this.value(first), this.value(second));
    if (name === 'Fn::If') return this.#if(first, second, third);
    if (name === 'Fn::FindInMap') return this.#map(this.value(first), this.value(second), this.value(third));
    if (name === 'Fn::ImportValue') return symbol(`import ${this.text(argument) ?? ''}`);
    return symbol(name);
  }

  #ref(id: unknown): unknown {
    if (typeof id !== 'string') return symbol('Ref');
    if (id === 'AWS::NoValue') return undefined;
    if (id === 'AWS::URLSuffix') return 'amazonaws.com';
    if (id === 'AWS::Region') return this.world.region ?? symbol(id);
    if (id === 'AWS::AccountId') return this.world.account ?? symbol(id);
    if (id === 'AWS::StackName') return this.world.stackName ?? symbol(id);
    const parameter = this.template.parameters.get(id);
    if (parameter) {
      const given = parameter.secret ? undefined : (this.world.parameters.get(id) ?? parameter.default);
      // the value of such a parameter is what the parameter store holds under that name
      if (given === undefined || parameter.type.startsWith('AWS::SSM::Parameter::Value')) return symbol(id);
      return /^(?:CommaDelimitedList|List<)/.test(parameter.type)
        ? given.split(',', 200).map((item) => item.trim())
        : given;
    }
    const resource = this.template.resources.get(id);
    if (resource && typeOf(resource.type)?.ref) return this.#known(resource) ?? symbol(id);
    return symbol(id);
  }

  #attribute(argument: unknown): unknown {
    const named = attributeOf(argument);
    if (!named) return symbol('Fn::GetAtt');
    const resource = this.template.resources.get(named.id);
    const type = resource && typeOf(resource.type);
    const isName = type?.name !== undefined && named.attribute === (type.attribute ?? type.name);
    return (
      (resource && isName ? this.#known(resource) : undefined) ?? symbol(`${named.id}.${named.attribute}`)
    );
  }

  /** The physical name, where all or part of it is known. */
  #known(resource: TemplateResource): string | undefined {
    const { name, status } = this.nameOf(resource);
    return status === 'logical' ? undefined : name;
  }

  #if(condition: unknown, yes: unknown, no: unknown): unknown {
    const holds = typeof condition === 'string' ? this.condition(condition) : undefined;
    if (holds !== undefined) return this.value(holds ? yes : no);
    const both = [this.value(yes), this.value(no)];
    return equals(...(both as [unknown, unknown])) === true
      ? both[0]
      : symbol(`if ${scalar(condition) ?? ''}`);
  }

  #map(name: unknown, top: unknown, second: unknown): unknown {
    const row = mapping(this.template.mappings.get(String(name))).get(String(top));
    const value = mapping(row).get(String(second));
    return value === undefined ? symbol('Fn::FindInMap') : this.value(value);
  }

  /** Whether a condition holds; undefined where that hangs on what nobody knows. */
  condition(name: string): boolean | undefined {
    if (this.#conditions.has(name)) return this.#conditions.get(name);
    this.#conditions.set(name, undefined);
    const holds = this.#test(this.template.conditions.get(name), 0);
    this.#conditions.set(name, holds);
    return holds;
  }

  #test(node: unknown, depth: number): boolean | undefined {
    const call = calledIn(node);
    if (!call || depth > MOST_DEPTH) return undefined;
    const parts = list(call.argument);
    const inner = () => parts.slice(0, 20).map((part) => this.#test(part, depth + 1));
    if (call.name === 'Condition')
      return typeof call.argument === 'string' ? this.condition(call.argument) : undefined;
    if (call.name === 'Fn::Equals') return equals(this.value(parts[0]), this.value(parts[1]));
    if (call.name === 'Fn::Not') return not(this.#test(parts[0], depth + 1));
    if (call.name === 'Fn::And') return all(inner());
    if (call.name === 'Fn::Or') return any(inner());
    return undefined;
  }

  /** The physical name as far as the template tells it, else the logical id. */
  nameOf(resource: TemplateResource): ResourceName {
    const { id } = resource;
    const before = this.#names.get(id);
    if (before) return before;
    const logical: ResourceName = { name: id, status: 'logical' };
    if (this.#running.has(id)) return logical;
    this.#running.add(id);
    const scope = this.#scopeOf(resource);
    const name = { ...(this.#physical(resource) ?? logical), ...(scope !== undefined && { scope }) };
    this.#running.delete(id);
    this.#names.set(id, name);
    return name;
  }

  #physical(resource: TemplateResource): ResourceName | undefined {
    const type = typeOf(resource.type);
    const written = type?.name === undefined ? undefined : nameProperty(resource, type.name);
    const given = written === undefined ? undefined : this.text(written.value)?.trim();
    if (!type || given === undefined || given === '') return undefined;
    const text = type.lower
      ? given.replace(/⟨[^⟩]*⟩|[^⟨]+/g, (part) => (part.startsWith('⟨') ? part : part.toLowerCase()))
      : given;
    const plain = knownPart(text);
    const status = statusOf(type.spaces ? plain.replaceAll(/ (?=\S)/g, '_') : plain);
    if (hasSymbol(text)) {
      const enough = !isUnknown(text) && plain.replace(/[^A-Za-z0-9]/g, '').length > 1;
      return enough && status ? { name: text, status: 'template' } : undefined;
    }
    if (!status) return undefined;
    if (status === 'template') return { name: text, status };
    const isComputed =
      typeof written?.value === 'object' ||
      (written && this.template.isComputed?.(written.holder, written.key) === true);
    return { name: text, status: isComputed ? 'resolved' : 'literal' };
  }

  #scopeOf(resource: TemplateResource): string | undefined {
    const property = typeOf(resource.type)?.scope;
    const written = property === undefined ? undefined : resource.properties[property];
    if (written === undefined) return undefined;
    const call = calledIn(written);
    const id = call?.name === 'Ref' ? call.argument : attributeOf(call?.argument)?.id;
    const target = typeof id === 'string' ? this.template.resources.get(id) : undefined;
    if (target && call?.name !== 'Fn::Sub') return this.nameOf(target).name;
    const text = this.text(written);
    if (text === undefined || isUnknown(text)) return undefined;
    return text.startsWith('arn:') ? text.slice(text.lastIndexOf('/') + 1) : text;
  }
}

/** The value of the property that names a resource, and the key under which its line is found. */
export function nameProperty(
  { properties }: TemplateResource,
  name: string,
): { value: unknown; holder: unknown; key: string } | undefined {
  const [key = '', inner] = name.split('.');
  const value = properties[key];
  if (value === undefined) return undefined;
  if (inner === undefined) return { value, holder: properties, key };
  if (!Array.isArray(value)) {
    const nested = mapping(value).get(inner);
    return nested === undefined ? undefined : { value: nested, holder: value, key: inner };
  }
  const tag = value.find((item) => mapping(item).get('Key') === inner);
  const text = mapping(tag).get('Value');
  return text === undefined ? undefined : { value: text, holder: tag, key: 'Value' };
}
