import path from 'node:path';
import type { BashExecResult } from 'just-bash';
import { type Budget, UNITS } from './budget.ts';
import { Machine } from './machine.ts';
import { mark, markScriptFile, shellWords } from './mark.ts';
import { ROOT } from './repository.ts';
import { freeVariables, inspect, type Script } from './script.ts';
import type { Session } from './session.ts';
import { staticCalls } from './static-calls.ts';
import { toolFor } from './tools/all.ts';
import { commandWithin } from './wrappers.ts';

/** A script to rehearse in a session. */
export interface Rehearsed {
  /** The file that holds it, and the line of the file on which it starts. */
  file: string;
  line: number;
  environment: ReadonlyMap<string, string>;
  cwd: string;
  /** Arguments, for a script that is a file of its own. */
  arguments?: readonly string[];
  /** False: only parsed. */
  run: boolean;
  /** When it is spent, nothing more is run. */
  budget: Budget;
  remote?: string;
}

export interface Outcome {
  stdout: string;
  exitCode: number;
}

const MISSING =
  /^bash: (?:line \d+: )?(\S*[/.]\S*): (No such file or directory|Permission denied|command not found)$/gm;

const OWN_MESSAGE = /^(bash|jq|yq|sed|awk|grep|cp|mv|cat|tar|find|ls|cd|rm): /;

/** The machine of a session, started when its first script runs. */
const machines = new WeakMap<Session, Machine>();
function machineOf(session: Session): Machine {
  let machine = machines.get(session);
  if (!machine) {
    session.budget?.spend(UNITS.machine);
    machine = new Machine(session);
    machines.set(session, machine);
  }
  return machine;
}

/**
 * Rehearses one script: runs it, runs it a second time without its guards where one of them ended it, and adds by
 * parsing the calls of lines that were never reached.
 */
export async function runScript(session: Session, source: string, how: Rehearsed): Promise<Outcome> {
  const script = inspect(source);
  const outer = session.remote;
  if (how.remote !== undefined) session.remote = how.remote;
  let outcome: Outcome = { stdout: '', exitCode: 0 };
  try {
    session.budget = how.budget;
    const inTime = !how.budget.isSpent;
    if (how.run && !inTime) session.note('the time for this rehearsal was used up: the rest is only parsed');
    if (!script.tree) session.note(`line ${how.line}: the script does not parse: ${script.error ?? ''}`);
    else if (how.run && inTime) outcome = await rehearse(session, script, how);
    await addStatic(session, script, how);
  } finally {
    session.remote = outer;
  }
  return outcome;
}

async function rehearse(session: Session, script: Script, how: Rehearsed): Promise<Outcome> {
  const machine = machineOf(session);
  machine.learn(script);
  await machine.shell.fs.mkdir(how.cwd, { recursive: true });
  const environment = new Map(how.environment);
  for (const name of freeVariables(script))
    if (!environment.has(name)) environment.set(name, session.symbols.of(`$${name}`));

  const result = await attempt(machine, script, how, environment, true);
  if (result.exitCode !== 0 && result.exitCode !== 126 && script.names.has('exit')) {
    // A guard ended it: what lies behind is looked at with the guards off, and is not sure.
    for (const name of script.assigned)
      if (!environment.has(name) && script.read.get(name) !== 'default')
        environment.set(name, session.symbols.of(`$${name}`));
    await withoutGuards(machine, script, how, environment);
  }
  for (const [, file = '', problem = ''] of result.stderr.matchAll(MISSING))
    if (isOfRepository(session, how.cwd, file))
      session.note(`line ${how.line}: ${file.replace(`${ROOT}/`, '')}: ${problem}`);
  const last = result.stderr.trim().split('\n').at(-1) ?? '';
  if (result.exitCode !== 0 && !last.includes('numeric argument required')) {
    // Only what the shell itself says: a script may print anything.
    const reason = OWN_MESSAGE.test(last) ? `: ${last.slice(0, 120)}` : '';
    session.note(`line ${how.line}: ended with ${result.exitCode} in the simulation${reason}`);
  }
  return result;
}

/** Whether a script that is not there should be in the repository: its folder is. Others are downloaded or built. */
function isOfRepository(session: Session, cwd: string, file: string): boolean {
  const folder = path.posix.relative(ROOT, path.posix.dirname(path.posix.resolve(cwd, file)));
  return folder !== '' && !folder.startsWith('..') && session.repository.entries(folder) !== undefined;
}

async function withoutGuards(
  machine: Machine,
  script: Script,
  how: Rehearsed,
  environment: ReadonlyMap<string, string>,
): Promise<void> {
  const { session } = machine;
  const sure = session.calls.length;
  const key = (call: (typeof session.calls)[number]) =>
    `${call.file}:${call.line} ${JSON.stringify(call.arguments)}`;
  const seen = new Set(session.calls.map(key));
  const kept = new Set(session.reached);
  const outer = session.unsure;
  session.unsure = true;
  try {
    await attempt(machine, script, how, environment, false);
  } finally {
    session.unsure = outer;
  }
  const added = session.calls.splice(sure).filter((call) => !seen.has(key(call)));
  session.calls.push(...added);
  if (added.length === 0) for (const at of session.reached) if (!kept.has(at)) session.reached.delete(at);
}

async function attempt(
  machine: Machine,
  script: Script,
  how: Rehearsed,
  environment: ReadonlyMap<string, string>,
  guards: boolean,
): Promise<BashExecResult> {
  const { session, repository } = machine;
  const file = repository.number(how.file);
  let text: string;
  if (how.arguments) {
    const path = `${ROOT}/${how.file}`;
    session.files.writeFileSync(
      path,
      markScriptFile(script, file, session.symbols, { guards, path, guarded: session.repository.guarded }),
      undefined,
      {
        mode: 0o755,
      },
    );
    text = `${shellWords([path, ...how.arguments])} || __failed=$?`;
  } else text = mark(script, { file, line: how.line, guards, guarded: session.repository.guarded });
  session.budget?.spend(UNITS.script);
  try {
    return await machine.shell.exec(`${text}\nexit \${__failed:-$?}`, {
      env: Object.fromEntries(environment),
      cwd: how.cwd,
      rawScript: true,
    });
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) session.fault('shell', error);
    const message = error instanceof Error ? error.message : '';
    return { stdout: '', stderr: message, exitCode: 126, env: {} };
  }
}

/** Adds the calls of lines that were never reached, and of scripts that these hand to other hosts. */
async function addStatic(session: Session, script: Script, how: Rehearsed): Promise<void> {
  const file = session.repository.number(how.file);
  const start = how.arguments ? 1 : how.line;
  for (const call of staticCalls(script, how.environment, session.symbols)) {
    const at = `${file}:${start + call.line}`;
    const argv = commandWithin(call.argv);
    if (session.reached.has(at) || !toolFor(argv[0] ?? '')) continue;
    const site = {
      at,
      certainty: 'static' as const,
      stdin: call.stdin,
      environment: how.environment,
      // a script that changes its folder would find other files there
      ...(!/(?:^|[\s;&|({])(?:cd|pushd)\s/.test(script.source) && {
        readFile: (file: string) => session.readFile(file, how.cwd),
      }),
    };
    await session.record(argv, site);
    session.reached.delete(at);
    if (argv[0] !== 'ssh' || !call.stdin || session.remote !== undefined) continue;
    const [host = ''] = toolFor('ssh')?.parse(argv).words ?? [];
    const { arguments: _, ...rest } = how;
    session.remote = session.symbols.render(host).replace(/^[^@]*@/, '');
    await addStatic(session, inspect(call.stdin), {
      ...rest,
      line: start + call.stdinLine,
      environment: new Map(),
    });
    session.remote = how.remote;
  }
}
