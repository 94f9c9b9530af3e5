import path from 'node:path';
import type { Certainty, Json, Verb } from '#model/fact.ts';
import type { Caller, Mention, Oracle, Prediction, Verdict } from '#model/prediction.ts';
import { code, type Text } from '#model/text.ts';
import type { Authentication, Credential } from '#model/workflow.ts';
import type { Budget } from './budget.ts';
import { LIMITS } from './limits.ts';
import type { Repository } from './repository.ts';
import { isSymbolic, type Symbols } from './symbols.ts';
import { toolFor } from './tools/all.ts';
import { parsedCall } from './tools/parsed-call.ts';
import type { AnswerContext, ParsedCall, Tool } from './tools/tool.ts';
import { TreeFiles } from './tree-files.ts';

/** A call as it is recorded: its values may still hold symbols. */
export interface RecordedCall {
  tool: string;
  operation: string;
  arguments: Record<string, Json>;
  file: string;
  line: number;
  verb: Verb;
  certainty: Certainty;
  remote?: string;
  condition?: string;
  prediction?: Prediction;
  why?: Text;
}

/** Where a call comes from and what it can see. */
export interface CallSite {
  /** Its mark, `file:line`; the session's own place when there is none. */
  at?: string | undefined;
  certainty?: Certainty;
  stdin?: string;
  /** Reads a file as the simulated machine sees it. */
  readFile?: (path: string) => Promise<string | undefined>;
  environment?: { get(name: string): string | undefined };
}

/** Operations that look for something: `iam get-role`, `s3api head-bucket`, `network inspect`. */
const LOOKS = /(?:^| )(?:get|describe|head|list|inspect|show|ls|view)(?:-|$)/;

/** What the AWS CLI ends with when the service refuses. AWS CLI v2 reference, “Return codes”. */
const FAILED = 254;

const notReached = ({ file, line }: { file: string; line: number }): Text => ({
  fr: `non atteint\u00a0: le travail s’arrête à ${code(`${file}:${line}`)}`,
  en: `not reached: the job stops at ${code(`${file}:${line}`)}`,
});

const expected = (why: Text | undefined): Text => ({
  fr: `échoue, et le script s’y attend${why ? `\u00a0: ${why.fr}` : ''}`,
  en: `fails, and the script expects it${why ? `: ${why.en}` : ''}`,
});

/** What is put down while one job (or one script) is rehearsed: its environment, its calls, what it compares and reads. */
export class Session {
  readonly repository: Repository;
  readonly symbols: Symbols;
  readonly calls: RecordedCall[] = [];
  readonly notes = new Set<string>();
  readonly compared = new Map<string, Set<string>>();
  readonly credentials: Credential[] = [];
  /** The credential that each provider was shown last: a step may come back to an earlier one. */
  readonly current = new Map<string, Pick<Credential, 'authentication' | 'role'> & { isChained?: true }>();
  /** Names of the secrets read, and where first. */
  readonly secrets = new Map<string, { file: string; line: number }>();
  readonly variables = new Set<string>();
  /** Marks of calls that were really made. */
  readonly reached = new Set<string>();
  /** The job's environment; later steps see what earlier ones set. */
  readonly environment = new Map<string, string>();
  /** The job's environment with that of the step that runs now. */
  stepEnvironment: ReadonlyMap<string, string> | undefined;
  /** Turns taken by each loop. */
  readonly turns = new Map<string, number>();
  /** Values of `inputs`, `github.ref`… that the outcome depends on. */
  readonly reads = new Map<string, string>();
  /** Conditions, rendered, that hold for what is called now and are only known at run time. */
  conditions: string[] = [];
  /** What the work done here is counted against. */
  budget: Budget | undefined;
  file: string;
  line = 1;
  remote: string | undefined;
  account: string | undefined;
  region: string | undefined;
  /** Everything is `static` while this is set: the guards are off, or the step is not taken. */
  unsure = false;
  /** Answers for the observed estate; undefined: nobody looked. */
  oracle: ReturnType<Oracle['start']> | undefined;
  /** Tells who makes the calls, as far as the job says. */
  caller: (() => Caller) | undefined;
  /** The running step goes on whatever its commands say. */
  tolerant = false;
  /** Where the job stops: what comes after is not reached. */
  stopped: { file: string; line: number } | undefined;
  /** What a condition looks for is not there: a script makes it then. */
  lacking = false;
  /** A condition looked for something. */
  looks = false;
  /** Where it stops if the conditions hold under which a call was made that fails. */
  halted: { conditions: string; at: { file: string; line: number } } | undefined;
  /** The status with which the command that was recorded last would end. */
  status = 0;
  /** Virtual time, seconds since 1970. */
  now = Date.UTC(2026, 0, 1) / 1000;

  private machineFiles: TreeFiles | undefined;

  constructor(repository: Repository, file: string) {
    this.repository = repository;
    this.symbols = repository.symbols;
    this.file = file;
  }

  /** The files of the simulated machine, laid out when first needed. */
  get files(): TreeFiles {
    this.machineFiles ??= new TreeFiles(this.repository);
    return this.machineFiles;
  }

  note(text: string): void {
    if (this.notes.size < LIMITS.notes)
      this.notes.add(this.symbols.render(text).replace(/\s+/g, ' ').slice(0, 240));
  }

  /** A fault of the rehearsal itself, never silent: a test watches for it. */
  fault(where: string, error: unknown): void {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.note(`${error instanceof Error && error.name === 'Error' ? '' : 'internal: '}${where}: ${detail}`);
  }

  /** A symbol met a literal. */
  readonly compare = (name: string, value: string): void => {
    // Whether something was given at all can be chosen only for what a script is started with.
    if (value === '' && !/^(?:argument \d|\$\w+)$/.test(name)) return;
    if (value.length > 80 || isSymbolic(value)) return;
    const values = this.compared.get(name) ?? new Set();
    this.compared.set(name, values.add(value));
  };

  secret(name: string): void {
    if (/^github_token$/i.test(name)) this.credential('github', 'github-token', []);
    else if (!this.secrets.has(name)) this.secrets.set(name, { file: this.file, line: this.line });
  }

  /** Adds a way of presenting oneself; `from` are the values that hold its secrets. */
  credential(provider: string, authentication: Authentication, from: readonly string[], role?: string): void {
    this.current.set(provider, { authentication, ...(role && { role }) });
    const secrets = [...new Set(from.flatMap((value) => this.secretsIn(value)))].sort();
    const known = this.credentials.some(
      (one) =>
        one.provider === provider &&
        one.authentication === authentication &&
        one.role === role &&
        one.secrets.join() === secrets.join(),
    );
    if (!known)
      this.credentials.push({
        provider,
        authentication,
        ...(role && { role }),
        secrets,
        file: this.file,
        line: this.line,
      });
  }

  /** Names of the secrets that a text holds. */
  secretsIn(text: string): string[] {
    if (!isSymbolic(text)) return [];
    return [...this.symbols.render(text).matchAll(/\bsecrets\.([A-Za-z_]\w*)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !/^github_token$/i.test(name));
  }

  /** A variable as the running step sees it; empty when it is not set. */
  variable(name: string): string {
    return (this.stepEnvironment ?? this.environment).get(name) ?? '';
  }

  /** Whether a text holds the job's own token. */
  holdsToken(text: string): boolean {
    return isSymbolic(text) && /secrets\.github_token|github\.token/i.test(this.symbols.render(text));
  }

  /** The place of a mark. */
  where(at: string | undefined): { file: string; line: number } {
    const [number = '', line = ''] = (at ?? '').split(':');
    const file = number === '' ? undefined : this.repository.fileOf(Number(number));
    return file === undefined ? { file: this.file, line: this.line } : { file, line: Number(line) };
  }

  /** Puts a call down as it is. */
  add(
    call: Pick<RecordedCall, 'tool' | 'operation' | 'arguments' | 'verb'>,
    site: CallSite = {},
    verdict?: Verdict,
  ): void {
    if (this.calls.length >= LIMITS.callsPerJob) {
      this.note('more calls than a rehearsal keeps');
      return;
    }
    const { tool, operation, verb } = call;
    this.calls.push({
      tool,
      operation,
      arguments: Object.fromEntries(
        Object.entries(call.arguments).filter(([, value]) => value !== undefined && value !== ''),
      ),
      ...this.where(site.at),
      verb,
      certainty: this.unsure ? 'static' : (site.certainty ?? 'rehearsed'),
      ...(this.remote !== undefined && { remote: this.remote }),
      ...(this.conditions.length && { condition: this.conditions.join(' && ') }),
      ...(verdict && { prediction: verdict.prediction }),
      ...(verdict?.why && { why: verdict.why }),
    });
  }

  /** What the observed estate says of a call that is about to be made; undefined when nobody asks it. */
  private foretell(
    call: ParsedCall,
    tool: Tool,
    given: Record<string, Json>,
    site: CallSite,
  ): Verdict | undefined {
    this.status = 0;
    const isAnswer = site.at !== undefined && this.repository.guarded.get(site.at) === 'answer';
    if (isAnswer && LOOKS.test(call.operation)) {
      this.looks = true;
      if (this.lacking) this.status = FAILED;
    }
    if (!this.oracle || !this.caller || site.certainty === 'static' || this.unsure) return undefined;
    if (this.remote !== undefined) return undefined;
    if (this.stopped) return { prediction: 'unknown', why: notReached(this.stopped) };
    if (this.halted?.conditions === this.conditions.join(' && '))
      return { prediction: 'unknown', why: notReached(this.halted.at) };
    const { tool: name, operation } = this.symbols.renderDeep(call);
    const shown = { tool: name, operation, arguments: this.symbols.renderDeep(given) };
    const { account, region } = this;
    // what the call names in files that it is given counts too
    const mentions = tool
      .named(parsedCall(shown))
      .map((named): Mention => ({ ...named, verb: named.verb ?? tool.verb(call) }));
    const verdict = this.oracle.ask(
      {
        ...shown,
        mentions,
        ...(account !== undefined && { account: this.symbols.render(account) }),
        ...(region !== undefined && { region: this.symbols.render(region) }),
      },
      this.caller(),
    );
    if (verdict?.prediction !== 'fails') return verdict;
    this.status = FAILED;
    const isExpected = (site.at !== undefined && this.repository.guarded.has(site.at)) || this.tolerant;
    // a step that may not be taken stops only what is taken under the same conditions for sure
    if (this.conditions.length > 0 && !isExpected) {
      this.halted = { conditions: this.conditions.join(' && '), at: this.where(site.at) };
      return verdict;
    }
    if (!isExpected) this.stopped = this.where(site.at);
    return isExpected ? { ...verdict, prediction: 'ok', why: expected(verdict.why) } : verdict;
  }

  /** Records a command line and gives what the command would print. A command that nobody knows prints a symbol. */
  async record(argv: readonly string[], site: CallSite = {}): Promise<string> {
    const [name = ''] = argv;
    const tool = toolFor(name);
    if (!tool) return this.symbols.of(`output of ${argv.join(' ').replace(/\s+/g, ' ').slice(0, 80)}`);
    if (site.at) this.reached.add(site.at);
    const environment = site.environment ?? this.stepEnvironment ?? this.environment;
    const region = environment.get('AWS_REGION') || environment.get('AWS_DEFAULT_REGION') || this.region;
    const context: AnswerContext = {
      symbols: this.symbols,
      now: this.now,
      stdin: site.stdin ?? '',
      readFile: site.readFile ?? ((file) => this.readFile(file)),
      ...(region && { region }),
      ...(this.account && { account: this.account }),
    };
    try {
      const call = tool.parse([...argv]);
      const given = tool.record
        ? await tool.record(call, context)
        : { ...call.options, ...(call.words.length > 0 && { words: call.words }) };
      const verdict = this.foretell(call, tool, given, site);
      const verb = tool.verb(call);
      this.add({ tool: call.tool, operation: call.operation, arguments: given, verb }, site, verdict);
      if (site.certainty === 'static' || this.status !== 0) return '';
      return await tool.answer(call, verdict?.empty ? { ...context, isEmpty: true } : context);
    } catch (error) {
      this.fault(name, error);
      return '';
    }
  }

  /** A file of the simulated machine, by a path relative to a folder of it. */
  async readFile(file: string, folder = '/'): Promise<string | undefined> {
    try {
      return await this.files.readFile(path.posix.resolve(folder, file));
    } catch {
      return undefined;
    }
  }
}
