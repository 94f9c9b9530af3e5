import type { Node } from '@babel/types';
import { propertyName } from '../worker-code/walk.ts';
import type { Expression } from './code.ts';

const FUNCTION =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/;

/** What declares or makes a function. */
export type FunctionNode = Extract<
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

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
export const isFunction = (node: Node): node is FunctionNode => FUNCTION.test(node.type);

/** `require('x')`, and what `promisify` of a module is called so. */
export const requiredBy = (value: Expression): string | undefined =>
  value.is === 'call' && value.path === 'require' && value.args[0]?.is === 'text'
    ? value.args[0].text
    : undefined;

export function nameOf(node: FunctionNode, above: Node | undefined): string {
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

export function typeOf(node: Node): string | undefined {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (!isNode(annotation) || annotation.type !== 'TSTypeAnnotation') return undefined;
  const own = annotation.typeAnnotation;
  return own.type === 'TSTypeReference' && own.typeName.type === 'Identifier' ? own.typeName.name : undefined;
}

/** Fields by their declared types, those of a constructor's parameters among them. */
export function fieldTypesOf(
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
export function isWhole(node: Node, above: Node | undefined): boolean {
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
