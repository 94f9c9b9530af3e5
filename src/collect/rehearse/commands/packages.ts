import path from 'node:path';
import { LIMITS } from '../limits.ts';
import { shellWords } from '../mark.ts';
import { scriptsOf } from '../package-scripts.ts';
import { toolFor } from '../tools/all.ts';
import { type CommandTable, line, printed, type Run } from './command.ts';

const FOLDER_FLAGS = new Set(['--prefix', '-C', '--cwd', '--dir']);
const VALUED = new Set(['-w', '--workspace', '-F', '--filter', '--scope']);
/** Lifecycle commands that start the script of the same name. */
const BARE = new Set(['test', 'start', 'stop', 'restart']);

/** The line (from 1) on which a package script is written. */
function scriptLine(text: string, name: string, script: string): number {
  const start = JSON.stringify(script).slice(1, 12);
  return text.split('\n').findIndex((one) => one.includes(`"${name}"`) && one.includes(start)) + 1;
}

/** `npm run X` and its like: the script of the nearest `package.json` is rehearsed. */
const packageManager =
  (manager: string): Run =>
  async (given, context, machine) => {
    const args = [...given];
    const flag = args.findIndex((arg) => FOLDER_FLAGS.has(arg));
    const folder = path.posix.resolve(context.cwd, flag >= 0 ? (args.splice(flag, 2)[1] ?? '.') : '.');
    const words = args.filter((arg, i) => !arg.startsWith('-') && !VALUED.has(args[i - 1] ?? ''));
    const [first = '', second] = words;
    if (['exec', 'dlx', 'x'].includes(first))
      return machine.start(['npx', ...args.slice(args.indexOf(first) + 1)], context);
    const asked = ['run', 'run-script'].includes(first);
    const name = asked ? second : first;
    const text = await machine.session.readFile('package.json', folder);
    const scripts = scriptsOf(text);
    const script = scripts && name && Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    const runs = asked || manager !== 'npm' || BARE.has(first) || first === 't';
    if (name && runs && typeof script === 'string' && text !== undefined)
      return runScript(name, script, text, folder, args.slice(args.indexOf(name) + 1), context, machine);
    if (['pkg', 'view', 'version', 'config', 'bin', 'root', 'prefix'].includes(first))
      return line(machine.session.symbols.of(`${manager} ${args.join(' ')}`));
    return toolFor(first) && manager !== 'npm'
      ? machine.start(args.slice(args.indexOf(first)), context)
      : printed();
  };

async function runScript(
  name: string,
  script: string,
  text: string,
  folder: string,
  rest: string[],
  context: Parameters<Run>[1],
  machine: Parameters<Run>[2],
) {
  if (machine.depth >= LIMITS.packageScriptDepth) return printed();
  const more = rest.filter((arg) => arg !== '--');
  const file = machine.fileAt(path.posix.join(folder, 'package.json'));
  const scripts = scriptsOf(text) ?? {};
  const before = scripts[`pre${name}`];
  let out = '';
  machine.depth += 1;
  try {
    for (const [key, one] of [
      [`pre${name}`, before],
      [name, script],
    ] as const) {
      if (typeof one !== 'string') continue;
      const at =
        file === undefined ? undefined : `${machine.repository.number(file)}:${scriptLine(text, key, one)}`;
      const words = key === name && more.length ? ` ${shellWords(more)}` : '';
      out += (await machine.inner(one + words, { ...context, cwd: folder }, { at, exact: false })).stdout;
    }
    return printed(out);
  } finally {
    machine.depth -= 1;
  }
}

/** `node --run X` is a package script too; anything else is recorded. */
const node: Run = async (args, context, machine) => {
  const run = args.findIndex((arg) => arg === '--run' || arg.startsWith('--run='));
  if (run < 0) return line(await machine.record(['node', ...args], context));
  const name = args[run]?.slice('--run='.length) || args[run + 1];
  return packageManager('npm')(
    ['run', name ?? '', ...args.slice(args.indexOf('--') >= 0 ? args.indexOf('--') : args.length)],
    context,
    machine,
  );
};

export const packageCommands: CommandTable = {
  ...Object.fromEntries(['npm', 'yarn', 'pnpm', 'bun', 'cnpm'].map((name) => [name, packageManager(name)])),
  node,
};
