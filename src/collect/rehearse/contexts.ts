import { data } from '@actions/expressions';
import type { Json } from '#model/fact.ts';
import type { Oracle } from '#model/prediction.ts';
import type { Budget } from './budget.ts';
import type { Expressions } from './expressions.ts';
import { UNKNOWN_CELL } from './matrix.ts';
import type { Repository } from './repository.ts';
import { ROOT } from './repository.ts';
import { Session } from './session.ts';
import type { Symbols } from './symbols.ts';
import { type Data, Live, Open, toData } from './values.ts';
import type { Variant } from './variants.ts';
import type { JsonObject, WorkflowDocument } from './workflow-document.ts';

/** What a whole rehearsal shares. */
export interface World {
  repository: Repository;
  symbols: Symbols;
  expressions: Expressions;
  /** A workflow or action of the repository, read once. */
  document(file: string): WorkflowDocument | undefined;
  /** The repository's own name, `owner/name`, where its workflows say it. */
  ownRepository: string | undefined;
  /** When it is spent, nothing more is run, only parsed. */
  budget: Budget;
  /** What the observed estate answers; undefined: nobody looked. */
  oracle?: Oracle;
  /** The repository's name for the oracle, where its clone says it and its workflows do not. */
  origin?: string;
}

/** Who called a reusable workflow. */
export interface Caller {
  /** The workflow that starts. */
  file: string;
  /** The files from there to the caller. */
  chain: string[];
  /** The calling job, with those above it. */
  job: string;
  event: string;
  /** What the callee's `secrets.X` holds; undefined: all of the caller's, by the same names. */
  secrets: JsonObject | undefined;
  matrix: JsonObject;
  /** Conditions of the calling jobs, rendered. */
  conditions: string[];
  depth: number;
}

/** The contexts of a job, which change from step to step. */
export class Contexts extends data.Dictionary {
  private readonly members: Map<string, Data>;

  constructor(members: Iterable<[string, Data]>) {
    super();
    this.members = new Map(members);
  }
  override get(key: string): Data | undefined {
    return this.members.get(key.toLowerCase());
  }
  put(key: string, value: Data): void {
    this.members.set(key, value);
  }
  /** The same contexts with some replaced: for a composite action. */
  with(members: Iterable<[string, Data]>): Contexts {
    return new Contexts([...this.members, ...members]);
  }
}

/** The `steps` context: each step by its id, once it ran. */
export class StepsContext extends data.Dictionary {
  private readonly steps = new Map<string, Data>();

  override get(key: string): Data | undefined {
    return this.steps.get(key.toLowerCase());
  }
  put(id: string, outputs: Data, outcome: string): void {
    this.steps.set(id.toLowerCase(), toData({ outputs, outcome, conclusion: outcome } as unknown as Json));
  }
}

/** Members of `github` on which a workflow's course depends. */
const REFERENCES = ['ref', 'ref_name', 'ref_type', 'base_ref', 'head_ref', 'event_name'];

/** The signature of what a job leaves that did not run. */
export const SKIPPED = 'skipped';

/** What a job leaves to those that need it. */
export interface Needed {
  value: Data;
  /** Equal where all its outputs are. */
  signature: string;
}

export interface JobContext {
  variant: Variant;
  caller: Caller | undefined;
  matrix: JsonObject;
  needs: ReadonlyMap<string, Needed>;
}

/** The contexts in which a job starts. What is read of them is put down in the session. */
export function jobContexts(
  { symbols, ownRepository }: World,
  session: Session,
  { variant, caller, matrix, needs }: JobContext,
): Contexts {
  const { bindings } = variant;
  const seen = (name: string, value: Data): Data => {
    session.reads.set(name, value.coerceString());
    return value;
  };
  const inputs =
    variant.asked || caller
      ? new Open(symbols, 'inputs', variant.inputs, (_, name) => bindings.get(name))
      : toData({});
  const watchedInputs = new Watched(inputs as data.Dictionary, (key, value) => seen(`inputs.${key}`, value));
  const github = new Open(
    symbols,
    'github',
    {
      event_name: caller?.event ?? variant.event,
      workspace: ROOT,
      run_attempt: '1',
      server_url: 'https://github.com',
      api_url: 'https://api.github.com',
      action_path: ROOT,
      ...(ownRepository !== undefined && {
        repository: ownRepository,
        repository_owner: ownRepository.slice(0, ownRepository.indexOf('/')),
      }),
    },
    (key, name) => {
      if (key === 'token') session.credential('github', 'github-token', []);
      if (key === 'event')
        return new Open(symbols, 'github.event', { inputs: watchedInputs as unknown as Json });
      return bindings.get(name);
    },
  );
  const secrets = new Open(symbols, 'secrets', caller?.secrets ?? {}, (key) => {
    const passed = caller?.secrets && Object.hasOwn(caller.secrets, key) ? caller.secrets[key] : undefined;
    if (passed === undefined) session.secret(key);
    else for (const name of session.secretsIn(String(passed))) session.secret(name);
    return undefined;
  });
  const vars = new Open(symbols, 'vars', {}, (key) => {
    session.variables.add(key);
    return undefined;
  });
  return new Contexts([
    [
      'github',
      new Watched(github, (key, value) => (REFERENCES.includes(key) ? seen(`github.${key}`, value) : value)),
    ],
    ['env', new Live(() => session.environment)],
    ['inputs', watchedInputs],
    ['vars', vars],
    ['secrets', secrets],
    ['steps', new StepsContext()],
    ['needs', needsContext(session, needs)],
    ['matrix', UNKNOWN_CELL in matrix ? new Open(symbols, 'matrix') : toData(matrix)],
    ['strategy', new Open(symbols, 'strategy')],
    ['runner', new Open(symbols, 'runner', { os: 'Linux', arch: 'X64', temp: '/tmp' })],
    ['job', new Open(symbols, 'job', { status: 'success' })],
  ]);
}

function needsContext(session: Session, needs: JobContext['needs']): Data {
  const jobs = new data.Dictionary(...[...needs].map(([key, { value }]) => ({ key, value })));
  return new Watched(jobs, (key, value) => {
    session.reads.set(`needs.${key}`, needs.get(key)?.signature ?? '');
    return value;
  });
}

/** Gives what a read put down in a session ({@link Session.reads}) would give now. */
export function readingNow(world: World, file: string, job: JobContext): (name: string) => string {
  let contexts: Contexts | undefined;
  return (name) => {
    const [context = '', ...rest] = name.split('.');
    const key = rest.join('.');
    if (context === 'needs') return job.needs.get(key)?.signature ?? '';
    if (context === 'skipped') return job.needs.get(key)?.signature === SKIPPED ? SKIPPED : '';
    contexts ??= jobContexts(world, new Session(world.repository, file), job);
    const holder = contexts.get(context);
    return holder instanceof data.Dictionary ? (holder.get(key)?.coerceString() ?? '') : '';
  };
}

/** A context that tells what is read of it. */
export class Watched extends data.Dictionary {
  private readonly inner: data.Dictionary;
  private readonly seen: (key: string, value: Data) => Data;

  constructor(inner: data.Dictionary, seen: (key: string, value: Data) => Data) {
    super();
    this.inner = inner;
    this.seen = seen;
  }
  override get(key: string): Data | undefined {
    const value = this.inner.get(key);
    return this.seen(key, value ?? new data.Null());
  }
  override pairs() {
    return this.inner.pairs();
  }
  override values() {
    return this.inner.values();
  }
}
