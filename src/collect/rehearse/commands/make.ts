import path from 'node:path';
import { LIMITS } from '../limits.ts';
import type { Machine } from '../machine.ts';
import { expandMake, type Makefile, readMakefile } from '../makefile.ts';
import { type CommandContext, type CommandTable, printed, type Run } from './command.ts';

const NAMES = ['GNUmakefile', 'makefile', 'Makefile'];
const VALUED = new Set(['-C', '-f', '-j', '-l', '-o', '-W', '--directory', '--file', '--makefile']);
const MOST_TARGETS = 60;

interface Making {
  makefile: Makefile;
  file: string | undefined;
  given: Map<string, string>;
  context: CommandContext;
  machine: Machine;
  done: Set<string>;
}

/** `make TARGET NAME=VALUE`: the recipes of the target and of what it needs are rehearsed, line by line. */
const make: Run = async (args, context, machine) => {
  const options = new Map<string, string>();
  const given = new Map<string, string>();
  const targets: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const assignment = /^(\w[\w.-]*):{0,2}=(.*)$/s.exec(arg);
    if (assignment) given.set(assignment[1] ?? '', assignment[2] ?? '');
    else if (VALUED.has(arg) && (arg !== '-j' || /^\d+$/.test(args[i + 1] ?? '')))
      options.set(arg, args[++i] ?? '');
    else if (!arg.startsWith('-')) targets.push(arg);
  }
  await machine.record(['make', ...args], context);
  const folder = path.posix.resolve(context.cwd, options.get('-C') ?? options.get('--directory') ?? '.');
  const named = options.get('-f') ?? options.get('--file') ?? options.get('--makefile');
  for (const name of named ? [named] : NAMES) {
    const text = await machine.session.readFile(name, folder);
    if (text === undefined) continue;
    const making: Making = {
      makefile: readMakefile(text),
      file: machine.fileAt(path.posix.resolve(folder, name)),
      given,
      context: { ...context, cwd: folder },
      machine,
      done: new Set(),
    };
    const wanted = targets.length ? targets : [making.makefile.first ?? ''];
    if (machine.depth >= LIMITS.packageScriptDepth) return printed();
    machine.depth += 1;
    try {
      for (const target of wanted) await makeTarget(target, making);
    } finally {
      machine.depth -= 1;
    }
    return printed();
  }
  return printed();
};

async function makeTarget(target: string, making: Making): Promise<void> {
  const { makefile, file, given, context, machine, done } = making;
  const rule = makefile.rules.get(target);
  if (!rule || done.has(target) || done.size > MOST_TARGETS) return;
  done.add(target);
  const value = (name: string): string | undefined =>
    name === '@'
      ? target
      : name === 'MAKE'
        ? 'make'
        : (given.get(name) ?? makefile.variables.get(name) ?? context.env.get(name));
  const unknown = (reference: string) => machine.session.symbols.of(`$(${reference})`);
  for (const need of rule.needs) await makeTarget(expandMake(need, value, unknown), making);
  for (const { line, text } of rule.recipe) {
    const at = file === undefined ? undefined : `${machine.repository.number(file)}:${line}`;
    const environment = { ...context.exportedEnv, ...Object.fromEntries(given) };
    await machine.inner(
      expandMake(text, value, unknown),
      { ...context, exportedEnv: environment },
      { at, exact: true },
    );
  }
}

export const makeCommands: CommandTable = { make, gmake: make };
