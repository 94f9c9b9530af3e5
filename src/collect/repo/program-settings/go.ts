import { parser } from '@lezer/go';
import {
  type Call,
  type Code,
  DEEPEST,
  type Expression,
  emptyCode,
  type FunctionOfCode,
  MOST_OF_A_SORT,
  mix,
  type Parameter,
  pathOf,
} from './code.ts';
import { childrenOf, type Node } from './lezer.ts';

const PUNCTUATION = /^(?:[(),[\]{};:.*&]|LineComment|BlockComment|⚠|return|range|:=|=)$/;
const LONGEST = 20_000;
/** More than the characters of a file: places are kept as one number. */
const WIDEST = 2 ** 24;

interface Context {
  fn?: number;
  cls?: string;
}

/** What a file of Go says. Methods bear the type that receives them as their class. */
export function readGo(path: string, text: string): Code {
  return new Reader(path, text).read();
}

class Reader {
  readonly #text: string;
  readonly #code: Code;
  readonly #functions = new Map<number, FunctionOfCode>();
  readonly #made = new Map<number, Expression>();

  constructor(path: string, text: string) {
    this.#text = text;
    this.#code = emptyCode(path, 'go', text);
  }

  read(): Code {
    const pending: { node: Node; context: Context }[] = [
      { node: parser.parse(this.#text).topNode, context: {} },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node } = next;
      const context = this.#enter(node, next.context);
      this.#visit(node, next.context);
      for (let child = node.lastChild; child; child = child.prevSibling)
        pending.push({ node: child, context });
    }
    return this.#code;
  }

  #slice({ from, to }: { from: number; to: number }): string {
    return this.#text.slice(from, Math.min(to, from + LONGEST));
  }

  #enter(node: Node, context: Context): Context {
    if (!/^(?:FunctionDecl|MethodDecl|FunctionLiteral)$/.test(node.name)) return context;
    const receiver = node.name === 'MethodDecl' ? node.getChild('Parameters') : null;
    const cls = receiver ? /(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(this.#slice(receiver))?.[1] : context.cls;
    const own = { ...(context.fn !== undefined && { fn: context.fn }), ...(cls !== undefined && { cls }) };
    return { ...own, fn: this.#function(node, own).index };
  }

  #function(node: Node, context?: Context): FunctionOfCode {
    const known = this.#functions.get(node.from);
    if (known && !context) return known;
    const own = node.getChild('DefName') ?? node.getChild('FieldName');
    const lists = node.getChildren('Parameters');
    const receiver = node.name === 'MethodDecl' ? lists[0] : undefined;
    const list = lists[node.name === 'MethodDecl' ? 1 : 0];
    const made: FunctionOfCode = {
      index: known?.index ?? this.#code.functions.length,
      name: own ? this.#slice(own) : '',
      ...(context?.cls !== undefined && { owner: context.cls }),
      ...(context?.fn !== undefined && { within: context.fn }),
      // the receiver comes first, as `self` does
      parameters: [...(receiver ? this.#parameters(receiver) : []), ...(list ? this.#parameters(list) : [])],
      decorators: [],
      from: node.from,
      to: node.to,
    };
    this.#functions.set(node.from, made);
    this.#code.functions[made.index] = made;
    return made;
  }

  #parameters(list: Node): Parameter[] {
    return list.getChildren('Parameter').flatMap((one) => {
      const names = one.getChildren('DefName');
      const type = childrenOf(one).find(({ name }) => /Type/.test(name));
      return names.map((name) => ({
        name: this.#slice(name),
        ...(type && { type: this.#slice(type).replace(/^[*&]/, '') }),
      }));
    });
  }

  #visit(node: Node, context: Context): void {
    const code = this.#code;
    switch (node.name) {
      case '⚠':
        code.broken ??= node.from;
        break;
      case 'ImportSpec': {
        const path = node.getChild('String');
        const alias = node.getChild('DefName');
        if (!path) break;
        const module = this.#slice(path).slice(1, -1);
        // `v4` at the end is a version, not the name of the package
        const last =
          module
            .split('/')
            .filter((part) => !/^v\d+$/.test(part))
            .at(-1) ?? module;
        code.imports.set(alias ? this.#slice(alias) : last.replace(/^go-|\.v\d+$/g, ''), { module });
        break;
      }
      case 'TypeSpec': {
        const name = node.getChild('DefName');
        const body = node.getChild('StructType')?.getChild('StructBody');
        if (name && body) this.#struct(this.#slice(name), body, node.from);
        break;
      }
      case 'VarDecl':
      case 'VarSpec':
      case 'ConstSpec':
      case 'Assignment':
        this.#assign(node, context);
        break;
      case 'ReturnStatement':
        for (const value of this.#all(childrenOf(node), 0)) code.returns.push({ ...context, value });
        break;
      case 'CallExpr': {
        const call = this.#expression(node, 0);
        if (call.is === 'call' && code.calls.length < MOST_OF_A_SORT) code.calls.push({ ...context, call });
        break;
      }
      case 'BinaryExp': {
        const [left, sign, right] = childrenOf(node);
        if (
          left &&
          right &&
          sign &&
          /^[!=]=$/.test(this.#slice(sign)) &&
          code.comparisons.length < MOST_OF_A_SORT
        )
          code.comparisons.push({
            ...context,
            left: this.#expression(left, 0),
            right: this.#expression(right, 0),
            sign: '==',
            from: node.from,
          });
        break;
      }
      case 'SwitchStatement': {
        const subject = childrenOf(node).find(({ name }) =>
          /^(?:VariableName|SelectorExpr|CallExpr)$/.test(name),
        );
        if (!subject) break;
        const left = this.#expression(subject, 0);
        for (const one of node.getChild('SwitchBlock')?.getChildren('Case') ?? [])
          for (const text of one.getChildren('String'))
            code.comparisons.push({
              ...context,
              left,
              right: this.#expression(text, 0),
              sign: '==',
              from: text.from,
            });
        break;
      }
      case 'RangeClause': {
        const names = node.getChildren('DefName').map((one) => this.#slice(one));
        const over = node.lastChild;
        for (const name of names)
          if (over) code.loops.push({ ...context, name, over: this.#expression(over, 0) });
        break;
      }
      case 'VariableName':
      case 'SelectorExpr': {
        if (
          node.parent?.name === 'SelectorExpr' &&
          node.parent.firstChild?.from === node.from &&
          node.to < node.parent.to
        )
          break;
        if (node.parent?.name === 'Key') break;
        if (code.reads.length < MOST_OF_A_SORT)
          code.reads.push({ ...context, value: this.#expression(node, 0) });
        break;
      }
    }
  }

  #struct(name: string, body: Node, from: number): void {
    const fieldTypes = new Map<string, string>();
    for (const field of body.getChildren('FieldDecl')) {
      const tag = field.getChild('String');
      const type = childrenOf(field).find((one) => /Type/.test(one.name));
      for (const own of field.getChildren('FieldName')) {
        if (type) fieldTypes.set(this.#slice(own), this.#slice(type).replace(/^[*&]/, ''));
        if (tag)
          this.#code.tags.push({
            field: this.#slice(own),
            tag: this.#slice(tag).slice(1, -1),
            struct: name,
            from: field.from,
          });
      }
    }
    this.#code.classes.push({ name, path: name, bases: [], decorators: [], fieldTypes, from });
  }

  #assign(node: Node, context: Context): void {
    const parts = childrenOf(node).filter(({ name }) => name !== ',');
    const at = parts.findIndex(({ name }) => name === ':=' || name === '=');
    if (at < 0) return;
    const targets = parts
      .slice(0, at)
      .filter(({ name }) => /^(?:DefName|VariableName|SelectorExpr)$/.test(name));
    const values = this.#all(parts.slice(at + 1), 0);
    for (const [index, target] of targets.entries()) {
      const value = values.length === 1 ? values[0] : values[index];
      const path = target.name === 'SelectorExpr' ? pathOf(this.#expression(target, 0)) : this.#slice(target);
      this.#code.assignments.push({ ...context, target: path, ...(value && { value }), from: target.from });
    }
  }

  #expression(node: Node, depth: number): Expression {
    const key = node.from * WIDEST + node.to;
    const known = this.#made.get(key);
    if (known) return known;
    const made = depth > DEEPEST ? mix('deep', [], node.from) : this.#make(node, depth);
    if (depth === 0) this.#made.set(key, made);
    return made;
  }

  #all(nodes: readonly Node[], depth: number): Expression[] {
    return nodes.filter(({ name }) => !PUNCTUATION.test(name)).map((one) => this.#expression(one, depth + 1));
  }

  #make(node: Node, depth: number): Expression {
    const { from } = node;
    const children = childrenOf(node);
    switch (node.name) {
      case 'String':
        return { is: 'text', text: this.#slice(node).slice(1, -1), from };
      case 'Number':
        return { is: 'value', value: Number(this.#slice(node).replaceAll('_', '')), from };
      case 'Bool':
        return { is: 'value', value: this.#slice(node) === 'true', from };
      case 'Nil':
        return { is: 'value', value: null, from };
      case 'VariableName':
      case 'DefName':
        return { is: 'name', path: this.#slice(node), from };
      case 'SelectorExpr': {
        const [of] = children;
        const name = node.getChild('FieldName');
        if (!of || !name) return mix('', [], from);
        const inner = this.#expression(of, depth + 1);
        const member = this.#slice(name);
        // the grammar takes `72 * time.Hour` for a field of the product
        const last = inner.is === 'mix' && of.name === 'BinaryExp' ? inner.parts.at(-1) : undefined;
        if (inner.is === 'mix' && last?.is === 'name')
          return mix(
            inner.sign,
            [...inner.parts.slice(0, -1), { ...last, path: `${last.path}.${member}` }],
            from,
          );
        return inner.is === 'name'
          ? { is: 'name', path: `${inner.path}.${member}`, from }
          : { is: 'member', of: inner, name: member, from };
      }
      case 'IndexExpr': {
        const [of, key] = this.#all(children, depth);
        return of && key ? { is: 'index', of, key, from } : mix('', [], from);
      }
      case 'CallExpr': {
        const [callee] = children;
        const list = node.getChild('Arguments');
        if (!callee) return mix('', [], from);
        const own = this.#expression(callee, depth + 1);
        const call: Call = {
          is: 'call',
          callee: own,
          path: pathOf(own),
          args: list
            ? this.#all(
                childrenOf(list).filter(({ name }) => name !== '...'),
                depth,
              )
            : [],
          keywords: new Map(),
          isOpen: list !== null && childrenOf(list).some(({ name }) => name === '...'),
          from,
        };
        return call;
      }
      case 'FunctionLiteral':
        return { is: 'function', index: this.#function(node).index, from };
      case 'ParenthesizedExpr':
      case 'ParenExpr':
      case 'UnaryExp': {
        const inner = children.filter(
          ({ name }) =>
            !PUNCTUATION.test(name) && name !== 'DerefOp' && name !== 'ArithOp' && name !== 'LogicOp',
        );
        return inner.length === 1 && inner[0]
          ? this.#expression(inner[0], depth + 1)
          : mix(node.name, this.#all(inner, depth), from);
      }
      case 'TypedLiteral':
        return this.#literal(node, depth);
      case 'BinaryExp': {
        const [left, sign, right] = children;
        return mix(
          sign ? this.#slice(sign) : '',
          left && right ? [this.#expression(left, depth + 1), this.#expression(right, depth + 1)] : [],
          from,
        );
      }
      default:
        return mix(
          node.name,
          this.#all(
            children.filter(
              ({ firstChild, name }) => firstChild !== null || name === 'String' || name === 'VariableName',
            ),
            depth,
          ),
          from,
        );
    }
  }

  /** `[]string{…}` is a list, `cors.Config{…}` a call with options, as others write it. */
  #literal(node: Node, depth: number): Expression {
    const { from } = node;
    const [type] = childrenOf(node);
    const elements = node.getChild('LiteralValue')?.getChildren('Element') ?? [];
    const elementOf = (element: Node): Expression => {
      const parts = childrenOf(element).filter(({ name }) => name !== 'Key' && !PUNCTUATION.test(name));
      const [first] = parts;
      return first ? this.#expression(first, depth + 1) : mix('', [], element.from);
    };
    if (type?.name === 'SliceType' || type?.name === 'ArrayType')
      return { is: 'list', items: elements.map(elementOf), from };
    const entries = elements.map((element) => {
      const key = element.getChild('Key');
      return { ...(key && { key: this.#slice(key).replaceAll('"', '') }), value: elementOf(element) };
    });
    const name = type ? this.#slice(type) : '';
    if (type?.name === 'MapType') return { is: 'object', entries, from };
    const keywords = new Map(
      entries.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value] as const])),
    );
    return {
      is: 'call',
      callee: { is: 'name', path: name, from },
      path: name,
      args: [],
      keywords,
      isOpen: false,
      from,
    };
  }
}
