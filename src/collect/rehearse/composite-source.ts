import type { LocalAction, StepSource, WorkflowSource } from '#model/artifacts.ts';
import type { Repository } from './repository.ts';
import { asText } from './values.ts';
import { isObject, type WorkflowDocument } from './workflow-document.ts';
import { parametersOf, stepsOf } from './workflow-source.ts';

const KEPT_HERE = /^\.github\/actions\/(?:[^/]+\/)+action\.ya?ml$/;
/** Actions of one repository that are read. */
const MOST = 300;

/** An action's description as it is written. Never throws. */
function readAction(document: WorkflowDocument): LocalAction | undefined {
  const { file, json } = document;
  if (!isObject(json.runs)) return undefined;
  const using = asText(json.runs.using);
  return {
    file,
    using,
    inputs: parametersOf(document, json.inputs, ['inputs']),
    steps: using === 'composite' ? stepsOf(document, json.runs.steps, ['runs', 'steps']) : [],
  };
}

/**
 * The actions of the repository: those kept where GitHub suggests it, and those that a workflow or another of them
 * uses by its path. One that cannot be read is left out.
 */
export function localActions(
  repository: Repository,
  workflows: readonly WorkflowSource[],
  document: (file: string) => WorkflowDocument | undefined,
): LocalAction[] {
  const used = (steps: readonly StepSource[]) => steps.flatMap((step) => actionFile(step, repository) ?? []);
  const pending = [
    ...repository.tree.files.map(({ path }) => path).filter((path) => KEPT_HERE.test(path)),
    ...workflows.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => used(steps))),
  ];
  const seen = new Set<string>();
  const actions: LocalAction[] = [];
  for (let file = pending.pop(); file !== undefined && seen.size < MOST; file = pending.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const read = document(file);
    const action = read && readAction(read);
    if (!action) continue;
    actions.push(action);
    pending.push(...used(action.steps));
  }
  return actions.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The description of the action that a step uses by its path, where the repository has it. */
function actionFile({ uses }: StepSource, repository: Repository): string | undefined {
  if (!uses?.text.startsWith('./')) return undefined;
  const folder = repository.within('', uses.text);
  if (folder === undefined) return undefined;
  const prefix = folder === '.' || folder === '' ? '' : `${folder}/`;
  return ['action.yml', 'action.yaml']
    .map((name) => `${prefix}${name}`)
    .find((file) => repository.tree.paths.has(file));
}
