import { callsTools } from './calls-tools.ts';
import { readJustfile } from './justfile.ts';
import { LIMITS } from './limits.ts';
import { readMakefile } from './makefile.ts';
import { shellWords } from './mark.ts';
import { scriptsOf } from './package-scripts.ts';
import { inspect } from './script.ts';

/** Something that a package, a Makefile or a justfile lets people start by name. */
export interface Recipe {
  name: string;
  line: number;
  /** The script that starts it, in the folder of its file. */
  script: string;
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
            script: shellWords(['npm', 'run', name]),
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
            script: shellWords(['make', name]),
            text: rule.recipe.map((one) => one.text.replace(/\$\(([A-Z_a-z]\w*)\)/g, '$$$1')).join('\n'),
          },
        ]
      : [];
  });
}

const justRecipes = (text: string): Recipe[] =>
  readJustfile(text).map(({ name, line, body }) => ({ name, line, script: body, text: body }));

/** The scripts of a `package.json`, the recipes of a justfile, or the targets of a Makefile, that call a tool of deployment. */
export function recipesOf(file: string, text: string): Recipe[] {
  if (text.length > LIMITS.scriptLength) return [];
  const read = file.endsWith('.json')
    ? packageScripts
    : /justfile$|\.just$/i.test(file)
      ? justRecipes
      : makeTargets;
  const recipes = read(text);
  return recipes.slice(0, LIMITS.runs).filter(({ text: recipe }) => callsTools(inspect(recipe)));
}
