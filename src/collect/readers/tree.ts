import type { Unread } from '#model/coverage.ts';

/** A file of the audited tree, by its path from the root with forward slashes. */
export interface TreeFile {
  path: string;
  tracked: boolean;
  executable: boolean;
}

/** A repository without files: of an audit that reads none. */
export const noTree: Tree = {
  root: '',
  files: [],
  paths: new Set(),
  submodules: [],
  unread: [],
  read: () => undefined,
  bytes: () => undefined,
  exact: () => undefined,
};

/**
 * The audited repository, read-only: the only door to its files. Nothing outside the root is ever opened,
 * links that lead out of it included. A file is read from the disk at most once while it is kept.
 */
export interface Tree {
  /** Absolute path of the root. */
  readonly root: string;
  /** The commit that HEAD names, where it is a git repository. */
  readonly commit?: string;
  /** Sorted by path. */
  readonly files: readonly TreeFile[];
  readonly paths: ReadonlySet<string>;
  /** Submodule paths: named, not entered. */
  readonly submodules: readonly string[];
  /** What could not be listed or read so far: grows with each failed {@link Tree.read}. */
  readonly unread: readonly Unread[];
  /**
   * The text of a file: decoded (UTF-8, UTF-16 with its mark, else Latin-1), without BOM, line ends as `\n`.
   * Undefined when the tree has no such file; undefined, and listed in {@link Tree.unread}, when it is binary, over
   * the limit, or not readable.
   */
  read(path: string): string | undefined;
  /**
   * The bytes, for searches that need no decoding (as UTF-8 where the text is kept already); undefined as for
   * {@link Tree.read}. Good until the next call: copy what is to stay.
   */
  bytes(path: string): Uint8Array | undefined;
  /**
   * The text of a file whose bytes are that text in UTF-8 as it stands: without BOM, with `\n` at its line ends, no link.
   * What is to be changed in place is read so; undefined for every other file.
   */
  exact(path: string): string | undefined;
}
