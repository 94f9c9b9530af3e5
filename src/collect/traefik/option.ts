import type { ProxyPlace } from '#model/proxy.ts';

/** A key is a name, or the position in a list. */
export type OptionPath = readonly (string | number)[];

interface Node {
  text?: string;
  /** Asked for where it is wanted: an excerpt costs more than the value. */
  place: () => ProxyPlace;
  isList?: boolean;
  inner: Map<string, Node>;
}

const DEEPEST = 40;
const MOST_NODES = 60_000;

/**
 * A value of Traefik's configuration, wherever it is written: a file, a flag, a variable, a label, an answer of the API.
 * Names of options are the same in any case. What is not stated is an option too, without content. Traefik, “Configuration
 * discovery”: all forms carry the same options.
 */
export class Option {
  readonly #node: Node | undefined;
  readonly #place: () => ProxyPlace;

  constructor(node: Node | undefined, around: () => ProxyPlace) {
    this.#node = node;
    this.#place = node?.place ?? around;
  }

  /** Where it is written; of what is not stated, where the nearest thing around it is. */
  get at(): ProxyPlace {
    return this.#place();
  }

  get exists(): boolean {
    return this.#node !== undefined;
  }

  get isTable(): boolean {
    return this.#node !== undefined && this.#node.isList !== true && this.#node.inner.size > 0;
  }

  /** The value as text; undefined of a table, a list, and what is not stated. */
  get text(): string | undefined {
    return this.#node?.text;
  }

  get number(): number | undefined {
    const text = this.#node?.text ?? '';
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** As Go reads it: a flag without a value is true. */
  get flag(): boolean | undefined {
    const text = this.#node?.text?.toLowerCase();
    if (text === undefined) return undefined;
    if (/^(?:true|t|1)$/.test(text)) return true;
    return /^(?:false|f|0)$/.test(text) ? false : undefined;
  }

  /** The items of a list; of the text of a flag or a label, what commas separate. */
  get texts(): string[] {
    if (this.#node?.isList) return this.items.flatMap(({ text }) => text ?? []);
    const text = this.#node?.text ?? '';
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  get items(): Option[] {
    if (this.#node?.isList !== true) return [];
    return [...this.#node.inner.values()].map((node) => new Option(node, this.#place));
  }

  /** The named options inside, in the order in which they stand. */
  get entries(): [string, Option][] {
    if (!this.#node || this.#node.isList) return [];
    return [...this.#node.inner].map(([name, node]) => [name, new Option(node, this.#place)]);
  }

  get(...path: string[]): Option {
    let node = this.#node;
    let around = this.#place;
    for (const name of path) {
      node = node?.isList ? undefined : innerOf(node, name);
      around = node?.place ?? around;
    }
    return new Option(node, around);
  }
}

function innerOf(node: Node | undefined, name: string): Node | undefined {
  const own = node?.inner.get(name);
  if (own || !node) return own;
  const wanted = name.toLowerCase();
  for (const [key, inner] of node.inner) if (key.toLowerCase() === wanted) return inner;
  return undefined;
}

/**
 * An option out of plain objects, arrays and scalars (YAML, TOML, JSON). What is nested or repeated beyond reason is left
 * out, and `isCut` says so.
 */
export function optionOf(
  value: unknown,
  placeOf: (path: OptionPath) => ProxyPlace,
): { option: Option; isCut: boolean } {
  let nodes = 0;
  let isCut = false;
  const nodeOf = (part: unknown, path: OptionPath): Node | undefined => {
    nodes += 1;
    if (path.length > DEEPEST || nodes > MOST_NODES) {
      isCut = true;
      return undefined;
    }
    if (part === undefined) return undefined;
    const place = () => placeOf(path);
    const inner = new Map<string, Node>();
    if (Array.isArray(part)) {
      for (const [index, item] of part.entries()) {
        const node = nodeOf(item, [...path, index]);
        if (node) inner.set(String(index), node);
      }
      return { place, isList: true, inner };
    }
    if (part instanceof Date) return { place, inner, text: part.toISOString() };
    if (typeof part === 'object' && part !== null) {
      for (const [key, item] of Object.entries(part)) {
        const node = nodeOf(item, [...path, key]);
        if (node) inner.set(key, node);
      }
      return { place, inner };
    }
    return part === null || typeof part === 'symbol' || typeof part === 'function'
      ? { place, inner }
      : { place, inner, text: String(part) };
  };
  return { option: new Option(nodeOf(value, []), () => placeOf([])), isCut };
}

/** One statement of a flag, a variable or a label: where it leads, and what it says. */
export interface Assignment {
  path: OptionPath;
  value: string;
  at: ProxyPlace;
}

/** An option out of single statements; of two for one path the last one counts. */
export function optionFrom(assignments: readonly Assignment[], around: ProxyPlace): Option {
  const top: Node = { place: () => around, inner: new Map() };
  for (const { path, value, at } of assignments.slice(0, MOST_NODES)) {
    if (path.length === 0 || path.length > DEEPEST) continue;
    let node = top;
    for (const step of path) {
      const key = String(step);
      let inner = innerOf(node, key);
      if (!inner) {
        inner = { place: () => at, inner: new Map() };
        node.inner.set(key, inner);
      }
      if (typeof step === 'number') node.isList = true;
      node = inner;
    }
    node.text = value;
    node.place = () => at;
  }
  return new Option(top, () => around);
}

/** The path of `entryPoints.web.http.tls.domains[0].main`: positions in brackets. Undefined where it is none. */
export function pathOf(written: string): OptionPath | undefined {
  if (written.length > 500) return undefined;
  const path: (string | number)[] = [];
  for (const part of written.split('.')) {
    const [, name, positions] = /^([^[\]]{1,200})((?:\[\d{1,4}\]){0,4})$/.exec(part) ?? [];
    if (name === undefined) return undefined;
    path.push(name);
    for (const [, position] of (positions ?? '').matchAll(/\[(\d{1,4})\]/g)) path.push(Number(position));
  }
  return path;
}
