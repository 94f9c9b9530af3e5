import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';

/** Where runs are kept, in the folder in which a command is started. */
export const HOME = '.constat';

export const PLAN_FILE = 'plan.json';
export const JOURNAL_FILE = 'journal.jsonl';

const RUN_ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

export const runFolder = (root: string, run: string): string => path.join(root, HOME, 'runs', run);

/**
 * The folder of runs, made where it is not there.
 * @throws InputError where it is a link, which an audited repository may have set, or cannot be made
 */
export async function openHome(root: string): Promise<string> {
  const home = path.join(root, HOME);
  const runs = path.join(home, 'runs');
  for (const folder of [home, runs])
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new InputError(`${folder} is a link, which the audited repository may have set; remove it`);
  try {
    mkdirSync(runs, { recursive: true });
    await flushFolder(home);
    await flushFolder(root);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new InputError(
      `${runs}: cannot be made (${why}); the journal stands there, and nothing is changed without one`,
    );
  }
  return home;
}

/**
 * Names that were made in a folder are on the disk once this ends. By a handle: Node.js's permission model, under which
 * the command runs, refuses `fsyncSync`.
 */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const { O_APPEND, O_CREAT, O_RDWR, O_SYNC, O_TRUNC } = constants;

/**
 * Opens a file of which each write is on the disk before it ends (open(2), O_SYNC), for the reason of
 * {@link flushFolder}.
 */
export const openDurably = (file: string, how: 'append' | 'replace'): number =>
  openSync(file, O_RDWR | O_CREAT | O_SYNC | (how === 'append' ? O_APPEND : O_TRUNC), 0o600);

/** Writes a file whole or not at all, and gives once it is on the disk. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`;
  const descriptor = openDurably(draft, 'replace');
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  await flushFolder(path.dirname(file));
}

/** The ids of the runs that are kept, oldest first. */
export function runIds(root: string): string[] {
  try {
    return readdirSync(path.join(root, HOME, 'runs'))
      .filter((name) => RUN_ID.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** The id of a run: the moment of its start, and four digits by chance. */
export function newRunId(now: Date, chance: number): string {
  const [day = '', time = ''] = now.toISOString().split(/[T.]/);
  const digits = Math.floor(chance * 0x10000).toString(16);
  return `${day.replaceAll('-', '')}-${time.replaceAll(':', '')}-${digits.padStart(4, '0')}`;
}

/**
 * The folder of a run that is there.
 * @throws InputError for a run that is not
 */
export function existingRun(root: string, run: string): string {
  const known = runIds(root);
  if (!known.includes(run))
    throw new InputError(
      `${run}: no run in ${path.join(HOME, 'runs')}; ${known.length > 0 ? `the last is ${known.at(-1)}` : 'there is none'}`,
    );
  return runFolder(root, run);
}

/** Makes the folder of a run that is new; gives its path. */
export async function makeRunFolder(root: string, run: string): Promise<string> {
  const folder = runFolder(root, run);
  mkdirSync(folder);
  await flushFolder(path.dirname(folder));
  return folder;
}

/** The text of a file of a run; undefined where it is not there. */
export function textOf(folder: string, file: string): string | undefined {
  try {
    return readFileSync(path.join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
