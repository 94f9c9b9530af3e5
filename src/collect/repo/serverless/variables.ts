import { hasSymbol } from '#lib/symbolic.ts';
import { symbol } from '../cloudformation/functions.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { Places } from './places.ts';

/** What variables of one deployment of a service give. */
export interface Sources {
  /** The whole configuration, as written. */
  self: unknown;
  stage: string;
  /** The value of `provider.region`, once it is known. */
  region?: string;
  /** A file of the tree, located; undefined when there is none that can be read. */
  file(path: string): unknown;
}

const MOST_RESOLVED = 60_000;
const MOST_DEPTH = 30;
const LONGEST = 20_000;
const FILE = /^file\(([^()]{1,300})\)(?::(.{1,300}))?$/s;
const SSM = /^ssm(?:\([^()]{0,60}\))?:(.{1,300}?)(?:~\w{1,10})?$/s;
const SECRET = '/aws/reference/secretsmanager/';

/** Nothing gives the variable a value: its next alternative counts. */
const NOTHING = Symbol('nothing');

/**
 * Resolves the variables of the Serverless Framework (`${self:…}`, `${opt:stage, 'dev'}`, `${file(…):…}`). What only the
 * run knows stands as `⟨…⟩`. Serverless Framework documentation, “Variables”. Bounded.
 */
export class Variables {
  readonly #sources: Sources;
  readonly #places: Places;
  #resolved = 0;
  #depth = 0;

  constructor(sources: Sources, places: Places) {
    this.#sources = sources;
    this.#places = places;
  }

  /** A value with all its variables resolved; objects are copies that keep their places. */
  value(node: unknown): unknown {
    this.#resolved += 1;
    if (this.#resolved > MOST_RESOLVED || this.#depth > MOST_DEPTH) return symbol('…');
    if (typeof node === 'string') return this.#text(node);
    if (typeof node !== 'object' || node === null) return node;
    this.#depth += 1;
    const copy = Array.isArray(node)
      ? node.map((item) => this.value(item))
      : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, this.value(value)]));
    this.#depth -= 1;
    this.#places.copied(node, copy);
    return copy;
  }

  /** A scalar as text; undefined for anything else. */
  text(node: unknown): string | undefined {
    return scalar(this.value(node));
  }

  #text(text: string): unknown {
    if (!text.includes('${') || text.length > LONGEST) return text;
    const parts: string[] = [];
    let at = 0;
    while (at < text.length) {
      const start = text.indexOf('${', at);
      const end = start < 0 ? -1 : closing(text, start + 2);
      if (end < 0) break;
      const inside = text.slice(start + 2, end);
      // `${AWS::Region}` and the like are CloudFormation's own
      const value = /^(?:AWS::\w+|[\w.]+|!.*)$/s.test(inside.trim())
        ? text.slice(start, end + 1)
        : this.#variable(inside);
      if (start === 0 && end === text.length - 1) return value;
      parts.push(text.slice(at, start), scalar(value) ?? symbol(inside));
      at = end + 1;
    }
    return parts.join('') + text.slice(at);
  }

  #variable(inside: string): unknown {
    this.#depth += 1;
    try {
      if (this.#depth > MOST_DEPTH) return symbol('…');
      const alternatives = splitAtCommas(inside);
      let open: string | undefined;
      for (const alternative of alternatives) {
        const address = scalar(this.#text(alternative.trim())) ?? '';
        // of several parameters any may be absent: none is required
        if (alternatives.length > 1 && SSM.test(address)) open ??= address.replace(/^ssm/, 'ssm?');
        if (hasSymbol(address)) open ??= address;
        const found = open === undefined ? this.#address(address) : NOTHING;
        if (found !== NOTHING && found !== undefined) return found;
      }
      // a symbol holds no other: what is open within it is written as a variable is
      return symbol((open ?? alternatives[0] ?? inside).replaceAll('⟨', '${').replaceAll('⟩', '}'));
    } finally {
      this.#depth -= 1;
    }
  }

  #address(address: string): unknown {
    const { self, stage, region } = this.#sources;
    const quoted = /^(["'])(.*)\1$/s.exec(address);
    if (quoted) return quoted[2];
    if (/^-?\d+(?:\.\d+)?$/.test(address)) return Number(address);
    if (address === 'true' || address === 'false') return address === 'true';
    if (address === 'null' || address === '') return NOTHING;
    if (address === 'opt:stage' || address === 'sls:stage') return stage;
    if (address === 'self:provider.stage') return stage;
    if (address === 'aws:region' || address === 'opt:region') return region ?? NOTHING;
    if (address === 'aws:accountId') return symbol('AWS::AccountId');
    if (address === 'aws:partition') return 'aws';
    if (address.startsWith('self:')) return this.#within(self, address.slice(5));
    if (address.startsWith('param:')) return this.#parameter(address.slice(6));
    const file = FILE.exec(address);
    if (file) return this.#within(this.#sources.file((file[1] ?? '').trim()), file[2] ?? '');
    const ssm = SSM.exec(address)?.[1];
    if (ssm !== undefined)
      return symbol(ssm.startsWith(SECRET) ? `secretsmanager:${ssm.slice(SECRET.length)}` : `ssm:${ssm}`);
    if (/^(?:cf|s3)(?:\([^()]{0,60}\))?[:.]/.test(address)) return symbol(address);
    return NOTHING;
  }

  #parameter(name: string): unknown {
    const params = mapping(mapping(this.#sources.self).get('params'));
    for (const stage of [this.#sources.stage, 'default']) {
      const value = mapping(params.get(stage)).get(name);
      if (value !== undefined) return this.value(value);
    }
    return NOTHING;
  }

  /** What stands at `a.b.0` of a configuration, variables on the way resolved. */
  #within(value: unknown, path: string): unknown {
    let inner: unknown = value;
    for (const step of path === '' ? [] : path.split('.', MOST_DEPTH)) {
      if (typeof inner === 'string') inner = this.#text(inner);
      inner = Array.isArray(inner) ? list(inner)[Number(step)] : mapping(inner).get(step);
    }
    return inner === undefined || inner === null ? NOTHING : this.value(inner);
  }
}

/** The brace that closes the one before `from`; -1 where none does. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') open += 1;
    if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return -1;
}

/** The alternatives of a variable: commas inside braces, brackets and quotes belong to one of them. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let open = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if ('{('.includes(letter)) open += 1;
    else if ('})'.includes(letter)) open -= 1;
    else if (letter === ',' && open === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
