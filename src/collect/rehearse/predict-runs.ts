import type { WorkflowSource } from '#model/artifacts.ts';
import type { Oracle } from '#model/prediction.ts';
import type { Call, Run } from '#model/workflow.ts';
import type { Tree } from '../readers/tree.ts';
import { rehearse } from './rehearse.ts';

const keyOf = ({ job, events, inputs, matrix, chain }: Run): string =>
  JSON.stringify([job, [...events].sort(), inputs, matrix, chain]);
const placeOf = ({ file, line, tool, operation }: Call): string =>
  `${file ?? ''}:${line} ${tool} ${operation}`;

/**
 * Rehearses workflows once more, their reads answered from the observed estate: gives the same runs, each call with how
 * it would end. A run goes where the answers lead; what it does not come to is said to be not reached.
 */
export async function predictRuns(
  tree: Tree,
  workflows: readonly WorkflowSource[],
  oracle: Oracle,
): Promise<WorkflowSource[]> {
  const again = await rehearse(tree, { workflows: workflows.map(({ file }) => file), oracle });
  const byFile = new Map(again.workflows.map((workflow) => [workflow.file, workflow]));
  return workflows.map((workflow) => {
    const runs = new Map(byFile.get(workflow.file)?.runs.map((run) => [keyOf(run), run]));
    return { ...workflow, runs: workflow.runs.map((run) => withPredictions(run, runs.get(keyOf(run)))) };
  });
}

function withPredictions(run: Run, predicted: Run | undefined): Run {
  if (!predicted) return run;
  const places = Map.groupBy(
    predicted.calls.filter(({ prediction }) => prediction !== undefined),
    placeOf,
  );
  const calls = run.calls.map((call): Call => {
    const found = places.get(placeOf(call)) ?? [];
    const same = JSON.stringify(call.arguments);
    const twin = found.find((one) => JSON.stringify(one.arguments) === same) ?? found[0];
    if (!twin?.prediction) return call;
    const { certainty, prediction, why } = twin;
    return { ...call, certainty, prediction, ...(why && { why }) };
  });
  return { ...run, calls };
}
