import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Text } from '#model/text.ts';
import { replaceFile } from './replace-file.ts';

export const LOCK_FILE = 'constat.lock.json';

/** The gap ids given so far, by fingerprint. An id is never given twice, also when its gap is gone. */
export interface Lock {
  version: 1;
  next: number;
  gaps: Record<string, string>;
  /** What each gap is that was there when it was last looked for, by id; of locks since gaps are closed. */
  open?: Record<string, OpenGap>;
  /** The gaps that are there no more, by id. */
  closed?: Record<string, LockedClosure>;
}

/** A gap that was found, with what an audit must have read before it may say that it is gone. */
export interface OpenGap {
  rule: string;
  /** As the audit that gave its number had it. */
  title: Text;
  /** What the audit had read that found it, the least of all that did. Left out: the repository and its documents. */
  read?: readonly string[];
  /** The files of its evidence. */
  files?: readonly string[];
}

export interface LockedClosure {
  rule: string;
  title: Text;
  /** The day of the audit that no longer found it, YYYY-MM-DD. */
  on: string;
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
    const open = described(lock.open, () => true);
    const closed = described(lock.closed, ({ on }) => typeof on === 'string');
    return {
      version: 1,
      next: lock.next,
      gaps: Object.fromEntries(gaps),
      ...(open && { open }),
      ...(closed && { closed }),
    };
  } catch {
    throw new InputError(
      `${file}: not a lock file of Constat; restore it from version control, or delete it to number the gaps anew`,
    );
  }
}

/** @throws TypeError where an entry is not what a lock has there */
function described<T extends { rule: string; title: Text }>(
  entries: Record<string, T> | undefined,
  isSound: (entry: T) => boolean,
): Record<string, T> | undefined {
  if (entries === undefined) return undefined;
  for (const entry of Object.values(entries)) {
    const { rule, title } = entry;
    if (![rule, title.fr, title.en].every((one) => typeof one === 'string') || !isSound(entry))
      throw new TypeError();
  }
  return entries;
}

/** How gaps are numbered. */
export interface Numbering {
  prefix: string;
  /** Where numbers start; those that were given already are never given again. Default 1. */
  first?: number;
  /** Ids of another audit, by fingerprint: these findings take no number. */
  known?: ReadonlyMap<string, string>;
  /** Every id of another audit that `constat.yaml` names: none of them is given to something else. */
  taken?: ReadonlySet<string>;
}

/** Gives each fingerprint its id: that of another audit, the one it had, else the next number in the order given. */
export function assignGaps(
  lock: Lock,
  fingerprints: readonly string[],
  { prefix, first = 1, known = new Map(), taken = new Set() }: Numbering,
): { ids: Map<string, string>; lock: Lock } {
  const gaps = new Map(Object.entries(lock.gaps));
  let next = lock.next;
  const given = (): string => {
    next = Math.max(next, first);
    for (;;) {
      const id = `${prefix}-${String(next++).padStart(4, '0')}`;
      if (!taken.has(id)) return id;
    }
  };
  const ids = new Map<string, string>();
  for (const fingerprint of fingerprints) {
    const id = known.get(fingerprint) ?? gaps.get(fingerprint) ?? given();
    if (!known.has(fingerprint)) gaps.set(fingerprint, id);
    ids.set(fingerprint, id);
  }
  return { ids, lock: { ...lock, next, gaps: sorted(gaps) } };
}

/** By id, so that two audits that find the same write the same bytes. */
const sorted = (gaps: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...gaps].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)));

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
