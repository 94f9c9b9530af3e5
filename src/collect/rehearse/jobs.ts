import type { Json } from '#model/fact.ts';
import type { Caller as PredictedCaller } from '#model/prediction.ts';
import type { Run } from '#model/workflow.ts';
import {
  type Caller,
  type JobContext,
  jobContexts,
  type Needed,
  readingNow,
  SKIPPED,
  type World,
} from './contexts.ts';
import { noteVariable } from './credentials.ts';
import { LIMITS } from './limits.ts';
import { matrixCells } from './matrix.ts';
import { runOf } from './run.ts';
import { Session } from './session.ts';
import { conditionText, type Frame, runSteps, say } from './steps.ts';
import { asText, Open, toData } from './values.ts';
import { asDeclared, defaultInputs, type Variant } from './variants.ts';
import { eventsOf, isObject, type JsonObject, textsOf, type WorkflowDocument } from './workflow-document.ts';

/** What one job gave under one variant. */
interface JobResult {
  runs: Run[];
  compared: Map<string, Set<string>>;
  /** Values of the contexts that the outcome depends on. */
  reads: Map<string, string>;
  needed: Needed;
}

/** Results of jobs by job: a variant that changes nothing a job reads is not rehearsed again. */
export type JobMemory = Map<string, JobResult[]>;

export interface Outcome {
  runs: Run[];
  compared: Map<string, Set<string>>;
  reads: Map<string, string>;
  /** What the jobs left, by id. */
  needs: Map<string, Needed>;
}

/** Rehearses the jobs of a workflow under one variant, in the order of their needs. */
export async function runJobs(
  world: World,
  document: WorkflowDocument,
  variant: Variant,
  memory: JobMemory,
  caller?: Caller,
): Promise<Outcome> {
  const jobs = isObject(document.json.jobs) ? document.json.jobs : {};
  const outcome: Outcome = { runs: [], compared: new Map(), reads: new Map(), needs: new Map() };
  for (const [id, job] of inOrder(jobs)) {
    const all = textsOf(job.needs).map((name): [string, Needed] => [
      name,
      outcome.needs.get(name) ?? nothing(world, name),
    ]);
    const context: JobContext = { variant, caller, matrix: {}, needs: new Map(all) };
    const key = `${document.file}\n${id}\n${caller ? JSON.stringify([caller.chain, caller.job, caller.secrets, caller.matrix, caller.conditions]) : ''}`;
    const known = memory.get(key) ?? [];
    const now = readingNow(world, document.file, context);
    let result = known.find(({ reads }) => [...reads].every(([name, value]) => now(name) === value));
    if (!result) {
      result = await runJob(world, document, id, job, context, memory);
      memory.set(key, [...known, result]);
    }
    const event = caller?.event ?? variant.event;
    outcome.runs.push(...result.runs.map((run) => ({ ...run, events: [event] })));
    outcome.needs.set(id, result.needed);
    merge(outcome, result);
  }
  return outcome;
}

const nothing = (world: World, name: string): Needed => ({
  value: toData({
    result: 'success',
    outputs: new Open(world.symbols, `needs.${name}.outputs`) as unknown as Json,
  }),
  signature: '',
});

function merge(into: Pick<Outcome, 'compared' | 'reads'>, from: Pick<Outcome, 'compared' | 'reads'>): void {
  for (const [name, values] of from.compared)
    into.compared.set(name, new Set([...(into.compared.get(name) ?? []), ...values]));
  for (const [name, value] of from.reads) into.reads.set(name, value);
}

/** Jobs after those that they need; a circle's jobs come last, as written. */
function inOrder(jobs: JsonObject): [string, JsonObject][] {
  const left = new Map(
    Object.entries(jobs)
      .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
      .slice(0, LIMITS.jobs),
  );
  const ordered: [string, JsonObject][] = [];
  for (let before = -1; left.size && left.size !== before; ) {
    before = left.size;
    for (const [id, job] of left)
      if (!textsOf(job.needs).some((name) => left.has(name))) {
        ordered.push([id, job]);
        left.delete(id);
      }
  }
  return [...ordered, ...left];
}

async function runJob(
  world: World,
  document: WorkflowDocument,
  id: string,
  job: JsonObject,
  context: JobContext,
  memory: JobMemory,
): Promise<JobResult> {
  const keys = ['jobs', id];
  const probe = new Session(world.repository, document.file);
  probe.line = document.lineOf(keys);
  const contexts = jobContexts(world, probe, context);
  // GitHub: a job does not run after one that was skipped, unless its own condition asks how that one ended.
  const isSkipped =
    [...context.needs.values()].some(({ signature }) => signature === SKIPPED) &&
    !/\b(?:always|failure|cancelled)\s*\(/.test(asText(job.if));
  const gate = isSkipped ? false : world.expressions.condition(job.if, contexts, probe.compare);
  const result: JobResult = { runs: [], compared: new Map(), reads: new Map(), needed: nothing(world, id) };
  for (const [name, { signature }] of context.needs)
    result.reads.set(`skipped.${name}`, signature === SKIPPED ? SKIPPED : '');
  if (gate === false) {
    merge(result, probe);
    result.needed = { value: toData({ result: 'skipped', outputs: {} }), signature: SKIPPED };
    return result;
  }
  const conditions = [
    ...(context.caller?.conditions ?? []),
    ...(typeof gate === 'string' ? [conditionText(probe, gate)] : []),
  ];
  const strategy = isObject(job.strategy) ? job.strategy.matrix : undefined;
  const cells = matrixCells(say({ world, session: probe, contexts }, strategy));
  merge(result, probe);
  for (const matrix of cells) {
    const session = new Session(world.repository, document.file);
    session.line = document.lineOf(keys);
    session.conditions = conditions;
    session.oracle = world.oracle?.start();
    const frame: Frame = {
      world,
      session,
      contexts: jobContexts(world, session, { ...context, matrix }),
      document,
      keys: [...keys, 'steps'],
      defaults: {},
      taken: true,
      depth: 0,
      shell: 'bash',
    };
    if (typeof job.uses === 'string')
      await callWorkflow(frame, id, job, { ...context, matrix }, memory, result);
    else await runOwnJob(frame, id, job, { ...context, matrix }, result);
    merge(result, session);
  }
  const own = (name: string) =>
    result.reads.has(`inputs.${name}`) ||
    result.reads.has(name) ||
    (name === 'github.ref_name' && result.reads.has('github.ref'));
  if (typeof job.uses !== 'string')
    for (const run of result.runs)
      run.inputs = Object.fromEntries(Object.entries(run.inputs).filter(([name]) => own(name)));
  return result;
}

/** Who makes the calls of a job, as its steps go: they assume a role on the way. */
function callerOf(
  { world, session }: Frame,
  environment: string,
  { variant, caller }: JobContext,
): () => PredictedCaller {
  const shown = (text: string | undefined) => text && session.symbols.render(text);
  const repository = world.ownRepository ?? world.origin;
  const branch = shown(variant.bindings.get('github.ref_name'));
  return () => {
    const own = session.current.get('aws');
    const role = shown(own?.role);
    const stated = shown(environment);
    return {
      authentication: own?.authentication ?? 'none',
      ...(role && { role }),
      ...(own?.isChained && { isChained: own.isChained }),
      ...(repository !== undefined && { repository }),
      ...(stated && { environment: stated }),
      event: caller?.event ?? variant.event,
      ...(branch && !branch.includes('⟨') && variant.bindings.get('github.ref_type') !== 'tag' && { branch }),
    };
  };
}

async function runOwnJob(
  frame: Frame,
  id: string,
  job: JsonObject,
  context: JobContext,
  result: JobResult,
): Promise<void> {
  const { session, document, world } = frame;
  enterEnvironment(frame, document.json.env, ['env']);
  enterEnvironment(frame, job.env, ['jobs', id, 'env']);
  await startContainers(frame, id, job);
  const defaults = { ...runDefaults(document.json.defaults), ...runDefaults(job.defaults) };
  const deployedTo = isObject(job.environment) ? job.environment.name : job.environment;
  if (session.oracle) session.caller = callerOf(frame, asText(say(frame, deployedTo)), context);
  const windows = /windows/i.test(asText(say(frame, job['runs-on'])));
  const steps = Array.isArray(job.steps) ? job.steps : [];
  await runSteps({ ...frame, defaults, shell: windows ? 'pwsh' : 'bash' }, steps);

  const outputs: Record<string, Json> = Object.create(null);
  for (const [name, value] of Object.entries(isObject(job.outputs) ? job.outputs : {}))
    outputs[name] = asText(say(frame, value));
  result.needed = {
    value: toData({
      result: 'success',
      outputs: new Open(world.symbols, `needs.${id}.outputs`, outputs) as unknown as Json,
    }),
    signature: JSON.stringify(outputs),
  };
  const environment = isObject(job.environment) ? job.environment.name : job.environment;
  const url = isObject(job.environment) ? job.environment.url : undefined;
  const [name, address] = [asText(say(frame, environment)), asText(say(frame, url))];
  result.runs.push(
    runOf(session, {
      job: id,
      variant: context.variant,
      caller: context.caller,
      file: document.file,
      matrix: context.matrix,
      ...(name && { environment: name }),
      ...(address && { url: address }),
    }),
  );
}

const runDefaults = (defaults: Json | undefined): JsonObject =>
  isObject(defaults) && isObject(defaults.run) ? defaults.run : {};

function enterEnvironment(frame: Frame, given: Json | undefined, keys: string[]): void {
  const { session, document } = frame;
  const line = session.line;
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    session.line = document.lineOf([...keys, name]);
    const text = asText(say(frame, value));
    session.environment.set(name, text);
    noteVariable(session, name, text);
  }
  session.line = line;
}

/** `container:` and `services:` are images that the runner starts. */
async function startContainers(frame: Frame, id: string, job: JsonObject): Promise<void> {
  const { session, document } = frame;
  const services = isObject(job.services) ? Object.entries(job.services) : [];
  const line = session.line;
  for (const [name, given] of [['container', job.container] as const, ...services]) {
    const image = isObject(given) ? given.image : given;
    if (typeof image !== 'string') continue;
    const own =
      name === 'container' && given === job.container
        ? ['jobs', id, 'container']
        : ['jobs', id, 'services', name];
    session.line = document.lineOf(isObject(given) ? [...own, 'image'] : own);
    const words = [asText(say(frame, image))];
    session.add({
      tool: 'docker',
      operation: 'run',
      arguments: { words, service: name, rm: true },
      verb: 'uses',
    });
  }
  session.line = line;
}

/** A job that is a reusable workflow: its runs are those of the workflow called, under what it is given. */
async function callWorkflow(
  frame: Frame,
  id: string,
  job: JsonObject,
  context: JobContext,
  memory: JobMemory,
  result: JobResult,
): Promise<void> {
  const { world, session, document } = frame;
  const { caller, variant } = context;
  const used = asText(job.uses);
  session.line = document.lineOf(['jobs', id, 'uses']);
  const given = say(frame, job.with ?? {});
  const local = used.startsWith('./') ? world.repository.within('', used) : undefined;
  const target =
    local !== undefined && (caller?.depth ?? 0) < LIMITS.workflowDepth ? world.document(local) : undefined;
  const secrets = passedSecrets(frame, job, target);
  if (!target) {
    session.add({ tool: 'workflow', operation: used, arguments: isObject(given) ? given : {}, verb: 'uses' });
    if (job.secrets === 'inherit') session.credential('unknown', 'unknown', []);
    if (local !== undefined) session.note(`workflow not in the repository: ${used}`);
    result.runs.push(
      runOf(session, { job: id, variant, caller, file: document.file, matrix: context.matrix }),
    );
    return;
  }
  const spec = eventsOf(target.on).get('workflow_call') ?? {};
  const declared = isObject(spec.inputs) ? spec.inputs : {};
  const inputs = {
    ...defaultInputs(declared, world.symbols),
    ...asDeclared(declared, isObject(given) ? given : {}),
  };
  const bindings = new Map([...variant.bindings].filter(([name]) => name.startsWith('github.')));
  const inner = await runJobs(
    world,
    target,
    { event: variant.event, inputs, asked: true, bindings },
    memory,
    {
      file: caller?.file ?? document.file,
      chain: [...(caller?.chain ?? []), document.file],
      job: caller ? `${caller.job} / ${id}` : id,
      event: caller?.event ?? variant.event,
      secrets,
      matrix: { ...caller?.matrix, ...context.matrix },
      conditions: session.conditions,
      depth: (caller?.depth ?? 0) + 1,
    },
  );
  result.runs.push(...inner.runs);
  // What the callee reads of its inputs is settled here; what it reads of the reference decides here too.
  const reads = new Map([...inner.reads].filter(([name]) => name.startsWith('github.')));
  merge(result, { compared: inner.compared, reads });
  result.needed = calledOutputs(world, target, spec, inner, id);
}

function passedSecrets(
  frame: Frame,
  job: JsonObject,
  target: WorkflowDocument | undefined,
): JsonObject | undefined {
  if (job.secrets === 'inherit') return undefined;
  const passed: JsonObject = {};
  if (!isObject(job.secrets)) return target ? passed : undefined;
  for (const [name, value] of Object.entries(job.secrets)) passed[name] = say(frame, value);
  return passed;
}

/** `outputs:` of the called workflow. */
function calledOutputs(
  world: World,
  target: WorkflowDocument,
  spec: JsonObject,
  inner: Outcome,
  id: string,
): Needed {
  const session = new Session(world.repository, target.file);
  const context: JobContext = {
    variant: { event: 'workflow_call', inputs: {}, asked: true, bindings: new Map() },
    caller: undefined,
    matrix: {},
    needs: new Map(),
  };
  const contexts = jobContexts(world, session, context);
  const jobs = Object.fromEntries(
    [...inner.needs].map(([name, { value }]) => [name, value as unknown as Json]),
  );
  contexts.put('jobs', toData(jobs));
  const outputs: Record<string, Json> = Object.create(null);
  for (const [name, output] of Object.entries(isObject(spec.outputs) ? spec.outputs : {}))
    outputs[name] = asText(say({ world, session, contexts }, isObject(output) ? output.value : undefined));
  return {
    value: toData({
      result: 'success',
      outputs: new Open(world.symbols, `needs.${id}.outputs`, outputs) as unknown as Json,
    }),
    signature: JSON.stringify(outputs),
  };
}
