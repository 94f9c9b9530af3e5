import { statSync } from 'node:fs';
import path from 'node:path';
import { collectorsFor } from '#collect/collectors.ts';
import { openTree } from '#collect/readers/file-tree.ts';
import { collectRepository } from '#collect/repo/collect-repository.ts';
import { InputError } from '#lib/input-error.ts';
import type { Artifacts } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';

/** A file that is asked about, with what was read of the repository around it. */
export interface FileAround {
  /** The folder that paths are from, absolute. */
  root: string;
  /** From {@link root}, with slashes. */
  file: string;
  artifacts: Artifacts;
  files: ReadonlySet<string>;
  /** Of this file: what of it was not read. */
  unread: Unread[];
}

/**
 * Reads a file and the repository that it stands in: the nearest folder above it that git knows, else its own.
 * @throws InputError where there is no such file
 */
export async function fileAround(given: string): Promise<FileAround> {
  const absolute = path.resolve(given);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InputError(`${given}: ${found ? 'not a file' : 'no such file'}`);
  const root = repositoryOf(path.dirname(absolute));
  const tree = await openTree(root);
  const file = path.relative(root, absolute).replaceAll(path.sep, '/');
  if (!tree.paths.has(file))
    throw new InputError(
      `${given}: git ignores it, and Constat reads what git knows of; take it off the ignore list, or copy it elsewhere`,
    );
  const collected = collectRepository(tree, await collectorsFor(tree, undefined, false));
  return {
    root,
    file,
    artifacts: collected.artifacts,
    files: tree.paths,
    unread: [...tree.unread, ...collected.unread].filter((one) => one.file === file),
  };
}

function repositoryOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (statSync(path.join(at, '.git'), { throwIfNoEntry: false })) return at;
    if (path.dirname(at) === at) return folder;
  }
}
