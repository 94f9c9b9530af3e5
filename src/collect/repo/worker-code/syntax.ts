import type * as t from '@babel/types';
import { bare } from './walk.ts';

/** A node of the syntax tree. */
export type Node = t.Node;

/** Types only: nothing in them runs, so nothing in them is read or set. */
const TYPES = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'typeParameter',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
  'returnType',
  'predicate',
]);
const NOT_NODES = new Set(['loc', 'extra', 'leadingComments', 'trailingComments', 'innerComments', 'errors']);
const DECLARES_TYPES =
  /^(?:TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction|TSDeclareMethod|DeclareVariable)$/;

/** A module's syntax, flat: every node in the order of the text, each with its parent. Types are left out. */
export interface Syntax {
  program: t.Program;
  nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
  /** The nodes inside a node, itself first. */
  within(node: Node): readonly Node[];
  of<T extends Node['type']>(type: T): readonly Extract<Node, { type: T }>[];
}

/** Goes through the tree with a list, not by recursion. */
export function flattened(program: t.Program): Syntax {
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  const byType = new Map<string, Node[]>();
  const places = new Map<Node, number>();
  const open: Node[] = [program];
  for (let node = open.pop(); node; node = open.pop()) {
    places.set(node, nodes.length);
    nodes.push(node);
    const same = byType.get(node.type);
    if (same) same.push(node);
    else byType.set(node.type, [node]);
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (!child) continue;
      parents.set(child, node);
      open.push(child);
    }
  }
  return {
    program,
    nodes,
    parentOf: (node) => parents.get(node),
    within(node) {
      const first = places.get(node);
      if (first === undefined) return [];
      let last = first + 1;
      // the nodes of a tree stand together, in the order of the text
      while (last < nodes.length && (nodes[last]?.start ?? 0) < (node.end ?? 0)) last += 1;
      return nodes.slice(first, last);
    },
    of: (type) => (byType.get(type) ?? []) as never,
  };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function childrenOf(node: Node): Node[] {
  if (('declare' in node && node.declare === true) || DECLARES_TYPES.test(node.type)) return [];
  const found: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (NOT_NODES.has(key) || TYPES.has(key)) continue;
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) found.push(one);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

/** The expression inside, waited for or not. */
export function awaited(node: Node): Node {
  let inner = bare(node);
  while (inner.type === 'AwaitExpression') inner = bare(inner.argument);
  return inner;
}

/** What a property, method or field is called; undefined where its name is computed. */
export function keyOf(node: Node): string | undefined {
  if (!('key' in node) || !node.key || typeof node.key !== 'object') return undefined;
  const key = node.key as Node;
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  if ('computed' in node && node.computed === true) return undefined;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'PrivateName' ? `#${key.id.name}` : undefined;
}

export type Member = t.MemberExpression | t.OptionalMemberExpression;
export type Call = t.CallExpression | t.OptionalCallExpression | t.NewExpression;

export const isMember = (node: Node | undefined | null): node is Member =>
  node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression';
export const isCall = (node: Node | undefined | null): node is Call =>
  node?.type === 'CallExpression' ||
  node?.type === 'OptionalCallExpression' ||
  node?.type === 'NewExpression';

/** What of an object is accessed: `a.b`, `a['b']`, `a.#b`; undefined where it is computed. */
export function propertyOf(node: Member): string | undefined {
  const { property } = node;
  if (property.type === 'StringLiteral') return property.value;
  if (property.type === 'PrivateName') return `#${property.id.name}`;
  return !node.computed && property.type === 'Identifier' ? property.name : undefined;
}

export type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

export const isFunction = (node: Node | undefined | null): node is FunctionNode =>
  node !== undefined &&
  node !== null &&
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/.test(
    node.type,
  );

export const isClass = (node: Node | undefined | null): node is t.ClassDeclaration | t.ClassExpression =>
  node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';

/** The arguments of a call that are expressions, in place; a spread ends what is known of the places. */
export function argumentsOf(call: Call): Node[] {
  const found: Node[] = [];
  for (const one of call.arguments) {
    if (one.type === 'SpreadElement' || one.type === 'ArgumentPlaceholder') break;
    found.push(bare(one));
  }
  return found;
}

/** `a.b.c` as a text, for calls that are known by name; undefined for anything else. */
export function dotted(node: Node): string | undefined {
  const parts: string[] = [];
  let at = bare(node);
  while (isMember(at) && parts.length < 8) {
    const name = propertyOf(at);
    if (name === undefined) return undefined;
    parts.unshift(name);
    at = awaited(at.object);
  }
  if (at.type === 'ThisExpression') parts.unshift('this');
  else if (at.type === 'Identifier') parts.unshift(at.name);
  else return undefined;
  return parts.join('.');
}
