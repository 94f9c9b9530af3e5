import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';

export type YamlPath = readonly (string | number)[];

/** A YAML text read with the place of everything in it. Lines count from 1. */
export interface YamlSource {
  /** Plain objects, arrays and scalars; aliases resolved and `<<` merged where asked for. */
  value: unknown;
  /** The line of a key or list item; where nothing stands at that path, of the nearest that holds it. */
  lineOf(keys: YamlPath): number;
  /** The line on which a value's text starts: for a `|` or `>` block, the line after the mark. */
  textLineOf(keys: YamlPath): number;
  /** The tag written before a value (`!reset`), when it has one. */
  tagOf(keys: YamlPath): string | undefined;
  /** The same value with its tags kept and its places at hand; see {@link TaggedYaml}. */
  tagged(wrap: (tag: string, value: unknown) => unknown): TaggedYaml;
  /** Faults that do not keep the text from being understood: a key given twice (the last one counts). */
  errors: { line: number; message: string }[];
}

/** The line of each key or item, by the object or array that holds it. */
export type YamlPlaces = WeakMap<object, ReadonlyMap<string | number, number>>;

/** A YAML value for formats that give tags a meaning (CloudFormation's `!Sub`). */
export interface TaggedYaml {
  /**
   * As {@link YamlSource.value}, `<<` merged, each value with a local tag replaced by what `wrap` makes of both. A
   * number keeps its text where the text says more (`8.0`, `007`). What an anchor names is one object in all places.
   */
  value: unknown;
  places: YamlPlaces;
}

export type YamlReading = YamlSource | { error: { line: number; message: string } };

const LONGEST_TEXT = 500_000;
const MOST_ANCHORS = 5_000;
const MOST_ALIASES = 2_000;
/** Nodes in the value once every alias is written out: a file of people stays far below, an alias bomb far above. */
const MOST_EXPANDED = 500_000;

class Refused extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads one YAML document (of several, an error: the formats that are read hold one). Gives an error instead of
 * a value when the text does not parse, is over 500 kB, or grows beyond reason when its aliases are written out.
 * Error messages never repeat the text's own values.
 */
export function readYaml(text: string, { merge = false }: { merge?: boolean } = {}): YamlReading {
  if (text.length > LONGEST_TEXT) return { error: { line: 1, message: 'over 500 kB of YAML' } };
  const lines = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
      merge,
      stringKeys: false,
    });
    const list: Document.Parsed[] = 'empty' in documents ? [] : documents;
    for (const { errors } of list) {
      const error = errors[0];
      if (error) return { error: { line: lineAt(error.pos[0]), message: withoutValues(error.message) } };
    }
    const [document, second] = list.filter(
      ({ contents }) => contents && contents.range[0] < contents.range[1],
    );
    if (second) {
      return { error: { line: lineAt(second.range[0]), message: 'several documents in one file' } };
    }
    if (!document) return place(undefined, undefined, [], lineAt);
    const { anchors, twice } = survey(document);
    const errors = twice.map((offset) => ({ line: lineAt(offset), message: 'key given twice' }));
    return place(document, anchors, errors, lineAt);
  } catch (thrown) {
    if (thrown instanceof Refused) return { error: { line: lineAt(thrown.offset), message: thrown.message } };
    return { error: { line: 1, message: withoutValues(thrown instanceof Error ? thrown.message : '') } };
  }
}

/** What the library says of the fault, without the piece of text that it may repeat after a colon or a backslash. */
const withoutValues = (message: string): string =>
  /call stack/.test(message)
    ? 'nested too deeply'
    : (message.split(/(?<! ): | \\|\n/, 1)[0] ?? '').slice(0, 120);

/** The library reads a merge key as a symbol. */
const keyText = ({ key }: Pair): string => {
  const value: unknown = isScalar(key) ? key.value : key;
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
};

/** One linear walk: resolves aliases to what they name, and refuses cycles and bombs. */
function survey(document: Document.Parsed) {
  const anchors = new Map<Node, Node>();
  const named = new Map<string, Node>();
  const sizes = new Map<Node, number>();
  const twice: number[] = [];
  let aliases = 0;
  const grown = (size: number, offset: number) => {
    if (size > MOST_EXPANDED) throw new Refused(offset, 'too much once its aliases are written out');
    return size;
  };
  const measure = (node: unknown): number => {
    if (isAlias(node)) {
      const offset = node.range?.[0] ?? 0;
      const target = named.get(node.source);
      aliases += 1;
      if (aliases > MOST_ALIASES) throw new Refused(offset, 'too many aliases');
      if (!target) throw new Refused(offset, 'alias without its anchor');
      const size = sizes.get(target);
      if (size === undefined) throw new Refused(offset, 'alias inside its own anchor');
      anchors.set(node, target);
      return size;
    }
    if (!(isMap(node) || isSeq(node) || isScalar(node))) return 1;
    const offset = node.range?.[0] ?? 0;
    if (node.anchor) {
      named.set(node.anchor, node);
      if (named.size > MOST_ANCHORS) throw new Refused(offset, 'too many anchors');
    }
    let size = 1;
    if (isMap(node)) {
      const keys = new Set<string>();
      for (const pair of node.items) {
        const key = keyText(pair);
        if (keys.has(key) && key !== '<<' && isScalar(pair.key)) twice.push(pair.key.range?.[0] ?? 0);
        keys.add(key);
        size = grown(size + measure(pair.key) + measure(pair.value), offset);
      }
    } else if (isSeq(node)) {
      for (const item of node.items) size = grown(size + measure(item), offset);
    }
    if (node.anchor) sizes.set(node, size);
    return size;
  };
  measure(document.contents);
  return { anchors, twice };
}

function place(
  document: Document.Parsed | undefined,
  anchors: Map<Node, Node> | undefined,
  errors: YamlSource['errors'],
  lineAt: (offset: number) => number,
): YamlSource {
  const resolved = (node: unknown): unknown => (isAlias(node) ? anchors?.get(node) : node);
  const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
  const indexOf = (map: YAMLMap): Map<string, Pair> => {
    let index = indexes.get(map);
    if (!index) {
      index = new Map(map.items.map((pair) => [keyText(pair), pair]));
      indexes.set(map, index);
    }
    return index;
  };
  const pairIn = (map: YAMLMap, key: string): Pair | undefined => {
    const own = indexOf(map).get(key);
    const merged = own ? undefined : resolved(indexOf(map).get('<<')?.value);
    if (!merged) return own;
    for (const source of isSeq(merged) ? merged.items.map(resolved) : [merged]) {
      const found = isMap(source) && source !== map ? pairIn(source, key) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  /** The key (or item) and the value at a path, as far as the path leads. */
  const find = (keys: YamlPath) => {
    let key: unknown = document?.contents;
    let value = resolved(document?.contents);
    let whole = true;
    for (const step of keys) {
      const pair = isMap(value) ? pairIn(value, String(step)) : undefined;
      const item = isSeq(value) ? value.items[Number(step)] : undefined;
      whole = pair !== undefined || item !== undefined;
      if (!whole) break;
      key = pair ? pair.key : item;
      value = resolved(pair ? pair.value : item);
    }
    return { key: key as Node | undefined, value: value as Node | undefined, whole };
  };
  const tagged = (wrap: (tag: string, value: unknown) => unknown): TaggedYaml => {
    const places: YamlPlaces = new WeakMap();
    const made = new Map<unknown, unknown>();
    const bare = (node: unknown): unknown => {
      if (isScalar(node)) {
        const { value, source } = node;
        return typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
      }
      const lines = new Map<string | number, number>();
      const start = (part: unknown) => lineAt((part as Node | undefined)?.range?.[0] ?? 0);
      if (isSeq(node)) {
        const list = node.items.map((item, index) => {
          lines.set(index, start(item));
          return convert(item);
        });
        places.set(list, lines);
        return list;
      }
      if (!isMap(node)) return null;
      const entries = new Map<string, unknown>();
      for (const pair of node.items) {
        const key = keyText(pair);
        const value = convert(pair.value);
        if (key !== '<<') {
          entries.set(key, value);
          lines.set(key, start(pair.key));
          continue;
        }
        for (const source of Array.isArray(value) ? value : [value])
          for (const [inner, merged] of Object.entries(typeof source === 'object' && source ? source : {}))
            if (!indexOf(node).has(inner) && !entries.has(inner)) {
              entries.set(inner, merged);
              lines.set(inner, places.get(source)?.get(inner) ?? start(pair.key));
            }
      }
      entries.delete('__proto__');
      const object = Object.fromEntries(entries);
      places.set(object, lines);
      return object;
    };
    const convert = (node: unknown): unknown => {
      const target = resolved(node);
      if (!target) return null;
      if (made.has(target)) return made.get(target);
      const value = bare(target);
      const tag = (target as Node).tag;
      const whole = tag?.startsWith('!') ? wrap(tag, value) : value;
      made.set(target, whole);
      return whole;
    };
    return { value: convert(document?.contents), places };
  };
  return {
    tagged,
    // Our own survey bounds aliases exactly; the library's count refuses an anchor used by 101 services.
    value: document?.toJS({ maxAliasCount: -1 }),
    errors,
    lineOf: (keys) => lineAt(find(keys).key?.range?.[0] ?? 0),
    textLineOf(keys) {
      const { key, value } = find(keys);
      const start = lineAt((value ?? key)?.range?.[0] ?? 0);
      return isScalar(value) && value.type?.startsWith('BLOCK') ? start + 1 : start;
    },
    tagOf(keys) {
      const { value, whole } = find(keys);
      return whole ? value?.tag : undefined;
    },
  };
}
