import type { Artifacts } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { Text } from '#model/text.ts';
import type { Tree } from './readers/tree.ts';

/** What the path of a file tells, worked out once for every collector. */
export interface FileName {
  path: string;
  /** The last part of the path, in lower case. */
  base: string;
  /** `base` without the marks that take a file out of use: `compose.yml` for `compose.yml.bak`. */
  plain: string;
}

/** One file as a collector sees it. */
export interface Reading {
  readonly path: string;
  readonly text: string;
  readonly tracked: boolean;
  /** The text split at line ends; made on first use. */
  readonly lines: readonly string[];
  /** Evidence at a line (from 1), with its text as excerpt, secrets masked. */
  at(line: number, endLine?: number): FileEvidence;
  /** The line (from 1) that holds the character at this offset. */
  lineOf(offset: number): number;
}

/** Where a collector puts what it read. */
export interface Sink {
  fact(fact: Fact): void;
  artifact<K extends keyof Artifacts>(list: K, item: Artifacts[K][number]): void;
  /**
   * Something of this file could not be read: one line of coverage. `asked` (default true) is false for what no
   * audit reads, such as a line of a page over the limit.
   */
  unread(line: number | undefined, why: Text, asked?: boolean): void;
}

/**
 * Reads one format of file. Copies what it says, judges nothing. What it throws becomes one line of coverage
 * (`file: why`), and the audit goes on.
 */
export interface Collector {
  /** Kebab-case, the file's own name. */
  id: string;
  /** The source its evidence bears. */
  source: 'repo' | 'docs';
  /** What the format is called in the report's coverage. */
  title: Text;
  /** It looks once more at files that other passes read: its readings are no further ones in the coverage. */
  isSecondLook?: true;
  /** Decided by the path alone. */
  reads(name: FileName): boolean;
  /** For formats that share their endings with others: whether the text is of this one. Cheap, from its first lines. */
  holds?(text: string): boolean;
  /** Reads one file alone. */
  collect?(reading: Reading, sink: Sink, tree: Tree): void;
  /**
   * Reads a format whose files make a whole, such as the folders of Terraform modules: called once, after the tree was
   * gone through, with every file that it reads, when there is one.
   */
  collectAll?(readings: readonly Reading[], sinkOf: (file: string) => Sink, tree: Tree): void;
}

export const defineCollector = (collector: Collector): Collector => collector;

/** What came out of reading a repository. */
export interface Collected {
  facts: Fact[];
  artifacts: Artifacts;
  unread: Unread[];
}
