import type { Node } from '@babel/types';
import type { Module } from './modules.ts';
import { bare, calleeOf, chainOf, propertyName, walk } from './walk.ts';

/** Names of types under which people write a Worker's environment. */
const ENV_TYPE = /^(?:\w*Env|\w*Bindings|\w*Environment)$/;
/** Chains that end in the environment: `this.env`, `c.env`, `context.cloudflare.env`; not that of a process or a build. */
const ENV_CHAIN = /^(?!(?:globalThis\.)?(?:process|Deno|Bun)\.)[\w$]+(?:\.[\w$]+)*\.env$/;
/** Types of an `env` that is no Worker's: the name of one, or that of a process. */
const OTHER_TYPE = /^(?:TSStringKeyword|TSUnionType|TSLiteralType|TSNumberKeyword)$/;

/** Whether a chain of accesses is the environment. */
export const isOwnChain = (chain: string): boolean => ENV_CHAIN.test(chain);

/** Whether what is declared has the type of an environment. */
export function isEnvironmentType(node: Node): boolean {
  const name = typeNameOf(node);
  return name !== undefined && ENV_TYPE.test(name) && name !== 'ProcessEnv';
}

function typeNameOf(node: Node): string | undefined {
  const typed = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  const type = typed?.type === 'TSTypeAnnotation' ? typed.typeAnnotation : undefined;
  if (type?.type !== 'TSTypeReference') return undefined;
  if (type.typeName.type === 'Identifier') return type.typeName.name;
  return type.typeName.type === 'TSQualifiedName' ? type.typeName.right.name : undefined;
}

/** Whether a parameter is the environment: `env`, or whatever is of its type; also one that is taken apart on the spot. */
export function isEnvironmentParameter(node: Node): boolean {
  if (node.type === 'TSParameterProperty') return isEnvironmentParameter(node.parameter);
  const own = node.type === 'AssignmentPattern' ? node.left : node;
  if (own.type === 'ObjectPattern') return isEnvironmentType(own);
  if (own.type !== 'Identifier') return false;
  if (isEnvironmentType(own)) return true;
  if (!/^_?env$/.test(own.name)) return false;
  const typed = own.typeAnnotation?.type === 'TSTypeAnnotation' ? own.typeAnnotation.typeAnnotation.type : '';
  return !OTHER_TYPE.test(typed) && typeNameOf(own) !== 'ProcessEnv';
}

/** What in a module is the environment: its names, chains that end in it, and `env(c)` of Hono's adapter. */
export function environmentNames({ ast }: Module): { is(node: Node | null | undefined): boolean } {
  const names = new Set<string>();
  const makers = new Set<string>();
  const is = (given: Node | null | undefined): boolean => {
    if (!given) return false;
    const node = bare(given);
    if (node !== given) return false;
    return isAfterCast(node);
  };
  const isAfterCast = (node: Node): boolean => {
    if (node.type === 'Identifier') return names.has(node.name);
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
      return ENV_CHAIN.test(chainOf(node));
    const callee = calleeOf(node);
    return callee !== undefined && callee.of === undefined && makers.has(callee.name);
  };
  const declares = (node: Node) => {
    if ('params' in node && Array.isArray(node.params))
      for (const one of node.params as Node[]) {
        const own = one.type === 'TSParameterProperty' ? one.parameter : one;
        const name = own.type === 'AssignmentPattern' ? own.left : own;
        if (isEnvironmentParameter(one) && name.type === 'Identifier') names.add(name.name);
      }
    if (node.type === 'ImportDeclaration')
      for (const one of node.specifiers)
        if (one.type === 'ImportSpecifier' && 'name' in one.imported && one.imported.name === 'env') {
          if (node.source.value === 'cloudflare:workers') names.add(one.local.name);
          if (node.source.value === 'hono/adapter') makers.add(one.local.name);
        }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      if (isEnvironmentType(node.id) || (node.init && isAfterCast(bare(node.init)))) names.add(node.id.name);
    }
    if (
      node.type === 'AssignmentExpression' &&
      node.left.type === 'Identifier' &&
      isAfterCast(bare(node.right))
    )
      names.add(node.left.name);
    // `const { env } = context`
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern') {
      const of = chainOf(node.init ?? undefined);
      if (node.init?.type !== 'MetaProperty' && !/^(?:globalThis\.)?(?:process|Deno|Bun)$/.test(of))
        takeApart(node.id);
    }
    if ('params' in node && Array.isArray(node.params))
      for (const one of node.params as Node[]) {
        const own = one.type === 'AssignmentPattern' ? one.left : one;
        if (own.type === 'ObjectPattern') takeApart(own);
      }
  };
  const takeApart = (pattern: Extract<Node, { type: 'ObjectPattern' }>) => {
    for (const property of pattern.properties)
      if (property.type === 'ObjectProperty') {
        if (propertyName(property) === 'env' && property.value.type === 'Identifier')
          names.add(property.value.name);
        else if (property.value.type === 'ObjectPattern') takeApart(property.value);
      }
  };
  // twice: a name may be given before it is known
  for (let size = -1; size < names.size; ) {
    size = names.size;
    walk(ast.program, declares);
  }
  return { is };
}
