import path from 'node:path';
import type { ScriptRun } from '#model/workflow.ts';
import { Budget } from './budget.ts';
import { scriptsOf } from './commands/packages.ts';
import { LIMITS } from './limits.ts';
import { readMakefile } from './makefile.ts';
import { shellWords } from './mark.ts';
import { maskNote } from './mask-arguments.ts';
import type { Repository } from './repository.ts';
import { ROOT } from './repository.ts';
import { reportedCalls } from './run.ts';
import { runScript } from './run-script.ts';
import { inspect } from './script.ts';
import { callsTools } from './script-runs.ts';
import { Session } from './session.ts';

/** Something that a package or a Makefile lets people start by name. */
interface Recipe {
  name: string;
  line: number;
  /** The command that starts it, in the folder of its file. */
  command: string[];
  /** What it says, to tell whether it calls anything. */
  text: string;
}

function packageScripts(text: string): Recipe[] {
  const lines = text.split('\n');
  return Object.entries(scriptsOf(text) ?? {}).flatMap(([name, script]) =>
    typeof script === 'string'
      ? [
          {
            name,
            line: Math.max(1, lines.findIndex((line) => line.includes(`${JSON.stringify(name)}:`)) + 1),
            command: ['npm', 'run', name],
            text: script,
          },
        ]
      : [],
  );
}

function makeTargets(text: string): Recipe[] {
  return [...readMakefile(text).rules].flatMap(([name, rule]) => {
    const [first] = rule.recipe;
    const isPattern = /[%$]/.test(name);
    return first && !isPattern
      ? [
          {
            name,
            line: first.line,
            command: ['make', name],
            text: rule.recipe.map((one) => one.text.replace(/\$\(([A-Z_a-z]\w*)\)/g, '$$$1')).join('\n'),
          },
        ]
      : [];
  });
}

/**
 * What each package script, or each target of a Makefile, would call when someone starts it: those that call a tool
 * of deployment. One run each.
 */
export async function recipeRuns(repository: Repository, file: string, whole: Budget): Promise<ScriptRun[]> {
  const text = repository.text(file);
  if (text === undefined || text.length > LIMITS.scriptLength) return [];
  const recipes = file.endsWith('.json') ? packageScripts(text) : makeTargets(text);
  const runs: ScriptRun[] = [];
  for (const { name, line, command, text: recipe } of recipes.slice(0, LIMITS.runs)) {
    if (!callsTools(inspect(recipe))) continue;
    const session = new Session(repository, file);
    await runScript(session, shellWords(command), {
      file,
      line,
      environment: new Map(),
      cwd: path.posix.join(ROOT, path.posix.dirname(file)),
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
