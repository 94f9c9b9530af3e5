import { parse } from '@babel/parser';
import type { Node } from '@babel/types';
import { bare, propertyName, textOf } from '../worker-code/walk.ts';
import {
  type Assignment,
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

/** Parts of a node that are no code that runs. */
const ASIDE = new Set([
  'loc',
  'extra',
  'leadingComments',
  'innerComments',
  'trailingComments',
  'errors',
  'tokens',
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'implements',
  'returnType',
  'predicate',
]);
const TYPES = /^(?:TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction|TSDeclareMethod)$/;
const FUNCTION =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/;

interface Context {
  fn?: number;
  cls?: string;
}
type FunctionNode = Extract<
  Node,
  {
    type:
      | 'FunctionDeclaration'
      | 'FunctionExpression'
      | 'ArrowFunctionExpression'
      | 'ObjectMethod'
      | 'ClassMethod'
      | 'ClassPrivateMethod';
  }
>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
const isFunction = (node: Node): node is FunctionNode => FUNCTION.test(node.type);

/** What a file of JavaScript or TypeScript says. */
export function readJavaScript(path: string, text: string): Code {
  const code = emptyCode(path, 'javascript', text);
  try {
    const file = parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      plugins: [
        ...(/\.[cm]?tsx?$/.test(path) ? (['typescript'] as const) : []),
        ...(/\.[cm]?ts$/.test(path) ? [] : (['jsx'] as const)),
        'decorators',
        'decoratorAutoAccessors',
        'importAttributes',
      ],
    });
    return new Reader(code).read(file.program);
  } catch {
    // no program, or one that is nested deeper than the parser follows
    code.broken = 0;
    return code;
  }
}

class Reader {
  readonly #code: Code;
  readonly #functions = new Map<Node, FunctionOfCode>();
  readonly #made = new WeakMap<Node, Expression>();

  constructor(code: Code) {
    this.#code = code;
  }

  read(program: Node): Code {
    const pending: { node: Node; above: Node | undefined; context: Context }[] = [
      { node: program, above: undefined, context: {} },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node, above } = next;
      if (TYPES.test(node.type) || node.type === 'ImportDeclaration') {
        if (node.type === 'ImportDeclaration') this.#import(node);
        continue;
      }
      const context = this.#enter(node, above, next.context);
      this.#visit(node, above, next.context);
      const children: Node[] = [];
      for (const [key, value] of Object.entries(node)) {
        if (ASIDE.has(key)) continue;
        for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) children.push(child);
      }
      for (const child of children.reverse()) pending.push({ node: child, above: node, context });
    }
    return this.#code;
  }

  #enter(node: Node, above: Node | undefined, context: Context): Context {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      const name =
        node.id?.name ??
        (above?.type === 'VariableDeclarator' && above.id.type === 'Identifier' ? above.id.name : '');
      this.#code.classes.push({
        name,
        path: name,
        bases: node.superClass ? [this.#expression(node.superClass, 0)] : [],
        decorators: this.#decorators(node),
        fieldTypes: fieldTypesOf(node),
        from: node.start ?? 0,
      });
      return { cls: name };
    }
    if (isFunction(node)) return { ...context, fn: this.#function(node, above, context).index };
    return context;
  }

  #decorators(node: Node): Expression[] {
    return ('decorators' in node && node.decorators ? node.decorators : []).flatMap((one) =>
      one.type === 'Decorator' ? [this.#expression(one.expression, 0)] : [],
    );
  }

  #function(node: FunctionNode, above?: Node, context?: Context): FunctionOfCode {
    const known = this.#functions.get(node);
    if (known && !context) return known;
    const made: FunctionOfCode = {
      index: known?.index ?? this.#code.functions.length,
      name: nameOf(node, above),
      ...(context?.cls !== undefined && { owner: context.cls }),
      ...(context?.fn !== undefined && { within: context.fn }),
      parameters: [],
      decorators: [],
      from: node.start ?? 0,
      to: node.end ?? 0,
    };
    this.#functions.set(node, made);
    this.#code.functions[made.index] = made;
    if (context)
      Object.assign(made, {
        parameters: node.params.map((one) => this.#parameter(one)),
        decorators: this.#decorators(node),
      });
    return made;
  }

  #parameter(node: Node): Parameter {
    const inner = node.type === 'TSParameterProperty' ? node.parameter : node;
    const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
    const decorators = this.#decorators(inner).map((one) => (one.is === 'call' ? one.path : pathOf(one)));
    const type = typeOf(target);
    return {
      name:
        target.type === 'Identifier'
          ? target.name
          : target.type === 'RestElement' && target.argument.type === 'Identifier'
            ? target.argument.name
            : '',
      ...(target.type === 'ObjectPattern' && {
        parts: target.properties.flatMap((one) =>
          one.type === 'ObjectProperty'
            ? [
                one.value.type === 'Identifier'
                  ? one.value.name
                  : one.value.type === 'AssignmentPattern' && one.value.left.type === 'Identifier'
                    ? one.value.left.name
                    : '',
              ]
            : one.argument.type === 'Identifier'
              ? [one.argument.name]
              : [],
        ),
      }),
      ...(type !== undefined && { type }),
      ...(inner.type === 'AssignmentPattern' && { default: this.#expression(inner.right, 0) }),
      ...(decorators.length > 0 && { decorators }),
    };
  }

  #visit(node: Node, above: Node | undefined, context: Context): void {
    const code = this.#code;
    switch (node.type) {
      case 'VariableDeclarator':
        this.#bind(node.id, node.init ? this.#expression(node.init, 0) : undefined, context);
        break;
      case 'AssignmentExpression': {
        if (node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern') {
          this.#bind(node.left, this.#expression(node.right, 0), context);
          break;
        }
        const target = pathOf(this.#expression(node.left, 0));
        const value = this.#expression(node.right, 0);
        if (target !== '') code.assignments.push({ ...context, target, value, from: node.start ?? 0 });
        this.#commonExports(target, node.right);
        break;
      }
      case 'ClassProperty':
      case 'ClassPrivateProperty':
      case 'ClassAccessorProperty': {
        const name =
          'key' in node && node.key.type === 'Identifier'
            ? node.key.name
            : node.key.type === 'PrivateName'
              ? `#${node.key.id.name}`
              : undefined;
        if (name !== undefined && node.value)
          code.assignments.push({
            ...context,
            target: name,
            value: this.#expression(node.value, 0),
            from: node.start ?? 0,
          });
        break;
      }
      case 'ReturnStatement':
        if (node.argument) code.returns.push({ ...context, value: this.#expression(node.argument, 0) });
        break;
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement')
          code.returns.push({ fn: this.#function(node).index, value: this.#expression(node.body, 0) });
        break;
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression': {
        const call = this.#expression(node, 0);
        if (call.is === 'call' && code.calls.length < MOST_OF_A_SORT) code.calls.push({ ...context, call });
        break;
      }
      case 'BinaryExpression':
        if (/^[!=]==?$/.test(node.operator)) this.#compare(node.left, node.right, context, node.start ?? 0);
        break;
      case 'SwitchStatement':
        for (const one of node.cases)
          if (one.test) this.#compare(node.discriminant, one.test, context, one.start ?? 0);
        break;
      case 'ForOfStatement':
        if (node.left.type === 'VariableDeclaration' && node.left.declarations[0]?.id.type === 'Identifier')
          code.loops.push({
            ...context,
            name: node.left.declarations[0].id.name,
            over: this.#expression(node.right, 0),
          });
        break;
      case 'IfStatement':
        this.#branches(node, context);
        break;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        this.#export(node);
        break;
      case 'Identifier':
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        if (isWhole(node, above) && code.reads.length < MOST_OF_A_SORT)
          code.reads.push({ ...context, value: this.#expression(node, 0) });
        break;
    }
  }

  #compare(left: Node, right: Node, context: Context, from: number): void {
    if (this.#code.comparisons.length < MOST_OF_A_SORT)
      this.#code.comparisons.push({
        ...context,
        left: this.#expression(left, 0),
        right: this.#expression(right, 0),
        sign: '==',
        from,
      });
  }

  #branches(node: Extract<Node, { type: 'IfStatement' }>, context: Context): void {
    const textIn = (part: Node) =>
      this.#code.text.slice(part.start ?? 0, part.end ?? 0).replaceAll(/\/\/.*$|\s+/gm, '');
    if (!node.alternate) return;
    const first = textIn(node.consequent);
    if (first.length > 8 && first === textIn(node.alternate))
      this.#code.alike.push({ ...context, test: this.#expression(node.test, 0), from: node.start ?? 0 });
  }

  #bind(pattern: Node, value: Expression | undefined, context: Context): void {
    const add = (target: string, more: Partial<Assignment>, from: number) =>
      this.#code.assignments.push({ ...context, target, ...more, from });
    if (pattern.type === 'Identifier') {
      const module = value && requiredBy(value);
      if (module !== undefined) this.#code.imports.set(pattern.name, { module });
      add(pattern.name, value ? { value } : {}, pattern.start ?? 0);
    } else if (pattern.type === 'ArrayPattern') {
      for (const one of pattern.elements)
        if (one?.type === 'Identifier')
          add(one.name, value ? { value: mix('part', [value], value.from) } : {}, one.start ?? 0);
    } else if (pattern.type === 'ObjectPattern') {
      const module = value && requiredBy(value);
      for (const one of pattern.properties) {
        if (one.type === 'RestElement') {
          if (one.argument.type === 'Identifier' && value)
            add(one.argument.name, { value: mix('rest', [value], value.from) }, one.start ?? 0);
          continue;
        }
        const key = propertyName(one);
        const inner = one.value.type === 'AssignmentPattern' ? one.value.left : one.value;
        const otherwise =
          one.value.type === 'AssignmentPattern' ? this.#expression(one.value.right, 0) : undefined;
        if (inner.type !== 'Identifier' || key === undefined) continue;
        if (module !== undefined) this.#code.imports.set(inner.name, { module, name: key });
        if (value)
          add(
            inner.name,
            { entry: key, value: otherwise ? mix('default', [value, otherwise], value.from) : value },
            one.start ?? 0,
          );
      }
    }
  }

  #import(node: Extract<Node, { type: 'ImportDeclaration' }>): void {
    if (node.importKind === 'type') return;
    const module = node.source.value;
    for (const one of node.specifiers) {
      if (one.type === 'ImportNamespaceSpecifier') this.#code.imports.set(one.local.name, { module });
      else if (one.type === 'ImportDefaultSpecifier')
        this.#code.imports.set(one.local.name, { module, name: 'default' });
      else if (one.importKind !== 'type')
        this.#code.imports.set(one.local.name, {
          module,
          name: one.imported.type === 'Identifier' ? one.imported.name : one.imported.value,
        });
    }
  }

  #export(
    node: Extract<
      Node,
      { type: 'ExportNamedDeclaration' | 'ExportDefaultDeclaration' | 'ExportAllDeclaration' }
    >,
  ): void {
    const { exports, imports } = this.#code;
    if (node.type === 'ExportAllDeclaration') this.#code.wildcards.push(node.source.value);
    else if (node.type === 'ExportDefaultDeclaration') {
      const { declaration } = node;
      if (declaration.type === 'Identifier') exports.set('default', declaration.name);
      else if ('id' in declaration && declaration.id?.type === 'Identifier')
        exports.set('default', declaration.id.name);
      else {
        exports.set('default', 'default');
        if (
          !isFunction(declaration) &&
          declaration.type !== 'ClassDeclaration' &&
          !TYPES.test(declaration.type)
        )
          this.#code.assignments.push({
            target: 'default',
            value: this.#expression(declaration, 0),
            from: declaration.start ?? 0,
          });
      }
    } else
      for (const one of node.specifiers) {
        if (one.type !== 'ExportSpecifier') continue;
        const name = one.exported.type === 'Identifier' ? one.exported.name : one.exported.value;
        const local = one.local.name;
        if (node.source) imports.set(`export ${name}`, { module: node.source.value, name: local });
        exports.set(name, node.source ? `export ${name}` : local);
      }
  }

  #commonExports(target: string, value: Node): void {
    const { exports } = this.#code;
    const one = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
    if (one !== undefined) exports.set(one, value.type === 'Identifier' ? value.name : target);
    if (target !== 'module.exports') return;
    if (value.type === 'Identifier') exports.set('default', value.name);
    else exports.set('default', target);
    if (value.type === 'ObjectExpression')
      for (const entry of value.properties) {
        const key = entry.type === 'SpreadElement' ? undefined : propertyName(entry);
        if (key !== undefined && entry.type === 'ObjectProperty' && entry.value.type === 'Identifier')
          exports.set(key, entry.value.name);
        else if (key !== undefined) exports.set(key, key);
      }
  }

  #expression(node: Node, depth: number): Expression {
    const known = this.#made.get(node);
    if (known) return known;
    const made = depth > DEEPEST ? mix('deep', [], node.start ?? 0) : this.#make(bare(node), depth);
    if (depth === 0) this.#made.set(node, made);
    return made;
  }

  #all(nodes: readonly (Node | null)[], depth: number): Expression[] {
    return nodes.filter((one) => one !== null).map((one) => this.#expression(one, depth + 1));
  }

  #make(node: Node, depth: number): Expression {
    const from = node.start ?? 0;
    const text = textOf(node);
    if (text !== undefined) return { is: 'text', text, from };
    const inner = (one: Node) => this.#expression(one, depth + 1);
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
              this.#all(
                node.elements.map((one) => (one?.type === 'SpreadElement' ? one.argument : one)),
                depth,
              ),
              from,
            )
          : { is: 'list', items: this.#all(node.elements, depth), from };
      case 'ObjectExpression':
        return {
          is: 'object',
          entries: node.properties.map((one) => {
            if (one.type === 'SpreadElement') return { value: inner(one.argument) };
            const key = propertyName(one);
            const value =
              one.type === 'ObjectMethod'
                ? ({ is: 'function', index: this.#function(one).index, from: one.start ?? 0 } as const)
                : inner(one.value);
            return { ...(key !== undefined && { key }), value };
          }),
          from,
        };
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return { is: 'function', index: this.#function(node).index, from };
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
        return mix(',', this.#all(node.expressions, depth), from);
      case 'AssignmentExpression':
        return inner(node.right);
      default:
        return mix(node.type, [], from);
    }
  }
}

/** `require('x')`, and what `promisify` of a module is called so. */
const requiredBy = (value: Expression): string | undefined =>
  value.is === 'call' && value.path === 'require' && value.args[0]?.is === 'text'
    ? value.args[0].text
    : undefined;

function nameOf(node: FunctionNode, above: Node | undefined): string {
  if ('id' in node && node.id) return node.id.name;
  if ('key' in node)
    return node.key.type === 'Identifier'
      ? node.key.name
      : node.key.type === 'PrivateName'
        ? `#${node.key.id.name}`
        : '';
  if (above?.type === 'VariableDeclarator' && above.id.type === 'Identifier') return above.id.name;
  if (above?.type === 'ObjectProperty' || above?.type === 'ClassProperty')
    return above.key.type === 'Identifier' ? above.key.name : '';
  if (above?.type === 'AssignmentExpression') {
    const target =
      above.left.type === 'MemberExpression'
        ? propertyName(above.left)
        : above.left.type === 'Identifier'
          ? above.left.name
          : undefined;
    return target ?? '';
  }
  return above?.type === 'ExportDefaultDeclaration' ? 'default' : '';
}

function typeOf(node: Node): string | undefined {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (!isNode(annotation) || annotation.type !== 'TSTypeAnnotation') return undefined;
  const own = annotation.typeAnnotation;
  return own.type === 'TSTypeReference' && own.typeName.type === 'Identifier' ? own.typeName.name : undefined;
}

/** Fields by their declared types, those of a constructor's parameters among them. */
function fieldTypesOf(
  node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>,
): Map<string, string> {
  const types = new Map<string, string>();
  for (const member of node.body.body) {
    if (member.type === 'ClassProperty' && member.key.type === 'Identifier') {
      const type = typeOf(member);
      if (type !== undefined) types.set(member.key.name, type);
    }
    if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue;
    for (const one of member.params) {
      if (one.type !== 'TSParameterProperty' || one.parameter.type !== 'Identifier') continue;
      const type = typeOf(one.parameter);
      if (type !== undefined) types.set(one.parameter.name, type);
    }
  }
  return types;
}

/** Whether a name or access is read as a whole: no part of a longer one, no key, no name of a declaration. */
function isWhole(node: Node, above: Node | undefined): boolean {
  if (!above) return false;
  if (above.type === 'MemberExpression' || above.type === 'OptionalMemberExpression')
    return above.object !== node && above.computed && above.property === node;
  if (above.type === 'ObjectProperty') return above.value === node || above.computed;
  if (above.type === 'VariableDeclarator') return above.init === node;
  if (above.type === 'AssignmentExpression') return above.right === node;
  return (
    !/^(?:ClassProperty|ClassMethod|ObjectMethod|ClassDeclaration|FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|LabeledStatement|ImportSpecifier|ExportSpecifier|AssignmentPattern|RestElement|ArrayPattern|TSParameterProperty)$/.test(
      above.type,
    ) ||
    (above.type === 'ArrowFunctionExpression' && above.body === node) ||
    (above.type === 'AssignmentPattern' && above.right === node) ||
    (above.type === 'ClassProperty' && above.value === node)
  );
}
