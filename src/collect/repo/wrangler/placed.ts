import { type Node, parseTree } from 'jsonc-parser';
import { LineIndex } from '#lib/line-index.ts';
import { readJson } from '../json-source.ts';
import { placeKey, tomlPlaces } from '../toml-places.ts';
import { readToml } from '../toml-source.ts';

type Path = readonly (string | number)[];
/** The line of a path; undefined where nothing is written there. */
type LineOf = (path: Path) => number | undefined;

/** A value of a configuration that knows the line on which it is written. What is absent is a value too, without content. */
export class Placed {
  readonly value: unknown;
  readonly #path: Path;
  readonly #lineOf: LineOf;

  constructor(value: unknown, path: Path, lineOf: LineOf) {
    this.value = value;
    this.#path = path;
    this.#lineOf = lineOf;
  }

  /** From 1; of the nearest thing around it where it has none of its own. */
  get line(): number {
    for (let length = this.#path.length; length > 0; length--) {
      const line = this.#lineOf(this.#path.slice(0, length));
      if (line !== undefined) return line;
    }
    return 1;
  }

  /** `null` is stated too: it takes back what would be inherited. */
  get exists(): boolean {
    return this.value !== undefined;
  }

  /** A string that is not empty. */
  get text(): string | undefined {
    return typeof this.value === 'string' && this.value.trim() !== '' ? this.value : undefined;
  }

  get flag(): boolean | undefined {
    return typeof this.value === 'boolean' ? this.value : undefined;
  }

  get items(): Placed[] {
    return Array.isArray(this.value)
      ? this.value.map((item: unknown, index) => new Placed(item, [...this.#path, index], this.#lineOf))
      : [];
  }

  get entries(): [string, Placed][] {
    return this.isTable
      ? Object.keys(this.value as object).map((key): [string, Placed] => [key, this.get(key)])
      : [];
  }

  get isTable(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  get(key: string): Placed {
    const inner =
      this.isTable && Object.hasOwn(this.value as object, key)
        ? (this.value as Record<string, unknown>)[key]
        : undefined;
    return new Placed(inner, [...this.#path, key], this.#lineOf);
  }
}

/** Reads TOML, or JSON with comments, by the end of the file's name. The error repeats nothing of the text. */
export function readPlaced(
  file: string,
  text: string,
): { top: Placed } | { error: { line: number; message: string } } {
  return /\.toml(?:\.|$)/i.test(file) ? placedToml(text) : placedJson(text);
}

function placedToml(text: string): ReturnType<typeof readPlaced> {
  const read = readToml(text);
  if ('error' in read) return read;
  let places: ReadonlyMap<string, number> | undefined;
  return {
    top: new Placed(Object.fromEntries(read.top), [], (path) => {
      places ??= tomlPlaces(text);
      return places.get(placeKey(path));
    }),
  };
}

function placedJson(text: string): ReturnType<typeof readPlaced> {
  try {
    return jsonOf(text);
  } catch (thrown) {
    if (thrown instanceof RangeError) return { error: { line: 1, message: 'nested too deeply' } };
    throw thrown;
  }
}

function jsonOf(text: string): ReturnType<typeof readPlaced> {
  const lines = new LineIndex(text);
  const read = readJson(text);
  if ('error' in read) return { error: { line: lines.of(read.error.offset), message: read.error.message } };
  const places = new Map<string, number>();
  const value = contentOf(parseTree(text, [], { allowTrailingComma: true }), [], (path, offset) =>
    places.set(placeKey(path), lines.of(offset)),
  );
  return { top: new Placed(value, [], (path) => places.get(placeKey(path))) };
}

function contentOf(node: Node | undefined, path: Path, note: (path: Path, offset: number) => void): unknown {
  if (node?.type === 'array')
    return (node.children ?? []).map((child, index) => {
      note([...path, index], child.offset);
      return contentOf(child, [...path, index], note);
    });
  if (node?.type !== 'object') return node?.value as unknown;
  const entries = (node.children ?? []).map(({ offset, children }): [string, unknown] => {
    const [key, child] = children ?? [];
    const inner = [...path, String(key?.value)];
    note(inner, offset);
    return [String(key?.value), contentOf(child, inner, note)];
  });
  return Object.fromEntries(entries);
}
