/** The text is no HCL from this character on. */
export class HclError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Brackets, templates and conditions within each other; what people write has less than ten. */
const DEEPEST = 100;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r]*/y;

/** A place in a text that moves forward, each character looked at a bounded number of times. */
export class Cursor {
  readonly text: string;
  /** What is read ends before this offset. */
  readonly end: number;
  at: number;
  /** Whether a line end is a blank here, as between brackets. */
  joinsLines = false;
  #depth: number;

  constructor(text: string, at = 0, end = text.length, depth = 0) {
    this.text = text;
    this.at = at;
    this.end = end;
    this.#depth = depth;
  }

  /** A cursor over a part of the same text, so that its places are places of the whole. */
  within(at: number, end: number): Cursor {
    return new Cursor(this.text, at, end, this.#depth);
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  fail(expected: string): never {
    throw new HclError(`${expected} expected`, Math.min(this.at, this.end));
  }

  /** The next character, blanks left out; empty at the end. */
  peek(): string {
    this.skip();
    return this.isAtEnd ? '' : (this.text[this.at] ?? '');
  }

  startsWith(mark: string): boolean {
    return this.at + mark.length <= this.end && this.text.startsWith(mark, this.at);
  }

  /** Takes a mark where it comes next. */
  take(mark: string): boolean {
    this.skip();
    if (!this.startsWith(mark)) return false;
    this.at += mark.length;
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) this.fail(`"${mark}"`);
  }

  /** Takes a word where it comes next, and not one that only starts with it. */
  takeWord(word: string): boolean {
    this.skip();
    const start = this.at;
    if (this.identifier() === word) return true;
    this.at = start;
    return false;
  }

  identifier(): string | undefined {
    this.skip();
    return this.#match(IDENTIFIER);
  }

  number(): number | undefined {
    const digits = this.#match(NUMBER);
    return digits === undefined ? undefined : Number(digits);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || this.at + found.length > this.end) return undefined;
    this.at += found.length;
    return found;
  }

  /** Goes past blanks and comments; past line ends where they are blanks. */
  skip(): void {
    for (;;) {
      BLANK.lastIndex = this.at;
      this.at += BLANK.exec(this.text)?.[0].length ?? 0;
      if (this.at >= this.end) {
        this.at = this.end;
        return;
      }
      const character = this.text[this.at];
      if (character === '\n' && this.joinsLines) this.at += 1;
      else if (character === '#' || this.startsWith('//')) this.at = this.#lineEnd();
      else if (this.startsWith('/*')) this.#skipComment();
      else return;
    }
  }

  #skipComment(): void {
    const close = this.text.indexOf('*/', this.at + 2);
    if (close < 0 || close + 2 > this.end) this.fail('the end of a comment');
    this.at = close + 2;
  }

  #lineEnd(): number {
    const found = this.text.indexOf('\n', this.at);
    return found < 0 || found > this.end ? this.end : found;
  }

  /** Takes the rest of the line, with its line end. */
  line(): string {
    const end = this.#lineEnd();
    const rest = this.text.slice(this.at, end);
    this.at = Math.min(end + 1, this.end);
    return rest;
  }

  /** Reads something that stands within something else, with line ends as blanks or not. */
  nested<T>(joinsLines: boolean, read: () => T): T {
    if (this.#depth >= DEEPEST) this.fail('less deep nesting');
    const before = this.joinsLines;
    this.#depth += 1;
    this.joinsLines = joinsLines;
    try {
      return read();
    } finally {
      this.#depth -= 1;
      this.joinsLines = before;
    }
  }
}
