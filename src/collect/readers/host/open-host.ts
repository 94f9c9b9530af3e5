import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Refusal } from '#model/lookup.ts';
import { type HostAddress, hostAddress } from './address.ts';
import { endOf } from './answer-end.ts';
import { kill, NoProgram, output, start } from './child.ts';
import { type Frame, FrameReader } from './frames.ts';
import { asked, COMMAND_SECONDS, LONGEST_SCRIPT, preface } from './remote-shell.ts';
import { type HostAnswer, type HostCommand, type HostSession, MOST_BYTES } from './session.ts';
import {
  lookUpArguments,
  readConfiguration,
  type SshConfiguration,
  shellArguments,
  sshEnvironment,
} from './ssh-arguments.ts';
import { lostConnection, notInTime, sshRefusal, tooLong, uncheckedJump } from './ssh-refusal.ts';

export interface HostRequest {
  /** `local`, or `ssh://[user@]host[:port]`; the host may be an alias of ssh_config(5). */
  address: string;
  /** What facts call the host; else the host of the address, else its own name. */
  name?: string;
  /** The file that ssh reads instead of the user's configuration. */
  sshConfig?: string;
  /** `sudo -n` is used for commands that need root. */
  sudo?: boolean;
  /** Seconds for the whole reading; default 120. */
  seconds?: number;
  /** Seconds for one connection to come about; default 15. */
  connectSeconds?: number;
  /** Default: that of this process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** What answers instead of the host: a recording. */
  session?: HostSession;
}

/** Seconds beyond a command's own limit after which the host is not waited for. */
const GRACE = 8;
/** Seconds for authentication and the login shell, beyond what the connection may take. */
const LOGIN = 10;
const MOST_STDERR = 8_192;
/** What a local shell is given of the environment: who it is, and where its services are. Not another machine's engine. */
const LOCAL = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];

interface Asking {
  commands: readonly HostCommand[];
  /** By their place in `commands`. */
  answers: (HostAnswer | undefined)[];
  /** The number of the first one. */
  first: number;
  finish(): void;
}

/** One connection, made when it is first asked. */
class ShellSession implements HostSession {
  readonly address: string;
  broken?: Refusal;
  readonly #request: HostRequest;
  readonly #to: HostAddress | undefined;
  readonly #deadline: number;
  #child: ChildProcess | undefined;
  #frames: FrameReader | undefined;
  #opening: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #asking: Asking | undefined;
  #next = 1;
  #user = '';
  #jumps: string[] = [];
  #stderr = { first: '', last: '' };
  #timer: NodeJS.Timeout | undefined;
  #isTimeout = false;
  #isClosed = false;
  /** Where the first mark is waited for. */
  #arrived: (() => void) | undefined;

  constructor(request: HostRequest) {
    this.#request = request;
    this.address = request.address;
    this.#deadline = performance.now() + 1000 * (request.seconds ?? 120);
    const to = hostAddress(request.address);
    if ('to' in to) this.#to = to;
    else this.broken = { sort: 'failed', operation: 'ssh', why: to };
  }

  ask(commands: readonly HostCommand[]): Promise<HostAnswer[]> {
    const answers = this.#turn.then(() => this.#ask(commands));
    this.#turn = answers;
    return answers;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const child = this.#child;
    this.#arrived?.();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.stdin?.end('exit\n');
    const timer = setTimeout(() => kill(child), 1_000);
    child.once('exit', () => clearTimeout(timer));
  }

  async #ask(commands: readonly HostCommand[]): Promise<HostAnswer[]> {
    if (!this.broken && !this.#isClosed) {
      this.#opening ??= this.#open();
      await this.#opening;
    }
    const asking: Asking = {
      commands,
      answers: commands.map((command) =>
        command.script.length > LONGEST_SCRIPT || command.script.includes('\0')
          ? answerOf(command, 'failed', { stderr: 'the command is too long' })
          : undefined,
      ),
      first: this.#next,
      finish: () => {},
    };
    this.#next += commands.length;
    const isWaiting = asking.answers.includes(undefined);
    if (isWaiting && this.#child && !this.broken && !this.#isClosed)
      await new Promise<void>((resolve) => {
        asking.finish = resolve;
        this.#asking = asking;
        const script = commands.map((command, index) =>
          asking.answers[index] ? '' : asked(asking.first + index, command),
        );
        this.#wait(commands[0]?.seconds);
        this.#child?.stdin?.write(script.join(''));
      });
    this.#asking = undefined;
    clearTimeout(this.#timer);
    return commands.map(
      (command, index) =>
        asking.answers[index] ?? answerOf(command, this.#isTimeout ? 'timeout' : 'closed', {}),
    );
  }

  async #open(): Promise<void> {
    try {
      await (this.#to?.to === 'local'
        ? this.#begin('/bin/sh', [], this.#localEnvironment())
        : this.#connect());
    } catch (error) {
      if (!(error instanceof NoProgram)) throw error;
      this.broken = error.refusal;
    }
  }

  async #connect(): Promise<void> {
    const to = this.#to;
    if (to?.to !== 'ssh') return;
    const { sshConfig, environment = process.env, connectSeconds = 15 } = this.#request;
    const config = sshConfig === undefined ? undefined : path.resolve(sshConfig);
    const plain = sshEnvironment(environment, []);
    const lookUp = async (of: typeof to): Promise<SshConfiguration | undefined> => {
      const said = await output('ssh', lookUpArguments(of, config), plain, connectSeconds);
      if (said?.code === 0) return readConfiguration(said.stdout);
      // An older ssh has no -G, and says so: what is wrong with a file, connecting says too.
      if (said && !/^usage:|unknown option|illegal option/m.test(said.stderr))
        this.broken = sshRefusal({ host: to.host, stderr: said.stderr });
      return undefined;
    };
    const configuration = await lookUp(to);
    if (this.broken) return;
    this.#jumps = configuration?.jumps ?? [];
    for (const jump of this.#jumps) {
      const hop = hostAddress(jump.startsWith('ssh://') ? jump : `ssh://${jump}`);
      const of = 'to' in hop && hop.to === 'ssh' ? await lookUp(hop) : undefined;
      if (this.broken) return;
      if (!['true', 'yes', 'ask'].includes(of?.strictHostKeyChecking ?? '')) {
        this.broken = uncheckedJump(jump);
        return;
      }
    }
    await this.#begin(
      'ssh',
      shellArguments(to, config, connectSeconds),
      sshEnvironment(environment, configuration?.sendEnv ?? []),
    );
  }

  #localEnvironment(): Record<string, string> {
    const { environment = process.env } = this.#request;
    return Object.fromEntries(
      LOCAL.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
    );
  }

  /** Starts the program at whose other end the shell is, and waits for the shell's first mark. */
  #begin(program: string, parameters: readonly string[], environment: Record<string, string>): Promise<void> {
    const { connectSeconds = 15, sudo = false } = this.#request;
    if (this.#isClosed) return Promise.resolve();
    const mark = randomBytes(16).toString('hex');
    const child = start(program, parameters, environment);
    this.#child = child;
    const host = this.#to?.to === 'ssh' ? this.#to.host : 'local';
    return new Promise((resolve, reject) => {
      const wait = (connectSeconds * (1 + this.#jumps.length) + LOGIN) * 1000;
      const left = this.#deadline - performance.now();
      this.#timer = setTimeout(
        () =>
          this.#end(
            left < wait ? tooLong(host, this.#request.seconds ?? 120) : notInTime(host, wait / 1000),
            true,
          ),
        Math.max(0, Math.min(wait, left)),
      );
      this.#arrived = resolve;
      const frames = new FrameReader(
        mark,
        {
          ready: (user) => {
            if (!this.#arrived) return;
            this.#user = user;
            this.#arrived = undefined;
            clearTimeout(this.#timer);
            resolve();
          },
          begun: (number) => this.#wait(this.#asking?.commands[number - this.#asking.first]?.seconds),
          ended: (frame) => this.#take(frame),
          flooded: () => this.#end(lostConnection({ host, stderr: 'more output than can be taken' })),
        },
        () => performance.now(),
      );
      this.#frames = frames;
      child.stdout?.on('data', (data: Buffer) => {
        if (!this.broken) frames.take(data);
      });
      child.stderr?.setEncoding('utf8').on('data', (data: string) => {
        const { first, last } = this.#stderr;
        this.#stderr =
          first.length < MOST_STDERR
            ? { first: (first + data).slice(0, MOST_STDERR), last }
            : { first, last: (last + data).slice(-MOST_STDERR) };
      });
      child.once('error', () => {
        clearTimeout(this.#timer);
        this.#arrived = undefined;
        reject(new NoProgram(program));
      });
      child.once('close', () => {
        const stderr = `${this.#stderr.first}\n${this.#stderr.last}`;
        const ending = { host, stderr, said: frames.noise, jumps: this.#jumps };
        this.#end(this.#arrived ? sshRefusal(ending) : lostConnection(ending));
      });
      child.stdin?.write(preface(mark, MOST_BYTES, sudo));
    });
  }

  /** The connection is over: what came until now is what there is. */
  #end(refusal: Refusal, isTimeout = false): void {
    if (this.broken) return;
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.broken = refusal;
    this.#isTimeout = isTimeout;
    const asking = this.#asking;
    const frame = this.#frames?.unfinished();
    const command = asking?.commands[(frame?.number ?? 0) - asking.first];
    if (asking && frame && command)
      asking.answers[frame.number - asking.first] = answerOf(
        command,
        isTimeout ? 'timeout' : 'closed',
        frame,
      );
    if (this.#child) kill(this.#child);
    this.#arrived?.();
    this.#arrived = undefined;
    asking?.finish();
  }

  /** Waits for a command until its own limit is well over, and never beyond that of the whole reading. */
  #wait(seconds = COMMAND_SECONDS): void {
    clearTimeout(this.#timer);
    const left = this.#deadline - performance.now();
    const own = (seconds + GRACE) * 1000;
    const host = this.#to?.to === 'ssh' ? this.#to.host : 'local';
    this.#timer = setTimeout(
      () =>
        this.#end(
          left < own
            ? tooLong(host, this.#request.seconds ?? 120)
            : lostConnection({ host, stderr: 'a command did not end within its limit' }),
          true,
        ),
      Math.max(0, Math.min(own, left)),
    );
  }

  #take(frame: Frame): void {
    const asking = this.#asking;
    const index = frame.number - (asking?.first ?? 0);
    const command = asking?.commands[index];
    if (!asking || !command) return;
    const asRoot = frame.asRoot || this.#user === '0';
    asking.answers[index] = answerOf(command, endOf(command, { ...frame, asRoot }), { ...frame, asRoot });
    if (!asking.answers.includes(undefined)) asking.finish();
    else this.#wait(asking.commands[index + 1]?.seconds);
  }
}

function answerOf(
  { id, operation }: HostCommand,
  end: HostAnswer['end'],
  frame: Partial<Pick<Frame, 'stdout' | 'stderr' | 'code' | 'asRoot'>>,
): HostAnswer {
  return {
    id,
    operation,
    end,
    code: frame.code ?? -1,
    stdout: frame.stdout?.toString('utf8') ?? '',
    stderr: frame.stderr ?? '',
    asRoot: frame.asRoot ?? false,
  };
}

/**
 * A host that can be asked: this machine, or one that OpenSSH's own client connects to. Nothing is started before the first
 * question. What goes wrong stands in the answers and in `broken`; nothing is thrown for what a host does.
 */
export const openHost = (request: HostRequest): HostSession => request.session ?? new ShellSession(request);
