/** A rule of a Makefile: what has to be made before, and the commands, each with the line on which it starts. */
export interface MakeRule {
  needs: string[];
  recipe: { line: number; text: string }[];
}

/** What the rehearsal needs of a Makefile: its variables as written and its rules. Conditionals are read through. */
export interface Makefile {
  variables: ReadonlyMap<string, string>;
  rules: ReadonlyMap<string, MakeRule>;
  /** The rule that `make` alone makes. */
  first: string | undefined;
}

const ASSIGNMENT = /^(?:export\s+|override\s+)?([\w.-]+)\s*(::?=|\?=|\+=|!=|=)\s*(.*)$/;
const RULE = /^([^\s:#=][^:#=]*?)\s*::?(?!=)\s*([^=]*)$/;
const MOST_LINES = 20_000;
const LONGEST_LINE = 4000;

interface Logical {
  /** From 1. */
  line: number;
  text: string;
}

/** Lines with those continued by a backslash joined. In a recipe the break stays: the shell reads it. */
function* logicalLines(text: string): Generator<Logical> {
  const lines = text.split('\n', MOST_LINES);
  for (let i = 0; i < lines.length; i += 1) {
    const start = i;
    const parts = [lines[i] ?? ''];
    while (parts.at(-1)?.endsWith('\\') && i + 1 < lines.length) parts.push(lines[++i] ?? '');
    yield { line: start + 1, text: parts.join('\n') };
  }
}

const joined = (text: string): string => text.replace(/[ \t]*\\\n\s*/g, ' ');

/** Reads a Makefile. GNU make manual, “Writing Rules” and “How to Use Variables”. */
export function readMakefile(text: string): Makefile {
  const variables = new Map<string, string>();
  const rules = new Map<string, MakeRule>();
  let current: MakeRule[] = [];
  let first: string | undefined;
  for (const { line, text: raw } of logicalLines(text)) {
    if (raw.startsWith('\t')) {
      const command = raw.replace(/^\t[ \t]*[@+-]*[ \t]*/, '');
      for (const rule of current) if (command.trim()) rule.recipe.push({ line, text: command });
      continue;
    }
    const plain = joined(raw)
      .replace(/(^|\s)#.*$/, '')
      .trimEnd();
    if (plain.trim() === '' || plain.length > LONGEST_LINE) continue;
    const assignment = ASSIGNMENT.exec(plain.trim());
    if (assignment) {
      const [, name = '', operator, value = ''] = assignment;
      if (operator === '!=') variables.set(name, `$(shell ${value})`);
      else if (operator === '+=') variables.set(name, `${variables.get(name) ?? ''} ${value}`.trim());
      else if (operator !== '?=' || !variables.has(name)) variables.set(name, value);
      continue;
    }
    const rule = RULE.exec(plain);
    if (!rule) continue;
    const [, names = '', tail = ''] = rule;
    const [needs = '', inline] = tail.split(/;(.*)/s);
    current = names.split(/\s+/).map((name) => {
      const known = rules.get(name) ?? { needs: [], recipe: [] };
      rules.set(name, known);
      known.needs.push(...needs.split(/\s+/).filter((need) => need && need !== '|'));
      if (inline?.trim()) known.recipe.push({ line, text: inline.trim() });
      if (!name.startsWith('.') && !name.includes('%')) first ??= name;
      return known;
    });
  }
  return { variables, rules, first };
}

const DEEPEST = 12;
const LONGEST_VALUE = 20_000;

/**
 * A text with `$(NAME)` and `${NAME}` replaced. What is no variable (functions, names that nobody sets) is asked of
 * `unknown`, with the text between the brackets.
 */
export function expandMake(
  text: string,
  value: (name: string) => string | undefined,
  unknown: (reference: string) => string,
  depth = 0,
): string {
  let out = '';
  for (let i = 0; i < text.length && out.length < LONGEST_VALUE; i += 1) {
    if (text[i] !== '$') {
      out += text[i];
      continue;
    }
    const open = text[i + 1] ?? '';
    if (open === '$') {
      out += '$';
      i += 1;
      continue;
    }
    const close = open === '(' ? ')' : open === '{' ? '}' : undefined;
    const end = close === undefined ? i + 2 : closing(text, i + 1, open, close);
    const reference = close === undefined ? open : text.slice(i + 2, end - 1);
    const known = depth < DEEPEST ? value(reference) : undefined;
    out += known === undefined ? unknown(reference) : expandMake(known, value, unknown, depth + 1);
    i = end - 1;
  }
  return out;
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === open) depth += 1;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}
