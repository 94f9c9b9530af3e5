import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

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

const LARGEST_INDEX = 512 * 1024 * 1024;

/** The bytes of a regular file; undefined when there is none. Never waits on a pipe, never opens a device. */
function regularFile(path: string, most: number): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > most) return undefined;
    const bytes = Buffer.allocUnsafe(stat.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(descriptor, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Where git keeps its files for a work tree: `.git` itself, or the folder that a `.git` file names. */
function gitFolder(workTree: string): string | undefined {
  const path = join(workTree, '.git');
  const pointer = regularFile(path, 4096)?.toString('utf8');
  const folder =
    pointer === undefined ? path : resolve(workTree, /^gitdir: (.+)/.exec(pointer)?.[1] ?? '.git');
  return regularFile(join(folder, 'HEAD'), 4096) ? folder : undefined;
}

function enclosingRepository(root: string): { workTree: string; folder: string } | undefined {
  for (let workTree = root; ; workTree = dirname(workTree)) {
    const folder = gitFolder(workTree);
    if (folder) return { workTree, folder };
    if (dirname(workTree) === workTree) return undefined;
  }
}

/** The folder of what all work trees of a repository share; git's folder itself where there is only one. */
function sharedFolder(folder: string): string {
  const pointer = regularFile(join(folder, 'commondir'), 4096)?.toString('utf8').trim();
  return pointer ? resolve(folder, pointer) : folder;
}

const GIT = '/git';

/**
 * The only file functions that the git library is given. Under `/git` it sees git's folder and what that shares with
 * other work trees; there is nothing else it could open, and nothing it could write.
 */
function gitFiles(folder: string) {
  const shared = sharedFolder(folder);
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error('not given'), { code: 'ENOENT' });
  };
  const placeOf = (path: string): string => {
    const name = path.startsWith(`${GIT}/`) ? path.slice(GIT.length + 1) : '';
    return join(name === 'HEAD' || name === 'index' ? folder : shared, join('/', name));
  };
  return {
    promises: {
      async readFile(path: string, options?: { encoding?: BufferEncoding } | BufferEncoding) {
        const bytes = regularFile(placeOf(path), LARGEST_INDEX) ?? (await refuse());
        const encoding = typeof options === 'string' ? options : options?.encoding;
        return encoding ? bytes.toString(encoding) : bytes;
      },
      stat: async (path: string) => statSync(placeOf(path)),
      lstat: async (path: string) => lstatSync(placeOf(path)),
      readdir: refuse,
      readlink: refuse,
      symlink: refuse,
      writeFile: refuse,
      mkdir: refuse,
      rmdir: refuse,
      unlink: refuse,
    },
  };
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
  const repository = enclosingRepository(root);
  if (!repository) return undefined;
  const { listFiles, resolveRef } = await import('isomorphic-git');
  const fs = gitFiles(repository.folder);
  const commit = await resolveRef({ fs, gitdir: GIT, ref: 'HEAD' }).catch(() => undefined);
  const listing: GitListing = /^[0-9a-f]{40}$/.test(commit ?? '') ? { commit: String(commit) } : {};
  try {
    if (isSplit(repository.folder)) return { ...listing, failure: 'split index' };
    const all = await listFiles({ fs, gitdir: GIT });
    const below = relative(repository.workTree, root).split(sep).join('/');
    if (below === '') return { ...listing, tracked: all };
    const inside = all.filter((path) => path.startsWith(`${below}/`));
    return { ...listing, tracked: inside.map((path) => path.slice(below.length + 1)) };
  } catch (thrown) {
    const version = /version: (\d+)/.exec(thrown instanceof Error ? thrown.message : '')?.[1];
    return { ...listing, failure: version ? `index version ${version}` : 'damaged index' };
  }
}
