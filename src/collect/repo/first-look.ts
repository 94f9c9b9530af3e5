import type { Tree } from '../readers/tree.ts';
import { type Format, sniff } from './formats.ts';
import { type Marks, marksIn } from './program-settings/marks.ts';
import { type Suspect, suspectsIn } from './secret-suspects.ts';

/** What one look at a file's text tells the passes that come after the collectors. */
export interface FirstLook {
  suspects: Suspect[];
  format?: Format;
  /** Of code: that it may read settings, serve requests or start commands. */
  marks?: Marks;
}

/**
 * Kept by tree for as long as the tree is: the collectors' own reading fills it, so that the search for secrets and
 * for formats reads no file a second time. A file with nothing to tell costs one entry.
 */
const looks = new WeakMap<Tree, Map<string, FirstLook | undefined>>();

/**
 * The first look at a file. Reads it unless that was done, or its text is given; undefined when it cannot be read or
 * tells nothing.
 */
export function firstLook(tree: Tree, path: string, text?: string): FirstLook | undefined {
  const seen = looks.get(tree) ?? new Map<string, FirstLook | undefined>();
  looks.set(tree, seen);
  if (seen.has(path)) return seen.get(path);
  const shown = text ?? textOf(tree, path);
  const suspects = shown === undefined ? [] : suspectsIn(shown);
  const format = shown === undefined ? undefined : sniff(path.toLowerCase(), shown);
  const marks = shown === undefined ? 0 : marksIn(path, shown);
  const look =
    suspects.length > 0 || format || marks !== 0
      ? { suspects, ...(format && { format }), ...(marks !== 0 && { marks }) }
      : undefined;
  seen.set(path, look);
  return look;
}

/** Marks are ASCII: bytes need decoding only where each character takes two. */
function textOf(tree: Tree, path: string): string | undefined {
  const bytes = tree.bytes(path);
  if (!bytes) return undefined;
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return tree.read(path);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
