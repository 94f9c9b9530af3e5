import type { JobSource, StepSource } from '#model/artifacts.ts';
import type { Json } from '#model/fact.ts';

const READERS = /^aws-actions\/amazon-ecs-render-task-definition@/;
/** Actions that put no file of theirs where the repository is. */
const BRINGS_FILES =
  /^(actions\/(download-artifact|cache)|dawidd6\/|.*(template|replace|substitut|envsubst|decrypt|secret|sops))/i;

/** A task definition that a step reads, at a path that the tree does not have. */
export interface MissingTaskDefinition {
  path: string;
  step: StepSource;
}

/**
 * The task definitions that a job reads and that are not in the tree, under the inputs of one of its runs. Only where
 * the tree is surely the repository's, and no step before could have written the file.
 */
export function missingTaskDefinitions(
  { steps }: JobSource,
  inputs: Record<string, Json>,
  files: ReadonlySet<string>,
): MissingTaskDefinition[] {
  const checkouts = steps.filter(({ uses }) => uses?.text.startsWith('actions/checkout@'));
  if (checkouts.length !== 1 || checkouts[0]?.with.repository || checkouts[0]?.with.path) return [];
  return steps.flatMap((step, index) => {
    if (!step.uses || !READERS.test(step.uses.text)) return [];
    const path = pathOf(step.with['task-definition'] ?? '', inputs);
    if (path === undefined || files.has(path)) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    const earlier = steps.slice(0, index);
    const isWritten = earlier.some(
      ({ uses, run }) =>
        BRINGS_FILES.test(uses?.text ?? '') ||
        uses?.text.startsWith('./') ||
        (run !== undefined && mayWrite(run.text, name)),
    );
    return isWritten ? [] : [{ path, step }];
  });
}

/** The path as written or as the run's input gives it; undefined where only the run knows it. */
function pathOf(text: string, inputs: Record<string, Json>): string | undefined {
  const [, input] = /^\$\{\{\s*(?:github\.event\.)?inputs\.([\w-]+)\s*\}\}$/.exec(text.trim()) ?? [];
  const value = input === undefined ? text.trim() : inputs[input];
  if (typeof value !== 'string' || !/^[\w./-]+\.json$/.test(value) || value.startsWith('/')) return undefined;
  return value.replace(/^\.\//, '');
}

/** Whether a script names the file, or sends anything to a file that is not one of the runner's own. */
function mayWrite(script: string, name: string): boolean {
  const own = script.replace(/>>?\s*"?\$\{?GITHUB_\w+/g, '');
  return script.includes(name) || /task.?def|>|\bgit\b/i.test(own);
}
