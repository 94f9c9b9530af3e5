import { readBuildspec } from './buildspec.ts';
import { callsTools } from './calls-tools.ts';
import { readJustfile } from './justfile.ts';
import { LIMITS } from './limits.ts';
import { readMakefile } from './makefile.ts';
import { shellWords } from './mark.ts';
import { scriptsOf } from './package-scripts.ts';
import { inspect } from './script.ts';

/** Something that a package, a Makefile or a justfile lets people start by name, or what a build service runs. */
export interface Recipe {
  name: string;
  line: number;
  /** The script that starts it, in the folder of its file. */
  script: string;
  /** What it says, to tell whether it calls anything. */
  text: string;
  /** It runs at the root of the repository, wherever its file is. */
  atRoot?: boolean;
}

export interface RecipesReading {
  recipes: Recipe[];
  /** Why the file could not be read. */
  fault?: { line: number; message: string };
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

const read = (file: string, text: string): RecipesReading => {
  if (file.endsWith('.json')) return { recipes: packageScripts(text) };
  if (/justfile$|\.just$/i.test(file)) return { recipes: justRecipes(text) };
  if (!/\.ya?ml$/.test(file)) return { recipes: makeTargets(text) };
  const buildspec = readBuildspec(file, text);
  if ('fault' in buildspec) return { recipes: [], fault: buildspec.fault };
  const { script } = buildspec;
  return { recipes: [{ name: 'buildspec', line: 1, script, text: script, atRoot: true }] };
};

/**
 * The scripts of a `package.json`, the recipes of a justfile, the targets of a Makefile, or the commands of a
 * buildspec, that call a tool of deployment.
 */
export function recipesOf(file: string, text: string): RecipesReading {
  if (text.length > LIMITS.scriptLength) return { recipes: [] };
  const { recipes, ...rest } = read(file, text);
  return {
    ...rest,
    recipes: recipes.slice(0, LIMITS.runs).filter(({ text: recipe }) => callsTools(inspect(recipe))),
  };
}
