import { parse } from '@babel/parser';
import type { Node } from '@babel/types';
import { propertyName } from '../worker-code/walk.ts';
import {
  type Assignment,
  type Code,
  type Expression,
  emptyCode,
  type FunctionOfCode,
  MOST_OF_A_SORT,
  mix,
  type Parameter,
  pathOf,
} from './code.ts';
import { JavaScriptExpressions } from './javascript-expressions.ts';
import {
  type FunctionNode,
  fieldTypesOf,
  isFunction,
  isNode,
  isWhole,
  nameOf,
  requiredBy,
  typeOf,
} from './javascript-nodes.ts';

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
interface Context {
  fn?: number;
  cls?: string;
}

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
  readonly #expressions = new JavaScriptExpressions((node) => this.#function(node).index);

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
        bases: node.superClass ? [this.#expressions.of(node.superClass, 0)] : [],
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
      one.type === 'Decorator' ? [this.#expressions.of(one.expression, 0)] : [],
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
      ...(inner.type === 'AssignmentPattern' && { default: this.#expressions.of(inner.right, 0) }),
      ...(decorators.length > 0 && { decorators }),
    };
  }

  #visit(node: Node, above: Node | undefined, context: Context): void {
    const code = this.#code;
    switch (node.type) {
      case 'VariableDeclarator':
        this.#bind(node.id, node.init ? this.#expressions.of(node.init, 0) : undefined, context);
        break;
      case 'AssignmentExpression': {
        if (node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern') {
          this.#bind(node.left, this.#expressions.of(node.right, 0), context);
          break;
        }
        const target = pathOf(this.#expressions.of(node.left, 0));
        const value = this.#expressions.of(node.right, 0);
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
            value: this.#expressions.of(node.value, 0),
            from: node.start ?? 0,
          });
        break;
      }
      case 'ReturnStatement':
        if (node.argument) code.returns.push({ ...context, value: this.#expressions.of(node.argument, 0) });
        break;
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement')
          code.returns.push({ fn: this.#function(node).index, value: this.#expressions.of(node.body, 0) });
        break;
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression': {
        const call = this.#expressions.of(node, 0);
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
            over: this.#expressions.of(node.right, 0),
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
          code.reads.push({ ...context, value: this.#expressions.of(node, 0) });
        break;
    }
  }

  #compare(left: Node, right: Node, context: Context, from: number): void {
    if (this.#code.comparisons.length < MOST_OF_A_SORT)
      this.#code.comparisons.push({
        ...context,
        left: this.#expressions.of(left, 0),
        right: this.#expressions.of(right, 0),
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
      this.#code.alike.push({ ...context, test: this.#expressions.of(node.test, 0), from: node.start ?? 0 });
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
          one.value.type === 'AssignmentPattern' ? this.#expressions.of(one.value.right, 0) : undefined;
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
            value: this.#expressions.of(declaration, 0),
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
}
