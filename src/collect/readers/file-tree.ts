import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeText, isBinary } from '#lib/decode.ts';
import { InputError } from '#lib/input-error.ts';
import { Kept } from '#lib/kept.ts';
import type { Unread } from '#model/coverage.ts';
import { listTracked } from './git-index.ts';
import { type Listing, listByWalking, listFromGit, withoutGit } from './listing.ts';
import type { Tree, TreeFile } from './tree.ts';

/** Files over this many bytes are not read. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** Small texts are what several passes ask for; large ones do not push them out. */
const LARGE_TEXT = 128 * 1024;
const KEPT_SMALL = 24 * 1024 * 1024;
const KEPT_LARGE = 12 * 1024 * 1024;

/** How often the disk was read. */
export interface ReadStatistics {
  reads: number;
  bytes: number;
  /** Reads of a file that had been read before. */
  again: number;
}

export interface FileTree extends Tree {
  readonly statistics: Readonly<ReadStatistics>;
}

class ListedFile implements TreeFile {
  readonly path: string;
  readonly tracked: boolean;
  readonly #root: string;

  constructor(root: string, path: string, tracked: boolean) {
    this.#root = root;
    this.path = path;
    this.tracked = tracked;
  }

  get executable(): boolean {
    const mode = lstatSync(join(this.#root, this.path), { throwIfNoEntry: false })?.mode ?? 0;
    return (mode & constants.S_IXUSR) !== 0;
  }
}

/** The bytes of files, with the reason for each that has none. */
class Loader {
  readonly statistics: ReadStatistics = { reads: 0, bytes: 0, again: 0 };
  readonly unread: Unread[] = [];
  readonly #root: string;
  readonly #failed = new Set<string>();
  readonly #inexact = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #small = new Kept<string>(KEPT_SMALL);
  readonly #large = new Kept<string>(KEPT_LARGE);
  #buffer: Buffer | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  text(path: string): string | undefined {
    const kept = this.#small.get(path) ?? this.#large.get(path);
    if (kept !== undefined) return kept;
    const bytes = this.#load(path);
    if (!bytes) return undefined;
    const text = decodeText(bytes);
    if (!isExact(bytes)) this.#inexact.add(path);
    // A text with characters beyond ASCII may take two bytes for each.
    const size = text.length * (bytes.length > text.length ? 2 : 1);
    (size > LARGE_TEXT ? this.#large : this.#small).set(path, text, size);
    return text;
  }

  exact(path: string): string | undefined {
    const text = this.text(path);
    return this.#inexact.has(path) ? undefined : text;
  }

  bytes(path: string): Buffer | undefined {
    const kept = this.#small.get(path) ?? this.#large.get(path);
    return kept === undefined ? this.#load(path) : Buffer.from(kept);
  }

  /** The bytes are in a buffer that the next call writes over. */
  #load(path: string): Buffer | undefined {
    if (this.#failed.has(path)) return undefined;
    let descriptor: number;
    try {
      // A pipe must not make it wait, and a link must not lead it elsewhere.
      descriptor = openSync(
        `${this.#root}/${path}`,
        constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      );
    } catch (thrown) {
      return this.#fail(path, ...whyNot((thrown as NodeJS.ErrnoException).code));
    }
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return this.#fail(path, 'n’est pas un fichier ordinaire', 'not an ordinary file');
      if (stat.size > LARGEST_FILE) return this.#fail(path, 'plus de 5\u00a0Mo', 'over 5 MB');
      this.#buffer ??= Buffer.allocUnsafeSlow(LARGEST_FILE + 1);
      const bytes = this.#buffer.subarray(0, readAll(descriptor, stat.size, this.#buffer));
      this.statistics.reads += 1;
      this.statistics.bytes += bytes.length;
      if (this.#seen.has(path)) this.statistics.again += 1;
      this.#seen.add(path);
      if (bytes.length > LARGEST_FILE) return this.#fail(path, 'plus de 5\u00a0Mo', 'over 5 MB');
      return isBinary(bytes) ? this.#fail(path, 'fichier binaire', 'binary file') : bytes;
    } catch (thrown) {
      return this.#fail(path, ...whyNot((thrown as NodeJS.ErrnoException).code));
    } finally {
      closeSync(descriptor);
    }
  }

  #fail(file: string, fr: string, en: string, asked = false): undefined {
    this.#failed.add(file);
    this.unread.push({ file, why: { fr, en }, asked });
    return undefined;
  }
}

/** Whether the text of these bytes is written back as the same bytes. */
const isExact = (bytes: Buffer): boolean =>
  !bytes.includes(0x0d) && !(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) && isUtf8(bytes);

/** Reads a file to its end, which the first read reaches where the size is the true one. */
function readAll(descriptor: number, size: number, buffer: Buffer): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, length);
    if (read === 0) break;
    length += read;
    if (length === size) break;
  }
  return length;
}

function whyNot(error: string | undefined): [fr: string, en: string, asked: boolean] {
  if (error === 'EACCES' || error === 'EPERM') return ['lecture refusée', 'permission denied', true];
  if (error === 'ELOOP') return ['lien non suivi', 'link not followed', false];
  if (error === 'ENXIO') return ['n’est pas un fichier ordinaire', 'not an ordinary file', false];
  if (error === 'ENOENT') return ['a disparu pendant l’audit', 'gone while the audit ran', true];
  return [`erreur de lecture ${error ?? ''}`, `read error ${error ?? ''}`, true];
}

function folderToAudit(path: string): string {
  try {
    if (statSync(path).isDirectory()) return realpathSync.native(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new InputError(`${path}: no such folder; give the path of a repository`);
    }
    throw new InputError(`${path}: cannot be opened (${code ?? 'unknown'}); check its permissions`);
  }
  throw new InputError(`${path}: not a folder; give the folder of the repository`);
}

/**
 * Opens the folder of a repository for reading. Lists what git tracks there, where git keeps a list (an untracked
 * file is nobody's declaration yet); else everything but ignored files and what tools put there. Files are read
 * when asked for.
 * @throws InputError when the path is no folder, or cannot be listed.
 */
export async function openTree(path: string): Promise<FileTree> {
  const root = folderToAudit(resolve(path));
  const loader = new Loader(root);
  const git = await listTracked(root);
  const tracked = git?.tracked?.length ? git.tracked : undefined;
  const listing: Listing = tracked
    ? listFromGit(root, tracked)
    : listByWalking(root, (file) => loader.text(file));
  if (git?.failure !== undefined) loader.unread.push(withoutGit(git));
  loader.unread.push(...listing.unread);
  const denied = listing.unread.some(({ file, asked }) => file === '.' && asked);
  if (denied && listing.files.length === 0) {
    throw new InputError(`${root}: cannot be listed; check its permissions`);
  }

  const { files, links, submodules } = listing;
  const paths = new Set(links.size > 0 ? [...files, ...links.keys()].sort() : files);
  const own = (file: string) => (paths.has(file) ? (links.get(file) ?? file) : undefined);
  return {
    root,
    ...(git?.commit !== undefined && { commit: git.commit }),
    files: files.map((file) => new ListedFile(root, file, tracked !== undefined)),
    paths,
    submodules,
    unread: loader.unread,
    statistics: loader.statistics,
    read(file) {
      const target = own(file);
      return target === undefined ? undefined : loader.text(target);
    },
    bytes(file) {
      const target = own(file);
      return target === undefined ? undefined : loader.bytes(target);
    },
    exact: (file) => (own(file) === file ? loader.exact(file) : undefined),
  };
}
