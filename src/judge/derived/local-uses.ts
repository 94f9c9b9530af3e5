import type { Artifacts, JobSource, LocalAction, StepSource, WorkflowSource } from '#model/artifacts.ts';

const byFile = new WeakMap<readonly { file: string }[], Map<string, { file: string }>>();

/** A workflow or an action by its file, found without going through the list each time. */
function found<T extends { file: string }>(list: readonly T[], file: string): T | undefined {
  const index = byFile.get(list) ?? new Map(list.map((one) => [one.file, one]));
  byFile.set(list, index);
  return index.get(file) as T | undefined;
}

/** The workflow of the repository that a job calls, as it stands at the same commit; `unread` where there is none. */
export function calledWorkflow(
  { uses }: JobSource,
  { workflows }: Pick<Artifacts, 'workflows'>,
): WorkflowSource | 'unread' | undefined {
  if (!uses?.text.startsWith('./')) return undefined;
  return found(workflows, uses.text.slice(2)) ?? 'unread';
}

/** The action of the repository that a step uses; `unread` where its description was not read. */
export function usedAction(
  { uses }: StepSource,
  { actions }: Pick<Artifacts, 'actions'>,
): LocalAction | 'unread' | undefined {
  if (!uses?.text.startsWith('./')) return undefined;
  const folder = uses.text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  const prefix = folder && `${folder}/`;
  return found(actions, `${prefix}action.yml`) ?? found(actions, `${prefix}action.yaml`) ?? 'unread';
}
