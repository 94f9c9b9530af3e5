import type { Tree } from '../../readers/tree.ts';

/** Lines longer than this are data, and nobody reads an excerpt of them. */
const LONGEST_LINE = 2_000;
const COMMENTED =
  /\.(?:ya?ml|sh|bash|zsh|toml|env|py|rb|tf|conf|cfg|ini)$|(?:^|\/)(?:[Mm]akefile|Dockerfile[^/]*|[^/.]+)$/;

/** Characters searched in one audit: after that names are shown where they are called, not where they are written. */
const MOST_SEARCHED = 400_000_000;
/** Lines compared with names in one audit; after that the same holds. */
const MOST_COMPARED = 3_000_000;

/** The lines of the tree's files, split once, with their comments left out of every search. */
export class SourceLines {
  private readonly tree: Tree;
  private readonly kept = new Map<string, readonly string[]>();
  private readonly texts = new Map<string, string>();
  private readonly found = new Map<string, readonly number[]>();
  private searched = 0;
  private compared = 0;
  private readonly answers = new Map<string, unknown>();

  constructor(tree: Tree) {
    this.tree = tree;
  }

  has(file: string): boolean {
    return this.tree.paths.has(file);
  }

  /** Empty for a file that cannot be read. */
  of(file: string): readonly string[] {
    let lines = this.kept.get(file);
    if (!lines) {
      const text = this.tree.paths.has(file) ? this.tree.read(file) : undefined;
      lines = text === undefined ? [] : text.split('\n');
      this.texts.set(file, text ?? '');
      this.kept.set(file, lines);
    }
    return lines;
  }

  /** Whether a file speaks of something; asked of many calls, answered once. */
  speaksOf(file: string, subject: RegExp): boolean {
    return this.once(`${file}\n${subject.source}`, () =>
      this.of(file).some((line) => line.length <= LONGEST_LINE && subject.test(line)),
    );
  }

  /** The answer to a question about these lines, kept. */
  once<T>(question: string, answer: () => T): T {
    if (!this.answers.has(question)) this.answers.set(question, answer());
    return this.answers.get(question) as T;
  }

  /** Counts lines that are about to be compared, and tells whether that many more may be. */
  mayCompare(lines: number): boolean {
    this.compared += lines;
    return this.compared <= MOST_COMPARED;
  }

  /** A line as evidence shows it, before secrets are masked. */
  excerpt(file: string, line: number): string {
    return (this.of(file)[line - 1] ?? '').trim().slice(0, 200);
  }

  /** The line numbers (from 1) that hold a piece of text outside comments. */
  holding(file: string, piece: string): readonly number[] {
    const key = `${file}\n${piece}`;
    let lines = this.found.get(key);
    if (!lines) {
      const commented = COMMENTED.test(file);
      const own = this.of(file);
      const text = this.texts.get(file) ?? '';
      this.searched += text.length;
      const worth = this.searched <= MOST_SEARCHED && text.includes(piece);
      lines = (worth ? own : []).flatMap((line, index) => {
        if (line.length > LONGEST_LINE) return [];
        const at = line.indexOf(piece);
        return at >= 0 && (!commented || at < commentAt(line)) ? [index + 1] : [];
      });
      this.found.set(key, lines);
    }
    return lines;
  }
}

/** Where a comment starts on a line: at a `#` that begins the line or follows a space, outside quotes. */
export function commentAt(line: string): number {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quote) {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || (c === "'" && !/\w/.test(line[i - 1] ?? ''))) quote = c;
    else if (c === '#' && (i === 0 || /\s/.test(line[i - 1] ?? ''))) return i;
  }
  return Number.POSITIVE_INFINITY;
}
