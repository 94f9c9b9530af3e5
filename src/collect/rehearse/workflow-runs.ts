import type { Call, Run } from '#model/workflow.ts';
import type { World } from './contexts.ts';
import { type JobMemory, runJobs } from './jobs.ts';
import { LIMITS } from './limits.ts';
import { isSymbolic } from './symbols.ts';
import { branchBindings, isGuardValue, type Variant, variantsOf } from './variants.ts';
import type { WorkflowDocument } from './workflow-document.ts';

/** What a run can be bound to: what people or events choose. Answers of tools are not: there would be no end. */
const FORKABLE = /^(inputs\.|github\.(ref|ref_name|base_ref|head_ref)$)/;
/** Commands that are worth a mention only where they were really called. */
const QUIET = new Set(['node', 'python', 'pip', 'git', 'make']);

/**
 * Every run of a workflow: its variants, and for each the values that its conditions and `case` statements name, and
 * none of them. `called`: another workflow of the repository calls it.
 */
export async function workflowRuns(
  world: World,
  document: WorkflowDocument,
  called: boolean,
): Promise<Run[]> {
  const runs: Run[] = [];
  const memory: JobMemory = new Map();
  const variants = variantsOf(document.on, called, world.symbols);
  let cut = false;
  for (const [index, variant] of variants.entries()) {
    const queue = [variant.bindings];
    const done = new Set<string>();
    for (let bindings = queue.shift(); bindings; bindings = queue.shift()) {
      const key = JSON.stringify([...bindings].sort());
      if (done.has(key)) continue;
      const late = world.budget.isSpent && (index > 0 || done.size > 0);
      if (done.size >= LIMITS.forks || runs.length >= LIMITS.runs || late) {
        cut = true;
        break;
      }
      done.add(key);
      const outcome = await runJobs(world, document, { ...variant, bindings }, memory);
      runs.push(...outcome.runs);
      queue.push(...forks(world, variant, bindings, outcome.compared));
    }
  }
  const kept = generalised(withoutCovered(runs)).slice(0, LIMITS.runs);
  const first = kept[0];
  if (cut && first) first.notes.push('more variants than a rehearsal follows: the rest was left out');
  return kept;
}

/** The bindings to try next: each literal that something unknown was compared with, and none of them. */
function forks(
  world: World,
  variant: Variant,
  bindings: ReadonlyMap<string, string>,
  compared: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, string>[] {
  const next: ReadonlyMap<string, string>[] = [];
  for (const [name, values] of compared) {
    if (!FORKABLE.test(name) || bindings.has(name)) continue;
    if (name.startsWith('github.ref') && variant.bindings.has('github.ref')) continue;
    const chosen = [...values].filter((value) => !isGuardValue(value)).slice(0, LIMITS.values);
    for (const value of [...chosen, world.symbols.of(`other ${name}`)])
      next.push(new Map([...bindings, ...bindingsOf(name, value), [name, value]]));
  }
  return next;
}

/** Binding a reference settles its other forms. */
function bindingsOf(name: string, value: string): Iterable<[string, string]> {
  const unknown: boolean = isSymbolic(value);
  if (unknown) return [];
  if (name === 'github.ref_name') return branchBindings(value);
  if (name !== 'github.ref') return [];
  const branch = value.replace(/^refs\/heads\//, '');
  if (branch !== value || !value.startsWith('refs/')) return branchBindings(branch);
  return [
    ['github.ref_name', value.replace(/^refs\/\w+\//, '')],
    ['github.ref_type', value.startsWith('refs/tags/') ? 'tag' : 'branch'],
  ];
}

const placeOf = (call: Call): string => `${call.file ?? ''}:${call.line} ${call.tool}`;

/** What one run only read in a branch not taken is left out where another run took the branch. */
function withoutCovered(runs: Run[]): Run[] {
  const made = new Map<string, Set<string>>();
  for (const { job, calls } of runs) {
    const places = made.get(job) ?? new Set();
    made.set(job, places);
    for (const call of calls) if (call.certainty === 'rehearsed') places.add(placeOf(call));
  }
  return runs.map((run) => ({
    ...run,
    calls: run.calls.filter(
      (call) =>
        call.certainty === 'rehearsed' || !(QUIET.has(call.tool) || made.get(run.job)?.has(placeOf(call))),
    ),
  }));
}

const signature = ({ events: _, inputs: __, ...rest }: Run): string => JSON.stringify(rest);

/** An input on which the outcome does not depend is not told; runs that are then the same become one. */
function generalised(runs: Run[]): Run[] {
  const byJob = Map.groupBy(runs, (run) => run.job);
  const kept: Run[] = [];
  for (const group of byJob.values()) {
    const names = new Set(group.flatMap((run) => Object.keys(run.inputs)));
    for (const name of names)
      if (isIndependent(group, name)) for (const run of group) delete run.inputs[name];
    kept.push(...group);
  }
  return merged(kept);
}

/** Whether runs that differ in this input alone are the same, and there are such runs. */
function isIndependent(runs: Run[], name: string): boolean {
  const groups = Map.groupBy(runs, ({ inputs: { [name]: _, ...others }, events }) =>
    JSON.stringify([events, others]),
  );
  let compared = false;
  for (const group of groups.values()) {
    const values = new Set(group.map((run) => JSON.stringify(run.inputs[name])));
    if (values.size < 2) continue;
    compared = true;
    const outcomes = Map.groupBy(group, (run) => JSON.stringify(run.inputs[name]));
    const [first, ...others] = [...outcomes.values()].map((same) => same.map(signature).sort().join());
    if (others.some((other) => other !== first)) return false;
  }
  return compared;
}

function merged(runs: Run[]): Run[] {
  const kept = new Map<string, Run>();
  for (const run of runs) {
    const key = JSON.stringify([run.inputs, signature(run)]);
    const same = kept.get(key);
    if (same) same.events = [...new Set([...same.events, ...run.events])];
    else kept.set(key, { ...run, inputs: { ...run.inputs }, events: [...run.events] });
  }
  return [...kept.values()];
}
