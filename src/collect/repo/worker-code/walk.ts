import type { Node } from '@babel/types';

/** What a node has beside what it is made of. */
const ASIDE = new Set([
  'loc',
  'extra',
  'leadingComments',
  'innerComments',
  'trailingComments',
  'errors',
  'tokens',
]);

/**
 * Every node of a tree, in the order of the text, with those around it, the nearest last. Without recursion: the depth of what others wrote is theirs to choose.
 */
export function walk(root: Node, visit: (node: Node, parents: readonly Node[]) => void): void {
  const stack: { node: Node; depth: number }[] = [{ node: root, depth: 0 }];
  const above: Node[] = [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, depth } = next;
    above.length = depth;
    visit(node, above);
    above.push(node);
    const children: Node[] = [];
    for (const [key, value] of Object.entries(node)) {
      if (ASIDE.has(key)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) children.push(child);
    }
    for (const child of children.reverse()) stack.push({ node: child, depth: depth + 1 });
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

type Cast = Extract<
  Node,
  {
    type:
      | 'TSAsExpression'
      | 'TSSatisfiesExpression'
      | 'TSNonNullExpression'
      | 'TSTypeAssertion'
      | 'ParenthesizedExpression';
  }
>;
const isCast = (node: Node): node is Cast =>
  node.type === 'TSAsExpression' ||
  node.type === 'TSSatisfiesExpression' ||
  node.type === 'TSNonNullExpression' ||
  node.type === 'TSTypeAssertion' ||
  node.type === 'ParenthesizedExpression';

/** An expression without what only TypeScript sees: `(env as Env)`, `env!`, `{} satisfies Handler`. */
export function bare(node: Node): Node {
  let own = node;
  while (isCast(own)) own = own.expression;
  return own;
}

/** The other way: the outermost of such expressions around a node, and those around that. */
export function cast(node: Node, parents: readonly Node[]): { outer: Node; around: readonly Node[] } {
  let count = parents.length;
  let outer = node;
  for (let next = parents[count - 1]; next && isCast(next); next = parents[count - 1]) {
    outer = next;
    count -= 1;
  }
  return { outer, around: parents.slice(0, count) };
}

/** The text of a literal, or of a template without values. */
export function textOf(node: Node | null | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name of a property that is written: of an access, of an object's entry. */
export function propertyName(node: Node): string | undefined {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return node.computed
      ? textOf(node.property)
      : node.property.type === 'Identifier'
        ? node.property.name
        : node.property.type === 'PrivateName'
          ? node.property.id.name
          : undefined;
  if (node.type === 'ObjectProperty' || node.type === 'ObjectMethod') {
    if (node.key.type === 'Identifier' && !node.computed) return node.key.name;
    return textOf(node.key);
  }
  return undefined;
}

/** What a call calls: `jwt.verify` is `verify` of `jwt`. */
export function calleeOf(node: Node): { name: string; of?: Node } | undefined {
  if (
    node.type !== 'CallExpression' &&
    node.type !== 'OptionalCallExpression' &&
    node.type !== 'NewExpression'
  )
    return undefined;
  const { callee } = node;
  if (callee.type === 'Identifier') return { name: callee.name };
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  const name = propertyName(callee);
  return name === undefined ? undefined : { name, of: callee.object };
}

/** What an identifier or a chain of accesses is written as: `crypto.subtle`. */
export function chainOf(given: Node | undefined): string {
  if (!given) return '';
  const node = bare(given);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    const name = propertyName(node);
    return name === undefined ? '' : `${chainOf(node.object)}.${name}`;
  }
  return '';
}

/** A property of an object that is written out. */
export function entryOf(node: Node | null | undefined, name: string): Node | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties)
    if (property.type === 'ObjectProperty' && propertyName(property) === name) return property.value;
  return undefined;
}

/** The product of numbers that are written out: `60 * 60 * 1000`. */
export function numberOf(node: Node | null | undefined): number | undefined {
  if (node?.type === 'NumericLiteral') return node.value;
  if (node?.type === 'BinaryExpression' && (node.operator === '*' || node.operator === '+')) {
    const [a, b] = [numberOf(node.left), numberOf(node.right)];
    if (a === undefined || b === undefined) return undefined;
    return node.operator === '*' ? a * b : a + b;
  }
  return undefined;
}
