import type { Node } from '@babel/types';
import { bare, propertyName, textOf } from '../worker-code/walk.ts';
import { DEEPEST, type Expression, mix, pathOf } from './code.ts';
import type { FunctionNode } from './javascript-nodes.ts';

/** Expressions of JavaScript as what they mean, each made once. */
export class JavaScriptExpressions {
  readonly #made = new WeakMap<Node, Expression>();
  readonly #indexOf: (node: FunctionNode) => number;

  /** @param indexOf the number of a function that stands in an expression */
  constructor(indexOf: (node: FunctionNode) => number) {
    this.#indexOf = indexOf;
  }

  of(node: Node, depth: number): Expression {
    const known = this.#made.get(node);
    if (known) return known;
    const made = depth > DEEPEST ? mix('deep', [], node.start ?? 0) : this.#make(bare(node), depth);
    if (depth === 0) this.#made.set(node, made);
    return made;
  }

  all(nodes: readonly (Node | null)[], depth: number): Expression[] {
    return nodes.filter((one) => one !== null).map((one) => this.of(one, depth + 1));
  }

  #make(node: Node, depth: number): Expression {
    const from = node.start ?? 0;
    const text = textOf(node);
    if (text !== undefined) return { is: 'text', text, from };
    const inner = (one: Node) => this.of(one, depth + 1);
    switch (node.type) {
      case 'NumericLiteral':
      case 'BooleanLiteral':
        return { is: 'value', value: node.value, from };
      case 'NullLiteral':
        return { is: 'value', value: null, from };
      case 'Identifier':
        return { is: 'name', path: node.name, from };
      case 'ThisExpression':
        return { is: 'name', path: 'this', from };
      case 'MetaProperty':
        return { is: 'name', path: `${node.meta.name}.${node.property.name}`, from };
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const of = inner(node.object);
        const name = propertyName(node);
        if (name === undefined || (node.computed && !/^\w+$/.test(name)))
          return { is: 'index', of, key: inner(node.property), from };
        return of.is === 'name'
          ? { is: 'name', path: `${of.path}.${name}`, from }
          : { is: 'member', of, name, from };
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression': {
        const callee: Expression =
          node.callee.type === 'Import' ? { is: 'name', path: 'import', from } : inner(node.callee as Node);
        const own = pathOf(callee);
        return {
          is: 'call',
          callee,
          path: own !== '' && node.type === 'NewExpression' ? `new ${own}` : own,
          args: node.arguments.flatMap((one) => (one.type === 'SpreadElement' ? [] : [inner(one)])),
          keywords: new Map(),
          isOpen: node.arguments.some(({ type }) => type === 'SpreadElement'),
          from,
        };
      }
      case 'ArrayExpression':
        return node.elements.some((one) => one?.type === 'SpreadElement')
          ? mix(
              'spread',
              this.all(
                node.elements.map((one) => (one?.type === 'SpreadElement' ? one.argument : one)),
                depth,
              ),
              from,
            )
          : { is: 'list', items: this.all(node.elements, depth), from };
      case 'ObjectExpression':
        return {
          is: 'object',
          entries: node.properties.map((one) => {
            if (one.type === 'SpreadElement') return { value: inner(one.argument) };
            const key = propertyName(one);
            const value =
              one.type === 'ObjectMethod'
                ? ({ is: 'function', index: this.#indexOf(one), from: one.start ?? 0 } as const)
                : inner(one.value);
            return { ...(key !== undefined && { key }), value };
          }),
          from,
        };
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return { is: 'function', index: this.#indexOf(node), from };
      case 'AwaitExpression':
        return inner(node.argument);
      case 'TemplateLiteral':
        return mix(
          'template',
          node.quasis.flatMap((one, at): Expression[] => {
            const value = node.expressions[at];
            const text: Expression = { is: 'text', text: one.value.cooked ?? '', from: one.start ?? from };
            return value ? [text, inner(value)] : [text];
          }),
          from,
        );
      case 'LogicalExpression':
      case 'BinaryExpression':
        return mix(node.operator, [inner(node.left), inner(node.right)], from);
      case 'ConditionalExpression':
        return mix('?', [inner(node.test), inner(node.consequent), inner(node.alternate)], from);
      case 'UnaryExpression':
      case 'SpreadElement':
        return mix(node.type === 'UnaryExpression' ? node.operator : '...', [inner(node.argument)], from);
      case 'SequenceExpression':
        return mix(',', this.all(node.expressions, depth), from);
      case 'AssignmentExpression':
        return inner(node.right);
      default:
        return mix(node.type, [], from);
    }
  }
}
