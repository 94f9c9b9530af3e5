import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A value of a JSON text that knows where it stands. Absent values are values too, without content. */
export class JsonValue {
  readonly #node: Node | undefined;
  /** Offset in the text, of the key where it has one; undefined when the value is absent. */
  readonly offset: number | undefined;

  constructor(node: Node | undefined, offset = node?.offset) {
    this.#node = node;
    this.offset = offset;
  }

  /** Offset just after the value. */
  get end(): number | undefined {
    return this.#node && this.#node.offset + this.#node.length;
  }

  get exists(): boolean {
    return this.#node !== undefined && this.#node.type !== 'null';
  }

  /** A string, or a number as text. */
  get text(): string | undefined {
    const value: unknown = this.#node?.value;
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  /** A string, a number, `true` or `false`, as it is. */
  get scalar(): string | number | boolean | undefined {
    const value: unknown = this.#node?.value;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined;
  }

  get isTrue(): boolean {
    return this.#node?.value === true || this.#node?.value === 'true';
  }

  get items(): JsonValue[] {
    return this.#node?.type === 'array' ? (this.#node.children ?? []).map((node) => new JsonValue(node)) : [];
  }

  get isArray(): boolean {
    return this.#node?.type === 'array';
  }

  get isObject(): boolean {
    return this.#node?.type === 'object';
  }

  get entries(): [key: string, value: JsonValue][] {
    if (this.#node?.type !== 'object') return [];
    return (this.#node.children ?? []).flatMap((property): [string, JsonValue][] => {
      const [key, value] = property.children ?? [];
      return key && value ? [[String(key.value), new JsonValue(value, property.offset)]] : [];
    });
  }

  /** The value of a key; the last one where it is given twice, as JSON parsers do. */
  get(key: string): JsonValue {
    return this.entries.findLast(([name]) => name === key)?.[1] ?? new JsonValue(undefined);
  }
}

const LONGEST_TEXT = 2_000_000;

/**
 * Reads JSON, with comments and trailing commas. Gives an error instead of a value when the text does not parse;
 * `tolerant` reads past what a template leaves between values (`"cpu": ${cpu}`).
 */
export function readJson(
  text: string,
  { tolerant = false } = {},
): { value: JsonValue } | { error: { offset: number; message: string } } {
  if (text.length > LONGEST_TEXT) return { error: { offset: 0, message: 'over 2 MB of JSON' } };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error && !tolerant)
    return { error: { offset: error.offset, message: printParseErrorCode(error.error) } };
  return { value: new JsonValue(root) };
}
