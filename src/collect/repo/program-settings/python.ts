import { parser } from '@lezer/python';
import {
  type Code,
  type Expression,
  emptyCode,
  type FunctionOfCode,
  MOST_OF_A_SORT,
  mix,
  type Parameter,
  pathOf,
} from './code.ts';
import { childrenOf, type Node } from './lezer.ts';
import { PythonExpressions } from './python-expressions.ts';

const PUNCTUATION = new Set(['(', ')', ',', '[', ']', '{', '}', ':', 'Comment', '⚠', 'await', 'yield']);

interface Context {
  fn?: number;
  cls?: string;
}

/** What a file of Python says. Of a file that is no Python in part, the rest. */
export function readPython(path: string, text: string): Code {
  return new Reader(path, text).read();
}

class Reader {
  readonly #text: string;
  readonly #code: Code;
  readonly #expressions: PythonExpressions;
  readonly #functions = new Map<number, FunctionOfCode>();

  constructor(path: string, text: string) {
    this.#text = text;
    this.#code = emptyCode(path, 'python', text);
    this.#expressions = new PythonExpressions(text, (node) => this.#function(node).index);
  }

  read(): Code {
    const pending: { node: Node; context: Context }[] = [
      { node: parser.parse(this.#text).topNode, context: {} },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node } = next;
      const context = this.#enter(node, next.context);
      this.#visit(node, next.context);
      if (node.name === 'ImportStatement') continue;
      for (let child = node.lastChild; child; child = child.prevSibling)
        pending.push({ node: child, context });
    }
    return this.#code;
  }

  #enter(node: Node, context: Context): Context {
    if (node.name === 'ClassDefinition') return this.#class(node, context);
    if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression')
      return { ...context, fn: this.#function(node, context).index };
    return context;
  }

  #decorators(node: Node): Expression[] {
    if (node.parent?.name !== 'DecoratedStatement') return [];
    return node.parent.getChildren('Decorator').flatMap((decorator): Expression[] => {
      const names = decorator.getChildren('VariableName').map((one) => this.#expressions.slice(one));
      const path = names.join('.');
      const list = decorator.getChild('ArgList');
      const callee: Expression = { is: 'name', path, from: decorator.from };
      return [list ? this.#expressions.callOf(callee, list, decorator.from, 0) : callee];
    });
  }

  #class(node: Node, context: Context): Context {
    const own = node.getChild('VariableName');
    const name = own ? this.#expressions.slice(own) : '';
    const path = context.cls !== undefined && context.fn === undefined ? `${context.cls}.${name}` : name;
    const list = node.getChild('ArgList');
    const bases = list
      ? this.#expressions.callOf({ is: 'name', path: name, from: 0 }, list, node.from, 0).args
      : [];
    const cls = { name, path, bases, decorators: this.#decorators(node), from: node.from };
    this.#code.classes.push({ ...cls, fieldTypes: new Map() });
    return { ...context, cls: path };
  }

  /** A function by where it stands: one that stands in an expression is known before it is gone through. */
  #function(node: Node, context?: Context): FunctionOfCode {
    const known = this.#functions.get(node.from);
    const own = node.getChild('VariableName');
    const made: FunctionOfCode = {
      index: known?.index ?? this.#code.functions.length,
      name: node.name === 'FunctionDefinition' && own ? this.#expressions.slice(own) : '',
      ...(context?.cls !== undefined && { owner: context.cls }),
      ...(context?.fn !== undefined && { within: context.fn }),
      parameters: [],
      decorators: [],
      from: node.from,
      to: node.to,
    };
    if (!known || context) {
      this.#functions.set(node.from, made);
      this.#code.functions[made.index] = made;
      const list = node.getChild('ParamList');
      Object.assign(made, {
        parameters: list ? this.#parameters(list) : [],
        decorators: this.#decorators(node),
      });
    }
    return this.#functions.get(node.from) ?? made;
  }

  #parameters(list: Node): Parameter[] {
    const found: Parameter[] = [];
    const parts = childrenOf(list);
    for (const [at, part] of parts.entries()) {
      if (part.name !== 'VariableName' || parts[at - 1]?.name === 'AssignOp') continue;
      const type = parts[at + 1]?.name === 'TypeDef' ? parts[at + 1] : undefined;
      const sign = parts[at + (type ? 2 : 1)];
      const value = sign?.name === 'AssignOp' ? parts[at + (type ? 3 : 2)] : undefined;
      found.push({
        name: this.#expressions.slice(part),
        ...(type && { type: this.#expressions.slice(type).replace(/^:\s*/, '') }),
        ...(value && { default: this.#expressions.of(value, 0) }),
      });
    }
    return found;
  }

  #visit(node: Node, context: Context): void {
    const code = this.#code;
    switch (node.name) {
      case '⚠':
        code.broken ??= node.from;
        break;
      case 'ImportStatement':
        this.#import(node);
        break;
      case 'AssignStatement':
      case 'UpdateStatement':
        this.#assign(node, context);
        break;
      case 'ReturnStatement': {
        const value = childrenOf(node).find(({ name }) => !PUNCTUATION.has(name) && name !== 'return');
        if (value) code.returns.push({ ...context, value: this.#expressions.of(value, 0) });
        break;
      }
      case 'LambdaExpression': {
        const value = node.lastChild;
        if (value)
          code.returns.push({ fn: this.#function(node).index, value: this.#expressions.of(value, 0) });
        break;
      }
      case 'CallExpression': {
        const call = this.#expressions.of(node, 0);
        if (call.is === 'call' && code.calls.length < MOST_OF_A_SORT) code.calls.push({ ...context, call });
        break;
      }
      case 'BinaryExpression':
        this.#comparison(node, context);
        break;
      case 'MatchStatement':
        this.#match(node, context);
        break;
      case 'ForStatement':
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'SetComprehensionExpression':
        this.#loop(node, context);
        break;
      case 'WithStatement':
        this.#with(node, context);
        break;
      case 'IfStatement':
        this.#branches(node, context);
        break;
      case 'MemberExpression':
      case 'VariableName': {
        const above = node.parent?.name;
        if (
          above === 'MemberExpression' &&
          node.parent?.firstChild?.from === node.from &&
          node.to < (node.parent?.to ?? 0)
        )
          break;
        if (code.reads.length < MOST_OF_A_SORT && !this.#isTarget(node))
          code.reads.push({ ...context, value: this.#expressions.of(node, 0) });
        break;
      }
    }
  }

  /** Whether a name is only given a value, or names a parameter or keyword. */
  #isTarget(node: Node): boolean {
    const above = node.parent;
    if (!above) return false;
    if (above.name === 'ParamList' || above.name === 'ArgList') {
      const next = node.nextSibling;
      return (
        node.name === 'VariableName' &&
        (above.name === 'ParamList' ? node.prevSibling?.name !== 'AssignOp' : next?.name === 'AssignOp')
      );
    }
    if (above.name === 'AssignStatement')
      return node.nextSibling?.name === 'AssignOp' || node.nextSibling?.name === 'TypeDef';
    return (
      above.name === 'FunctionDefinition' || above.name === 'ClassDefinition' || above.name === 'Decorator'
    );
  }

  #import(node: Node): void {
    const written = this.#expressions
      .slice(node)
      .replaceAll(/[()\\]|#.*$/gm, ' ')
      .replaceAll(/\s+/g, ' ');
    const from = /^from ?(\.*(?: ?\.)* ?[\w.]*) import (.+)$/.exec(written);
    const module = (from?.[1] ?? '').replaceAll(' ', '');
    const parts = (from?.[2] ?? written.replace(/^import /, '')).split(',').map((part) => part.trim());
    for (const part of parts.slice(0, 500)) {
      if (part === '*') {
        this.#code.wildcards.push(module);
        continue;
      }
      const [, name = '', alias] = /^([\w.]+)(?: as (\w+))?$/.exec(part) ?? [];
      if (name === '') continue;
      if (from) this.#code.imports.set(alias ?? name, { module, name });
      else if (alias !== undefined) this.#code.imports.set(alias, { module: name });
      else this.#code.imports.set(name.split('.')[0] ?? name, { module: name.split('.')[0] ?? name });
    }
  }

  #assign(node: Node, context: Context): void {
    const parts = childrenOf(node).filter(({ name }) => name !== 'Comment');
    const signs = parts.flatMap(({ name }, at) => (name === 'AssignOp' || name === 'UpdateOp' ? [at] : []));
    const typed = parts.find(({ name }) => name === 'TypeDef');
    const type = typed && this.#expressions.slice(typed).replace(/^:\s*/, '').trim();
    const last = signs.at(-1);
    const values = last === undefined ? [] : parts.slice(last + 1).filter(({ name }) => name !== ',');
    const value =
      values.length > 1
        ? ({
            is: 'list',
            items: values.map((one) => this.#expressions.of(one, 0)),
            from: values[0]?.from ?? 0,
          } as const)
        : values[0] && this.#expressions.of(values[0], 0);
    let at = 0;
    for (const end of signs.length > 0 ? signs : [parts.length]) {
      const targets = parts.slice(at, end).filter(({ name }) => name !== ',' && name !== 'TypeDef');
      at = end + 1;
      for (const target of targets)
        for (const one of target.name === 'TupleExpression' || target.name === 'ArrayExpression'
          ? childrenOf(target)
          : [target]) {
          if (one.name !== 'VariableName' && one.name !== 'MemberExpression') continue;
          const made = this.#expressions.of(one, 0);
          const several = targets.length > 1 || one !== target;
          this.#code.assignments.push({
            ...context,
            target: pathOf(made),
            ...(type !== undefined && { type }),
            // one of several is made of the whole
            ...(value && { value: several ? mix('part', [value], value.from) : value }),
            from: one.from,
          });
        }
    }
  }

  #comparison(node: Node, context: Context): void {
    const [left, ...rest] = childrenOf(node);
    const right = rest.at(-1);
    const sign = rest
      .slice(0, -1)
      .map((one) => this.#expressions.slice(one))
      .join(' ');
    if (!left || !right || !/^(?:==|!=|in|not in|is|is not)$/.test(sign)) return;
    if (this.#code.comparisons.length >= MOST_OF_A_SORT) return;
    this.#code.comparisons.push({
      ...context,
      left: this.#expressions.of(left, 0),
      right: this.#expressions.of(right, 0),
      sign,
      from: node.from,
    });
  }

  #match(node: Node, context: Context): void {
    const subject = childrenOf(node).find(({ name }) => name !== 'match' && name !== 'MatchBody');
    if (!subject) return;
    const left = this.#expressions.of(subject, 0);
    for (const clause of node.getChild('MatchBody')?.getChildren('MatchClause') ?? [])
      for (const pattern of [...clause.getChildren('LiteralPattern'), ...clause.getChildren('OrPattern')])
        for (const literal of pattern.name === 'OrPattern'
          ? pattern.getChildren('LiteralPattern')
          : [pattern]) {
          const text = literal.getChild('String');
          if (text)
            this.#code.comparisons.push({
              ...context,
              left,
              right: this.#expressions.of(text, 0),
              sign: '==',
              from: text.from,
            });
        }
  }

  #loop(node: Node, context: Context): void {
    const parts = childrenOf(node);
    for (const [at, part] of parts.entries()) {
      if (part.name !== 'in') continue;
      const over = parts[at + 1];
      let first = at - 1;
      while (first >= 0 && parts[first]?.name !== 'for') first -= 1;
      for (const name of parts
        .slice(first + 1, at)
        .flatMap((one) => (one.name === 'TupleExpression' ? childrenOf(one) : [one])))
        if (name.name === 'VariableName' && over)
          this.#code.loops.push({
            ...context,
            name: this.#expressions.slice(name),
            over: this.#expressions.of(over, 0),
          });
    }
  }

  #with(node: Node, context: Context): void {
    const parts = childrenOf(node);
    for (const [at, part] of parts.entries()) {
      const [before, name] = [parts[at - 1], parts[at + 1]];
      if (part.name === 'as' && before && name?.name === 'VariableName')
        this.#code.assignments.push({
          ...context,
          target: this.#expressions.slice(name),
          value: mix('with', [this.#expressions.of(before, 0)], before.from),
          from: name.from,
        });
    }
  }

  #branches(node: Node, context: Context): void {
    const parts = childrenOf(node);
    const bodies = node
      .getChildren('Body')
      .map((body) => this.#expressions.slice(body).replaceAll(/#.*$|\s+/gm, ''));
    const test = parts[1];
    const [first] = bodies;
    if (!test || bodies.length < 2 || !parts.some(({ name }) => name === 'else')) return;
    if (first && first.length > 8 && bodies.every((body) => body === first))
      this.#code.alike.push({ ...context, test: this.#expressions.of(test, 0), from: node.from });
  }
}
