import path from 'node:path';
import type { Json } from '#model/fact.ts';
import type { ActionResult, Inputs } from './actions/action.ts';
import { modelOf, recordUnknown } from './actions/all.ts';
import { UNITS } from './budget.ts';
import { type Contexts, StepsContext, type World } from './contexts.ts';
import { noteVariable } from './credentials.ts';
import { LIMITS } from './limits.ts';
import { ROOT } from './repository.ts';
import { runScript } from './run-script.ts';
import type { Session } from './session.ts';
import { asText, type Data, Live, Open, toData } from './values.ts';
import { isObject, type JsonObject, type WorkflowDocument } from './workflow-document.ts';

/** Where a list of steps stands: in a job, or in a composite action that a job uses. */
export interface Frame {
  world: World;
  session: Session;
  contexts: Contexts;
  document: WorkflowDocument;
  keys: (string | number)[];
  /** `defaults.run` of the job over those of the workflow. */
  defaults: JsonObject;
  /** False: the steps are only parsed. */
  taken: boolean;
  /** Steps of a composite action have their own files for `$GITHUB_ENV`. */
  depth: number;
  /** The default shell; a step in another language is only parsed. */
  shell: string;
}

interface Step extends Frame {
  step: JsonObject;
  index: number;
  stepKeys: (string | number)[];
  environment: ReadonlyMap<string, string>;
  outputs: Record<string, Json>;
}

/** An expression's value in a frame. */
export const say = (
  { world, session, contexts }: Pick<Frame, 'world' | 'session' | 'contexts'>,
  value: Json | undefined,
): Json => (value === undefined ? null : world.expressions.interpolate(value, contexts, session.compare));

/** Rehearses a list of steps in order. */
export async function runSteps(frame: Frame, steps: readonly Json[]): Promise<void> {
  const { session, document, keys, depth, world } = frame;
  for (const [index, step] of steps.slice(0, LIMITS.stepsPerJob).entries()) {
    if (!isObject(step)) continue;
    // those of a job are few; actions that use actions multiply
    if (depth > 0) {
      world.budget.spend(UNITS.command);
      if (world.budget.isSpent) {
        session.note(`not rehearsed, as the budget is spent: steps from ${document.file}`);
        return;
      }
    }
    const outer = { file: session.file, line: session.line, conditions: session.conditions };
    session.file = document.file;
    session.line = document.lineOf([...keys, index]);
    try {
      await runStep(frame, step, index);
    } finally {
      Object.assign(session, outer);
      session.stepEnvironment = undefined;
      frame.contexts.put('env', new Live(() => session.environment));
    }
  }
}

async function runStep(frame: Frame, step: JsonObject, index: number): Promise<void> {
  const { world, session, contexts, document } = frame;
  const stepKeys = [...frame.keys, index];
  const gate = world.expressions.condition(step.if, contexts, session.compare);
  const id = typeof step.id === 'string' ? step.id : undefined;
  const known = contexts.get('steps');
  const put = (outputs: Data, outcome: string) => {
    if (id !== undefined && known instanceof StepsContext) known.put(id, outputs, outcome);
  };
  // A step for failures is read, for the rollback in it; any other that is never taken declares nothing.
  const forFailure = gate === false && /failure\(\)|cancelled\(\)/.test(asText(step.if));
  if (gate === false && frame.taken && !forFailure) return put(toData({}), 'skipped');
  if (typeof gate === 'string') session.conditions = [...session.conditions, conditionText(session, gate)];
  if (forFailure) session.conditions = [...session.conditions, asText(step.if)];

  const environment = stepEnvironment(frame, step, stepKeys);
  contexts.put('env', new Live(() => environment));
  session.stepEnvironment = environment;
  const outputs: Record<string, Json> = Object.create(null);
  const whole: Step = {
    ...frame,
    taken: frame.taken && gate !== false,
    step,
    index,
    stepKeys,
    environment,
    outputs,
  };
  session.line = document.lineOf([...stepKeys, step.run === undefined ? 'uses' : 'run']);
  const goesOn = asText(say(frame, step['continue-on-error']));
  const outer = session.tolerant;
  session.tolerant = outer || goesOn === 'true';
  if (typeof step.run === 'string') await runShellStep(whole);
  else if (typeof step.uses === 'string') await runAction(whole, step.uses);
  session.tolerant = outer;
  put(new Open(world.symbols, `steps.${id ?? ''}.outputs`, outputs), 'success');
}

/** A symbol as a condition that people read. */
export const conditionText = (session: Session, gate: string): string =>
  session.symbols
    .render(gate)
    .replace(/^⟨(.*)⟩$/s, '$1')
    .slice(0, 200);

/** The environment that a step's own `env:` gives on top of the job's. */
function stepEnvironment(
  frame: Frame,
  step: JsonObject,
  stepKeys: (string | number)[],
): ReadonlyMap<string, string> {
  const { session, document } = frame;
  const environment = new Map(session.environment);
  const line = session.line;
  for (const [name, value] of Object.entries(isObject(step.env) ? step.env : {})) {
    session.line = document.lineOf([...stepKeys, 'env', name]);
    const text = asText(say(frame, value));
    environment.set(name, text);
    noteVariable(session, name, text);
  }
  session.line = line;
  return environment;
}

const SHELLS = /^(ba|z|da|k)?sh\b/;

async function runShellStep(whole: Step): Promise<void> {
  const { session, document, step, stepKeys, defaults } = whole;
  const line = document.textLineOf([...stepKeys, 'run']);
  const language = asText(say(whole, step.shell ?? defaults.shell ?? whole.shell)) || 'bash';
  const text = asText(say(whole, step.run));
  const folder = asText(say(whole, step['working-directory'] ?? defaults['working-directory'] ?? '.'));
  if (/^python/.test(language)) {
    const certainty = whole.taken ? 'rehearsed' : 'static';
    await session.record(['python', '-'], { stdin: text, certainty, environment: whole.environment });
    return;
  }
  const inShell = SHELLS.test(language);
  if (!inShell) session.note(`line ${line}: ${language} is only parsed`);
  await runText(whole, text, line, path.posix.resolve(ROOT, folder), inShell);
}

/** Runs a text on the machine and takes in what it leaves in `$GITHUB_ENV` and `$GITHUB_OUTPUT`. */
async function runText(
  whole: Step,
  text: string,
  line: number,
  cwd: string,
  inShell: boolean,
  remote?: { host: string; variables: string[] },
): Promise<void> {
  const { session, contexts, document, environment, outputs, depth, index, world, taken } = whole;
  const files = {
    GITHUB_ENV: `/tmp/env-${depth}-${index}`,
    GITHUB_OUTPUT: `/tmp/output-${depth}-${index}`,
    GITHUB_PATH: `/tmp/path-${depth}-${index}`,
    GITHUB_STEP_SUMMARY: '/tmp/summary',
  };
  const own = remote
    ? new Map(remote.variables.map((name) => [name, environment.get(name) ?? session.symbols.of(`$${name}`)]))
    : new Map([...runnerVariables(session, contexts, text), ...environment, ...Object.entries(files)]);
  const run = taken && inShell;
  if (run && !remote) for (const file of Object.values(files)) session.files.writeFileSync(file, '');
  const outcome = await runScript(session, text, {
    file: document.file,
    line,
    environment: own,
    cwd,
    run,
    budget: world.budget,
    ...(remote && { remote: session.symbols.render(remote.host) }),
  });
  if (!run || remote) return;
  for (const [, name = '', value = ''] of outcome.stdout.matchAll(/^::set-output name=([\w-]+)::(.*)$/gm))
    outputs[name] = value;
  for (const [name, value] of pairs(await session.readFile(files.GITHUB_OUTPUT))) outputs[name] = value;
  for (const [name, value] of pairs(await session.readFile(files.GITHUB_ENV))) {
    session.environment.set(name, value);
    noteVariable(session, name, value);
  }
}

/** The runner's own variables. Those of the reference are only asked for where a script can see them. */
function runnerVariables(session: Session, contexts: Contexts, text: string): Map<string, string> {
  const github = contexts.get('github') as Open;
  const symbols = session.symbols;
  const variables = new Map(
    ['sha', 'repository', 'repository_owner', 'run_number', 'run_id', 'actor'].map((name) => [
      `GITHUB_${name.toUpperCase()}`,
      symbols.of(`github.${name}`),
    ]),
  );
  const sees =
    /GITHUB_(REF|EVENT|BASE|HEAD)/.test(text) ||
    /\.(sh|bash|js|ts|py|mk)\b|\bmake\b|\b(npm|yarn|pnpm|bun)\b|\.\/|\bbin\//.test(text);
  if (sees)
    for (const name of ['ref', 'ref_name', 'ref_type', 'base_ref', 'head_ref', 'event_name'])
      variables.set(`GITHUB_${name.toUpperCase()}`, github.get(name)?.coerceString() ?? '');
  return variables;
}

/** The `NAME=value` and `NAME<<END` entries of a file that a step writes for later ones. */
export function* pairs(text: string | undefined): Generator<[string, string]> {
  const rows = (text ?? '').split('\n');
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? '';
    const document = /^([^=<]+)<<(.+)$/.exec(row);
    const equals = row.indexOf('=');
    if (document) {
      const body: string[] = [];
      for (i += 1; i < rows.length && rows[i] !== document[2]; i += 1) body.push(rows[i] ?? '');
      yield [(document[1] ?? '').trim(), body.join('\n')];
    } else if (equals > 0) yield [row.slice(0, equals).trim(), row.slice(equals + 1)];
  }
}

async function runAction(whole: Step, used: string): Promise<void> {
  const { session, world, step } = whole;
  const given = inputsOf(whole, step.with);
  if (used.startsWith('.')) {
    const folder = world.repository.within('', used);
    const file = ['action.yml', 'action.yaml']
      .map((name) => `${folder}/${name}`)
      .find((name) => world.repository.tree.paths.has(name));
    const document = folder === undefined || file === undefined ? undefined : world.document(file);
    if (document && isObject(document.json.runs) && document.json.runs.using === 'composite') {
      if (whole.depth < LIMITS.actionDepth) await runComposite(whole, document, document.json.runs, given);
      else session.note(`more actions inside one another than a rehearsal follows: ${used}`);
      return;
    }
    if (folder === undefined) session.note(`leads out of the repository: ${used}`);
    else if (file === undefined) session.note(`action not in the repository: ${used}`);
  }
  const outer = session.unsure;
  session.unsure = outer || !whole.taken;
  try {
    const name = used.split('@')[0] ?? used;
    const model = modelOf(name);
    const result = model ? await model.run(given, session) : recordUnknown(used, given, session);
    await takeIn(whole, result ?? {});
  } catch (error) {
    session.fault(used, error);
  } finally {
    session.unsure = outer;
  }
}

function inputsOf(whole: Step, given: Json | undefined): Inputs {
  const all: Record<string, string> = Object.create(null);
  const line = whole.session.line;
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    whole.session.line = whole.document.lineOf([...whole.stepKeys, 'with', name]);
    all[name] = asText(say(whole, value));
  }
  whole.session.line = line;
  const byName = new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.assign((name: string) => byName.get(name.toLowerCase()) ?? '', { all });
}

async function takeIn(whole: Step, result: ActionResult): Promise<void> {
  const { session, document, stepKeys, outputs } = whole;
  Object.assign(outputs, result.outputs);
  for (const [name, value] of Object.entries(result.environment ?? {}))
    if (value) session.environment.set(name, value);
  if (result.script)
    await runText(
      whole,
      result.script.text,
      session.line,
      path.posix.resolve(ROOT, result.script.folder ?? '.'),
      true,
    );
  if (result.remote) {
    const { text, host, input, variables } = result.remote;
    const line = document.textLineOf([...stepKeys, 'with', input]);
    await runText(whole, text, line, '/home/remote', true, { host, variables });
  }
}

async function runComposite(
  whole: Step,
  document: WorkflowDocument,
  runs: JsonObject,
  given: Inputs,
): Promise<void> {
  const { world, session, contexts } = whole;
  const known: Record<string, Json> = Object.create(null);
  for (const [name, input] of Object.entries(isObject(document.json.inputs) ? document.json.inputs : {}))
    known[name] = given(name) || asText(say(whole, isObject(input) ? input.default : undefined));
  for (const [name, value] of Object.entries(given.all)) known[name] ??= value;
  const steps = Array.isArray(runs.steps) ? runs.steps : [];
  const inner = contexts.with([
    ['inputs', new Open(world.symbols, 'inputs', known)],
    ['steps', new StepsContext()],
    ['env', new Live(() => whole.environment)],
  ]);
  const outer = new Map(session.environment);
  for (const [name, value] of whole.environment) session.environment.set(name, value);
  await runSteps(
    {
      ...whole,
      contexts: inner,
      document,
      keys: ['runs', 'steps'],
      defaults: {},
      depth: whole.depth + 1,
      shell: 'bash',
    },
    steps,
  );
  // The step's own variables end with it; those that the action put into `$GITHUB_ENV` stay.
  for (const [name, value] of whole.environment)
    if (session.environment.get(name) === value) {
      const before = outer.get(name);
      if (before === undefined) session.environment.delete(name);
      else session.environment.set(name, before);
    }
  for (const [name, output] of Object.entries(isObject(document.json.outputs) ? document.json.outputs : {}))
    whole.outputs[name] = asText(
      say({ world, session, contexts: inner }, isObject(output) ? output.value : undefined),
    );
}
