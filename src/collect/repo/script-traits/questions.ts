import type { ScriptTrait, ScriptTraits } from '#model/operations.ts';

type Trait = ScriptTrait['trait'];
type Language = ScriptTraits['language'];

interface Sign {
  trait: Trait;
  languages: readonly Language[];
  /** What is shown of it is group 1, else the whole match. */
  pattern: RegExp;
  but?: RegExp;
}

const SHELL: readonly Language[] = ['shell', 'recipes'];
const PYTHON: readonly Language[] = ['python'];
const JAVASCRIPT: readonly Language[] = ['javascript'];
const SECRET_NAME =
  '[A-Z][A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS|CREDENTIAL|DSN|DATABASE_URL|ACCOUNT_ID)[A-Z0-9_]*';

/** What is no command of its own: a question, an option, a setting that has to be there. On the line as written. */
const SIGNS: readonly Sign[] = [
  // POSIX and Bash: `read` from a terminal; from a file, a pipe or a loop it is how lines are gone through
  {
    trait: 'asks',
    languages: SHELL,
    pattern: /(?:^|[\s;&|({])(read (?:-\w+ )*-\w*p)(?=[\s"'])/,
    but: /\bwhile\b|<<<|\|\s*read/,
  },
  { trait: 'asks', languages: SHELL, pattern: /(?:^|[\s;&|({])(select \w+ in)\b/ },
  {
    trait: 'asks',
    languages: SHELL,
    pattern: /(?:^|[\s;&|({])(gum (?:confirm|choose|input)|whiptail --|dialog --)/,
  },
  // as the first word of a statement: a bare `read answer`
  {
    trait: 'asks',
    languages: SHELL,
    pattern: /^\s*(read (?:-[rs]+ )?[a-zA-Z_]\w*)\s*$/,
  },
  { trait: 'asks', languages: ['powershell'], pattern: /\b(Read-Host)\b/ },
  { trait: 'asks', languages: PYTHON, pattern: /(?:^|[\s(=!,])(input)\(/, but: /\bdef input\(|\.input\(/ },
  {
    trait: 'asks',
    languages: PYTHON,
    pattern:
      /\b(getpass(?:\.getpass)?|(?:click|typer)\.(?:confirm|prompt)|questionary\.\w+|inquirer\.prompt|Confirm\.ask|Prompt\.ask)\(/,
    but: /^\s*(?:from|import)\b/,
  },
  {
    trait: 'asks',
    languages: JAVASCRIPT,
    pattern: /\b(readline\.createInterface|rl\.question|inquirer\.prompt|enquirer\.prompt|prompts)\(/,
    but: /input: (?:fs\.|createReadStream|file)/,
  },
  { trait: 'asks', languages: ['ruby'], pattern: /\b(\$?STDIN\.gets|gets\.chomp)\b/ },

  {
    trait: 'may-not-ask',
    languages: SHELL,
    pattern:
      /((?:-y|--yes|--force|-f|--non-?interactive|--no-(?:input|prompt|confirm)|--auto(?:-approve)?|--skip-confirm\w*|--ci)(?="?\)|\|--?[\w-]+\)|" *\]))|\$\{?(CI|NON_?INTERACTIVE|ASSUME_YES|AUTO_APPROVE|SKIP_CONFIRM\w*|FORCE|YES|GITHUB_ACTIONS)\b|(-t [01])\b|(?<==)(?:"|')?(--(?:yes|force|ci))(?=["'\s])/,
  },
  {
    trait: 'may-not-ask',
    languages: PYTHON,
    pattern:
      /["'](-y|--yes|--force|--non-?interactive|--no-input|--no-confirm|--skip-confirm\w*|--auto-approve|--ci)["']|\b(isatty)\(|environ(?:\.get)?[([]["'](CI)["']/,
    but: /\brun\(|\[\s*["']\w/,
  },
  {
    trait: 'may-not-ask',
    languages: JAVASCRIPT,
    pattern:
      /["'](-y|--yes|--force|--non-?interactive|--no-confirm|--skip-confirm\w*|--ci)["']|\b(isTTY)\b|process\.env\.(CI)\b/,
    but: /exec|spawn/,
  },

  {
    trait: 'dry-run',
    languages: ['shell', 'recipes', 'powershell', 'ruby'],
    pattern: /(--dry-?run)(?="?\)|["']?\s*\]|\|)|\b(DRY_?RUN)\b/,
  },
  {
    trait: 'dry-run',
    languages: ['python', 'javascript'],
    pattern: /["'](--dry-?run)["']|\b(dry_?run|dryRun|DRY_RUN)\b/,
  },

  {
    trait: 'stops-at-errors',
    languages: ['shell'],
    pattern: /(?:^|[;&]\s*)\s*(set (?:-\w+ )*(?:-\w*e\w*|-o errexit))\b|^#!\S*\b(?:env )?\w*sh (-\w*e\w*)/,
  },
  {
    trait: 'stops-at-errors',
    languages: ['powershell'],
    pattern: /(\$ErrorActionPreference\s*=\s*["']Stop["'])/i,
  },

  { trait: 'requires-secret', languages: SHELL, pattern: new RegExp(`\\$\\{(${SECRET_NAME}):?\\?`) },
  {
    trait: 'requires-secret',
    languages: SHELL,
    pattern: new RegExp(`(?:-z|-n|!)\\s+"?\\$\\{?(${SECRET_NAME})\\b`),
    // what is done only where a secret is set goes on without it
    but: /^\s*(?:el)?if\b[^\n]*\s-n\s|-n\s+"?\$\{?\w[^\]\n]*\]{1,2}\s*&&/,
  },
  {
    trait: 'requires-secret',
    languages: SHELL,
    pattern: /(?:^|[\s;&|({])((?:npx )?wrangler (?:pages )?secret list)\b/,
  },
  {
    trait: 'requires-secret',
    languages: PYTHON,
    pattern: new RegExp(
      `not (?:os\\.)?(?:getenv|environ\\.get)\\(["'](${SECRET_NAME})["']|["'](${SECRET_NAME})["'] not in os\\.environ|os\\.environ\\[["'](${SECRET_NAME})["']\\](?!\\s*=)`,
    ),
  },
  { trait: 'requires-secret', languages: PYTHON, pattern: /["'](secret)["'],\s*["']list["']/ },
  {
    trait: 'requires-secret',
    languages: JAVASCRIPT,
    pattern: new RegExp(`!process\\.env\\.(${SECRET_NAME})\\b`),
  },
  {
    trait: 'requires-setting',
    languages: SHELL,
    pattern: /! -[fes] "?(?:\$\{?\w+\}?\/)?(\.(?:env|dev\.vars)[\w.]*|\$\{?ENV_FILE\}?)/,
  },
  { trait: 'requires-setting', languages: SHELL, pattern: /\$\{([A-Z][A-Z0-9_]{2,40}):?\?/ },
];

/** The questions, options and required settings of one line as written. */
export function signsOf(line: string, language: Language): { trait: Trait; what: string }[] {
  const found = SIGNS.flatMap(({ trait, languages, pattern, but }) => {
    if (!languages.includes(language)) return [];
    const match = pattern.exec(line);
    if (!match || but?.test(line)) return [];
    return [
      { trait, what: (match.slice(1).find((group) => group !== undefined) ?? match[0]).trim().slice(0, 60) },
    ];
  });
  const secrets = found.some(({ trait }) => trait === 'requires-secret');
  return secrets ? found.filter(({ trait }) => trait !== 'requires-setting') : found;
}
