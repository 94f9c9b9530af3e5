import path from 'node:path';
import { decodeBytesToUtf8 } from 'just-bash';
import { type CommandTable, line, printed, type Run } from './command.ts';

const MOST_ITEMS = 100;

/** The real ones answer by the clock, by chance, or by the machine. */
const clocks: CommandTable = {
  sleep: ([seconds = ''], _, { session }) => {
    session.now += Number.parseFloat(seconds) || 0;
    return printed();
  },
  date: (args, _, { session }) =>
    line(
      args.at(-1) === '+%s'
        ? String(Math.floor(session.now))
        : session.symbols.of(`date ${args.join(' ')}`.trim()),
    ),
  shuf: (_, __, { session }) => line(session.symbols.of('shuf')),
  uuidgen: (_, __, { session }) => line(session.symbols.of('uuidgen')),
  uname: (args) => line(args.includes('-m') ? 'x86_64' : args.includes('-r') ? '6.0.0' : 'Linux'),
  arch: () => line('x86_64'),
  hostname: (_, __, { session }) => line(session.remote ?? 'runner'),
  whoami: () => line('runner'),
  id: (args) =>
    line(args.includes('-un') ? 'runner' : args.some((a) => /^-[ug]/.test(a)) ? '1000' : 'uid=1000(runner)'),
  nproc: () => line('2'),
  tput: () => printed(),
  clear: () => printed(),
};

const xargs: Run = async (args, context, machine) => {
  const flags = new Map<string, string>();
  let i = 0;
  for (; args[i]?.startsWith('-'); i += 1) {
    const [, letter = '', attached = ''] = /^-(\w)(.*)$/.exec(args[i] ?? '') ?? [];
    if ('nILPdsEa'.includes(letter) && letter) flags.set(letter, attached || (args[++i] ?? ''));
  }
  const placeholder = flags.get('I');
  const items = decodeBytesToUtf8(context.stdin)
    .split(placeholder ? '\n' : /[\s\0]+/)
    .filter(Boolean)
    .slice(0, MOST_ITEMS);
  const command = args.slice(i);
  const single = placeholder !== undefined || flags.get('n') === '1' || flags.get('L') === '1';
  let out = '';
  for (const group of single ? items.map((item) => [item]) : [items]) {
    const words = placeholder
      ? command.map((word) => word.replaceAll(placeholder, group[0] ?? ''))
      : [...command, ...group];
    out += (await machine.start(words, context)).stdout;
  }
  return printed(out);
};

const envsubst: Run = ([only], context, { session }) => {
  const wanted = only ? new Set(only.match(/\w+/g)) : undefined;
  const text = decodeBytesToUtf8(context.stdin).replace(
    /\$\{(\w+)\}|\$(\w+)/g,
    (whole: string, a?: string, b?: string) => {
      const name = a ?? b ?? '';
      return wanted && !wanted.has(name) ? whole : (context.env.get(name) ?? session.symbols.of(`$${name}`));
    },
  );
  return printed(text);
};

const mktemp: Run = async (args, context, { session }) => {
  const number = (session.turns.get('mktemp') ?? 0) + 1;
  session.turns.set('mktemp', number);
  const file = `/tmp/tmp.${number}`;
  if (args.includes('-d')) await context.fs.mkdir(file, { recursive: true });
  else await context.fs.writeFile(file, '');
  return line(file);
};

/** Commands of a Linux machine that the simulated shell lacks, or that would differ from one rehearsal to the next. */
export const textCommands: CommandTable = {
  ...clocks,
  xargs,
  envsubst,
  mktemp,
  realpath: (args, context) =>
    line(path.posix.resolve(context.cwd, args.findLast((arg) => !arg.startsWith('-')) ?? '.')),
  ...Object.fromEntries(
    ['trap', 'ulimit', 'umask', 'jobs', 'disown', 'complete', 'stty', 'sync', 'setopt', 'autoload'].map(
      (name) => [name, () => printed()],
    ),
  ),
};
