/** The key under which {@link tomlPlaces} keeps a path of keys and positions. */
export const placeKey = (path: readonly (string | number)[]): string => JSON.stringify(path);

const BARE = /[A-Za-z0-9_-]+/y;
const DEEPEST = 100;

/**
 * The lines (from 1) on which the values of a valid TOML text are written, by path of keys and positions in lists: the
 * parser gives none. A table has the line of its first header or key. TOML 1.0.0, “Keys”, “Table”, “Array of Tables”.
 */
export function tomlPlaces(text: string): ReadonlyMap<string, number> {
  const scan = new Scan(text);
  scan.document();
  return scan.places;
}

type Path = (string | number)[];

class Scan {
  readonly places = new Map<string, number>();
  private readonly text: string;
  /** How many tables each array of tables has so far. */
  private readonly counts = new Map<string, number>();
  private at = 0;
  private line = 1;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    let table: Path = [];
    for (this.blank(); this.at < this.text.length; this.blank()) {
      const before = this.at;
      if (this.text[this.at] === '[') table = this.header();
      else this.pair(table, 0);
      // what is no TOML was refused by the parser: never stand still
      if (this.at === before) this.step();
    }
  }

  private note(path: Path, line: number): void {
    for (let length = path.length; length > 0; length--) {
      const key = placeKey(path.slice(0, length));
      if (this.places.has(key)) return;
      this.places.set(key, line);
    }
  }

  private header(): Path {
    const { line } = this;
    const isList = this.text.startsWith('[[', this.at);
    this.at += isList ? 2 : 1;
    const keys = this.keys();
    const path = this.within([], isList ? keys.slice(0, -1) : keys);
    if (isList) {
      path.push(keys.at(-1) ?? '');
      const key = placeKey(path);
      const index = this.counts.get(key) ?? 0;
      this.counts.set(key, index + 1);
      path.push(index);
    }
    this.note(path, line);
    while (this.text[this.at] === ']') this.at += 1;
    return path;
  }

  /** The path of keys, each array of tables on it at its last table. */
  private within(table: Path, keys: readonly string[]): Path {
    const path = [...table];
    for (const key of keys) {
      path.push(key);
      const count = this.counts.get(placeKey(path));
      if (count !== undefined) path.push(count - 1);
    }
    return path;
  }

  private pair(table: Path, depth: number): void {
    const { line } = this;
    const path = [...table, ...this.keys()];
    this.note(path, line);
    this.spaces();
    if (this.text[this.at] !== '=') return;
    this.at += 1;
    this.spaces();
    this.value(path, depth);
  }

  private keys(): string[] {
    const keys: string[] = [];
    for (;;) {
      this.spaces();
      const mark = this.text[this.at];
      if (mark === '"' || mark === "'") keys.push(this.string());
      else {
        BARE.lastIndex = this.at;
        const bare = BARE.exec(this.text)?.[0] ?? '';
        keys.push(bare);
        this.at += bare.length;
      }
      this.spaces();
      if (this.text[this.at] !== '.') return keys;
      this.at += 1;
    }
  }

  private value(path: Path, depth: number): void {
    const mark = this.text[this.at];
    if (mark === '"' || mark === "'") this.string();
    else if (mark === '[' && depth < DEEPEST) this.list(path, depth + 1);
    else if (mark === '{' && depth < DEEPEST) this.inlineTable(path, depth + 1);
    else while (this.at < this.text.length && !/[,\]}#\n]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private list(path: Path, depth: number): void {
    this.at += 1;
    for (let index = 0; ; index++) {
      this.blank();
      if (this.at >= this.text.length) return;
      if (this.text[this.at] === ']') break;
      const item = [...path, index];
      const before = this.at;
      this.note(item, this.line);
      this.value(item, depth);
      this.blank();
      if (this.text[this.at] === ',') this.at += 1;
      else if (this.at === before) return;
    }
    this.at += 1;
  }

  private inlineTable(path: Path, depth: number): void {
    this.at += 1;
    for (;;) {
      this.blank();
      if (this.at >= this.text.length) return;
      if (this.text[this.at] === '}') break;
      const before = this.at;
      this.pair(path, depth);
      this.blank();
      if (this.text[this.at] === ',') this.at += 1;
      else if (this.at === before) return;
    }
    this.at += 1;
  }

  /** A string of any of the four sorts; escapes of a key are read as JSON reads them. */
  private string(): string {
    const mark = this.text[this.at] ?? '';
    if (this.text.startsWith(mark.repeat(3), this.at)) {
      this.at += 3;
      while (this.at < this.text.length && !this.text.startsWith(mark.repeat(3), this.at)) {
        if (mark === '"' && this.text[this.at] === '\\') this.step();
        this.step();
      }
      this.at += 3;
      // up to two quotes may stand before the closing three
      while (this.text[this.at] === mark) this.at += 1;
      return '';
    }
    const start = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== mark && this.text[this.at] !== '\n') {
      if (mark === '"' && this.text[this.at] === '\\') this.at += 1;
      this.at += 1;
    }
    this.at += 1;
    const written = this.text.slice(start + 1, this.at - 1);
    if (mark === "'" || !written.includes('\\')) return written;
    try {
      return String(JSON.parse(`"${written}"`));
    } catch {
      return written;
    }
  }

  private step(): void {
    if (this.text[this.at] === '\n') this.line += 1;
    this.at += 1;
  }

  private spaces(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at += 1;
  }

  /** Spaces, line ends and comments. */
  private blank(): void {
    for (;;) {
      const mark = this.text[this.at];
      if (mark === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at += 1;
      else if (mark !== undefined && /\s/.test(mark)) this.step();
      else return;
    }
  }
}
