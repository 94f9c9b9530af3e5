import type { WorkflowSource } from '#model/artifacts.ts';
import type { Json } from '#model/fact.ts';
import { visible } from '#model/text.ts';
import { isObject, type JsonObject, textsOf, type WorkflowDocument } from './workflow-document.ts';

type Fault = WorkflowSource['errors'][number];

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** GitHub documentation, “Workflow syntax for GitHub Actions”. */
const TOP = words('name run-name on true permissions env defaults concurrency jobs');
const JOB = words(
  `name permissions needs if runs-on environment concurrency outputs env defaults steps timeout-minutes strategy
  continue-on-error container services uses with secrets snapshot`,
);
const STEP = words('id if name uses run working-directory shell with env continue-on-error timeout-minutes');
const MOST = 50;

/**
 * What GitHub itself would refuse of a workflow, as far as its own keys tell: the whole of its schema would cost more
 * than the rehearsal.
 */
export function workflowErrors(document: WorkflowDocument): Fault[] {
  return [...faults(document)].slice(0, MOST).sort((a, b) => a.line - b.line);
}

function* faults(document: WorkflowDocument): Generator<Fault> {
  for (const { line, message } of document.errors) yield { line, message };
  yield* unknownKeys(document, document.json, TOP, []);
  if (document.on === undefined) yield { line: 1, message: 'no trigger (`on`)' };
  const jobs = isObject(document.json.jobs) ? document.json.jobs : {};
  for (const [id, job] of Object.entries(jobs)) {
    if (isObject(job)) yield* jobFaults(document, id, job, jobs);
    else yield { line: document.lineOf(['jobs', id]), message: `job ${visible(id)} is not a mapping` };
  }
}

function* jobFaults(
  document: WorkflowDocument,
  id: string,
  job: JsonObject,
  jobs: JsonObject,
): Generator<Fault> {
  const keys = ['jobs', id];
  yield* unknownKeys(document, job, JOB, keys);
  const line = document.lineOf(keys);
  if (job['runs-on'] === undefined && job.uses === undefined)
    yield { line, message: `job ${visible(id)} has neither \`runs-on\` nor \`uses\`` };
  for (const name of textsOf(job.needs))
    if (!Object.hasOwn(jobs, name))
      yield {
        line: document.lineOf([...keys, 'needs']),
        message: `job ${visible(id)} needs ${visible(name)}, which is no job`,
      };
  if (job.uses === undefined && !Array.isArray(job.steps))
    yield { line, message: `job ${visible(id)} has no steps` };
  const ids = new Set<Json>();
  for (const [index, step] of (Array.isArray(job.steps) ? job.steps : []).entries()) {
    const at = [...keys, 'steps', index];
    if (!isObject(step)) {
      yield { line: document.lineOf(at), message: 'step is not a mapping' };
      continue;
    }
    yield* unknownKeys(document, step, STEP, at);
    if ((step.run === undefined) === (step.uses === undefined))
      yield {
        line: document.lineOf(at),
        message:
          step.run === undefined ? 'step has neither `run` nor `uses`' : 'step has both `run` and `uses`',
      };
    if (step.id !== undefined && ids.has(step.id))
      yield {
        line: document.lineOf([...at, 'id']),
        message: `step id ${visible(String(step.id))} given twice`,
      };
    if (step.id !== undefined) ids.add(step.id);
  }
}

function* unknownKeys(
  document: WorkflowDocument,
  holder: JsonObject,
  known: ReadonlySet<string>,
  keys: (string | number)[],
): Generator<Fault> {
  for (const key of Object.keys(holder))
    if (!known.has(key))
      yield { line: document.lineOf([...keys, key]), message: `unknown key ${visible(key)}` };
}
