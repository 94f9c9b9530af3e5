import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { decodeText, isBinary } from '#lib/decode.ts';
import type { Text } from '#model/text.ts';

/** A file that the user names by itself may be larger than those of a tree; beyond this it is not read. */
export const LARGEST_GIVEN = 256 * 1024 * 1024;
const CHUNK = 1024 * 1024;

/** Why a file has no text. */
export interface Refused {
  why: Text;
  isBinary?: true;
}

/**
 * The text of a file that the user named, wherever it is; a pipe is read to its end. Binary, too large or not readable:
 * why it has none.
 */
export function readGiven(path: string): { text: string } | Refused {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY);
  } catch (thrown) {
    return refused(thrown);
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return why('est un dossier', 'is a folder');
    if (stat.size > LARGEST_GIVEN) return TOO_LARGE;
    const bytes = allOf(descriptor, stat.size);
    if (!bytes) return TOO_LARGE;
    return isBinary(bytes)
      ? { ...why('fichier binaire', 'binary file'), isBinary: true }
      : { text: decodeText(bytes) };
  } catch (thrown) {
    return refused(thrown);
  } finally {
    closeSync(descriptor);
  }
}

const why = (fr: string, en: string): Refused => ({ why: { fr, en } });
const TOO_LARGE = why('plus de 256\u00a0Mo', 'over 256 MB');

function refused(thrown: unknown): Refused {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return why('aucun fichier de ce nom', 'no such file');
  if (code === 'EACCES' || code === 'EPERM') return why('lecture refusée', 'permission denied');
  return why(`erreur de lecture ${code ?? ''}`.trim(), `read error ${code ?? ''}`.trim());
}

/** Everything up to the end, which a pipe does not tell beforehand; undefined beyond what is read. */
function allOf(descriptor: number, size: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(CHUNK, size - length + 1));
    const read = readSync(descriptor, chunk, 0, chunk.length, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > LARGEST_GIVEN) return undefined;
  }
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks, length);
}

/**
 * The path of a file from a folder, with forward slashes, where it lies in it; undefined outside of it. A link is
 * followed to where it leads.
 */
export function pathWithin(root: string, path: string): string | undefined {
  const from = relative(real(root), real(path));
  const isOutside = from === '' || from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from);
  return isOutside ? undefined : from.split(sep).join('/');
}

/** A file that is not there is placed by its folder. */
function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(real(folder), basename(path));
  }
}
