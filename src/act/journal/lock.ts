import { randomUUID } from 'node:crypto';
import { closeSync, readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { openDurably } from './folder.ts';

export const LOCK_FILE = 'apply.lock';

/** A process that holds the lock, or held it. */
interface Owner {
  /** Of this one time that it is taken. */
  id: string;
  pid: number;
  host: string;
  /** What no other process of this number has: the boot of the machine, and when in it the process began. */
  started: string;
  at: string;
}

/** One line of the lock. A taking counts only while the lock is held by whom it says it is taken over from. */
type Line = { takes: Owner; over: string | undefined } | { leaves: string };

export interface Held {
  /** @throws InputError where the lock is no longer this run's. */
  check(): void;
  release(): void;
}

/**
 * Keeps two runs of one folder apart. The lock is a list that is only ever added to, by writes at its end, which the
 * system puts in an order that is the same for all: of two that find a dead owner, the one whose line comes first has
 * the lock, and the other sees it. Nothing is deleted, so nobody can delete what somebody else has just made.
 * @throws InputError where another run holds it
 */
export function takeLock(home: string, now: () => Date): Held {
  const file = path.join(home, LOCK_FILE);
  const own: Owner = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid) ?? '',
    at: now().toISOString(),
  };
  for (;;) {
    const holder = holderOf(linesOf(file));
    if (holder && isAlive(holder))
      throw new InputError(
        `another run holds ${file}: process ${holder.pid} on ${holder.host}, since ${holder.at}. ${
          holder.host === own.host
            ? 'Wait until it ends'
            : 'Wait until it ends; delete the file only if you know that it no longer runs'
        }`,
      );
    add(file, { takes: own, over: holder?.id });
    if (holderOf(linesOf(file))?.id === own.id) break;
  }
  return {
    check() {
      if (holderOf(linesOf(file))?.id !== own.id)
        throw new InputError(`${file} was taken from this run: nothing more is changed`);
    },
    release: () => add(file, { leaves: own.id }),
  };
}

/** The process that holds the lock of a folder, whether it still runs or not; undefined where nobody does. */
export const lockHolder = (home: string): number | undefined =>
  holderOf(linesOf(path.join(home, LOCK_FILE)))?.pid;

/** Who holds the lock once all lines have been heard in their order. */
function holderOf(lines: readonly Line[]): Owner | undefined {
  let holder: Owner | undefined;
  for (const line of lines)
    if ('takes' in line) {
      if (line.over === holder?.id) holder = line.takes;
    } else if (line.leaves === holder?.id) holder = undefined;
  return holder;
}

/** A line that a kill tore ends where the next begins, and counts for nothing. */
function linesOf(file: string): Line[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

/** Begins a line of its own, whatever stands before it; one write, which the system does not divide. */
function add(file: string, line: Line): void {
  const descriptor = openDurably(file, 'append');
  try {
    writeSync(descriptor, `\n${JSON.stringify(line)}\n`);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a process runs, as far as it can be known here: of another machine it is taken for running. */
function isAlive({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // another user's process cannot be signalled, but is there
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const start = startOf(pid);
  return start === undefined || started === '' || start === started;
}

/** proc_pid_stat(5): field 22 is when the process began, in ticks since the boot. Undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the second field is a name between parentheses, in which anything may stand
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // a process that has ended and that nobody asked for yet
    return fields[0] === 'Z' ? '' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
