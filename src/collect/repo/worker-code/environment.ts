import type { Node } from '@babel/types';
import type { WorkerCode } from '#model/worker.ts';
import {
  environmentNames,
  isEnvironmentParameter,
  isEnvironmentType,
  isOwnChain,
} from './environment-names.ts';
import type { Module, ModuleGraph } from './modules.ts';
import { bare, calleeOf, cast, chainOf, propertyName, textOf, walk } from './walk.ts';

/** What bindings have and no text has. Cloudflare Workers documentation, “Bindings”. */
const OF_BINDING =
  /^(?:prepare|batch|exec|withSession|get|getWithMetadata|put|list|delete|head|createMultipartUpload|send|sendBatch|fetch|idFromName|idFromString|newUniqueId|getByName|run|writeDataPoint|limit|query|upsert|insert|getByIds|deleteByIds|createBatch|toMarkdown|connectionString)$/;
/** Calls that give the environment to handlers, which are read as those that are given it. */
const HANDS_ON = /^(?:fetch|handle|scheduled|queue|email|tail|request|onRequest\w*)$/;

type Reads = WorkerCode['reads'];

/** What the modules read of their environment, and where it goes out of sight. */
export function environmentOf({ modules, blindSpots }: ModuleGraph): { reads: Reads } {
  const reads: Reads = [];
  const assigned = new Set<string>();
  const takers = takersOf(modules);
  for (const module of modules) {
    const names = environmentNames(module);
    const ofPackages = importedNames(module);
    const passedOn = (node: Node) => blindSpots.push({ what: 'environment-passed-on', at: module.at(node) });
    walk(module.ast.program, (node, parents) => {
      if (!names.is(node)) {
        if (node.type === 'ObjectPattern') readsOfPattern(node, parents, module, names.is, reads, passedOn);
        return;
      }
      const { outer, around } = cast(node, parents);
      const parent = around.at(-1);
      if (!parent) return;
      if (
        (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') &&
        parent.object === outer
      ) {
        const name = propertyName(parent);
        const read = cast(parent, around.slice(0, -1));
        if (name === undefined) passedOn(node);
        else if (isAssigned(read.outer, read.around.at(-1))) assigned.add(name);
        // a method of a text or of an object is no binding
        else if (!(name in String.prototype))
          reads.push({
            name,
            at: module.at(parent),
            ...(isOptional(read.outer, read.around) && { isOptional: true }),
            ...(isOfBinding(read.outer, read.around.at(-1)) && { isBinding: true }),
          });
      } else if (goesOutOfSight(outer, parent, ofPackages, takers)) passedOn(node);
    });
  }
  // what the code itself puts there is no binding
  return { reads: reads.filter(({ name }) => !assigned.has(name)) };
}

/** `const { DB, KV = fallback } = env`, also of a parameter: `(request, { DB }) => …`. */
function readsOfPattern(
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  parents: readonly Node[],
  module: Module,
  isEnvironment: (node: Node | null | undefined) => boolean,
  reads: Reads,
  passedOn: (node: Node) => void,
): void {
  const parent = parents.at(-1);
  const isOfEnvironment =
    (parent?.type === 'VariableDeclarator' && parent.init && isEnvironment(bare(parent.init))) ||
    (parent?.type === 'AssignmentExpression' && isEnvironment(bare(parent.right))) ||
    // `async onRequest({ request, env: { DB } })`
    (parent?.type === 'ObjectProperty' && propertyName(parent) === 'env' && parent.value === pattern) ||
    isEnvironmentType(pattern) ||
    (parent?.type === 'ObjectMethod' &&
      propertyName(parent) === 'fetch' &&
      parent.params[1] === pattern &&
      /^_?req(?:uest)?$/i.test(chainOf(parent.params[0])));
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

const isOfBinding = (node: Node, parent: Node | undefined): boolean =>
  (parent?.type === 'MemberExpression' || parent?.type === 'OptionalMemberExpression') &&
  parent.object === node &&
  OF_BINDING.test(propertyName(parent) ?? '');

/** The code says what it does where there is none. */
function isOptional(node: Node, parents: readonly Node[]): boolean {
  const above = parents.at(-1);
  if (!above) return false;
  // of the last of several, what is done with the whole says it
  if (above.type === 'LogicalExpression')
    return above.left === node || above.operator === '&&' || isOptional(above, parents.slice(0, -1));
  if (above.type === 'OptionalMemberExpression' && above.object === node) return above.optional;
  if (above.type === 'OptionalCallExpression' && above.callee === node) return above.optional;
  if (above.type === 'UnaryExpression') return above.operator === '!' || above.operator === 'typeof';
  if ((above.type === 'IfStatement' || above.type === 'ConditionalExpression') && above.test === node)
    return true;
  if (calleeOf(above)?.name === 'Boolean') return true;
  // a switch: what is not there is not what it is compared with
  if (above.type === 'BinaryExpression')
    return (
      /^[!=]==?$/.test(above.operator) &&
      [above.left, above.right].some(
        (one) =>
          one.type === 'NullLiteral' ||
          (one.type === 'Identifier' && one.name === 'undefined') ||
          textOf(one) !== undefined,
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

/** The functions, methods and classes of the repository by name, with the positions at which they know the environment. */
type Takers = ReadonlyMap<string, ReadonlySet<number>>;

function takersOf(modules: readonly Module[]): Takers {
  const takers = new Map<string, Set<number>>();
  const add = (name: string | undefined, params: readonly Node[]) => {
    if (name === undefined) return;
    const own = takers.get(name) ?? new Set();
    takers.set(name, own);
    for (const [index, one] of params.entries()) if (isEnvironmentParameter(one)) own.add(index);
  };
  for (const { ast } of modules)
    walk(ast.program, (node, parents) => {
      if (!('params' in node) || !Array.isArray(node.params)) return;
      const params = node.params as Node[];
      const parent = parents.at(-1);
      if (node.type === 'FunctionDeclaration') add(node.id?.name, params);
      else if (node.type === 'ObjectMethod') add(propertyName(node), params);
      else if (node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') {
        const isConstructor = node.type === 'ClassMethod' && node.kind === 'constructor';
        const owner = parents.at(-2);
        const { key } = node;
        if (isConstructor) {
          if (owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression')
            add(owner.id?.name, params);
        } else if (key.type === 'Identifier') add(key.name, params);
        else if (key.type === 'PrivateName') add(key.id.name, params);
      } else if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
        add(parent.id.name, params);
      else if (parent?.type === 'ObjectProperty' || parent?.type === 'ClassProperty')
        add(parent.key.type === 'Identifier' ? parent.key.name : undefined, params);
    });
  return takers;
}

/** Whether the whole environment goes to something that is not read, or that knows it by a name that is not followed. */
function goesOutOfSight(node: Node, parent: Node, ofPackages: ReadonlySet<string>, takers: Takers): boolean {
  if (
    parent.type === 'SpreadElement' ||
    parent.type === 'ReturnStatement' ||
    parent.type === 'ArrayExpression' ||
    parent.type === 'ConditionalExpression'
  )
    return true;
  if (parent.type === 'ArrowFunctionExpression') return parent.body === node;
  if (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') return parent.right === node;
  if (parent.type === 'BinaryExpression') return parent.operator === 'in';
  if (parent.type === 'ObjectProperty')
    return parent.value === node && !/env/i.test(propertyName(parent) ?? '');
  if (parent.type === 'AssignmentExpression')
    return (
      parent.right === node && parent.left.type === 'MemberExpression' && !isOwnChain(chainOf(parent.left))
    );
  if (
    parent.type !== 'CallExpression' &&
    parent.type !== 'OptionalCallExpression' &&
    parent.type !== 'NewExpression'
  )
    return false;
  const index = parent.arguments.indexOf(node as never);
  if (index < 0 || parent.callee.type === 'Super') return false;
  const callee = calleeOf(parent);
  if (!callee) return true;
  const [root = ''] = chainOf(callee.of).split('.');
  if (ofPackages.has(callee.of ? root : callee.name)) return !HANDS_ON.test(callee.name);
  const known = takers.get(callee.name);
  // functions of the repository are read as those that are given it, where they know it as such
  return known ? !known.has(index) : !(callee.of && HANDS_ON.test(callee.name));
}
