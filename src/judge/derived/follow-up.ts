import type { StepSource, WorkflowSource } from '#model/artifacts.ts';
import type { Call, Run } from '#model/workflow.ts';
import { isCheck } from './calls.ts';
import { jobsAfter, levelsOf } from './job-order.ts';

/** `latest`, `checkout` and `stable` are no checks. */
const CHECKS =
  /smoke|health|verif|check(?!out)|e2e|probe|stabil|services-stable|\bwait(?!(?:ing)? (?:and retry|before|\d))|playwright|cypress|newman|postman|\bk6\b|lighthouse|\bcurl\b|\bwget\b|\btest(s|ing)?\b/i;

/** Shown to whoever reads the log, without a command inside; a comment; the frame of a condition. */
const SAYS =
  /^\s*(?:(?:echo|printf)\b(?!.*(?:\$\(|`|[^|]\|[^|]|&&|;\s*\w)).*|#.*|(?:el)?if +\[.*\] *; *then|then|else|fi|exit \d+|)\s*$/;

/** What the script of a step does, without what it only says. */
export const doneBy = (script: string): string =>
  script
    .split('\n')
    .filter((line) => !SAYS.test(line))
    .join('\n');

/** A step that only prints checks nothing, whatever it is called and whatever address it shows. */
function looks({ name = '', uses, run }: StepSource): boolean {
  const done = doneBy(run?.text ?? '');
  if (!uses && run && done === '') return false;
  return CHECKS.test(`${name}\n${uses?.text ?? ''}\n${done}`);
}

const isSameDeployment = (one: Call, other: Call): boolean =>
  one.tool === other.tool &&
  one.operation === other.operation &&
  one.remote === other.remote &&
  JSON.stringify(one.arguments) === JSON.stringify(other.arguments);

/**
 * Whether anything looks at what this call of a run put into service: the call itself, what follows it, a job that
 * waits for it. Names count as much as commands: a step called “smoke test” is believed.
 */
export function isFollowedUp(
  call: Call,
  run: Run,
  workflow: WorkflowSource,
  workflows: readonly WorkflowSource[],
): boolean {
  // the same deployment a second time is a way back: what looks at the first looks at this one
  const position = run.calls.findIndex((one) => isSameDeployment(one, call));
  const comesAfter = (other: Call, index: number) =>
    index > position || (other.file === call.file && other.line > call.line);
  if (run.calls.some((other, index) => isCheck(other) && comesAfter(other, index))) return true;
  // whether an action that a composite action uses waits is not kept
  if (/(^|\/)action\.ya?ml$/.test(call.file ?? '') && call.operation === 'ecs update-service') return true;
  const levels = levelsOf(run, workflow, workflows);
  const written = call.file ?? workflow.file;
  const level = levels.findLast(({ source }) => source.file === written);
  const steps = level?.source.jobs.find(({ id }) => id === level.job)?.steps ?? [];
  const own = steps.findLastIndex(({ line }) => line <= call.line);
  const step = steps[own];
  if (step?.with['wait-for-service-stability'] === 'true') return true;
  // this one waits unless it is told not to
  if (step?.uses && /\/beanstalk-deploy@/.test(step.uses.text))
    return step.with.wait_for_deployment !== 'false';
  if (own >= 0 && steps.slice(own + 1).some(looks)) return true;
  const after = levels.flatMap(({ source, job }) => jobsAfter(job, source.jobs));
  return (
    // a reusable workflow that waits for the deployment may well be the test
    after.some(
      ({ id, name = '', uses, steps }) => uses || CHECKS.test(`${id} ${name}`) || steps.some(looks),
    ) || workflow.runs.some((other) => after.some(({ id }) => id === other.job) && other.calls.some(isCheck))
  );
}
