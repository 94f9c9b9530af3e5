import {
  type Assignment,
  type CompoundList,
  forEachChild,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
import { BUILTINS } from './mark.ts';
import { literal, type Script } from './script.ts';
import { isSymbolic, type Symbols } from './symbols.ts';

/** A command found by parsing, its words resolved as far as the text alone allows. */
export interface StaticCall {
  /** Line in the script, from 0. */
  line: number;
  argv: string[];
  /** The document handed to it, and the line in the script (from 0) on which that starts. */
  stdin: string;
  stdinLine: number;
}

/** Words of a loop that are followed one by one, and of all loops of a script: loops inside loops multiply. */
const MOST_TURNS = 12;
const MOST_TURNS_IN_ALL = 240;

/** Variables by name; what a branch sets is known in that branch only. */
class Scope {
  private readonly own = new Map<string, string>();
  private readonly outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.outer = outer;
  }
  get(name: string): string | undefined {
    return this.own.get(name) ?? this.outer?.get(name);
  }
  set(name: string, value: string): void {
    this.own.set(name, value);
  }
  names(): Iterable<[string, string]> {
    return this.own;
  }
}

/**
 * What a script would call, by parsing alone. A variable set in one branch only keeps that value behind it; one set
 * in several, or set anew, is a symbol there: the wrong branch's value would be a false claim.
 */
export function staticCalls(
  script: Script,
  given: Iterable<[string, string]>,
  symbols: Symbols,
): StaticCall[] {
  if (!script.tree) return [];
  const found: StaticCall[] = [];
  const scope = new Scope();
  for (const [name, value] of given) scope.set(name, value);
  new Walk(script, symbols, found).node(script.tree, scope);
  return found;
}

class Walk {
  private readonly script: Script;
  private readonly symbols: Symbols;
  private readonly found: StaticCall[];
  private turns = 0;

  constructor(script: Script, symbols: Symbols, found: StaticCall[]) {
    this.script = script;
    this.symbols = symbols;
    this.found = found;
  }

  node(node: SyntaxNode, scope: Scope): void {
    switch (node.type) {
      case 'If':
        this.node(node.clause, scope);
        this.branches([node.then, ...node.elif.map((elif) => elif.then), node.else], scope);
        for (const elif of node.elif) this.node(elif.clause, scope);
        return;
      case 'Case':
        this.node(node.word, scope);
        this.branches(
          node.items.map((item) => item.body),
          scope,
        );
        return;
      case 'For': {
        for (const word of node.wordlist ?? []) this.node(word, scope);
        const values = this.listOf(node.wordlist, scope);
        if (values) for (const value of values) this.loop(node.body, scope, node.name.value, value);
        else this.loop(node.body, scope, node.name.value);
        return;
      }
      case 'Select':
        this.loop(node.body, scope, node.name.value);
        return;
      case 'While':
        this.node(node.clause, scope);
        this.loop(node.body, scope);
        return;
      case 'ArithmeticFor':
        this.loop(node.body, scope);
        return;
      case 'Function':
        this.node(node.body, new Scope(scope));
        return;
      case 'Subshell':
        this.node(node.body, new Scope(scope));
        return;
      case 'CommandExpansion':
        if (!node.text.startsWith('`')) forEachChild(node, (child) => this.node(child, new Scope(scope)));
        return;
      case 'Command':
        this.command(node, scope);
        return;
      default:
        forEachChild(node, (child) => this.node(child, scope));
    }
  }

  /** The words that a loop goes over, where they are few and all written out. */
  private listOf(words: readonly Word[] | undefined, scope: Scope): string[] | undefined {
    if (!words || words.length > MOST_TURNS) return undefined;
    const values = words.flatMap((word) => {
      const value = this.word(word, scope);
      return word.text.startsWith('"') ? [value] : value.split(/\s+/).filter(Boolean);
    });
    const isWritten = values.every((value) => !isSymbolic(value) && !/[*?{[]/.test(value));
    if (!isWritten || values.length === 0 || values.length > MOST_TURNS) return undefined;
    this.turns += values.length;
    return this.turns <= MOST_TURNS_IN_ALL ? values : undefined;
  }

  private loop(body: CompoundList, scope: Scope, variable?: string, value?: string): void {
    const inner = new Scope(scope);
    if (variable) inner.set(variable, value ?? this.symbols.of(`$${variable}`));
    this.branches([body], scope, inner);
  }

  private branches(bodies: (CompoundList | undefined)[], scope: Scope, first = new Scope(scope)): void {
    const changed = new Map<string, string>();
    for (const [index, body] of bodies.entries()) {
      if (!body) continue;
      const inner = index === 0 ? first : new Scope(scope);
      this.node(body, inner);
      for (const [name, value] of inner.names())
        changed.set(
          name,
          changed.has(name) || scope.get(name) !== undefined ? this.symbols.of(`$${name}`) : value,
        );
    }
    for (const [name, value] of changed) scope.set(name, value);
  }

  private command(node: Extract<SyntaxNode, { type: 'Command' }>, scope: Scope): void {
    forEachChild(node, (child) => this.node(child, scope));
    const name = literal(node.name);
    const assignments = [...node.prefix, ...node.args].filter(
      (part): part is Assignment => part.type === 'Assignment',
    );
    const own = node.name && node.prefix.length ? new Scope(scope) : scope;
    for (const assignment of assignments)
      if (assignment.value.type === 'Word' && !assignment.index)
        own.set(
          assignment.name,
          assignment.append ? this.symbols.of(`$${assignment.name}`) : this.word(assignment.value, own),
        );
    if (!node.name || (name && (BUILTINS.has(name) || this.script.functions.has(name)))) return;
    const words = node.args.filter((arg): arg is Word => arg.type === 'Word');
    const body = node.redirects.find((redirect) => redirect.type === 'HereDoc')?.body;
    this.found.push({
      line: this.script.lineAt(node.pos),
      argv: [name ?? this.word(node.name, own), ...words.map((word) => this.word(word, own))],
      stdin: body ? (body.parts ? this.parts(body.parts, own) : body.text) : '',
      stdinLine: this.script.lineAt(body?.pos ?? node.pos),
    });
  }

  private word(word: Word, scope: Scope): string {
    return word.parts ? this.parts(word.parts, scope) : word.value;
  }

  private parts(parts: readonly WordPart[], scope: Scope): string {
    return parts.map((part) => this.part(part, scope)).join('');
  }

  private part(part: WordPart, scope: Scope): string {
    switch (part.type) {
      case 'DoubleQuoted':
      case 'LocaleString':
        return this.parts(part.parts, scope);
      case 'SimpleExpansion':
        return scope.get(part.text.slice(1)) ?? this.symbols.of(part.text);
      case 'ParameterExpansion': {
        const value = part.index || part.prefix ? undefined : scope.get(part.parameter);
        const operation = part.operation;
        if (!operation) return value ?? this.symbols.of(part.text);
        if (operation.type === 'Default' && /[-=]$/.test(operation.operator))
          return value || this.word(operation.operand, scope) || this.symbols.of(part.text);
        if (operation.type === 'Default' && operation.operator.endsWith('?'))
          return value ?? this.symbols.of(part.text);
        return this.symbols.of(part.text.slice(0, 80));
      }
      case 'CommandExpansion':
      case 'ArithmeticExpansion':
      case 'ProcessSubstitution':
        return this.symbols.of(part.text.replace(/\s+/g, ' ').slice(0, 80));
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value;
      default:
        return part.text;
    }
  }
}
