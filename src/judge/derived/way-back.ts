import type { Artifacts, WorkflowSource } from '#model/artifacts.ts';
import { deploymentsOf } from './calls.ts';

const ROLLS_BACK = /roll[-_\s]?back|revert|rollout undo/i;
/** An input that chooses what is deployed lets an older version be chosen. */
const CHOOSES_VERSION =
  /^(image|docker)?[_-]?(tag|version|sha|commit|ref|revision|image|release|build)([_-]?(tag|id|sha|name|number))?$/i;
/** A workflow that only makes a release takes the number that it gives it, not one to go back to. */
const DEPLOYS = /deploy|d[eé]ploie/i;

/** Whether anything in the repository says, or does, how to return to the version before: a page, a script, a workflow. */
export const hasWayBack = ({ documents, scripts, workflows }: Artifacts): boolean =>
  documents.some(({ report, topics }) => !report && topics.some(({ topic }) => topic === 'rollback')) ||
  scripts.some(({ file }) => ROLLS_BACK.test(file)) ||
  workflows.some(isWayBack);

/** Whether a workflow goes back to a version before, or lets whoever starts it choose one. */
export function isWayBack({ file, name, jobs, runs }: WorkflowSource): boolean {
  const steps = jobs.flatMap((job) => job.steps);
  return (
    [file, name, ...jobs.flatMap((job) => [job.id, job.name ?? ''])].some((text) => ROLLS_BACK.test(text)) ||
    steps.some((step) => ROLLS_BACK.test(`${step.name ?? ''}\n${step.run?.text ?? ''}`)) ||
    runs.some(
      (run) =>
        (deploymentsOf(run).length > 0 || DEPLOYS.test(`${file} ${name}`)) &&
        Object.keys(run.inputs).some((input) => CHOOSES_VERSION.test(input)),
    )
  );
}
