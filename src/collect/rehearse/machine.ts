import path from 'node:path';
import {
  Bash,
  type CommandName,
  decodeBytesToUtf8,
  defineCommand,
  type ExecResult,
  latin1FromBytes,
} from 'just-bash';
import { UNITS } from './budget.ts';
import { type CommandContext, type CommandTable, line, printed, type Run } from './commands/command.ts';
import { filterCommands } from './commands/filters.ts';
import { makeCommands } from './commands/make.ts';
import { markCommands } from './commands/marks.ts';
import { packageCommands } from './commands/packages.ts';
import { shellCommands } from './commands/shells.ts';
import { textCommands } from './commands/texts.ts';
import { SHELL_LIMITS } from './limits.ts';
import { mark, shellWords } from './mark.ts';
import type { Repository } from './repository.ts';
import { ROOT } from './repository.ts';
import { freeVariables, inspect, type Script } from './script.ts';
import type { Session } from './session.ts';
import { isSymbolic } from './symbols.ts';
import { toolFor, toolNames } from './tools/all.ts';
import { unwrap, WRAPPER_NAMES } from './wrappers.ts';

/** Where a script inside another comes from. */
export interface Inner {
  /** The mark of its first line; default: what the caller's mark says. */
  at?: string | undefined;
  /** Whether its lines are lines of that file. */
  exact?: boolean;
  /** Its positional arguments. */
  words?: readonly string[];
  /** The host on which it runs. */
  remote?: string;
  /** Whether it reads what the caller is given to read. */
  input?: boolean;
}

const NAME = /^[\w.+-]+$/;
/** Commands that the simulated shell brings; those of our own table take the place of some. */
const BUILT_IN =
  `awk base64 basename bash cat chmod column comm cp cut diff dirname du echo env egrep expand expr false
  fgrep file find fold grep gunzip gzip head join jq ln ls md5sum mkdir mv nl od paste printenv printf pwd readlink rev rg rm
  rmdir sed seq sh sha1sum sha256sum sort split stat strings tac tail tar tee time touch tr tree true unexpand uniq wc which
  xargs yq zcat clear help`.split(/\s+/) as CommandName[];

/** The commands that stand on the simulated machine whatever the script. */
const TABLE: CommandTable = {
  ...textCommands,
  ...filterCommands,
  ...Object.fromEntries(WRAPPER_NAMES.map((name) => [name, wrapper(name)])),
  ...packageCommands,
  ...makeCommands,
  ...shellCommands,
  ...markCommands,
};

function wrapper(name: string): Run {
  return async (args, context, machine) => {
    const inner = unwrap([name, ...args]);
    if (!inner || inner.argv.length === 0) {
      if (name === 'env' && context.origCommand) return context.origCommand(args);
      return toolFor(name) ? machine.recorded([name, ...args], context) : printed();
    }
    return machine.start(inner.argv, context, inner.environment);
  };
}

/** One simulated machine: a shell over the audited tree in which every command that matters only writes itself down. */
export class Machine {
  readonly session: Session;
  readonly repository: Repository;
  readonly shell: Bash;
  /** How deep package scripts and recipes have called one another. */
  depth = 0;
  private readonly known: Set<string>;

  constructor(session: Session) {
    this.session = session;
    this.repository = session.repository;
    const tools = toolNames.filter((name) => !Object.hasOwn(TABLE, name));
    this.shell = new Bash({
      fs: session.files,
      cwd: ROOT,
      customCommands: [
        ...Object.entries(TABLE).map(([name, run]) => this.command(name, run)),
        ...tools.map((name) => this.command(name, this.recorder(name))),
      ],
      executionLimits: SHELL_LIMITS,
      // Its second line of defence patches the globals of this whole process and doubles the time; the first line is
      // that the interpreter evaluates nothing and has no door: its files are ours, it has no network, no process.
      defenseInDepth: false,
      commands: BUILT_IN,
      sleep: async () => {},
      env: {
        HOME: '/home/runner',
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: ROOT,
        RUNNER_OS: 'Linux',
        RUNNER_ARCH: 'X64',
        RUNNER_TEMP: '/tmp',
        USER: 'runner',
        SHELL: '/bin/bash',
        PATH: '/usr/bin:/bin',
        __CLOCK: session.symbols.of('time'),
      },
    });
    this.known = new Set([...Object.keys(TABLE), ...tools, ...BUILT_IN]);
  }

  private command(name: string, run: Run) {
    return defineCommand(name, async (args, context) => {
      this.session.budget?.spend(UNITS.command);
      try {
        return await run(args, context, this);
      } catch (error) {
        // The shell stops what takes too long by throwing: that has to reach it.
        if (error instanceof Error && /abort|limit|exceeded/i.test(`${error.name} ${error.message}`))
          throw error;
        this.session.fault(name, error);
        return printed();
      }
    });
  }

  private recorder(name: string): Run {
    return async (args, context) => this.recorded([name, ...args], context);
  }

  /** Makes every command that a script names answer, so that none is “not found”. */
  learn(script: Script): void {
    for (const name of script.names) {
      if (this.known.has(name) || script.functions.has(name)) continue;
      this.known.add(name);
      if (NAME.test(name)) this.shell.registerCommand(this.command(name, this.recorder(name)));
      else if (/^[~/.]/.test(name) && toolFor(path.posix.basename(name))) this.stand(name);
    }
  }

  /** A tool called by its path. */
  private stand(name: string): void {
    const file = path.posix.resolve(ROOT, name.replace(/^~/, '/home/runner'));
    this.session.files.writeFileSync(file, `/usr/bin/${path.posix.basename(name)} "$@"\n`, undefined, {
      mode: 0o755,
    });
  }

  /** Records a command and gives what it would print. */
  async record(argv: readonly string[], context: CommandContext): Promise<string> {
    return this.session.record(argv, {
      at: context.env.get('__AT'),
      stdin: decodeBytesToUtf8(context.stdin),
      readFile: (file) => this.session.readFile(file, context.cwd),
      environment: context.env,
    });
  }

  /** The same as the shell sees it: what it prints, and the status with which it would end. */
  async recorded(argv: readonly string[], context: CommandContext): Promise<ExecResult> {
    const answer = line(await this.record(argv, context));
    return { ...answer, exitCode: this.session.status };
  }

  /** Starts another command from within one. */
  async start(
    argv: readonly string[],
    context: CommandContext,
    environment: Record<string, string> = {},
  ): Promise<ExecResult> {
    const [name = ''] = argv;
    if (!context.exec || name === '') return printed();
    if (NAME.test(name) && !this.known.has(name)) {
      this.known.add(name);
      this.shell.registerCommand(this.command(name, this.recorder(name)));
    }
    const at = context.env.get('__AT');
    // as a prefix they are exported to what the command starts in turn
    const assigned = Object.entries(environment).map(([key, value]) => `${key}=${shellWords([value])} `);
    return context.exec(assigned.join('') + shellWords(argv), {
      cwd: context.cwd,
      env: { ...context.exportedEnv, ...(at && { __AT: at }) },
      stdin: latin1FromBytes(context.stdin),
      stdinKind: 'bytes',
    });
  }

  /** The file of the tree that lies at a path of the machine. */
  fileAt(file: string): string | undefined {
    const relative = path.posix.relative(ROOT, file);
    return relative.startsWith('..') ? undefined : relative;
  }

  /** Runs a script that another script holds: the text behind `-c`, a here-document, a package script. */
  async inner(text: string, context: CommandContext, from: Inner): Promise<ExecResult> {
    const script = inspect(text);
    if (!context.exec || (isSymbolic(text) && !/[\s;]/.test(text.trim()))) return printed();
    this.learn(script);
    const body = from.at ?? context.env.get('__BODY');
    const at = body ?? context.env.get('__AT') ?? '';
    const [number = '', own = ''] = at.split(':');
    const file = number === '' ? this.repository.number(this.session.file) : Number(number);
    const marked = mark(script, {
      file,
      line: own === '' ? this.session.line : Number(own),
      exact: from.exact ?? (body !== undefined && !text.includes('⟨')),
      guarded: this.repository.guarded,
    });
    const environment: Record<string, string> = from.remote === undefined ? { ...context.exportedEnv } : {};
    for (const name of freeVariables(script)) environment[name] ??= this.session.symbols.of(`$${name}`);
    delete environment.__AT;
    delete environment.__BODY;
    const input = from.input ? latin1FromBytes(context.stdin) : undefined;
    // where the input is written is told to the shell that reads it
    const written = from.input ? context.env.get('__BODY') : undefined;
    if (written !== undefined) environment.__BODY = written;
    const outer = this.session.remote;
    if (from.remote !== undefined) this.session.remote = from.remote;
    try {
      const words = from.words?.length ? `set -- ${shellWords(from.words)}; ` : '';
      return await context.exec(words + marked, {
        cwd: from.remote === undefined ? context.cwd : '/home/remote',
        env: { ...environment, ...(from.remote !== undefined && { HOME: '/home/remote' }) },
        ...(input !== undefined && { stdin: input, stdinKind: 'bytes' as const }),
      });
    } finally {
      this.session.remote = outer;
    }
  }
}
