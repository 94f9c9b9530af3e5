import type { WorkflowSource } from '#model/artifacts.ts';
import type { Oracle } from '#model/prediction.ts';
import type { Run } from '#model/workflow.ts';
import { originOf } from '../readers/git-origin.ts';
import type { Tree } from '../readers/tree.ts';
import { rehearse } from './rehearse.ts';

const keyOf = ({ job, events, inputs, matrix, chain }: Run): string =>
  JSON.stringify([job, [...events].sort(), inputs, matrix, chain]);

/**
 * Rehearses workflows once more, their reads answered from the observed estate: gives the same runs, each call with how
 * it would end. A run goes where the answers lead; what it does not come to is said to be not reached.
 */
export async function predictRuns(
  tree: Tree,
  workflows: readonly WorkflowSource[],
  oracle: Oracle,
): Promise<WorkflowSource[]> {
  const origin = originOf(tree.root);
  const again = await rehearse(tree, {
    workflows: workflows.map(({ file }) => file),
    oracle,
    ...(origin !== undefined && { origin }),
  });
  const byFile = new Map(again.workflows.map((workflow) => [workflow.file, workflow]));
  return workflows.map((workflow) => {
    const runs = new Map(byFile.get(workflow.file)?.runs.map((run) => [keyOf(run), run]));
    return { ...workflow, runs: workflow.runs.map((run) => runs.get(keyOf(run)) ?? run) };
  });
}
