import { environmentOf } from '#lib/environments.ts';
import type { ScriptTrait, ScriptTraits } from '#model/operations.ts';
import { defineCollector } from '../collector.ts';
import { isRetired } from './retired.ts';
import { commandsOf } from './script-traits/commands.ts';
import { signsOf } from './script-traits/questions.ts';

type Language = ScriptTraits['language'];

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/\.(?:sh|bash|zsh|ksh)$/, 'shell'],
  [/\.py$/, 'python'],
  [/\.(?:[cm]?[jt]s)$/, 'javascript'],
  [/\.(?:rb|rake)$/, 'ruby'],
  [/\.ps1$/, 'powershell'],
  [/^(?:package\.json|gnumakefile|makefile|\.?justfile|taskfile\.ya?ml)$|\.mk$/, 'recipes'],
];
const VENDORED =
  /(?:^|\/)(?:node_modules|bower_components|vendor|third[_-]party|\.venv|venv|dist|build|site-packages|__pycache__|\.yarn|fixtures|testdata|__tests__|__mocks__)\/|\.min\.js$|\.d\.ts$|[._-](?:test|spec)\.[cm]?[jt]s$|(?:^|\/)test_[^/]*\.py$/i;
/** Programs are many: those that a person or a pipeline starts stand in such a folder, or are called so. */
const SCRIPT_FOLDER =
  /(?:^|\/)(?:bin|scripts?|tools?|ci|deploy(?:ment)?s?|ops|devops|hack|infra|tasks|ansible)\//;
const SCRIPT_NAME =
  /(?:^|[/._-])(?:deploy|release|rollback|publish|migrate|reset|provision|bootstrap|setup|smoke|verify|health|rotate|promote|ship|fabfile|tasks|manage_\w+)/;
const FOR_DEPLOYMENT =
  /deploy|release|publish|ship|promote|rollout|provision|(?:^|[/._-])(?:prod(?:uction)?|staging|update|upgrade)(?:[._-]|$)/i;
const CHECKING_RECIPE =
  /^(?:smoke[-_:]?tests?|(?:post-?deploy|deployment)[-_:](?:tests?|checks?|verify)|verify[-_:]deploy\w*)$/;
const LONGEST = 400_000;
const LONGEST_LINE = 2_000;
const MOST = 200;

const COMMENT: Readonly<Record<Language, RegExp>> = {
  shell: /^\s*#(?!!)/,
  recipes: /^\s*(?:#|\/\/)/,
  python: /^\s*#/,
  ruby: /^\s*#/,
  powershell: /^\s*#/,
  javascript: /^\s*(?:\/\/|\*|\/\*)/,
};
/** What is only shown to whoever runs the script. */
const MESSAGE =
  /^\s*(?:@?(?:echo|printf|log\w*|info|warn|error|success|print_\w+|say|cecho|die|fail|usage|puts|Write-(?:Host|Output))\b(?!.*[^|]\|[^|])|(?:print|console\.\w+|logger?\.\w+|logging\.\w+|chalk\.\w+|help=|description|usage)\b\s*[(=:])/;

/** A word of the script's own before a quoted text: a message, whatever it is called. */
const OWN_MESSAGE =
  /^\s*(?!(?:ssh|bash|sh|zsh|eval|exec|sudo|su|run\w*|execute\w*|cmd|do|time|retry)\s)[a-zA-Z_][\w-]*\s+["']/;

const languageOf = (base: string): Language | undefined =>
  LANGUAGES.find(([pattern]) => pattern.test(base))?.[1];

/** Quotes, commas and brackets made spaces: what a list of arguments hands on reads as a command line. */
const plain = (line: string): string => line.replace(/["'`,[\]\\]+/g, ' ').replace(/\s+/g, ' ');

/** Scripts and recipes: what they do around a deployment, and whether they can do it without a person. */
export const scriptTraits = defineCollector({
  id: 'script-traits',
  source: 'repo',
  title: { fr: 'Scripts (ce qu’ils font)', en: 'Scripts (what they do)' },
  reads({ path, base }) {
    const language = languageOf(base);
    if (!language || VENDORED.test(path) || isRetired(path)) return false;
    return (
      language === 'shell' ||
      language === 'recipes' ||
      SCRIPT_FOLDER.test(path) ||
      SCRIPT_NAME.test(path.toLowerCase())
    );
  },
  collect({ path, text }, sink) {
    const language = languageOf(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    if (!language) return;
    const traits = traitsOf(path, language, text.slice(0, LONGEST));
    // a script that does none of it is nothing to know; one in a shell that does is told with what it lacks
    if (traits.some(({ trait }) => trait !== 'environment' && trait !== 'stops-at-errors'))
      sink.artifact('scriptTraits', { file: path, language, traits });
  },
});

function traitsOf(path: string, language: Language, text: string): ScriptTrait[] {
  const found: ScriptTrait[] = [];
  const environments = new Set<string>();
  const lines = text.split('\n');
  let recipe: string | undefined;
  let isDocumentation = false;
  for (const [index, line] of lines.entries()) {
    if (found.length >= MOST) break;
    if (line.length > LONGEST_LINE) continue;
    // a docstring says what the program does, and does nothing
    if (language === 'python' && (line.match(/"""|'''/g)?.length ?? 0) % 2 === 1) {
      isDocumentation = !isDocumentation && /^\s*[rf]?(?:"""|''')/.test(line);
      continue;
    }
    if (language === 'python' && /^\s*[rf]?(?:"""|''')/.test(line)) continue;
    if (isDocumentation || (COMMENT[language].test(line) && index > 0)) continue;
    const begun = language === 'recipes' ? recipeOf(path, line) : undefined;
    recipe = begun ?? recipe;
    const add = (trait: ScriptTrait['trait'], what: string) => {
      const isTold = found.some((one) => one.trait === trait && one.what === what && one.line > index - 3);
      // the second line of a list of arguments
      if (isTold && language !== 'shell' && language !== 'recipes') return;
      found.push({ trait, line: index + 1, what, ...(recipe !== undefined && { recipe }) });
    };
    // whatever such a recipe calls, it asks what runs
    if (begun !== undefined && CHECKING_RECIPE.test(begun)) add('checks', begun);
    for (const { trait, what } of signsOf(line, language)) add(trait, what);
    const named = environmentNamed(line, language);
    if (named !== undefined && !environments.has(named)) {
      environments.add(named);
      add('environment', named);
    }
    if (MESSAGE.test(line) || (language === 'shell' && OWN_MESSAGE.test(line))) continue;
    const isForDeployment = FOR_DEPLOYMENT.test(recipe ?? path);
    for (const { trait, what } of commandsOf(plain(whole(lines, index, language)), isForDeployment))
      if (trait !== 'checks' || looksAtWhatRuns(lines, index, language)) add(trait, what);
  }
  return found;
}

/** Programs ask many things over HTTP: what is called after health, or near a word for it, asks what was deployed. */
const looksAtWhatRuns = (lines: readonly string[], index: number, language: Language): boolean =>
  language === 'shell' ||
  language === 'recipes' ||
  language === 'powershell' ||
  lines
    .slice(Math.max(0, index - 4), index + 4)
    .some((line) => /health|smoke|verif|\bping|deployed|is_?live/i.test(line));

const OPENS = /[[(]\s*$|,\s*$/;

/** A line with the two after it, where a list of arguments goes over its end. */
function whole(lines: readonly string[], index: number, language: Language): string {
  const line = lines[index] ?? '';
  if (language === 'shell' || language === 'recipes' || !OPENS.test(line)) return line;
  // the tool's own name has to stand on this line: a command is told once
  if (
    !/["'`](?:npx|wrangler|aws|kubectl|helm|docker|terraform|sam|cdk)["'`]/.test(line) &&
    !/[[(]\s*$/.test(line)
  )
    return line;
  const next = lines.slice(index + 1, index + 4);
  const starts =
    /[[(]\s*$/.test(line) &&
    next.some((one) => /^\s*["'`](?:npx|wrangler|aws|kubectl|helm|docker)["'`]/.test(one));
  return starts || !/[[(]\s*$/.test(line) ? [line, ...next].join(' ').slice(0, LONGEST_LINE) : line;
}

/** The name of the recipe that begins on a line. */
function recipeOf(path: string, line: string): string | undefined {
  if (path.endsWith('package.json')) return /^\s*"([\w:.@/-]{1,60})":\s*"/.exec(line)?.[1];
  if (/\.ya?ml$/i.test(path)) return /^ {2}([\w:.-]{1,60}):\s*$/.exec(line)?.[1];
  return /^([A-Za-z][\w.:/-]{0,60})(?:\s+[\w="'*+-]+)*\s*:(?!=)/.exec(line)?.[1];
}

const HANDED = /(?:--env(?:ironment)?[ =]|-e |\bENV(?:IRONMENT)?["']?\s*[=:]+\s*)["']?([a-zA-Z-]{3,14})["']?/;
const COMPARED =
  /(?:case |choices ?= ?\[|==\s*)["']?([a-zA-Z-]{3,14})["']?|["'](production|staging|preprod|prod|dev)["']|^\s*["']?(production|staging|preprod|prod|dev)["']?(?:\||\))/;

/** An environment that a line hands to a command, compares with, or takes as a choice. */
function environmentNamed(line: string, language: Language): string | undefined {
  const match = HANDED.exec(line) ?? (language === 'recipes' ? null : COMPARED.exec(line));
  const word = match?.slice(1).find((one) => one !== undefined);
  return word === undefined ? undefined : environmentOf(word);
}
