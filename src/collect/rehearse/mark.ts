import type { Command, CompoundList, If, TestExpression, Word } from 'unbash';
import { LIMITS } from './limits.ts';
import {
  freeVariables,
  type Guard,
  hereDocument,
  type Loop,
  literal,
  type Script,
  survivors,
} from './script.ts';
import type { Symbols } from './symbols.ts';

/**
 * The simulated shell tells a command neither file nor line. So the script is marked before it runs, by position and
 * without moving a line: `__AT=file:line` before each call, `__compare` before what is compared, `__turn` at the head
 * of each loop's body, `__directory` before `cd`, `__snapshot` before `exit`, `__decided` before what a guard tests.
 */

/** Commands of the shell itself, which are not recorded. */
export const BUILTINS: ReadonlySet<string> = new Set(
  `. : [ alias break builtin cd command continue declare echo eval exec exit export false getopts hash help history
  let local mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test true type typeset
  unalias unset wait trap umask ulimit`.split(/\s+/),
);

const ERREXIT = /^[-+][euxovhB]+$|^(errexit|nounset|pipefail|xtrace|errtrace|inherit_errexit|-o|\+o)$/;
/** `^(dev|staging|prod)$`: a test of a name against a list. */
const ALTERNATIVES = /^\^?\(?([\w.-]+(?:\|[\w.-]+)*)\)?\$?$/;
const COMPARISONS = new Set(['=', '==', '!=']);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
export const shellWords = (words: readonly string[]): string => words.map(quoted).join(' ');

export interface MarkOptions {
  /** The file's number; see {@link Repository.number}. */
  file: number;
  /** The line of the file on which the script starts. */
  line: number;
  /** False keeps non-zero exits from ending the script: to look at what a guard hides. */
  guards?: boolean;
  /** Where the script lies on the simulated machine, for `$BASH_SOURCE`. */
  path?: string;
  /** Where the marks of commands go whose failure does not end the script. */
  guarded?: Map<string, Guard>;
  /** Whether a failing command ends the script before it says so itself: true for a step, which runs under `bash -e`. */
  errexit?: boolean;
  /** False when the script's lines are not the file's (a string inside a string): every call is at `line`. */
  exact?: boolean;
}

class Edits {
  private readonly edits: { pos: number; end: number; text: string }[] = [];
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
  insert(pos: number, text: string, end = pos): void {
    this.edits.push({ pos, end, text });
  }
  wrap(node: { pos: number; end: number }, before: string): void {
    this.insert(node.pos, `{ ${before}; `);
    this.insert(node.end, '; }');
  }
  /** Makes a condition hold only where another command agrees. */
  wrapTest(node: { pos: number; end: number }, before: string): void {
    this.insert(node.pos, `${before} && { `);
    this.insert(node.end, '; }');
  }
  words(node: { pos: number; end: number }): string {
    return this.source.slice(node.pos, node.end);
  }
  /** Edits at one place keep their order, insertions before replacements. */
  applied(): string {
    this.edits.sort((a, b) => a.pos - b.pos || a.end - a.pos - (b.end - b.pos));
    let out = '';
    let at = 0;
    for (const { pos, end, text } of this.edits) {
      if (pos < at) continue;
      out += this.source.slice(at, pos) + text;
      at = end;
    }
    return out + this.source.slice(at);
  }
}

/** The script with its marks; as it was when it does not parse. */
export function mark(script: Script, options: MarkOptions): string {
  const { file, line, path, guards = true, exact = true, guarded, errexit = true } = options;
  if (!script.tree) return script.source;
  const edits = new Edits(script.source);
  const at = (own: number) => `${file}:${exact ? line + own : line}`;
  if (guarded)
    for (const own of survivors(script, errexit))
      guarded.set(at(own), script.guarded.has(own) ? 'answer' : 'passed-over');
  for (const loop of script.loops) {
    const turns = endsByItself(loop) ? LIMITS.wordTurns : LIMITS.pollTurns;
    if (loop.body.commands.length)
      edits.insert(loop.body.pos, `__turn ${turns} ${file}:${loop.pos} || break; `);
  }
  for (const node of script.ifs) markGuard(edits, node);
  for (const { node, arithmetic } of script.clocks)
    edits.insert(node.pos, arithmetic ? '4' : `\${__CLOCK}`, node.end);
  if (path !== undefined) for (const node of script.sources) edits.insert(node.pos, path, node.end);
  for (const { node, name } of script.commands) markCommand(edits, script, node, name, at, guards);
  for (const node of script.cases) {
    // The simulated shell takes `NAME=*)` for an assignment.
    for (const { pattern } of node.items)
      for (const word of pattern) if (/^[A-Za-z_]\w*\+?=/.test(word.text)) edits.insert(word.pos, '\\');
    const patterns = node.items.flatMap((item) => item.pattern.map((word) => literal(word)));
    const plain = patterns.filter((p): p is string => p !== undefined && !/[*?[]/.test(p));
    if (plain.length && repeatable(node.word.text))
      edits.wrap(node, `__compare ${edits.words(node.word)} ${shellWords(plain)}`);
  }
  for (const node of script.tests) {
    const compared = [...comparisons(node.expression)];
    if (compared.length)
      edits.wrap(
        node,
        compared.map(({ word, values }) => `__compare ${edits.words(word)} ${shellWords(values)}`).join('; '),
      );
  }
  return edits.applied();
}

function markCommand(
  edits: Edits,
  script: Script,
  node: Command,
  name: string | undefined,
  at: (own: number) => string,
  guards: boolean,
): void {
  if (!node.name) return;
  const where = at(script.lineAt(node.pos));
  const args = node.args.map((word) => (word.type === 'Word' ? literal(word) : undefined));
  if (name === 'set' && args.length && args.every((arg) => arg !== undefined && ERREXIT.test(arg))) {
    // A simulated failure must not end the step.
    edits.insert(node.pos, ':', node.end);
  } else if (name === 'exit') {
    if (guards || args[0] === '0') edits.wrap(node, '__snapshot');
    else edits.insert(node.pos, ':', node.end);
  } else if (name === 'cd' || name === 'pushd') {
    if (args.length) edits.wrap(node, `__directory ${node.args.map((word) => edits.words(word)).join(' ')}`);
  } else if (name === '[' || name === 'test') {
    const compared = args.flatMap((operator, i) => (operator && COMPARISONS.has(operator) ? [i] : []));
    const [unary, tested] = node.args;
    if (args.length <= 3 && /^-[nz]$/.test(args[0] ?? '') && unary && tested && repeatable(tested.text))
      edits.wrap(node, `__compare ${edits.words(tested)} ''`);
    const told = compared
      .map((i) => [node.args[i - 1], node.args[i + 1]])
      .filter(([left, right]) => left && right && repeatable(left.text) && repeatable(right.text))
      .map((pair) => `__compare ${pair.map((word) => word && edits.words(word)).join(' ')}`);
    if (told.length && !node.redirects.length) edits.wrap(node, told.join('; '));
  } else if (name === 'printf' && args.some((arg) => arg?.includes('%('))) {
    edits.insert(node.pos, '__clock ');
  } else if (name === undefined) {
    markExpansion(edits, node, where);
  } else if (script.functions.has(name)) {
    edits.insert(node.pos, `__AT=\${__AT:-${where}} `);
  } else if (!BUILTINS.has(name)) {
    edits.insert(node.pos, `__AT=${where} ${inside(script, node, at)}`);
  } else if (args.length && ['eval', 'exec', 'command', 'builtin'].includes(name)) {
    edits.insert(node.pos, `__AT=${where} `);
  }
}

/**
 * A guard (`if [ "$FAILED" != 0 ]; then exit 1; fi`) whose test is about something that only the run knows is passed:
 * what comes behind it is what a run that goes well does.
 */
function markGuard(edits: Edits, { clause, then, elif, else: otherwise }: If): void {
  if (elif.length > 0 || otherwise || !endsBadly(then)) return;
  const words = [...testedWords(clause)];
  if (words.length === 0 || !words.every(({ text }) => repeatable(text))) return;
  edits.wrapTest(clause, `__decided ${words.map((word) => edits.words(word)).join(' ')}`);
}

/** Whether a body ends by leaving its script or function with an error. */
function endsBadly({ commands }: CompoundList): boolean {
  const last = commands.at(-1)?.command;
  if (last?.type !== 'Command') return false;
  const name = literal(last.name);
  const [status] = last.args;
  const code = status?.type === 'Word' ? literal(status) : undefined;
  return (name === 'exit' || name === 'return') && code !== '0' && (name === 'exit' || code !== undefined);
}

/** The words that the tests of a condition look at; none where it runs anything else. */
function* testedWords({ commands }: CompoundList): Generator<Word> {
  for (const { command } of commands) {
    const parts = command.type === 'AndOr' ? command.commands : [command];
    for (const part of parts) {
      if (part.type === 'TestCommand') yield* operands(part.expression);
      else if (part.type === 'Command' && ['[', 'test'].includes(literal(part.name) ?? '')) {
        for (const word of part.args) if (word.type === 'Word' && word.text.includes('$')) yield word;
      }
    }
  }
}

/** What can stand outside of `[[ ]]` as it is: the patterns in it cannot. */
const PLAIN_EXPANSION = /^"[^"`]*\$[^"`]*"$|^\$\{?\w+(?::?-\w*)?\}?$/;

function* operands(expression: TestExpression): Generator<Word> {
  switch (expression.type) {
    case 'TestLogical':
      for (const operand of expression.operands) yield* operands(operand);
      break;
    case 'TestNot':
      yield* operands(expression.operand);
      break;
    case 'TestGroup':
      yield* operands(expression.expression);
      break;
    case 'TestUnary':
      if (PLAIN_EXPANSION.test(expression.operand.text)) yield expression.operand;
      break;
    case 'TestBinary':
      for (const word of [expression.left, expression.right]) if (PLAIN_EXPANSION.test(word.text)) yield word;
  }
}

/** The simulated shell does not split an expansion in command position: `"$@"` and `$CMD x` go through `eval`. */
function markExpansion(edits: Edits, node: Command, where: string): void {
  const last: { end: number } | undefined = node.args.at(-1) ?? node.name;
  if (!node.name || !last || node.prefix.length || node.redirects.some((redirect) => redirect.pos < last.end))
    return;
  edits.insert(node.name.pos, `__AT=\${__AT:-${where}} eval "$(__words `);
  edits.insert(last.end, ')"');
}

/** Where a script handed to a command starts: the body of its here-document, else its last word. */
function inside(script: Script, node: Command, at: (own: number) => string): string {
  const body = hereDocument(node)?.body;
  const last = body ?? node.args.at(-1);
  const own = last && script.lineAt(last.pos);
  return own !== undefined && (body || own !== script.lineAt(node.pos) || last?.text.includes('\n'))
    ? `__BODY=${at(own)} `
    : '';
}

/** Whether a loop goes over words, lines or arguments, and does not wait for something to happen. */
function endsByItself(loop: Loop): boolean {
  if (loop.type !== 'While') return loop.type === 'For';
  const clause = loop.clause.commands.map(({ command }) => command);
  return clause.some((command) => command.type === 'Command' && literal(command.name) === 'read');
}

/** Whether a word can be expanded twice without a call being made twice or `$?` being lost. */
const repeatable = (text: string): boolean =>
  !text.includes('$?') && !text.includes('$(') && !text.includes('`');

function* comparisons(expression: TestExpression): Generator<{ word: Word; values: string[] }> {
  switch (expression.type) {
    case 'TestLogical':
      for (const operand of expression.operands) yield* comparisons(operand);
      break;
    case 'TestNot':
      yield* comparisons(expression.operand);
      break;
    case 'TestGroup':
      yield* comparisons(expression.expression);
      break;
    case 'TestUnary':
      if (/^-[nz]$/.test(expression.operator) && PLAIN_EXPANSION.test(expression.operand.text))
        yield { word: expression.operand, values: [''] };
      break;
    case 'TestBinary': {
      const { left: word, right, operator } = expression;
      const value = literal(right);
      if (!repeatable(word.text)) break;
      if (COMPARISONS.has(operator) && value !== undefined && !/[*?[]/.test(value))
        yield { word, values: [value] };
      const names = operator === '=~' ? ALTERNATIVES.exec(right.text)?.[1]?.split('|') : undefined;
      if (names) yield { word, values: names };
    }
  }
}

/**
 * A script of the repository as the simulated machine reads it: marked, and with a symbol for every variable that it
 * takes from outside, so that `deploy-$ENV` never becomes the false literal `deploy-`.
 */
export function markScriptFile(
  script: Script,
  file: number,
  symbols: Symbols,
  options: Pick<MarkOptions, 'guards' | 'path' | 'guarded'> = {},
): string {
  const given = freeVariables(script).map((name) => `"\${${name}=${symbols.of(`$${name}`)}}"`);
  const head = `unset __AT __BODY;${given.length ? ` : ${given.join(' ')};` : ''} `;
  const errexit = /^#!.*\s-\w*e/.test(script.source);
  const marked = mark(script, { ...options, file, line: 1, errexit });
  const cut = marked.startsWith('#!') ? marked.indexOf('\n') + 1 : 0;
  return marked.startsWith('#!') && cut === 0 ? marked : marked.slice(0, cut) + head + marked.slice(cut);
}
