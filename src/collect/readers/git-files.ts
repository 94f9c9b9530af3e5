import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Git's own files over this many bytes are not opened. */
export const LARGEST_INDEX = 512 * 1024 * 1024;

/** The bytes of a regular file; undefined when there is none. Never waits on a pipe, never opens a device. */
export function regularFile(path: string, most: number): Buffer | undefined {
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

/** The repository that encloses a folder. */
export interface Repository {
  /** The folder of git's files of this work tree. */
  folder: string;
  /** The folder of what all its work trees share: objects, references. */
  shared: string;
  /** Where the folder lies in the work tree, with slashes; empty for the work tree itself. */
  below: string;
  /** The commits beyond which a shallow clone knows nothing. */
  shallow: ReadonlySet<string>;
}

/** Finds the repository, the work tree or the submodule that a folder is, or is inside of; undefined when none is. */
export function repositoryOf(root: string): Repository | undefined {
  for (let workTree = root; ; workTree = dirname(workTree)) {
    const folder = gitFolder(workTree);
    if (folder) {
      const shared = sharedFolder(folder);
      const edge = regularFile(join(shared, 'shallow'), LARGEST_INDEX)?.toString('latin1') ?? '';
      return {
        folder,
        shared,
        below: relative(workTree, root).split(sep).join('/'),
        shallow: new Set(edge.split('\n').filter(Boolean)),
      };
    }
    if (dirname(workTree) === workTree) return undefined;
  }
}

/** The folder of what all work trees of a repository share; git's folder itself where there is only one. */
function sharedFolder(folder: string): string {
  const pointer = regularFile(join(folder, 'commondir'), 4096)?.toString('utf8').trim();
  return pointer ? resolve(folder, pointer) : folder;
}

/** Where the library finds git's folder. */
export const GIT = '/git';

/**
 * The only file functions that the git library is given. Under `/git` it sees git's folder and what that shares with other work
 * trees; there is nothing else it could open, and nothing it could write.
 */
export function gitFiles(folder: string) {
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
