import { SECRET_NAME } from './masked.ts';
import type { Directive } from './tokens.ts';

interface NginxMap {
  source: string;
  entries: ReadonlyMap<string, string>;
  fallback: string;
  /** Every key is a plain text: no regular expression, no wildcard, no file. */
  isPlain: boolean;
}

const VARIABLE = /\$(?:\{(\w{1,80})\}|(\w{1,80}))/g;
const DEEPEST = 8;
const MOST_ENTRIES = 2_000;
/** Parameters of `map` that are no entries. */
const PARAMETERS = new Set(['default', 'hostnames', 'include', 'volatile']);

/**
 * Variables whose value the configuration itself settles: given once by `set`, or by a `map` of such a one. nginx
 * documentation, `ngx_http_rewrite_module` and `ngx_http_map_module`. All others are known to requests alone.
 */
export class NginxVariables {
  readonly #parent: NginxVariables | undefined;
  /** Undefined value: it is set, and nobody can tell to what. */
  readonly #set = new Map<string, string | undefined>();
  readonly #maps = new Map<string, NginxMap>();

  constructor(parent?: NginxVariables) {
    this.#parent = parent;
  }

  /** What the directives of one level set, those in its `if` blocks too: whether these hold is not known. */
  static within(parent: NginxVariables | undefined, directives: readonly Directive[]): NginxVariables {
    const own = new NginxVariables(parent);
    for (const directive of directives) {
      if (directive.name === 'set') own.#give(directive);
      if (directive.name === 'if') {
        for (const inner of directive.block ?? []) {
          if (inner.name === 'set') own.#set.set(nameOf(inner), undefined);
        }
      }
    }
    return own;
  }

  addMap(directive: Directive): void {
    const [source, name] = directive.args;
    if (source === undefined || name === undefined) return;
    const block = (directive.block ?? []).slice(0, MOST_ENTRIES);
    const entries = block.filter(({ name: key }) => !PARAMETERS.has(key));
    this.#maps.set(name.replace(/^\$/, ''), {
      source,
      entries: new Map(entries.map(({ name: key, args }) => [key.replace(/^\\/, ''), args[0] ?? ''])),
      fallback: block.find(({ name: key }) => key === 'default')?.args[0] ?? '',
      isPlain:
        !block.some(({ name: key }) => key === 'include') &&
        !entries.some(({ name: key }) => /^~|^\*|\*$|^\./.test(key)),
    });
  }

  #give(directive: Directive): void {
    const name = nameOf(directive);
    const value = directive.args[1] ?? '';
    this.#set.set(name, this.#set.has(name) && this.#set.get(name) !== value ? undefined : value);
  }

  /** The text with every variable that is known put in; the others stay as written. */
  resolve(text: string, depth = 0): string {
    if (!text.includes('$') || depth > DEEPEST) return text;
    return text.replace(VARIABLE, (written, braced: string | undefined, bare: string | undefined) => {
      const value = this.#valueOf(braced ?? bare ?? '', depth + 1);
      return value === undefined || value.length > 1_000 ? written : value;
    });
  }

  #valueOf(name: string, depth: number): string | undefined {
    if (depth > DEEPEST || SECRET_NAME.test(name)) return undefined;
    for (let level: NginxVariables | undefined = this; level; level = level.#parent) {
      if (level.#set.has(name)) {
        const value = level.#set.get(name);
        return value === undefined ? undefined : this.resolve(value, depth);
      }
      const map = level.#maps.get(name);
      if (map) return this.#mapped(map, depth);
    }
    return undefined;
  }

  #mapped(map: NginxMap, depth: number): string | undefined {
    const values = new Set([...map.entries.values(), map.fallback]);
    const [only] = values;
    if (values.size === 1 && map.isPlain && only !== undefined) return this.resolve(only, depth);
    const source = this.resolve(map.source, depth);
    if (source.includes('$') || !map.isPlain) return undefined;
    return this.resolve(map.entries.get(source) ?? map.fallback, depth);
  }
}

const nameOf = ({ args }: Directive): string => (args[0] ?? '').replace(/^\$/, '').replace(/^\{|\}$/g, '');
