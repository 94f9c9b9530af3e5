import { type Call, DEEPEST, type Expression, mix, pathOf } from './code.ts';
import { childrenOf, type Node } from './lezer.ts';

const PUNCTUATION = new Set(['(', ')', ',', '[', ']', '{', '}', ':', 'Comment', '⚠', 'await', 'yield']);
const LONGEST = 20_000;
/** More than the characters of a file: places are kept as one number. */
const WIDEST = 2 ** 24;

/** Expressions of Python as what they mean, each made once. */
export class PythonExpressions {
  readonly #text: string;
  readonly #made = new Map<number, Expression>();
  readonly #indexOf: (node: Node) => number;

  /** @param indexOf the number of a function that stands in an expression */
  constructor(text: string, indexOf: (node: Node) => number) {
    this.#text = text;
    this.#indexOf = indexOf;
  }

  slice({ from, to }: { from: number; to: number }): string {
    return this.#text.slice(from, Math.min(to, from + LONGEST));
  }

  of(node: Node, depth: number): Expression {
    const key = node.from * WIDEST + node.to;
    const known = this.#made.get(key);
    if (known) return known;
    const made = depth > DEEPEST ? mix('deep', [], node.from) : this.#make(node, depth);
    // what was cut short here may be whole elsewhere
    if (depth === 0) this.#made.set(key, made);
    return made;
  }

  all(nodes: readonly Node[], depth: number): Expression[] {
    return nodes.filter(({ name }) => !PUNCTUATION.has(name)).map((one) => this.of(one, depth + 1));
  }

  #make(node: Node, depth: number): Expression {
    const { from } = node;
    switch (node.name) {
      case 'String':
      case 'ContinuedString': {
        const text = this.string(node);
        return text === undefined
          ? mix('string', this.all(childrenOf(node), depth), from)
          : { is: 'text', text, from };
      }
      case 'FormatString':
        return this.#format(node, depth);
      case 'Number':
        return { is: 'value', value: Number(this.slice(node).replaceAll('_', '')), from };
      case 'Boolean':
        return { is: 'value', value: this.slice(node) === 'True', from };
      case 'None':
        return { is: 'value', value: null, from };
      case 'VariableName':
        return { is: 'name', path: this.slice(node), from };
      case 'MemberExpression': {
        const [of, sign, name] = childrenOf(node);
        if (!of) return mix('', [], from);
        const inner = this.of(of, depth + 1);
        if (sign?.name === '.' && name) {
          const member = this.slice(name);
          return inner.is === 'name'
            ? { is: 'name', path: `${inner.path}.${member}`, from }
            : { is: 'member', of: inner, name: member, from };
        }
        const keys = this.all(childrenOf(node).slice(1), depth);
        const [first] = keys;
        return {
          is: 'index',
          of: inner,
          key: keys.length === 1 && first ? first : mix('slice', keys, from),
          from,
        };
      }
      case 'CallExpression': {
        const callee = node.firstChild;
        const list = node.getChild('ArgList');
        if (!callee || !list) return mix('', [], from);
        return this.callOf(this.of(callee, depth + 1), list, from, depth);
      }
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
        return childrenOf(node).some(({ name }) => name === '*')
          ? mix(
              'spread',
              this.all(
                childrenOf(node).filter(({ name }) => name !== '*'),
                depth,
              ),
              from,
            )
          : { is: 'list', items: this.all(childrenOf(node), depth), from };
      case 'DictionaryExpression':
        return this.#dictionary(node, depth);
      case 'LambdaExpression':
        return { is: 'function', index: this.#indexOf(node), from };
      case 'ParenthesizedExpression':
      case 'AwaitExpression': {
        const [inner] = childrenOf(node).filter(({ name }) => !PUNCTUATION.has(name));
        return inner ? this.of(inner, depth + 1) : mix('', [], from);
      }
      case 'BinaryExpression': {
        const parts = childrenOf(node);
        const [left, right] = [parts[0], parts.at(-1)];
        const sign = parts
          .slice(1, -1)
          .map((one) => this.slice(one))
          .join(' ');
        return mix(sign, left && right ? [this.of(left, depth + 1), this.of(right, depth + 1)] : [], from);
      }
      default:
        return mix(
          node.name,
          this.all(
            childrenOf(node).filter(
              (one) =>
                one.firstChild !== null || /^(?:String|Number|Boolean|None|VariableName)$/.test(one.name),
            ),
            depth,
          ),
          from,
        );
    }
  }

  string(node: Node): string | undefined {
    if (node.name === 'ContinuedString') {
      const parts = childrenOf(node).map((one) => (one.name === 'String' ? this.string(one) : undefined));
      return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    const match = /^[ru]{0,2}("""|'''|"|')([\s\S]*)\1$/i.exec(this.slice(node));
    return match
      ? (match[2] ?? '').replaceAll(/\\([\s\S])/g, (_, sign: string) =>
          sign === 'n' ? '\n' : sign === 't' ? '\t' : sign === '\n' ? '' : sign,
        )
      : undefined;
  }

  #format(node: Node, depth: number): Expression {
    const parts: Expression[] = [];
    const opening = /^[a-z]{1,2}(?:"""|'''|"|')/i.exec(this.slice(node))?.[0] ?? '';
    let at = node.from + opening.length;
    const text = (from: number, to: number) => {
      if (to > from)
        parts.push({ is: 'text', text: this.#text.slice(from, Math.min(to, from + LONGEST)), from });
    };
    for (const part of node.getChildren('FormatReplacement')) {
      text(at, part.from);
      parts.push(...this.all(childrenOf(part).slice(0, 2), depth));
      at = part.to;
    }
    text(at, node.to - (opening.length > 3 ? 3 : 1));
    return mix('template', parts, node.from);
  }

  callOf(callee: Expression, argumentsNode: Node, from: number, depth: number): Call {
    const args: Expression[] = [];
    const keywords = new Map<string, Expression>();
    let isOpen = false;
    const list = childrenOf(argumentsNode).filter(({ name }) => !PUNCTUATION.has(name));
    for (let at = 0; at < list.length; at += 1) {
      const part = list[at];
      if (!part) continue;
      const value = list[at + 2];
      if (part.name === 'VariableName' && list[at + 1]?.name === 'AssignOp' && value) {
        keywords.set(this.slice(part), this.of(value, depth + 1));
        at += 2;
      } else if (part.name === '**' || part.name === '*') isOpen = true;
      else args.push(this.of(part, depth + 1));
    }
    return { is: 'call', callee, path: pathOf(callee), args, keywords, isOpen, from };
  }

  #dictionary(node: Node, depth: number): Expression {
    const entries: { key?: string; value: Expression }[] = [];
    const parts = childrenOf(node).filter(({ name }) => name === ':' || !PUNCTUATION.has(name));
    for (let at = 0; at < parts.length; at += 1) {
      const [part, sign, value] = parts.slice(at, at + 3);
      if (!part || part.name === '**') continue;
      if (sign?.name !== ':' || !value) {
        entries.push({ value: this.of(part, depth + 1) });
        continue;
      }
      const key = part.name === 'String' ? this.string(part) : undefined;
      entries.push({ ...(key !== undefined && { key }), value: this.of(value, depth + 1) });
      at += 2;
    }
    return { is: 'object', entries, from: node.from };
  }
}
