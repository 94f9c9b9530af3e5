import path from 'node:path';
import type { ScriptRun } from '#model/workflow.ts';
import { Budget } from './budget.ts';
import { LIMITS } from './limits.ts';
import { maskNote } from './mask-arguments.ts';
import type { Recipe } from './recipes.ts';
import type { Repository } from './repository.ts';
import { ROOT } from './repository.ts';
import { reportedCalls } from './run.ts';
import { runScript } from './run-script.ts';
import { Session } from './session.ts';

/** What each recipe of a file would call when someone starts it. One run each. */
export async function recipeRuns(
  repository: Repository,
  file: string,
  recipes: readonly Recipe[],
  whole: Budget,
): Promise<ScriptRun[]> {
  const runs: ScriptRun[] = [];
  for (const { name, line, script, atRoot } of recipes) {
    const session = new Session(repository, file);
    await runScript(session, script, {
      file,
      line,
      environment: new Map(),
      cwd: atRoot ? ROOT : path.posix.join(ROOT, path.posix.dirname(file)),
      run: true,
      budget: new Budget(LIMITS.scriptUnits, LIMITS.scriptMs, whole),
    });
    const calls = reportedCalls(session, file).filter((call) => call.tool !== 'make' && call.tool !== 'npm');
    if (calls.length)
      runs.push({
        file,
        reachedFrom: [file],
        arguments: [name],
        calls,
        notes: [...session.notes].map(maskNote),
      });
  }
  return runs;
}
