import type { JobSource, StepSource } from '#model/artifacts.ts';
import { stepCommands } from './shell.ts';

const HEAD =
  /github\.(head_ref|event\.pull_request\.(head\.|merge_commit_sha|number)|event\.workflow_run\.head|event\.number|event\.issue\.number)|refs\/pull\/|pull\/\$/;
/** Tools that run what the checked-out tree says: its scripts, its hooks, its build files. */
const RUNS_TREE =
  /^(npm|pnpm|yarn|bun|npx|pip3?|poetry|uv|tox|nox|pytest|python3?|node|make|cmake|go|cargo|mvn|mvnw|gradle|gradlew|dotnet|composer|bundle|rake|mix|docker|terraform|bash|sh|pre-commit|just|task|deno|ruby|perl|php|swift|sbt|bazel)$/;

/** A job that takes the code of a pull request. */
export interface HeadCheckout {
  step: StepSource;
  line: number;
  /** Where something then runs what that code says; undefined when no step that was read does. */
  runs?: number;
}

/** Where a job takes the code of a pull request, as far as its text says. */
export function headCheckout(job: JobSource): HeadCheckout | undefined {
  for (const [index, step] of job.steps.entries()) {
    const line = takesHead(step);
    if (line === undefined) continue;
    const runs = job.steps.slice(index).flatMap((later) => runsTree(later, later === step ? line : 0))[0];
    return { step, line, ...(runs !== undefined && { runs }) };
  }
  return undefined;
}

function takesHead(step: StepSource): number | undefined {
  const { repository = '', ref = '' } = step.with;
  if (step.uses?.text.startsWith('actions/checkout@') && HEAD.test(`${ref} ${repository}`)) return step.line;
  return stepCommands(step).find(({ words }) =>
    /^(gh pr checkout|git (fetch|pull)\b.*\bpull\/)/.test(words.slice(0, 8).join(' ')),
  )?.line;
}

function runsTree(step: StepSource, after: number): number[] {
  if (step.uses?.text.startsWith('./')) return [step.line];
  return stepCommands(step).flatMap(({ words: [name = ''], line }) =>
    line > after && (name.startsWith('./') || RUNS_TREE.test(name)) ? [line] : [],
  );
}
