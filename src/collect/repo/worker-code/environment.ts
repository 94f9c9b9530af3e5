import type { Node } from '@babel/types';
import type { WorkerCode } from '#model/worker.ts';
import type { Module, ModuleGraph } from './modules.ts';
import { calleeOf, chainOf, propertyName, walk } from './walk.ts';

/** Names of types under which people write a Worker's environment. */
const ENV_TYPE = /^(?:Env|Bindings|CloudflareEnv|CloudflareBindings|WorkerEnv|Environment)$/;
/** Chains that end in the environment: `this.env`, `c.env`, `context.env`, `platform.env`. */
const ENV_CHAIN =
  /(?:^|\.)(?:this|c|ctx|context|event|platform|runtime|cloudflare|args|locals\.runtime|locals|opts|options)\.env$/;

type Reads = WorkerCode['reads'];

/** What the modules read of their environment, and where it goes out of sight. */
export function environmentOf({ modules, blindSpots }: ModuleGraph): { reads: Reads } {
  const reads: Reads = [];
  for (const module of modules) {
    const names = environmentNames(module);
    const ofPackages = importedNames(module);
    const isEnvironment = (node: Node | null | undefined): boolean =>
      node?.type === 'Identifier'
        ? names.has(node.name)
        : (node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression') &&
          ENV_CHAIN.test(chainOf(node));
    const passedOn = (node: Node) => blindSpots.push({ what: 'environment-passed-on', at: module.at(node) });
    walk(module.ast.program, (node, parents) => {
      if (!isEnvironment(node)) {
        if (node.type === 'ObjectPattern')
          readsOfPattern(node, parents.at(-1), module, isEnvironment, reads, passedOn);
        return;
      }
      const parent = parents.at(-1);
      if (!parent) return;
      if (
        (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') &&
        parent.object === node
      ) {
        const name = propertyName(parent);
        if (name === undefined) passedOn(node);
        else if (!isAssigned(parent, parents.at(-2)))
          reads.push({
            name,
            at: module.at(parent),
            ...(isOptional(parent, parents) && { isOptional: true }),
          });
      } else if (goesOutOfSight(node, parent, ofPackages)) passedOn(node);
    });
  }
  return { reads };
}

/** The names under which a module knows the environment. */
function environmentNames({ ast }: Module): ReadonlySet<string> {
  const names = new Set<string>();
  const parameter = (node: Node) => {
    const own = node.type === 'AssignmentPattern' ? node.left : node;
    if (own.type !== 'Identifier') return;
    const typed =
      own.typeAnnotation?.type === 'TSTypeAnnotation' ? own.typeAnnotation.typeAnnotation : undefined;
    const isTyped =
      typed?.type === 'TSTypeReference' &&
      typed.typeName.type === 'Identifier' &&
      ENV_TYPE.test(typed.typeName.name);
    if (own.name === 'env' || isTyped) names.add(own.name);
  };
  walk(ast.program, (node) => {
    if ('params' in node && Array.isArray(node.params))
      for (const one of node.params) if (one) parameter(one as Node);
    if (node.type === 'ImportDeclaration' && node.source.value === 'cloudflare:workers')
      for (const one of node.specifiers)
        if (one.type === 'ImportSpecifier' && 'name' in one.imported && one.imported.name === 'env')
          names.add(one.local.name);
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      ENV_CHAIN.test(chainOf(node.init ?? undefined))
    )
      names.add(node.id.name);
    // `const { env } = context`
    if (node.type === 'ObjectPattern')
      for (const property of node.properties)
        if (
          property.type === 'ObjectProperty' &&
          propertyName(property) === 'env' &&
          property.value.type === 'Identifier'
        )
          names.add(property.value.name);
  });
  return names;
}

/** `const { DB, KV = fallback } = env`, also of a parameter: `fetch(request, { DB })`. */
function readsOfPattern(
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  parent: Node | undefined,
  module: Module,
  isEnvironment: (node: Node | null | undefined) => boolean,
  reads: Reads,
  passedOn: (node: Node) => void,
): void {
  const isOfEnvironment =
    (parent?.type === 'VariableDeclarator' && isEnvironment(parent.init)) ||
    (parent?.type === 'AssignmentExpression' && isEnvironment(parent.right)) ||
    // `async onRequest({ request, env: { DB } })`
    (parent?.type === 'ObjectProperty' && propertyName(parent) === 'env' && parent.value === pattern);
  if (!isOfEnvironment) return;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      passedOn(property);
      continue;
    }
    const name = propertyName(property);
    if (name === undefined) passedOn(property);
    else
      reads.push({
        name,
        at: module.at(property),
        ...(property.value.type === 'AssignmentPattern' && { isOptional: true }),
      });
  }
}

const isAssigned = (node: Node, parent: Node | undefined): boolean =>
  parent?.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=';

/** The code says what it does where there is none. */
function isOptional(node: Node, parents: readonly Node[]): boolean {
  const above = parents.at(-2);
  if (!above) return false;
  if (above.type === 'LogicalExpression' && above.left === node) return true;
  if (above.type === 'OptionalMemberExpression' && above.object === node) return above.optional;
  if (above.type === 'OptionalCallExpression' && above.callee === node) return above.optional;
  if (above.type === 'UnaryExpression') return above.operator === '!' || above.operator === 'typeof';
  if ((above.type === 'IfStatement' || above.type === 'ConditionalExpression') && above.test === node)
    return true;
  if (above.type === 'BinaryExpression')
    return (
      /^[!=]==?$/.test(above.operator) &&
      [above.left, above.right].some(
        (one) => one.type === 'NullLiteral' || (one.type === 'Identifier' && one.name === 'undefined'),
      )
    );
  return false;
}

/** Names that a module has from packages. */
export function importedNames({ ast, packages }: Module): ReadonlySet<string> {
  const own = new Set(packages.map(({ name }) => name));
  return new Set(
    ast.program.body.flatMap((node) =>
      node.type === 'ImportDeclaration' && own.has(node.source.value)
        ? node.specifiers.map(({ local }) => local.name)
        : [],
    ),
  );
}

/** Whether the whole environment goes to something that is not read, or that takes it apart by names that only the run knows. */
function goesOutOfSight(node: Node, parent: Node, ofPackages: ReadonlySet<string>): boolean {
  if (parent.type === 'SpreadElement') return true;
  if (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') return parent.right === node;
  if (
    parent.type !== 'CallExpression' &&
    parent.type !== 'OptionalCallExpression' &&
    parent.type !== 'NewExpression'
  )
    return false;
  if (!parent.arguments.includes(node as never) || parent.callee.type === 'Super') return false;
  const callee = calleeOf(parent);
  if (!callee) return true;
  const [root = ''] = chainOf(callee.of).split('.');
  // functions of the repository are read as those that are given it
  return ofPackages.has(callee.of ? root : callee.name) || /^(?:Object|JSON|Reflect)$/.test(root);
}
