import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { replaceFile } from './replace-file.ts';

export const LOCK_FILE = 'constat.lock.json';

/** The gap ids given so far, by fingerprint. An id is never given twice, also when its gap is gone. */
export interface Lock {
  version: 1;
  next: number;
  gaps: Record<string, string>;
}

const EMPTY: Lock = { version: 1, next: 1, gaps: {} };

/**
 * Reads the lock beside `constat.yaml`.
 * @throws InputError when it is there and is not one.
 */
export function readLock(root: string): Lock {
  const file = path.join(root, LOCK_FILE);
  if (!existsSync(file)) return EMPTY;
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as Partial<Lock>;
    const gaps = Object.entries(lock.gaps ?? {});
    if (lock.version !== 1 || typeof lock.next !== 'number' || gaps.some(([, id]) => typeof id !== 'string'))
      throw new TypeError();
    return { version: 1, next: lock.next, gaps: Object.fromEntries(gaps) };
  } catch {
    throw new InputError(
      `${file}: not a lock file of Constat; restore it from version control, or delete it to number the gaps anew`,
    );
  }
}

/** Gives each fingerprint its id: the one it had, else the next number in the order given. */
export function assignGaps(
  lock: Lock,
  fingerprints: readonly string[],
  prefix: string,
): { ids: Map<string, string>; lock: Lock } {
  const gaps = new Map(Object.entries(lock.gaps));
  let next = lock.next;
  const ids = new Map<string, string>();
  for (const fingerprint of fingerprints) {
    let id = gaps.get(fingerprint);
    if (id === undefined) {
      id = `${prefix}-${String(next++).padStart(4, '0')}`;
      gaps.set(fingerprint, id);
    }
    ids.set(fingerprint, id);
  }
  const sorted = [...gaps].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { ids, lock: { version: 1, next, gaps: Object.fromEntries(sorted) } };
}

/** Writes the lock, whole or not at all; false when the folder cannot be written. */
export function writeLock(root: string, lock: Lock): boolean {
  const file = path.join(root, LOCK_FILE);
  const text = `${JSON.stringify(lock, null, 2)}\n`;
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return true;
    replaceFile(file, text);
    return true;
  } catch {
    return false;
  }
}
