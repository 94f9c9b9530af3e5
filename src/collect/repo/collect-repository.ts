import { excerpt } from '#lib/excerpt.ts';
import { LineIndex } from '#lib/line-index.ts';
import { type Artifacts, noArtifacts } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { Text } from '#model/text.ts';
import type { Collected, Collector, Reading, Sink } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { firstLook } from './first-look.ts';
import { withoutRetiredMark } from './retired.ts';
import { planSearch } from './secret-search.ts';

const LONGEST_NAME = 512;
const MOST_EXCERPT_LINES = 6;
const PROGRESS_EVERY = 100;

/** How many files one collector was given, and how many of them it could not read in full. */
export interface CollectorOperation {
  id: string;
  title: Text;
  source: Collector['source'];
  files: number;
  failed: number;
}

export interface CollectedRepository extends Collected {
  operations: CollectorOperation[];
}

/** What the readings of one file, one for each collector, share. */
class Page {
  readonly text: string;
  #lines: readonly string[] | undefined;
  #index: LineIndex | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lines(): readonly string[] {
    this.#lines ??= this.text.split('\n');
    return this.#lines;
  }

  lineOf(offset: number): number {
    this.#index ??= new LineIndex(this.text);
    return this.#index.of(offset);
  }
}

class PageReading implements Reading {
  readonly path: string;
  readonly tracked: boolean;
  readonly #page: Page;
  readonly #source: Collector['source'];

  constructor(page: Page, path: string, tracked: boolean, source: Collector['source']) {
    this.#page = page;
    this.path = path;
    this.tracked = tracked;
    this.#source = source;
  }

  get text(): string {
    return this.#page.text;
  }

  get lines(): readonly string[] {
    return this.#page.lines;
  }

  lineOf(offset: number): number {
    return this.#page.lineOf(offset);
  }

  at(line: number, endLine?: number): FileEvidence {
    const first = Math.min(Math.max(1, Math.trunc(line) || 1), this.lines.length);
    const last = Math.min(Math.max(first, Math.trunc(endLine ?? first)), this.lines.length);
    const shown = this.lines.slice(first - 1, Math.min(last, first - 1 + MOST_EXCERPT_LINES)).map(excerpt);
    const text = first === last ? (shown[0] ?? '').trim() : shown.join('\n').trimEnd();
    return {
      source: this.#source,
      file: this.path,
      line: first,
      ...(last > first && { endLine: last }),
      ...(text !== '' && { excerpt: text }),
    };
  }
}

/** The tree as collectors see it: what they read beside their own file is looked at once, like every other text. */
function watched(tree: Tree): Tree {
  const read = (path: string): string | undefined => {
    const text = tree.read(path);
    if (text !== undefined) firstLook(tree, path, text);
    return text;
  };
  const bytes = (path: string): Uint8Array | undefined => {
    const found = tree.bytes(path);
    if (found)
      firstLook(tree, path, Buffer.from(found.buffer, found.byteOffset, found.byteLength).toString('latin1'));
    return found;
  };
  return Object.create(tree, { read: { value: read }, bytes: { value: bytes } }) as Tree;
}

/**
 * Gives each file to the collectors that read its format, each file read once. What a collector throws costs one line
 * of coverage; what it found until then stays.
 */
export function collectRepository(
  tree: Tree,
  collectors: readonly Collector[],
  progress?: (done: number, total: number) => void,
): CollectedRepository {
  const facts: Fact[] = [];
  const artifacts = noArtifacts();
  const unread: Unread[] = [...planSearch(tree).unread];
  const readers = collectors.map((collector) => {
    const { id, title, source } = collector;
    return { collector, operation: { id, title, source, files: 0, failed: 0 }, readings: [] as Reading[] };
  });
  const shared = watched(tree);
  const sinkOf = (path: string): Sink => ({
    fact(fact) {
      if (fact.name.trim() !== '' && fact.name.length <= LONGEST_NAME) facts.push(fact);
    },
    artifact(list, item) {
      (artifacts[list] as Artifacts[typeof list][number][]).push(item);
    },
    unread(line, why, asked = true) {
      unread.push({ file: path, ...(line !== undefined && { line }), why, asked });
    },
  });
  const attempt = (collector: Collector, path: string, read: () => void) => {
    try {
      read();
    } catch (thrown) {
      sinkOf(path).unread(undefined, failed(collector, thrown));
    }
  };

  let done = 0;
  for (const { path, tracked } of tree.files) {
    if (done % PROGRESS_EVERY === 0) progress?.(done, tree.files.length);
    done += 1;
    const base = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const name = { path, base, plain: withoutRetiredMark(base) };
    let page: Page | undefined;
    for (const { collector, operation, readings } of readers) {
      if (!collector.reads(name)) continue;
      if (!page) {
        const text = shared.read(path);
        if (text === undefined) break;
        page = new Page(text);
      }
      if (collector.holds && !collector.holds(page.text)) continue;
      operation.files += 1;
      const reading = new PageReading(page, path, tracked, collector.source);
      if (collector.collectAll) readings.push(reading);
      const left = unread.length;
      attempt(collector, path, () => collector.collect?.(reading, sinkOf(path), shared));
      if (unread.length > left) operation.failed += 1;
    }
  }
  for (const { collector, operation, readings } of readers) {
    const [first] = readings;
    if (!first) continue;
    const left = unread.length;
    attempt(collector, first.path, () => collector.collectAll?.(readings, sinkOf, shared));
    const lost = unread.slice(left).filter(({ asked }) => asked);
    operation.failed += new Set(lost.map(({ file }) => file)).size;
  }
  progress?.(tree.files.length, tree.files.length);
  const counted = readers.filter(({ collector }) => !collector.isSecondLook);
  return { facts, artifacts, unread, operations: counted.map(({ operation }) => operation) };
}

/** The error's own message may repeat the file's text: only its class is told. */
function failed({ title }: Collector, thrown: unknown): Text {
  const kind = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  return {
    fr: `${title.fr}\u00a0: la lecture a échoué (${kind})`,
    en: `${title.en}: could not be read (${kind})`,
  };
}
