import { callsTools } from './calls-tools.ts';
import { LIMITS } from './limits.ts';
import { readMakefile } from './makefile.ts';
import { scriptsOf } from './package-scripts.ts';
import { inspect } from './script.ts';

/** Something that a package or a Makefile lets people start by name. */
export interface Recipe {
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

/** The scripts of a `package.json`, or the targets of a Makefile, that call a tool of deployment. */
export function recipesOf(file: string, text: string): Recipe[] {
  if (text.length > LIMITS.scriptLength) return [];
  const recipes = file.endsWith('.json') ? packageScripts(text) : makeTargets(text);
  return recipes.slice(0, LIMITS.runs).filter(({ text: recipe }) => callsTools(inspect(recipe)));
}
