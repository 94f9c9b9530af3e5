import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Observation } from './observe.ts';

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

/** A command with its arguments; the exit codes with which it did its work. */
export interface Measured {
  command: readonly string[];
  cwd?: string;
  environment?: Record<string, string>;
  accepts?: readonly number[];
  /** In seconds: what takes longer is ended, with all that it started. */
  limit?: number;
}

/** How one run went. */
export interface Run {
  seconds: number;
  /** It was ended at its limit. */
  cut: boolean;
}

/** Runs a command to its end. @throws when it ends otherwise than it may. */
export async function runOnce(measured: Measured): Promise<Run>;
export async function runOnce(
  measured: Measured,
  observed: true,
): Promise<Run & { observation: Observation }>;
export async function runOnce(
  { command, cwd, environment, accepts = [0], limit }: Measured,
  observed = false,
): Promise<Run & { observation?: Observation }> {
  const [program = '', ...parameters] = command;
  const preload = pathToFileURL(path.join(import.meta.dirname, 'observe.ts')).href;
  const started = performance.now();
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, ...environment, ...(observed && { NODE_OPTIONS: `--import=${preload}` }) },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    // a group of its own, which can be ended as one
    detached: limit !== undefined,
  });
  let said = '';
  let told = '';
  child.stderr?.on('data', (data) => {
    said = `${said}${data}`.slice(-4000);
  });
  child.stdio[3]?.on('data', (data) => {
    told += data;
  });
  let cut = false;
  const late = limit === undefined ? undefined : setTimeout(end, limit * 1000);
  function end(): void {
    cut = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearTimeout(late));
  const seconds = (performance.now() - started) / 1000;
  if (cut && !observed) return { seconds, cut };
  if (status === null || !accepts.includes(status))
    throw new Error(`${command.join(' ')}: exit code ${status}\n${said}`);
  // the launcher may start Node.js for itself before it becomes what is measured
  const last = told.trimEnd().split('\n').at(-1) ?? '';
  return { seconds, cut, ...(observed && { observation: JSON.parse(last) as Observation }) };
}

/**
 * Runs commands in turn, so many rounds of all of them: what slows the machine for a while slows them all. Gives the
 * median time of each, in seconds.
 */
export async function alternate<K extends string>(
  commands: Record<K, Measured>,
  rounds: number,
): Promise<Record<K, number>> {
  const names = Object.keys(commands) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) times.get(name)?.push((await runOnce(commands[name])).seconds);
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}
