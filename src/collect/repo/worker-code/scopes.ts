import type * as t from '@babel/types';
import { type FunctionNode, isFunction, type Node, type Syntax } from './syntax.ts';

/** What a name stands for where it is written. */
export type Binding =
  | { is: 'import'; from: string; name: string; node: Node }
  /** `const x = init`, or `x` somewhere in the pattern before it. `path` undefined: the whole. */
  | { is: 'variable'; isConstant: boolean; init?: Node; path?: readonly string[]; node: t.VariableDeclarator }
  | { is: 'parameter'; of: Node; index: number; path?: readonly string[]; parameter: Node; node: Node }
  | { is: 'function'; node: t.FunctionDeclaration | t.FunctionExpression }
  | { is: 'class'; node: t.ClassDeclaration | t.ClassExpression }
  | { is: 'other'; node: Node };

/** The whole of an import: `import * as x`. */
export const WHOLE = '*';

const OPENS_SCOPE =
  /^(?:Program|BlockStatement|ForStatement|ForInStatement|ForOfStatement|SwitchStatement|CatchClause|StaticBlock|TSModuleBlock|ClassExpression|FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/;
const HOLDS_VAR = (node: Node) => node.type === 'Program' || node.type === 'StaticBlock' || isFunction(node);

/** Tells what names stand for in one module. */
export class Scopes {
  readonly #syntax: Syntax;
  readonly #names = new Map<Node, Map<string, Binding>>();
  /** The scope in which each node stands: climbing from node to node would take the square of a long chain of calls. */
  readonly #around = new Map<Node, Node>();

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    for (const node of syntax.nodes) {
      const parent = syntax.parentOf(node);
      if (!parent) continue;
      const around = OPENS_SCOPE.test(parent.type) ? parent : this.#around.get(parent);
      if (around) this.#around.set(node, around);
    }
    for (const node of syntax.nodes) this.#declare(node);
  }

  /** What the name stands for at this node; undefined for what is global. */
  resolve(name: string, from: Node): Binding | undefined {
    for (let at: Node | undefined = from; at; at = this.#around.get(at)) {
      const found = this.#names.get(at)?.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The function that a node stands in; undefined at the top of the module. */
  functionAround(node: Node): FunctionNode | undefined {
    let at = this.#around.get(node);
    while (at && !isFunction(at)) at = this.#around.get(at);
    return isFunction(at) ? at : undefined;
  }

  /** The names that the module's own top declares. */
  get top(): ReadonlyMap<string, Binding> {
    return this.#names.get(this.#syntax.program) ?? new Map();
  }

  #scopeOf(node: Node, holds: (scope: Node) => boolean): Node {
    let at = this.#around.get(node);
    while (at && !holds(at)) at = this.#around.get(at);
    return at ?? this.#syntax.program;
  }

  #add(scope: Node, name: string, binding: Binding): void {
    const names = this.#names.get(scope) ?? new Map<string, Binding>();
    if (!names.has(name)) names.set(name, binding);
    this.#names.set(scope, names);
  }

  #declare(node: Node): void {
    const block = () => this.#scopeOf(node, (one) => OPENS_SCOPE.test(one.type));
    if (node.type === 'ImportDeclaration') {
      for (const one of node.specifiers) this.#import(node, one);
    } else if (node.type === 'VariableDeclarator') {
      const declaration = this.#syntax.parentOf(node);
      const kind = declaration?.type === 'VariableDeclaration' ? declaration.kind : 'let';
      const scope = kind === 'var' ? this.#scopeOf(node, HOLDS_VAR) : block();
      const init = node.init ?? undefined;
      for (const { name, path } of namesIn(node.id as Node))
        this.#add(scope, name, {
          is: 'variable',
          isConstant: kind === 'const',
          ...(init && { init }),
          ...(path && { path }),
          node,
        });
    } else if (node.type === 'FunctionDeclaration' && node.id) {
      this.#add(block(), node.id.name, { is: 'function', node });
    } else if (node.type === 'ClassDeclaration' && node.id) {
      this.#add(block(), node.id.name, { is: 'class', node });
    } else if (node.type === 'CatchClause' && node.param) {
      for (const { name } of namesIn(node.param)) this.#add(node, name, { is: 'other', node: node.param });
    } else if (node.type === 'TSEnumDeclaration') {
      this.#add(block(), node.id.name, { is: 'other', node });
    }
    if (node.type === 'FunctionExpression' && node.id)
      this.#add(node, node.id.name, { is: 'function', node });
    if (node.type === 'ClassExpression' && node.id) this.#add(node, node.id.name, { is: 'class', node });
    if (isFunction(node))
      for (const [index, parameter] of node.params.entries())
        for (const { name, path, node: written } of namesIn(parameter as Node))
          this.#add(node, name, {
            is: 'parameter',
            of: node,
            index,
            ...(path && { path }),
            parameter: parameter as Node,
            node: written,
          });
  }

  #import(from: t.ImportDeclaration, one: t.ImportDeclaration['specifiers'][number]): void {
    const name =
      one.type === 'ImportDefaultSpecifier'
        ? 'default'
        : one.type === 'ImportNamespaceSpecifier'
          ? WHOLE
          : one.imported.type === 'Identifier'
            ? one.imported.name
            : one.imported.value;
    this.#add(this.#syntax.program, one.local.name, {
      is: 'import',
      from: from.source.value,
      name,
      node: one,
    });
  }
}

/** The names that a pattern declares, each with the keys that lead to it; none for a plain name. */
export function namesIn(pattern: Node): { name: string; path?: string[]; node: Node; hasDefault: boolean }[] {
  const found: { name: string; path?: string[]; node: Node; hasDefault: boolean }[] = [];
  const open: { at: Node; path: string[]; isTop: boolean; hasDefault: boolean }[] = [
    { at: pattern, path: [], isTop: true, hasDefault: false },
  ];
  for (let next = open.shift(); next; next = open.shift()) {
    const { at, path, isTop, hasDefault } = next;
    if (at.type === 'Identifier')
      found.push({ name: at.name, ...(!isTop && { path }), node: at, hasDefault });
    else if (at.type === 'AssignmentPattern') open.push({ at: at.left, path, isTop, hasDefault: true });
    else if (at.type === 'TSParameterProperty') open.push({ at: at.parameter, path, isTop, hasDefault });
    else if (at.type === 'RestElement')
      open.push({ at: at.argument, path: [...path, '...'], isTop: false, hasDefault });
    else if (at.type === 'ObjectPattern')
      for (const property of at.properties) {
        if (property.type === 'RestElement') open.push({ at: property, path, isTop: false, hasDefault });
        else {
          const key = property.key;
          const name =
            key.type === 'StringLiteral'
              ? key.value
              : key.type === 'Identifier' && !property.computed
                ? key.name
                : '?';
          open.push({ at: property.value as Node, path: [...path, name], isTop: false, hasDefault });
        }
      }
    else if (at.type === 'ArrayPattern')
      for (const [index, element] of at.elements.entries())
        if (element) open.push({ at: element, path: [...path, String(index)], isTop: false, hasDefault });
  }
  return found;
}
