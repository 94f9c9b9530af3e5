import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Entry, Event } from './event.ts';
import { flushFolder, JOURNAL_FILE, openDurably } from './folder.ts';

/** Where events are kept before what they tell of happens. */
export interface Journal {
  readonly entries: readonly Entry[];
  /** Gives once the event is on the disk. */
  write(event: Event): void;
  close(): void;
}

/** The sum of a line covers the line before it: none can be lost, moved or changed unseen. */
const sumOf = (before: string, line: string): string =>
  createHash('sha256').update(`${before}\n${line}`).digest('hex').slice(0, 16);

/**
 * What a journal holds. A last line that was not written to its end is what a kill leaves, and is left out: what it
 * would have told of was not begun.
 * @throws InputError where a line in the middle is not what was written
 */
export function readEntries(text: string, file: string): { entries: Entry[]; bytes: number; sum: string } {
  const lines = text.split('\n');
  const torn = lines.pop() !== '';
  const entries: Entry[] = [];
  let sum = '';
  let bytes = 0;
  for (const [index, line] of lines.entries()) {
    const own = sumOf(sum, line.slice(0, -LENGTH_OF_SUM));
    const entry = parsed(line);
    if (line.slice(-LENGTH_OF_SUM) !== withSum(own) || entry?.seq !== index) {
      if (index === lines.length - 1 && !torn && !entry) break;
      throw new InputError(
        `${file}: line ${index + 1} is not what was written; nothing is done by a journal that cannot be trusted`,
      );
    }
    entries.push(entry);
    sum = own;
    bytes += Buffer.byteLength(line) + 1;
  }
  return { entries, bytes, sum };
}

const withSum = (sum: string): string => `,"sum":"${sum}"}`;
const LENGTH_OF_SUM = withSum('0'.repeat(16)).length;

function parsed(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

/**
 * Opens the journal of a run, and takes away a last line that was torn.
 * @throws InputError as {@link readEntries}
 */
export async function openJournal(folder: string, now: () => Date): Promise<Journal> {
  const file = path.join(folder, JOURNAL_FILE);
  const descriptor = openDurably(file, 'append');
  const known = readEntries(readFileSync(file, 'utf8'), file);
  ftruncateSync(descriptor, known.bytes);
  await flushFolder(folder);
  const { entries } = known;
  let { sum } = known;
  let broken = false;
  return {
    entries,
    write(event) {
      const entry: Entry = { seq: entries.length, at: now().toISOString(), ...event };
      const line = JSON.stringify(entry).slice(0, -1);
      const next = sumOf(sum, line);
      // after a line that may be torn another would make the journal one that cannot be trusted
      if (broken) throw new Error(`${file} could not be written`);
      broken = true;
      writeFileSync(descriptor, `${line}${withSum(next)}\n`);
      broken = false;
      sum = next;
      entries.push(entry);
    },
    close: () => closeSync(descriptor),
  };
}
