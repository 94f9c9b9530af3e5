import { search } from '@jmespath-community/jmespath';
import { InputError } from '#lib/input-error.ts';
import type { Json } from '#model/fact.ts';

/** What the placeholders of a write stand for at the moment of the call. */
export interface Known {
  /** By the names of the write's finds. */
  finds?: Readonly<Record<string, unknown>>;
  /** What the audit captured of the state. */
  before?: Json | undefined;
  /** What was captured may be nothing: in a state that is compared `null` says so, in what is sent it could not. */
  orNull?: boolean;
}

/** A placeholder stands for nothing: the write cannot be sent as it is. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
  /** The name of the find, or the query over what was captured. */
  readonly placeholder: string;

  constructor(placeholder: string) {
    super(`${placeholder} gives nothing`);
    this.placeholder = placeholder;
  }
}

/**
 * A copy of a value in which each `{ "$find": name }` and `{ "$before": query }` is replaced by what it stands for.
 * Dates and bytes that a find gives stay what they are.
 * @throws Unresolved where one stands for nothing; InputError where a query cannot be read
 */
export function resolve(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, known));
  if (!isPlain(value)) return value;
  const placeholder = placeholderOf(value);
  if (!placeholder)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, known)]));
  const [sort, name] = placeholder;
  const found = sort === '$find' ? findOf(name, known) : queried(name, known.before);
  if (found !== null && found !== undefined) return found;
  if (sort === '$before' && known.orNull && known.before !== undefined) return null;
  throw new Unresolved(name);
}

/** The names of the finds that a value needs. */
export function findsIn(value: unknown): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...findsIn(one)]));
  if (!isPlain(value)) return new Set();
  const placeholder = placeholderOf(value);
  if (placeholder) return new Set(placeholder[0] === '$find' ? [placeholder[1]] : []);
  return new Set(Object.values(value).flatMap((one) => [...findsIn(one)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function placeholderOf(value: Record<string, unknown>): ['$find' | '$before', string] | undefined {
  const [[key, name] = [], ...more] = Object.entries(value);
  return more.length === 0 && (key === '$find' || key === '$before') && typeof name === 'string'
    ? [key, name]
    : undefined;
}

const findOf = (name: string, { finds = {} }: Known): unknown =>
  Object.hasOwn(finds, name) ? finds[name] : undefined;

function queried(query: string, before: Json | undefined): unknown {
  if (before === undefined) return undefined;
  try {
    return search(before as never, query);
  } catch {
    throw new InputError(`${query}: no JMESPath that can be read`);
  }
}
