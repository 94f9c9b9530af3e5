import ignore, { type Ignore } from 'ignore';

/**
 * The library's time grows fast with the number of `**` in a pattern and of folders in a path: beyond these a pattern is
 * left out, and a path is taken for not ignored.
 */
const MOST_GLOBSTARS = 2;
const LONGEST_PATTERN = 256;
const LONGEST_PATH = 512;
const MOST_RULES = 2_000;

const isCheap = (pattern: string): boolean =>
  pattern.length <= LONGEST_PATTERN && pattern.split('**').length - 1 <= MOST_GLOBSTARS;

export interface IgnoreRule {
  /** From 1. */
  line: number;
  pattern: string;
}

/** What a path's own rules say: the rule that ignores it, or that a negative rule keeps it. */
export interface IgnoreAnswer {
  rule?: IgnoreRule;
  kept: boolean;
}

/** The rules of one ignore file. Paths are relative to its folder, those of folders end with a slash. */
export interface IgnoreRules {
  test(path: string): IgnoreAnswer;
}

const none: IgnoreAnswer = { kept: false };

/** An ignore file in its place: `folder` is empty for the root, else ends with a slash. */
export interface IgnoreFile {
  file: string;
  folder: string;
  rules: IgnoreRules;
}

/**
 * The rule that ignores a path whose own folder is not ignored, with the ignore files above it, outermost first.
 * The nearest file that speaks of the path decides, as in git.
 */
export function ignoringRule(
  path: string,
  above: readonly IgnoreFile[],
): (IgnoreRule & { file: string }) | undefined {
  for (let index = above.length - 1; index >= 0; index -= 1) {
    const { file, folder, rules } = above[index] as IgnoreFile;
    const own = path.slice(folder.length);
    const { rule, kept } = rules.test(own);
    if (kept) return undefined;
    if (!rule) continue;
    // What it says of the folder alone was overruled by a nearer file: the folder is not ignored.
    const parent = own.slice(0, own.lastIndexOf('/', own.length - 2) + 1);
    if (parent === '' || !rules.test(parent).rule) return { file, ...rule };
  }
  return undefined;
}

/** Reads a `.gitignore`. Undefined when nothing in it is a rule. */
export function readIgnoreRules(text: string): IgnoreRules | undefined {
  const rules = text
    .split('\n')
    .map((pattern, index) => ({ pattern: pattern.trimEnd() === '' ? '' : pattern, mark: String(index + 1) }))
    .filter(({ pattern }) => pattern !== '' && !pattern.startsWith('#') && isCheap(pattern))
    .slice(0, MOST_RULES);
  if (rules.length === 0) return undefined;
  const matcher: Ignore = ignore({ ignorecase: false }).add(rules);
  return {
    test(path) {
      if (path.length > LONGEST_PATH || !ignore.isPathValid(path)) return none;
      const { ignored, unignored, rule } = matcher.test(path);
      return {
        kept: unignored,
        ...(ignored && rule && { rule: { line: Number(rule.mark), pattern: rule.pattern } }),
      };
    },
  };
}
