import { type ChildProcess, spawn } from 'node:child_process';
import { noProgram } from './ssh-refusal.ts';

/** Processes that run: none of them outlives this one. */
const running = new Set<ChildProcess>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends a process and what it started: it leads a group of its own. */
export function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  for (const pid of [-child.pid, child.pid])
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
}

const killAll = () => running.forEach(kill);

function onSignal(signal: NodeJS.Signals): void {
  killAll();
  // Where nothing else answers the signal, it does what it would have done.
  if (process.listenerCount(signal) === 1) {
    process.removeListener(signal, onSignal);
    process.kill(process.pid, signal);
  }
}

function watch(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  running.add(child);
  const ended = () => {
    if (!running.delete(child) || running.size > 0) return;
    process.removeListener('exit', killAll);
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  child.once('exit', ended);
  child.once('error', ended);
}

/**
 * Starts a program by its arguments, through no shell, as leader of a group of its own and without a terminal that it could
 * ask anything on. Alone in this project: nothing else starts one (test/house/).
 */
export function start(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const child = spawn(program, parameters, {
    env: environment,
    detached: true,
    shell: false,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  watch(child);
  // A pipe that breaks is told by the end of the process.
  child.stdin?.on('error', () => {});
  return child;
}

/** What one short program writes, cut at 256 KiB; undefined where it does not end in time. */
export function output(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  seconds: number,
): Promise<{ code: number | null; stdout: string; stderr: string } | undefined> {
  return new Promise((resolve, reject) => {
    const child = start(program, parameters, environment);
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (data: string) => {
        if (said[name].length < 262_144) said[name] += data;
      });
    const timer = setTimeout(() => {
      kill(child);
      resolve(undefined);
    }, seconds * 1000);
    child.stdin?.end();
    child.once('error', () => {
      clearTimeout(timer);
      reject(new NoProgram(program));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...said });
    });
  });
}

/** There is no such program on this machine, or it may not be started. */
export class NoProgram extends Error {
  readonly refusal;

  constructor(program: string) {
    super(`${program} cannot be started`);
    this.name = 'NoProgram';
    this.refusal = noProgram(program);
  }
}
