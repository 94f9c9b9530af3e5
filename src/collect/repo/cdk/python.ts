import { parser } from '@lezer/python';
import {
  DEEPEST,
  type Expression,
  MOST_CONSTRUCTIONS,
  type ObjectExpression,
  type Source,
  SourceBuilder,
  UNKNOWN,
} from './source.ts';

type Node = NonNullable<ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>>;

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};
const PUNCTUATION = new Set(['(', ')', ',', '[', ']', '{', '}', 'Comment', '⚠']);
const camel = (name: string): string =>
  name.replace(/(?<=[a-z0-9])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What a Python file says that makes constructs. Keywords come in camel case, `self` as `this`. */
export function readPython(path: string, text: string): Source {
  return new Reader(path, text).read();
}

class Reader {
  readonly #text: string;
  readonly #source: SourceBuilder;

  constructor(path: string, text: string) {
    this.#text = text;
    this.#source = new SourceBuilder(path);
  }

  read(): Source {
    const pending: { node: Node; owner?: string; conditional: boolean }[] = [
      { node: parser.parse(this.#text).topNode, conditional: false },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node } = next;
      const owner = node.name === 'ClassDefinition' ? (this.#class(node) ?? next.owner) : next.owner;
      const isMain = node.name === 'IfStatement' && this.#slice(node).includes('__main__');
      const conditional = next.conditional || (node.name === 'IfStatement' && !isMain);
      this.#statement(node, owner, next.conditional);
      for (let child = node.lastChild; child; child = child.prevSibling)
        pending.push({ node: child, ...(owner !== undefined && { owner }), conditional });
    }
    return this.#source;
  }

  #statement(node: Node, owner: string | undefined, conditional: boolean): void {
    if (node.name === 'ImportStatement') this.#import(node);
    else if (node.name === 'AssignStatement') {
      const [target] = childrenOf(node);
      const value = node.lastChild;
      if (target && value && value !== target)
        this.#source.assign(owner, this.#path(target), this.#expression(value, 0));
    } else if (node.name === 'ForStatement' || node.name === 'ParamList') {
      for (const name of node.getChildren('VariableName')) {
        this.#source.assign(owner, this.#slice(name), UNKNOWN);
        this.#source.assign(owner, this.#slice(name), undefined);
        if (node.name === 'ForStatement') break;
      }
    } else if (node.name === 'CallExpression' && this.#source.constructions.length < MOST_CONSTRUCTIONS) {
      const made = this.#expression(node, 0);
      if (made.is === 'made')
        this.#source.constructions.push({ made, ...(owner !== undefined && { owner }), conditional });
    }
  }

  #slice({ from, to }: Node): string {
    return this.#text.slice(from, Math.min(to, from + 2_000));
  }

  #path(node: Node): string {
    return this.#slice(node)
      .replaceAll(/\s/g, '')
      .replace(/^self\./, 'this.');
  }

  #import(node: Node): void {
    const written = this.#slice(node).replaceAll(/[()\\]|#.*$/gm, ' ');
    const from = /^from\s+([\w.]+)\s+import\s+([\s\S]+)$/.exec(written);
    const parts = (from?.[2] ?? written.replace(/^import\s/, '')).split(',').map((part) => part.trim());
    for (const part of parts) {
      const [, name = '', alias = name] = /^([\w.]+)(?:\s+as\s+(\w+))?$/.exec(part) ?? [];
      const module = SourceBuilder.moduleOf(from?.[1] ?? name);
      if (module === undefined || name === '') continue;
      if (from) this.#source.importName(module, name, alias);
      else this.#source.imports.set(alias, module);
    }
  }

  #class(node: Node): string | undefined {
    const name = node.getChild('VariableName');
    const base = node.getChild('ArgList');
    const first = base?.getChild('MemberExpression') ?? base?.getChild('VariableName');
    if (!name || !first) return undefined;
    const maker = node
      .getChild('Body')
      ?.getChildren('FunctionDefinition')
      .find((method) => {
        const own = method.getChild('VariableName');
        return own !== null && this.#slice(own) === '__init__';
      });
    const params = maker?.getChild('ParamList')?.getChildren('VariableName') ?? [];
    const id = params[2];
    const known = {
      name: this.#slice(name),
      base: this.#slice(first),
      ...(id && { id: this.#slice(id) }),
      // self, the scope and the id come first
      keywords: new Set(params.slice(3).map((param) => this.#slice(param))),
    };
    this.#source.classes.set(known.name, known);
    return known.name;
  }

  #expression(node: Node, depth: number): Expression {
    if (depth > DEEPEST) return UNKNOWN;
    switch (node.name) {
      case 'String':
        return this.#string(node);
      case 'FormatString':
        return this.#format(node, depth);
      case 'Number':
        return { is: 'value', value: Number(this.#slice(node).replaceAll('_', '')) };
      case 'Boolean':
        return { is: 'value', value: this.#slice(node) === 'True' };
      case 'VariableName':
        return { is: 'name', path: this.#slice(node) === 'self' ? 'this' : this.#slice(node) };
      case 'MemberExpression': {
        const path = this.#path(node);
        return /^[\w.]+$/.test(path) ? { is: 'name', path } : UNKNOWN;
      }
      case 'ParenthesizedExpression': {
        const inner = childrenOf(node).find(({ name }) => !PUNCTUATION.has(name));
        return inner ? this.#expression(inner, depth + 1) : UNKNOWN;
      }
      case 'BinaryExpression': {
        const [left, operator, right] = childrenOf(node);
        if (!left || !operator || !right) return UNKNOWN;
        const sign = this.#slice(operator);
        const both = [this.#expression(left, depth + 1), this.#expression(right, depth + 1)] as const;
        if (sign === 'or') return { is: 'either', left: both[0], right: both[1] };
        return sign === '+' ? { is: 'parts', parts: both } : UNKNOWN;
      }
      case 'CallExpression':
        return this.#call(node, depth);
      case 'DictionaryExpression':
        return this.#dictionary(node, depth);
      default:
        return UNKNOWN;
    }
  }

  #string(node: Node): Expression {
    const match = /^(?:[ru]{0,2})("""|'''|"|')([\s\S]*)\1$/i.exec(this.#slice(node));
    return match ? { is: 'text', text: (match[2] ?? '').replace(/\\(.)/g, '$1') } : UNKNOWN;
  }

  #format(node: Node, depth: number): Expression {
    const opening = /^[a-z]{1,2}("""|'''|"|')/i.exec(this.#slice(node));
    if (!opening) return UNKNOWN;
    const parts: Expression[] = [];
    let at = node.from + opening[0].length;
    for (const part of node.getChildren('FormatReplacement')) {
      parts.push({ is: 'text', text: this.#text.slice(at, part.from) });
      const value = childrenOf(part).find(({ name }) => !PUNCTUATION.has(name));
      parts.push(value ? this.#expression(value, depth + 1) : UNKNOWN);
      at = part.to;
    }
    parts.push({ is: 'text', text: this.#text.slice(at, node.to - (opening[1]?.length ?? 1)) });
    return { is: 'parts', parts };
  }

  #call(node: Node, depth: number): Expression {
    const callee = node.firstChild;
    const args: Expression[] = [];
    const entries = new Map<string, { value: Expression; offset: number }>();
    let open = false;
    const list = childrenOf(node.getChild('ArgList') ?? node).filter(({ name }) => !PUNCTUATION.has(name));
    for (let at = 0; at < list.length; at += 1) {
      const part = list[at];
      if (!part) continue;
      const value = list[at + 2];
      if (part.name === 'VariableName' && list[at + 1]?.name === 'AssignOp' && value) {
        entries.set(camel(this.#slice(part)), {
          value: this.#expression(value, depth + 1),
          offset: part.from,
        });
        at += 2;
      } else if (part.name === '**' || part.name === '*') {
        open = true;
        at += 1;
      } else args.push(this.#expression(part, depth + 1));
    }
    const options: ObjectExpression = { is: 'object', entries, open };
    return {
      is: 'made',
      callee: callee ? this.#path(callee).slice(0, 200) : '',
      args,
      options,
      offset: node.from,
    };
  }

  #dictionary(node: Node, depth: number): ObjectExpression {
    const entries = new Map<string, { value: Expression; offset: number }>();
    const parts = childrenOf(node).filter(({ name }) => !PUNCTUATION.has(name));
    for (let at = 0; at + 2 < parts.length; at += 3) {
      const [key, colon, value] = parts.slice(at, at + 3);
      const name = key?.name === 'String' ? this.#string(key) : UNKNOWN;
      if (colon?.name !== ':' || !key || !value || name.is !== 'text')
        return { is: 'object', entries, open: true };
      entries.set(name.text, { value: this.#expression(value, depth + 1), offset: key.from });
    }
    return { is: 'object', entries, open: false };
  }
}
