import { hasSymbol } from '#lib/symbolic.ts';
import type { ResourceInstance } from './resource-instance.ts';

/**
 * What only the run will know, in whole or in part: its text has `⟨what⟩` for each unknown. An error (a key that a
 * known object does not have) is one too, which `try` and `can` tell apart.
 */
export class Open {
  readonly text: string;
  readonly isError: boolean;

  constructor(text: string, isError = false) {
    this.text = text;
    this.isError = isError;
  }
}

/** A text of JSON that was made of a value (`jsonencode`): kept as the value, so that it need not be read again. */
export class Encoded {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** A resource, or what the provider will give one of its attributes: unknown, but of a thing that is known. */
export class Handle {
  readonly resource: ResourceInstance;
  readonly attribute: string | undefined;

  constructor(resource: ResourceInstance, attribute?: string) {
    this.resource = resource;
    this.attribute = attribute;
  }

  get text(): string {
    const { address } = this.resource;
    return symbol(this.attribute === undefined ? address : `${address}.${this.attribute}`);
  }
}

/** What a module gives: its outputs by name, worked out when asked for. */
export class Outputs {
  readonly output: (name: string) => Value;

  constructor(output: (name: string) => Value) {
    this.output = output;
  }
}

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Open
  | Encoded
  | Handle
  | Outputs;

const LONGEST_SYMBOL = 80;
/** A text that was put together beyond this length is no name. */
export const LONGEST_TEXT = 40_000;
export const MOST_ITEMS = 2_000;

/** `⟨what⟩`, with the brackets of what stands in it left out. */
export const symbol = (what: string): string =>
  `⟨${what
    .replace(/[⟨⟩\s]+/g, ' ')
    .slice(0, LONGEST_SYMBOL)
    .trim()}⟩`;

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;
export const isOpen = (value: Value): value is Open | Handle | Outputs =>
  value instanceof Open || value instanceof Handle || value instanceof Outputs;

/** A text that may hold symbols, as a value. */
export const textValue = (text: string): Value =>
  text.length > LONGEST_TEXT ? new Open('⟨…⟩') : hasSymbol(text) ? new Open(text) : text;

/** A value as it stands in a text; undefined for lists and objects, which a text cannot hold, and for null. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Encoded) return jsonText(value.value);
  if (value instanceof Open || value instanceof Handle) return value.text;
  return undefined;
}

/** The text of a value where all of it is known. */
export function knownText(value: Value | undefined): string | undefined {
  const text = value === undefined ? undefined : textOf(value);
  return text === undefined || hasSymbol(text) ? undefined : text;
}

/** JSON of a value, unknowns as texts with symbols. Cut off where it would be too long to be of use. */
function jsonText(value: Value): string {
  let left = LONGEST_TEXT;
  const plain = (inner: Value, depth: number): unknown => {
    left -= 8;
    if (left < 0 || depth > 40) return '⟨…⟩';
    if (isList(inner)) return inner.map((item) => plain(item, depth + 1));
    if (isMap(inner)) return Object.fromEntries([...inner].map(([key, one]) => [key, plain(one, depth + 1)]));
    if (inner === null || typeof inner === 'number' || typeof inner === 'boolean') return inner;
    const text = inner instanceof Encoded ? '⟨json⟩' : (textOf(inner) ?? '⟨…⟩');
    left -= text.length;
    return text;
  };
  return JSON.stringify(plain(value, 0));
}

/** A value of JSON as one of ours. */
export function valueOfJson(json: unknown, depth = 0): Value {
  if (depth > 40) return new Open('⟨…⟩');
  if (typeof json === 'string') return textValue(json);
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) return json.slice(0, MOST_ITEMS).map((item) => valueOfJson(item, depth + 1));
  if (typeof json !== 'object') return null;
  return new Map(Object.entries(json).map(([key, inner]) => [key, valueOfJson(inner, depth + 1)]));
}

/** Whether two scalars are the same; undefined where that is not known. */
export function sameScalar(a: Value, b: Value): boolean | undefined {
  const isScalar = (value: Value) => value === null || typeof value !== 'object';
  if (isScalar(a) && isScalar(b)) return a === b;
  if (a === null || b === null) return isOpen(a) || isOpen(b) ? undefined : false;
  return isList(a) && isList(b) && (a.length === 0 || b.length === 0) ? a.length === b.length : undefined;
}
