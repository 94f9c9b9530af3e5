import {
  type ArithmeticFor,
  type Case,
  type Command,
  type For,
  forEachChild,
  type HereDoc,
  type If,
  type ParameterExpansionPart,
  type ParsedScript,
  parse,
  type Select,
  type SimpleExpansionPart,
  type SyntaxNode,
  type TestCommand,
  type While,
  type Word,
} from 'unbash';

export type Loop = For | While | ArithmeticFor | Select;

/** A command as found in the text, with the line (from 0) on which it starts. */
export interface Found {
  node: Command;
  line: number;
  /** The command's name where it is written out. */
  name: string | undefined;
}

/** A shell script parsed once: for its marks, its static calls and its free variables. */
export interface Script {
  source: string;
  tree: ParsedScript | undefined;
  commands: Found[];
  functions: ReadonlySet<string>;
  /** Names that the script gives a value to. */
  assigned: ReadonlySet<string>;
  /** Names that it reads; `default` where one is given for the case that they are not set. */
  read: ReadonlyMap<string, 'plain' | 'default'>;
  /** Names with a default that is not empty. */
  defaulted: ReadonlySet<string>;
  cases: Case[];
  tests: TestCommand[];
  loops: Loop[];
  ifs: If[];
  /** Lines (from 0) of commands whose failure the script expects: in a condition, before `||`, after `!`. */
  guarded: ReadonlySet<number>;
  /** `$BASH_SOURCE`, which the simulated shell leaves empty. */
  sources: { pos: number; end: number }[];
  /** `$RANDOM` and its like: they would differ at each rehearsal. */
  clocks: { node: { pos: number; end: number }; arithmetic: boolean }[];
  /** Names of commands also from places that carry no mark. */
  names: ReadonlySet<string>;
  error?: string;
  lineAt(offset: number): number;
}

const CLOCKS = new Set(['RANDOM', 'SRANDOM', 'SECONDS', 'EPOCHSECONDS', 'EPOCHREALTIME', 'BASHPID']);
const READERS = new Set([
  'read',
  'readarray',
  'mapfile',
  'local',
  'declare',
  'typeset',
  'getopts',
  'printf',
  'readonly',
]);
const NAME = /^[A-Za-z_]\w*$/;

/** The text of a word in which nothing is expanded. */
export function literal(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  const plain = (word.parts ?? []).every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      (part.type === 'DoubleQuoted' && part.parts.every((inner) => inner.type === 'Literal')),
  );
  return plain ? word.value : undefined;
}

type Expansion = SimpleExpansionPart | ParameterExpansionPart;

/** The name that an expansion reads. */
export const expanded = (node: Expansion): string =>
  node.type === 'SimpleExpansion' ? node.text.slice(1) : node.parameter;

/** Parses a script. What does not parse gives a script without commands and an error. */
export function inspect(source: string): Script {
  const assigned = new Set<string>();
  const functions = new Set<string>();
  const names = new Set<string>();
  const read = new Map<string, 'plain' | 'default'>();
  const guarded = new Set<number>();
  const script = {
    source,
    guarded,
    tree: undefined as ParsedScript | undefined,
    commands: [] as Found[],
    functions,
    assigned,
    read,
    defaulted: new Set<string>(),
    cases: [] as Case[],
    tests: [] as TestCommand[],
    loops: [] as Loop[],
    ifs: [] as If[],
    sources: [] as Script['sources'],
    clocks: [] as Script['clocks'],
    names,
    lineAt: lineFinder(source),
  };
  const enter = (node: SyntaxNode, marked: boolean, arithmetic: boolean, expected: boolean): void => {
    let inMarks = marked;
    switch (node.type) {
      case 'CommandExpansion':
        // Positions inside escaped backticks belong to another text.
        if (node.text.startsWith('`')) inMarks = false;
        break;
      case 'Function':
        functions.add(node.name.value);
        break;
      case 'Assignment':
        assigned.add(node.name);
        break;
      case 'For':
      case 'Select':
        assigned.add(node.name.value);
        if (marked) script.loops.push(node);
        break;
      case 'While':
      case 'ArithmeticFor':
        if (marked) script.loops.push(node);
        break;
      case 'If':
        if (marked) script.ifs.push(node);
        break;
      case 'Case':
        if (marked) script.cases.push(node);
        break;
      case 'TestCommand':
        if (marked) script.tests.push(node);
        break;
      case 'SimpleExpansion':
      case 'ParameterExpansion':
        reads(script, node);
        if (marked && CLOCKS.has(expanded(node))) script.clocks.push({ node, arithmetic });
        if (marked && isOwnPath(node)) script.sources.push(node);
        break;
      case 'ArithmeticWord':
        if (marked && CLOCKS.has(node.value)) script.clocks.push({ node, arithmetic: true });
        break;
      case 'Command': {
        const name = literal(node.name);
        if (name) names.add(name);
        for (const given of assignedBy(node)) assigned.add(given);
        if (marked) script.commands.push({ node, line: script.lineAt(node.pos), name });
        if (expected) guarded.add(script.lineAt(node.pos));
      }
    }
    const inArithmetic =
      arithmetic || node.type === 'ArithmeticExpansion' || node.type === 'ArithmeticCommand';
    forEachChild(node, (child) =>
      enter(
        child,
        inMarks,
        inArithmetic && child.type !== 'CommandExpansion',
        expected || isExpected(node, child),
      ),
    );
  };
  try {
    script.tree = parse(source);
    enter(script.tree, true, false, false);
    return script;
  } catch (error) {
    return {
      ...script,
      tree: undefined,
      error: error instanceof Error ? error.message.slice(0, 120) : 'not parsed',
    };
  }
}

/** Whether the failure of a child is an answer: it stands in a condition, before `||` or a pipe, after `!`, or behind. */
function isExpected(node: SyntaxNode, child: SyntaxNode): boolean {
  switch (node.type) {
    case 'If':
    case 'Elif':
    case 'While':
      return child === node.clause;
    case 'AndOr': {
      const index = node.commands.findIndex((one) => Object.is(one, child));
      return index >= 0 && node.operators.slice(index).includes('||');
    }
    case 'Pipeline':
      return (
        node.prefixes.some(({ type }) => type === 'Negation') ||
        (child !== node.commands.at(-1) && node.commands.some((one) => one === child))
      );
    case 'Statement':
      return node.background === true;
    default:
      return false;
  }
}

/** What the failure of a command is to its script, where it does not end it. */
export type Guard = 'answer' | 'passed-over';

/**
 * Lines (from 0) of commands whose failure does not end a script: those that expect it, and all but the last where
 * `errexit` is off. POSIX, “set -e”.
 */
export function survivors(script: Script, errexit: boolean): Set<number> {
  const lines = new Set(script.guarded);
  let ends = errexit;
  const ordered = [...script.commands].sort((a, b) => a.node.pos - b.node.pos);
  for (const [index, { node, line, name }] of ordered.entries()) {
    const options =
      name === 'set' ? node.args.map((word) => (word.type === 'Word' ? literal(word) : '') ?? '') : [];
    for (const [at, option] of options.entries())
      if (/^[-+]\w*e/.test(option) || (/^[-+]\w*o$/.test(option) && options[at + 1] === 'errexit'))
        ends = option.startsWith('-');
    if (!ends && index < ordered.length - 1) lines.add(line);
  }
  return lines;
}

/** `$BASH_SOURCE`, `${BASH_SOURCE[0]}`, `${BASH_SOURCE:-$0}`: the path of the script itself. */
const isOwnPath = (node: Expansion): boolean =>
  expanded(node) === 'BASH_SOURCE' &&
  (node.type === 'SimpleExpansion' ||
    (!node.prefix &&
      (!node.operation || node.operation.type === 'Default') &&
      (node.index?.text ?? '0') === '0'));

/** A default that is empty (`${X:-}`) only says that the variable may be missing: a plain read beside it counts. */
function reads(
  script: { read: Map<string, 'plain' | 'default'>; defaulted: Set<string> },
  node: Expansion,
): void {
  const name = expanded(node);
  const operation = node.type === 'ParameterExpansion' ? node.operation : undefined;
  const hasDefault = operation?.type === 'Default' && !operation.operator.endsWith('?');
  if (hasDefault && operation.operand.text !== '') script.defaulted.add(name);
  if (script.defaulted.has(name)) script.read.set(name, 'default');
  else if (!hasDefault) script.read.set(name, 'plain');
  else if (!script.read.has(name)) script.read.set(name, 'default');
}

function* assignedBy(node: Command): Generator<string> {
  const name = node.name?.value ?? '';
  if (!READERS.has(name)) return;
  for (const [index, word] of node.args.entries()) {
    if (word.type !== 'Word' || !NAME.test(word.value)) continue;
    if (
      name === 'printf' &&
      node.args[index - 1]?.type === 'Word' &&
      literal(node.args[index - 1] as Word) !== '-v'
    )
      continue;
    yield word.value;
  }
}

/** Gives the line (from 0) of an offset. */
function lineFinder(source: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    if (!starts) {
      starts = [0];
      for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
    }
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
}

/** Variables that the shell or the runner itself sets. */
const GIVEN =
  /^(PATH|HOME|CI|USER|PWD|OLDPWD|SHELL|TERM|LANG|LC_\w+|SECONDS|S?RANDOM|EPOCH\w+|LINENO|BASH\w*|RUNNER_\w+|GITHUB_(ENV|OUTPUT|PATH|STEP_SUMMARY|WORKSPACE|ACTIONS)|FUNCNAME|HOSTNAME|UID|EUID|PPID|IFS|OSTYPE|MACHTYPE|HOSTTYPE|PIPESTATUS|REPLY|OPTARG|OPTIND|COLUMNS|LINES|DIRSTACK|SHLVL)$/;

/**
 * Variables that a script reads, never sets and has no default for: they come from outside. Under `set -u` one that is
 * set in some branch only is never read empty either: where that branch was not taken, the real shell would stop.
 */
export function freeVariables(script: Script): string[] {
  const mayBeEmpty = !script.commands.some(isNounset);
  return [...script.read]
    .filter(
      ([name, how]) =>
        how === 'plain' && NAME.test(name) && !(mayBeEmpty && script.assigned.has(name)) && !GIVEN.test(name),
    )
    .map(([name]) => name);
}

const isNounset = ({ name, node }: Found): boolean =>
  name === 'set' &&
  node.args.some((arg) => arg.type === 'Word' && /^-[a-z]*u[a-z]*$|^nounset$/.test(literal(arg) ?? ''));

/** The document handed to a command on its standard input. */
export const hereDocument = (node: Command): HereDoc | undefined =>
  node.redirects.find((redirect): redirect is HereDoc => redirect.type === 'HereDoc');
