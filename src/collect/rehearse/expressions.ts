import { data, Evaluator, type Expr, Lexer, Parser, wellKnownFunctions } from '@actions/expressions';
import type { Binary, FunctionCall, IndexAccess, Logical, Unary } from '@actions/expressions/ast';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import type { Json } from '#model/fact.ts';
import { isSymbolic, type Symbols } from './symbols.ts';
import { asText, type Data, fromData, text, toData } from './values.ts';

export type Contexts = data.Dictionary;

/** Told when a symbol meets a literal: the rehearsal forks on it. */
export type Compared = (name: string, value: string) => void;

const isUnknown = (value: Data): boolean =>
  value.kind === data.Kind.String && isSymbolic(value.coerceString());

function truthy(value: Data): boolean {
  if (value.kind === data.Kind.Null) return false;
  if (value.kind === data.Kind.Boolean) return value.value;
  if (value.kind === data.Kind.Number) return value.value !== 0 && !Number.isNaN(value.value);
  return value.coerceString() !== '';
}

/** GitHub's evaluator with a third truth value: a comparison with a symbol is itself a symbol. */
class ThreeValued extends Evaluator {
  private readonly symbols: Symbols;
  private readonly compared: Compared;
  private readonly own: Map<string, FunctionDefinition>;

  constructor(
    tree: Expr,
    contexts: Contexts,
    own: Map<string, FunctionDefinition>,
    symbols: Symbols,
    compared: Compared,
  ) {
    super(tree, contexts, own);
    this.own = own;
    this.symbols = symbols;
    this.compared = compared;
  }

  protected override eval(node: Expr): Data {
    return (super.eval(node) as Data | undefined) ?? new data.Null();
  }

  private unknown(name: string): Data {
    return text(this.symbols.of(name));
  }

  private shown(value: Data): string {
    if (value.kind === data.Kind.String && !isUnknown(value)) return `'${value.coerceString()}'`;
    return this.symbols.render(value.coerceString());
  }

  override visitIndexAccess(access: IndexAccess): Data {
    const object = this.eval(access.expr);
    if (!isUnknown(object)) return super.visitIndexAccess(access);
    let key = '*';
    try {
      key = this.eval(access.index).coerceString();
    } catch {
      // A star is no value.
    }
    return this.unknown(`${this.symbols.render(object.coerceString())}.${key}`);
  }

  override visitUnary(node: Unary): Data {
    const value = this.eval(node.expr);
    return isUnknown(value) ? this.unknown(`!${this.shown(value)}`) : super.visitUnary(node);
  }

  override visitBinary(node: Binary): Data {
    const left = this.eval(node.left);
    const right = this.eval(node.right);
    if (!isUnknown(left) && !isUnknown(right)) return super.visitBinary(node);
    this.note(left, right);
    this.note(right, left);
    const operator = node.operator.lexeme;
    if (operator === '==' || operator === '!=') {
      const differ =
        isNoneOf(this.symbols, left, right) ||
        isNoneOf(this.symbols, right, left) ||
        cannotEqual(left, right);
      if (differ) return new data.BooleanData(operator === '!=');
    }
    return this.unknown(`${this.shown(left)} ${operator} ${this.shown(right)}`);
  }

  private note(symbol: Data, value: Data): void {
    const name = this.symbols.sole(symbol.coerceString());
    if (name && !isUnknown(value) && value.primitive !== false) this.compared(name, value.coerceString());
  }

  /**
   * `unknown && x` is taken as x, false wins over the unknown, and `unknown || x` is the unknown; but the default that
   * is written out for a variable or a secret of the repository is what holds as far as the repository can tell.
   */
  override visitLogical(node: Logical): Data {
    const and = node.operator.lexeme === '&&';
    let unknown: Data | undefined;
    let result: Data = new data.Null();
    for (const [index, argument] of node.args.entries()) {
      result = this.eval(argument);
      if (isUnknown(result)) {
        if (!and) return this.defaultOf(result, node.args.slice(index + 1)) ?? result;
        unknown = unknown ? this.unknown(`${this.shown(unknown)} && ${this.shown(result)}`) : result;
      } else if (truthy(result) !== and) return result;
    }
    return and && unknown && (result.kind === data.Kind.Boolean || isUnknown(result)) ? unknown : result;
  }

  private defaultOf(value: Data, others: readonly Expr[]): Data | undefined {
    if (!/^(?:vars|secrets)\.[\w-]+$/.test(this.symbols.sole(value.coerceString()) ?? '')) return undefined;
    for (const other of others) {
      const given = this.eval(other);
      if (isUnknown(given)) return undefined;
      if (given.kind === data.Kind.String && given.coerceString() !== '') return given;
    }
    return undefined;
  }

  override visitFunctionCall(call: FunctionCall): Data {
    const name = call.functionName.lexeme.toLowerCase();
    const args = call.args.map((argument) => this.eval(argument));
    if (['contains', 'startswith', 'endswith'].includes(name) && args.some(isUnknown))
      return this.search(name, args);
    const [first] = args;
    if (name === 'fromjson' && first && isUnknown(first)) return this.parsed(first);
    try {
      const definition =
        this.own.get(name) ??
        (Object.hasOwn(wellKnownFunctions, name) ? wellKnownFunctions[name] : undefined);
      if (definition) return definition.call(...args);
    } catch {
      // GitHub refuses the arguments: what it gives is unknown.
    }
    return this.unknown(`${call.functionName.lexeme}(…)`);
  }

  /** A JSON text with symbols inside its strings is still JSON. */
  private parsed(value: Data): Data {
    try {
      return toData(JSON.parse(value.coerceString()) as Json);
    } catch {
      return this.unknown(`fromJSON(${this.shown(value)})`);
    }
  }

  private search(name: string, args: Data[]): Data {
    const [where, what] = args as [Data, Data];
    if (where.kind === data.Kind.Array) {
      for (const item of where.values()) this.note(what, item);
      if (where.values().every((item) => isNoneOf(this.symbols, what, item) || cannotEqual(what, item)))
        return new data.BooleanData(false);
    } else if (!isUnknown(what)) {
      if (name === 'contains') this.note(where, what);
      const [prefix = ''] = where.coerceString().split(/qz\w{3}zq/i, 1);
      const wanted = what.coerceString();
      if (name === 'endswith') {
        const [end = ''] = where
          .coerceString()
          .split(/qz\w{3}zq/i)
          .slice(-1);
        const shared = Math.min(end.length, wanted.length);
        if (end.length >= wanted.length && end.endsWith(wanted)) return new data.BooleanData(true);
        if (shared > 0 && end.slice(-shared) !== wanted.slice(-shared)) return new data.BooleanData(false);
      }
      if (name === 'startswith' && prefix) {
        if (prefix.startsWith(wanted)) return new data.BooleanData(true);
        if (!wanted.startsWith(prefix)) return new data.BooleanData(false);
      }
    }
    return this.unknown(
      `${name === 'contains' ? name : name.replace('with', 'With')}(${args.map((a) => this.shown(a)).join(', ')})`,
    );
  }
}

/** Whether a symbol was bound to “none of the values it is compared with”. */
function isNoneOf(symbols: Symbols, symbol: Data, value: Data): boolean {
  return !isUnknown(value) && (symbols.sole(symbol.coerceString())?.startsWith('other ') ?? false);
}

/** Whether the known ends of two texts already differ: `refs/pull/⟨…⟩/merge` is never `refs/heads/main`. */
function cannotEqual(a: Data, b: Data): boolean {
  const [left, right] = [a.coerceString(), b.coerceString()].map((t) => t.toLowerCase().split(/qz\w{3}zq/));
  if (!left || !right) return false;
  const start = Math.min(left[0]?.length ?? 0, right[0]?.length ?? 0);
  if (left[0]?.slice(0, start) !== right[0]?.slice(0, start)) return true;
  const [leftEnd, rightEnd] = [left.at(-1) ?? '', right.at(-1) ?? ''];
  const end = Math.min(leftEnd.length, rightEnd.length);
  return end > 0 && leftEnd.slice(-end) !== rightEnd.slice(-end);
}

const CONTEXTS = [
  'github',
  'env',
  'inputs',
  'vars',
  'secrets',
  'steps',
  'needs',
  'matrix',
  'strategy',
  'runner',
  'job',
  'jobs',
];

/** A text cut at its `${{ }}`: what stands between them, and the expressions. Linear in the text's length. */
export function splitExpressions(source: string): { literal: string; expression?: string }[] {
  const parts: { literal: string; expression?: string }[] = [];
  let from = 0;
  for (let start = source.indexOf('${{'); start >= 0; start = source.indexOf('${{', from)) {
    let end = start + 3;
    let quoted = false;
    while (end < source.length && (quoted || !source.startsWith('}}', end))) {
      if (source[end] === "'") quoted = !quoted;
      end += 1;
    }
    if (end >= source.length) break;
    parts.push({ literal: source.slice(from, start), expression: source.slice(start + 3, end) });
    from = end + 2;
  }
  return [...parts, { literal: source.slice(from) }];
}

/** Expressions of workflows, evaluated by GitHub's own library. */
export class Expressions {
  private readonly symbols: Symbols;
  private readonly trees = new Map<string, Expr | undefined>();
  private readonly functions: Map<string, FunctionDefinition>;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
    const fixed = (name: string, value: Data): [string, FunctionDefinition] => [
      name.toLowerCase(),
      { name, minArgs: 0, maxArgs: 255, call: () => value },
    ];
    this.functions = new Map([
      fixed('success', toData(true)),
      fixed('always', toData(true)),
      fixed('failure', toData(false)),
      fixed('cancelled', toData(false)),
      fixed('hashFiles', text(symbols.of('hashFiles(…)'))),
    ]);
  }

  evaluate(source: string, contexts: Contexts, compared: Compared): Data {
    const tree = this.parse(source);
    if (!tree) return text(this.symbols.of(`invalid expression: ${source.trim().slice(0, 60)}`));
    try {
      return (
        new ThreeValued(tree, contexts, this.functions, this.symbols, compared).evaluate() ?? new data.Null()
      );
    } catch (error) {
      if (error instanceof TypeError || error instanceof ReferenceError) throw error;
      return text(this.symbols.of(source.trim().slice(0, 60)));
    }
  }

  private parse(source: string): Expr | undefined {
    if (!this.trees.has(source)) {
      let tree: Expr | undefined;
      try {
        tree = new Parser(new Lexer(source).lex().tokens, CONTEXTS, [...this.functions.values()]).parse();
      } catch {
        // Not an expression that GitHub accepts.
      }
      this.trees.set(source, tree);
    }
    return this.trees.get(source);
  }

  /** A value with every `${{ }}` in it replaced; a text that is one expression keeps the type that it gives. */
  interpolate(value: Json, contexts: Contexts, compared: Compared): Json {
    if (Array.isArray(value)) return value.map((item) => this.interpolate(item, contexts, compared));
    if (value && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.interpolate(item, contexts, compared)]),
      );
    if (typeof value !== 'string' || !value.includes('${{')) return value;
    const parts = splitExpressions(value);
    const [first, last] = parts;
    if (
      parts.length === 2 &&
      first?.expression !== undefined &&
      !first.literal.trim() &&
      !last?.literal.trim()
    )
      return fromData(this.evaluate(first.expression, contexts, compared));
    return parts
      .map(({ literal, expression }) =>
        expression === undefined
          ? literal
          : literal + asText(fromData(this.evaluate(expression, contexts, compared))),
      )
      .join('');
  }

  /** What an `if:` gives: true, false, or the symbol that decides. */
  condition(source: Json | undefined, contexts: Contexts, compared: Compared): boolean | string {
    if (source === undefined || source === null || source === '') return true;
    const whole = splitExpressions(String(source))
      .map(({ literal, expression }) => (expression === undefined ? literal : `${literal}(${expression})`))
      .join('');
    const value = this.evaluate(whole, contexts, compared);
    return isUnknown(value) ? value.coerceString() : truthy(value);
  }
}
