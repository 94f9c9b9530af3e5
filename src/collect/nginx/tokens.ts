/** One directive of nginx as it stands: `name argument … ;` or `name argument … { … }`. */
export interface Directive {
  name: string;
  /** Quotes and escapes taken away. */
  args: string[];
  line: number;
  file: string;
  /** What stands between its braces; undefined where it ends with `;`. */
  block?: Directive[];
  /** A block that is code in another language (`content_by_lua_block`): it was gone over whole. */
  isCode?: true;
}

/** Why nginx would not take the file. */
export interface Broken {
  line: number;
  why:
    | 'unclosed-block'
    | 'unexpected-brace'
    | 'unclosed-quote'
    | 'unended-directive'
    | 'too-deep'
    | 'too-many';
}

export interface Parsed {
  directives: Directive[];
  broken?: Broken;
}

const MOST_DIRECTIVES = 100_000;
const DEEPEST = 60;
const CODE = /_by_lua_block$/;
const ESCAPED = new Map([
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

interface Token {
  kind: 'word' | 'end' | 'open' | 'close';
  text: string;
  line: number;
}

/**
 * Reads nginx's language as nginx itself does (`ngx_conf_read_token` of its source; nginx documentation, “Beginner’s
 * Guide”, “Configuration File’s Structure”): what is not balanced is `broken`, and nginx takes none of it.
 */
export function parseNginx(text: string, file: string): Parsed {
  return new NginxParser(text, file).parse();
}

class NginxParser {
  readonly #text: string;
  readonly #file: string;
  #at: number;
  #line = 1;
  #count = 0;
  #broken: Broken | undefined;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  parse(): Parsed {
    const directives: Directive[] = [];
    /** The lists that are open, the innermost last, with the line on which each began. */
    const open: { into: Directive[]; line: number }[] = [{ into: directives, line: 1 }];
    let words: Token[] = [];
    for (let token = this.#next(); token && !this.#broken; token = this.#next()) {
      const into = (open.at(-1) as (typeof open)[number]).into;
      const [first] = words;
      if (token.kind === 'word') {
        words.push(token);
      } else if (token.kind === 'end') {
        if (first) this.#add(into, words);
        words = [];
      } else if (token.kind === 'open') {
        if (!first) {
          this.#fail(token.line, 'unexpected-brace');
          break;
        }
        const directive = this.#add(into, words);
        words = [];
        directive.block = [];
        if (CODE.test(directive.name)) {
          directive.isCode = true;
          this.#skipCode(directive.line);
          continue;
        }
        if (open.length >= DEEPEST) this.#fail(token.line, 'too-deep');
        open.push({ into: directive.block, line: directive.line });
      } else {
        if (first || open.length === 1) {
          this.#fail(token.line, first ? 'unended-directive' : 'unexpected-brace');
          break;
        }
        open.pop();
      }
    }
    const [left] = words;
    const unclosed = open.length > 1 ? open.at(-1) : undefined;
    if (left) this.#fail(left.line, 'unended-directive');
    if (unclosed) this.#fail(unclosed.line, 'unclosed-block');
    return { directives, ...(this.#broken && { broken: this.#broken }) };
  }

  #fail(line: number, why: Broken['why']): void {
    this.#broken ??= { line, why };
  }

  #add(into: Directive[], words: readonly Token[]): Directive {
    const [name, ...args] = words as [Token, ...Token[]];
    const directive: Directive = {
      name: name.text,
      args: args.map(({ text }) => text),
      line: name.line,
      file: this.#file,
    };
    this.#count += 1;
    if (this.#count > MOST_DIRECTIVES) this.#fail(name.line, 'too-many');
    into.push(directive);
    return directive;
  }

  /** The next token, comments and white space left out; undefined at the end. */
  #next(): Token | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const char = text[this.#at] as string;
      if (char === '\n') this.#line += 1;
      else if (char === '#') {
        const end = text.indexOf('\n', this.#at);
        this.#at = end < 0 ? text.length : end;
        continue;
      } else if (char !== ' ' && char !== '\t' && char !== '\r') break;
      this.#at += 1;
    }
    const char = text[this.#at];
    if (char === undefined) return undefined;
    const line = this.#line;
    if (char === ';' || char === '{' || char === '}') {
      this.#at += 1;
      return { kind: char === ';' ? 'end' : char === '{' ? 'open' : 'close', text: char, line };
    }
    return { kind: 'word', text: char === '"' || char === "'" ? this.#quoted(char) : this.#bare(), line };
  }

  #quoted(quote: string): string {
    const began = this.#line;
    let word = '';
    this.#at += 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] as string;
      if (char === quote) {
        this.#at += 1;
        return word;
      }
      word += char === '\\' ? this.#escaped() : char;
      if (char === '\n') this.#line += 1;
    }
    this.#fail(began, 'unclosed-quote');
    return word;
  }

  #bare(): string {
    let word = '';
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] as string;
      if (char === ' ' || char === '\t' || char === '\r' || char === '\n' || char === ';') break;
      // `${name}` is a variable, any other brace opens a block
      if (char === '{' && !word.endsWith('$')) break;
      word += char === '\\' ? this.#escaped() : char;
    }
    return word;
  }

  /** What a backslash and the character after it stand for; left at the second of them. */
  #escaped(): string {
    const after = this.#text[this.#at + 1];
    if (after === undefined) return '\\';
    this.#at += 1;
    if (after === '\n') this.#line += 1;
    if (after === '"' || after === "'" || after === '\\') return after;
    return ESCAPED.get(after) ?? `\\${after}`;
  }

  /** Goes over a block of Lua to the brace that closes it; strings, comments and long brackets hold braces of their own. */
  #skipCode(began: number): void {
    const text = this.#text;
    let depth = 1;
    while (this.#at < text.length) {
      const char = text[this.#at] as string;
      if (char === '-' && text[this.#at + 1] === '-') {
        this.#at += 2;
        if (!this.#skipLong()) this.#skipTo('\n');
        continue;
      }
      if (char === '[' && this.#skipLong()) continue;
      this.#at += 1;
      if (char === '\n') this.#line += 1;
      else if (char === '"' || char === "'") this.#skipString(char);
      else if (char === '{') depth += 1;
      else if (char === '}') depth -= 1;
      if (depth === 0) return;
    }
    this.#fail(began, 'unclosed-block');
  }

  #skipString(quote: string): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === '\\') {
        this.#at += 1;
        if (this.#text[this.#at] === '\n') this.#line += 1;
      } else if (char === quote) {
        this.#at += 1;
        return;
      } else if (char === '\n') return;
    }
  }

  /** `[[ … ]]` and `[==[ … ]==]`. */
  #skipLong(): boolean {
    const level = /^\[(={0,8})\[/.exec(this.#text.slice(this.#at, this.#at + 10))?.[1];
    if (level === undefined) return false;
    this.#skipTo(`]${level}]`);
    this.#at = Math.min(this.#text.length, this.#at + level.length + 2);
    return true;
  }

  #skipTo(mark: string): void {
    const found = this.#text.indexOf(mark, this.#at);
    const end = found < 0 ? this.#text.length : found;
    for (
      let at = this.#text.indexOf('\n', this.#at);
      at >= 0 && at < end;
      at = this.#text.indexOf('\n', at + 1)
    )
      this.#line += 1;
    this.#at = end;
  }
}
