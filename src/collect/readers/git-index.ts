import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GIT, gitFiles, LARGEST_INDEX, regularFile, repositoryOf } from './git-files.ts';

/** What git's own files say of a folder. */
export interface GitListing {
  /** The commit that HEAD names, in hexadecimal. */
  commit?: string;
  /**
   * The paths in the index below the folder, relative to it; undefined when the index cannot be read. A path that
   * ends with a slash is a folder that a sparse checkout leaves out.
   */
  tracked?: string[];
  /** Why `tracked` is undefined, for people who know git. */
  failure?: string;
}

/** A split index keeps most paths in a second file, which the library would pass over without a word. */
function isSplit(folder: string): boolean {
  const names = readdirSync(folder);
  return (
    names.some((name) => name.startsWith('sharedindex.')) &&
    regularFile(join(folder, 'index'), LARGEST_INDEX)?.includes('\0link\0') === true
  );
}

/**
 * Asks git's own files what it tracks in a folder that is a repository, a work tree, a submodule, or inside one.
 * `git` itself is never started: a hostile configuration can make it run programs. Undefined when no repository
 * encloses the folder.
 */
export async function listTracked(root: string): Promise<GitListing | undefined> {
  const repository = repositoryOf(root);
  if (!repository) return undefined;
  const { listFiles, resolveRef } = await import('isomorphic-git');
  const fs = gitFiles(repository.folder);
  const commit = await resolveRef({ fs, gitdir: GIT, ref: 'HEAD' }).catch(() => undefined);
  const listing: GitListing = /^[0-9a-f]{40}$/.test(commit ?? '') ? { commit: String(commit) } : {};
  try {
    if (isSplit(repository.folder)) return { ...listing, failure: 'split index' };
    const all = await listFiles({ fs, gitdir: GIT });
    const { below } = repository;
    if (below === '') return { ...listing, tracked: all };
    const inside = all.filter((path) => path.startsWith(`${below}/`));
    return { ...listing, tracked: inside.map((path) => path.slice(below.length + 1)) };
  } catch (thrown) {
    const version = /version: (\d+)/.exec(thrown instanceof Error ? thrown.message : '')?.[1];
    return { ...listing, failure: version ? `index version ${version}` : 'damaged index' };
  }
}
