import type { WorkflowSource } from '#model/artifacts.ts';
import type { Call, Run } from '#model/workflow.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';

export const WORKFLOW = '.github/workflows/deploy.yml';

/** Rehearses a workflow that stands in `.github/workflows/deploy.yml`, with other files beside it. For tests. */
export async function rehearseText(text: string, files: Record<string, string> = {}): Promise<Rehearsal> {
  const all = { ...files, [WORKFLOW]: text };
  const workflows = Object.keys(all).filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file));
  return rehearse(memoryTree(all), { workflows: workflows.sort() });
}

/** The workflow of {@link WORKFLOW} after its rehearsal. */
export async function workflowOf(text: string, files: Record<string, string> = {}): Promise<WorkflowSource> {
  const { workflows } = await rehearseText(text, files);
  const found = workflows.find(({ file }) => file === WORKFLOW);
  if (!found) throw new Error('the workflow was not read');
  return found;
}

export const runsOf = async (text: string, files: Record<string, string> = {}): Promise<Run[]> =>
  (await workflowOf(text, files)).runs;

/** A workflow with one job of these steps, started by a push. */
export const job = (steps: string, on = 'push'): string =>
  `on: ${on}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${indent(steps, 6)}\n`;

/** A workflow whose only step runs this script; its first line is line 8 of the file. */
export const script = (text: string, on = 'push'): string =>
  job(`- name: Deploy\n  run: |\n${indent(text, 4)}`, on);

export const indent = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => (line ? ' '.repeat(by) + line : line))
    .join('\n');

/** A call as one line: `aws ecs update-service cluster=dev service=api`. */
export function shown({ tool, operation, arguments: given }: Call): string {
  const options = Object.entries(given).map(([name, value]) =>
    name === 'words' ? (value as string[]).join(' ') : value === true ? name : `${name}=${String(value)}`,
  );
  return [tool, operation, ...options].filter(Boolean).join(' ');
}

/** All calls of some runs, each once, in order. */
export const callsOf = (runs: readonly Run[]): string[] => [
  ...new Set(runs.flatMap((run) => run.calls.map(shown))),
];
