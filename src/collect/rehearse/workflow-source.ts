import path from 'node:path';
import type {
  JobSource,
  Parameter,
  StepSource,
  StrayWorkflow,
  Trigger,
  WorkflowSource,
} from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { Json } from '#model/fact.ts';
import { code, type Text } from '#model/text.ts';
import { LIMITS } from './limits.ts';
import { asText } from './values.ts';
import {
  eventsOf,
  isObject,
  type JsonObject,
  readDocument,
  textsOf,
  type WorkflowDocument,
} from './workflow-document.ts';
import { workflowErrors } from './workflow-errors.ts';

/** A workflow file read: as it is written, or why it is none. */
export interface WorkflowReading {
  document?: WorkflowDocument;
  source?: WorkflowSource;
  unread?: Unread;
  stray?: StrayWorkflow;
}

/** Reads a workflow file as it is written. Never throws; a file that is no workflow gives a line of coverage. */
export function readWorkflow(file: string, text: string): WorkflowReading {
  const document = readDocument(file, text);
  if ('fault' in document) {
    const { fault, line, message } = document;
    return {
      unread: { file, line, why: FAULTS[fault](message), asked: true },
      ...(fault !== 'syntax' && { stray: { file, line, why: 'not-a-mapping' } }),
    };
  }
  const { jobs } = document.json;
  if (!isObject(jobs) || Object.keys(jobs).length === 0) {
    const why = {
      fr: 'workflow sans `jobs`\u00a0: GitHub ne l’exécute pas',
      en: 'workflow without `jobs`: GitHub does not run it',
    };
    const line = document.lineOf(['jobs']);
    return { unread: { file, line, why, asked: true }, stray: { file, line, why: 'no-jobs' } };
  }
  const source: WorkflowSource = {
    file,
    name: asText(document.json.name) || path.posix.basename(file),
    triggers: triggersOf(document),
    ...optional('takes', takesOf(document)),
    ...optional('permissions', permissionsOf(document, document.json.permissions, ['permissions'])),
    ...optional('concurrency', lineIf(document, document.json.concurrency, ['concurrency'])),
    jobs: Object.entries(jobs)
      .slice(0, LIMITS.jobs)
      .flatMap(([id, job]) => (isObject(job) ? [jobOf(document, id, job)] : [])),
    runs: [],
    errors: workflowErrors(document),
  };
  return {
    document,
    source,
    ...(source.triggers.length === 0 && { stray: { file, line: 1, why: 'no-trigger' as const } }),
  };
}

const FAULTS: Record<'syntax' | 'empty' | 'not-a-mapping', (message: string) => Text> = {
  syntax: (message) => ({
    fr: `YAML invalide\u00a0: ${code(message)}`,
    en: `invalid YAML: ${code(message)}`,
  }),
  empty: () => ({ fr: 'workflow vide', en: 'empty workflow' }),
  'not-a-mapping': () => ({
    fr: 'ce workflow n’est pas un dictionnaire YAML',
    en: 'this workflow is not a YAML mapping',
  }),
};

/** A property only where it has a value. */
function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

const lineIf = (document: WorkflowDocument, value: Json | undefined, keys: (string | number)[]) =>
  value === undefined || value === null ? undefined : document.lineOf(keys);

function permissionsOf(document: WorkflowDocument, value: Json | undefined, keys: (string | number)[]) {
  if (value === undefined) return undefined;
  const given = isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([scope, level]) => [scope, asText(level)]))
    : asText(value);
  return { value: given, line: document.lineOf(keys) };
}

function triggersOf(document: WorkflowDocument): Trigger[] {
  const { on, onKey } = document;
  return [...eventsOf(on)].map(([event, given]) => {
    const index = Array.isArray(on) ? on.indexOf(event) : -1;
    return {
      event,
      line: document.lineOf(typeof on === 'string' ? [onKey] : [onKey, index >= 0 ? index : event]),
      branches: textsOf(given.branches),
      branchesIgnore: textsOf(given['branches-ignore']),
      tags: textsOf(given.tags),
      paths: textsOf(given.paths),
      pathsIgnore: textsOf(given['paths-ignore']),
      schedules: event === 'schedule' ? schedulesOf(on) : [],
      types: textsOf(given.types),
    };
  });
}

function schedulesOf(on: Json | undefined): string[] {
  const schedules = isObject(on) ? on.schedule : undefined;
  return (Array.isArray(schedules) ? schedules : []).flatMap((one) =>
    isObject(one) ? textsOf(one.cron) : [],
  );
}

function takesOf(document: WorkflowDocument): WorkflowSource['takes'] {
  const call = eventsOf(document.on).get('workflow_call');
  const keys = [document.onKey, 'workflow_call'];
  return (
    call && {
      inputs: parametersOf(document, call.inputs, [...keys, 'inputs']),
      secrets: parametersOf(document, call.secrets, [...keys, 'secrets']),
    }
  );
}

/** The inputs or secrets that a workflow or an action declares under these keys. */
export function parametersOf(
  document: WorkflowDocument,
  declared: Json | undefined,
  keys: (string | number)[],
): Parameter[] {
  return Object.entries(isObject(declared) ? declared : {}).map(([name, given]) => ({
    name,
    line: document.lineOf([...keys, name]),
    required: isObject(given) && given.required === true,
    ...optional('default', isObject(given) ? textOf(given.default) : undefined),
  }));
}

function jobOf(document: WorkflowDocument, id: string, job: JsonObject): JobSource {
  const keys = ['jobs', id];
  const environment = isObject(job.environment) ? job.environment.name : job.environment;
  return {
    id,
    line: document.lineOf(keys),
    ...optional('name', textOf(job.name)),
    ...optional('condition', textOf(job.if)),
    ...optional('environment', textOf(environment)),
    needs: textsOf(job.needs),
    ...optional('permissions', permissionsOf(document, job.permissions, [...keys, 'permissions'])),
    ...optional('concurrency', lineIf(document, job.concurrency, [...keys, 'concurrency'])),
    ...optional('uses', usesOf(document, job, keys)),
    ...(typeof job.uses === 'string' && givenBy(document, job, keys)),
    continueOnError: job['continue-on-error'] === true,
    steps: stepsOf(document, job.steps, [...keys, 'steps']),
  };
}

/** What a job gives to the workflow that it calls. Of secrets only the names. */
function givenBy(
  document: WorkflowDocument,
  job: JsonObject,
  keys: (string | number)[],
): Pick<JobSource, 'with' | 'secrets'> {
  const placed = (key: 'with' | 'secrets', given: JsonObject) =>
    Object.entries(given).map(([name, value]) => ({
      name,
      value: asText(value),
      line: document.lineOf([...keys, key, name]),
    }));
  return {
    ...(isObject(job.with) && { with: placed('with', job.with) }),
    ...(isObject(job.secrets) && {
      secrets: placed('secrets', job.secrets).map(({ name, line }) => ({ name, line })),
    }),
    ...(job.secrets === 'inherit' && { secrets: 'inherit' }),
  };
}

/** The steps of a job or of a composite action that stand under these keys. */
export const stepsOf = (
  document: WorkflowDocument,
  steps: Json | undefined,
  keys: (string | number)[],
): StepSource[] =>
  (Array.isArray(steps) ? steps : [])
    .slice(0, LIMITS.stepsPerJob)
    .flatMap((step, index) => (isObject(step) ? [stepOf(document, step, [...keys, index])] : []));

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : asText(value);

const usesOf = (document: WorkflowDocument, holder: JsonObject, keys: (string | number)[]) =>
  typeof holder.uses === 'string'
    ? { text: holder.uses, line: document.lineOf([...keys, 'uses']) }
    : undefined;

function textsByName(value: Json | undefined): Record<string, string> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]))
    : {};
}

const isLocal = (uses: Json | undefined): boolean => typeof uses === 'string' && uses.startsWith('./');

const linesOf = (document: WorkflowDocument, given: JsonObject, keys: (string | number)[]) =>
  Object.fromEntries(Object.keys(given).map((name) => [name, document.lineOf([...keys, 'with', name])]));

function stepOf(document: WorkflowDocument, step: JsonObject, keys: (string | number)[]): StepSource {
  const { run } = step;
  return {
    line: document.lineOf(keys),
    ...optional('name', textOf(step.name)),
    ...optional('condition', textOf(step.if)),
    continueOnError: step['continue-on-error'] === true,
    ...optional('uses', usesOf(document, step, keys)),
    with: textsByName(step.with),
    ...(isLocal(step.uses) && isObject(step.with) && { withLines: linesOf(document, step.with, keys) }),
    ...(typeof run === 'string' && { run: { text: run, line: document.textLineOf([...keys, 'run']) } }),
    ...optional('shell', textOf(step.shell)),
    environment: textsByName(step.env),
  };
}
