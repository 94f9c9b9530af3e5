import type { Analysed, Analysis } from './analysis.ts';
import { isPlace, type Place } from './follow.ts';
import {
  argumentsOf,
  awaited,
  isCall,
  isFunction,
  isMember,
  keyOf,
  type Node,
  propertyOf,
} from './syntax.ts';
import type { Values } from './values.ts';

/** A path that is answered, and the code that runs for it. */
export interface Route {
  path: string;
  /** In capitals; undefined where any is taken, or where it is looked at elsewhere. */
  method?: string;
  module: Analysed;
  node: Node;
  code: Place[];
  /** The router that answers, where it was followed to where it is made. */
  router?: Node;
}

const ROUTER = /^(?:get|post|put|patch|delete|options|head|all|on|use|any|add|route|openapi|mount)$/i;
const PATH = /^\/[\w\-./:*{}?()+~@]*$/;
const PAGES = /^(?:.*\/)?functions\/(.+?)(?:\/index)?\.[cm]?[jt]sx?$/;
const PAGES_HANDLER = /^onRequest(Get|Post|Put|Patch|Delete|Head|Options)?$/;

/** Every path that the code answers: by a router, by a comparison, by a table, by the place of a Pages function. */
export function routesOf({ modules, values }: Analysis & { values: Values }): Route[] {
  const all = modules.flatMap((module) => [
    ...routed(module, values),
    ...compared(module),
    ...tabled(module, values),
    ...ofPages(module, values),
  ]);
  return mounted(all);
}

/** Routes of a router that another one mounts have its path before their own. What is mounted is no route by itself. */
function mounted(all: readonly Route[]): Route[] {
  const isMount = ({ code }: Route) => code.length > 0 && code.every(({ node }) => isCall(node));
  const mounts = all.filter(
    (route) => isMount(route) && all.some(({ router }) => router === route.code.at(-1)?.node),
  );
  return all.flatMap((route): Route[] => {
    if (mounts.includes(route)) return [];
    const above = mounts.filter(({ code }) => code.at(-1)?.node === route.router);
    if (above.length === 0) return [route];
    return above.map(({ path }) => ({
      ...route,
      path: `${path.replace(/\/\*?$/, '')}${route.path === '/' ? '' : route.path}`,
    }));
  });
}

/** `app.post('/webhook', check, handle)`, `app.on('POST', '/webhook', handle)`. */
function routed(module: Analysed, values: Values): Route[] {
  return [...module.syntax.of('CallExpression'), ...module.syntax.of('OptionalCallExpression')].flatMap(
    (call): Route[] => {
      const callee = call.callee as Node;
      const name = isMember(callee) ? propertyOf(callee) : undefined;
      if (name === undefined || !ROUTER.test(name) || isClient(callee)) return [];
      const given = argumentsOf(call);
      const isMethodFirst = /^(?:on|add)$/i.test(name);
      const at = isMethodFirst ? 1 : 0;
      const path = given[at] && values.text({ module, node: given[at] });
      const code = given.slice(at + 1).flatMap((node) => codeOf(module, node, values));
      if (path === undefined || !PATH.test(path) || code.length === 0) return [];
      const stated = isMethodFirst && given[0] ? values.text({ module, node: given[0] }) : undefined;
      const method =
        stated ?? (/^(?:get|post|put|patch|delete|options|head)$/i.test(name) ? name : undefined);
      const made = isMember(callee) ? values.follower.follow({ module, node: callee.object }) : undefined;
      const router = isPlace(made) ? made.node : undefined;
      return [
        {
          path,
          ...(method && { method: method.toUpperCase() }),
          module,
          node: call,
          code,
          ...(router && { router }),
        },
      ];
    },
  );
}

/** `axios.post('/webhook', body)` asks; it answers nothing. */
const isClient = (callee: Node): boolean =>
  isMember(callee) &&
  /^(?:axios|ky|got|http|https|client|api|fetcher|superagent)$/i.test(
    callee.object.type === 'Identifier' ? callee.object.name : '',
  );

function codeOf(module: Analysed, given: Node, values: Values): Place[] {
  const node = awaited(given);
  if (isFunction(node)) return [{ module, node }];
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((one) =>
      one && one.type !== 'SpreadElement' ? codeOf(module, one, values) : [],
    );
  if (isCall(node))
    return [{ module, node }, ...argumentsOf(node).flatMap((one) => codeOf(module, one, values))];
  const found = values.follower.follow({ module, node });
  return isPlace(found) ? [found] : [{ module, node }];
}

/** `if (url.pathname === '/webhook') …`, `case '/webhook': …`. */
function compared(module: Analysed): Route[] {
  const { syntax } = module;
  const found: Route[] = [];
  for (const node of syntax.of('StringLiteral')) {
    if (!PATH.test(node.value) || node.value.length < 2) continue;
    const parent = syntax.parentOf(node);
    if (parent?.type === 'SwitchCase' && parent.test === node) {
      found.push({ path: node.value, module, node, code: caseCode(module, parent) });
      continue;
    }
    const isEqual = parent?.type === 'BinaryExpression' && /^===?$/.test(parent.operator);
    const call = isCall(parent) && parent.arguments[0] === node ? parent : undefined;
    const callee = call?.callee as Node | undefined;
    const isAsked = callee && isMember(callee) && /^(?:startsWith|endsWith)$/.test(propertyOf(callee) ?? '');
    if (!parent || (!isEqual && !isAsked)) continue;
    const branch = branchOf(module, parent);
    if (branch)
      found.push({ path: node.value, ...branch.method, module, node, code: [{ module, node: branch.node }] });
  }
  return found;
}

/** The statements of a case, and of those that it falls through to. */
function caseCode(module: Analysed, of: Extract<Node, { type: 'SwitchCase' }>): Place[] {
  const around = module.syntax.parentOf(of);
  if (around?.type !== 'SwitchStatement') return [];
  const from = around.cases.indexOf(of);
  const own = around.cases.slice(from).find(({ consequent }) => consequent.length > 0);
  return (own?.consequent ?? []).map((node) => ({ module, node }));
}

/** The branch that a comparison opens, through `&&` and `||`, with the method that is compared beside it. */
function branchOf(
  module: Analysed,
  comparison: Node,
): { node: Node; method: { method?: string } } | undefined {
  let at = comparison;
  for (let parent = module.syntax.parentOf(at); parent; parent = module.syntax.parentOf(at)) {
    if (parent.type === 'LogicalExpression' || parent.type === 'ParenthesizedExpression') at = parent;
    else if (
      (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') &&
      parent.test === at
    ) {
      const method = module.syntax
        .within(parent.test)
        .find((one) => one.type === 'StringLiteral' && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(one.value));
      return {
        node: parent.consequent,
        method: method?.type === 'StringLiteral' ? { method: method.value } : {},
      };
    } else return undefined;
  }
  return undefined;
}

/** `{ '/webhook': handle }`, `{ path: '/webhook', handler: handle }`. */
function tabled(module: Analysed, values: Values): Route[] {
  return module.syntax.of('ObjectExpression').flatMap((table) =>
    table.properties.flatMap((one): Route[] => {
      if (one.type === 'SpreadElement') return [];
      const key = keyOf(one);
      const value = one.type === 'ObjectMethod' ? one : (one.value as Node);
      const path = key !== undefined && PATH.test(key) ? key : undefined;
      if (path !== undefined && path.length > 1) {
        const found = values.follower.functionOf({ module, node: value });
        return found ? [{ path, module, node: one, code: [found] }] : [];
      }
      if (key !== 'path' || value.type !== 'StringLiteral' || !PATH.test(value.value)) return [];
      const code = table.properties.flatMap((other): Place[] => {
        if (
          other.type !== 'ObjectProperty' ||
          !/^(?:handlers?|middlewares?|action|fn)$/.test(keyOf(other) ?? '')
        )
          return [];
        return codeOf(module, other.value as Node, values);
      });
      const method = values.text(
        values.property({ module, node: table }, 'method') ?? { module, node: table },
      );
      return code.length > 0
        ? [{ path: value.value, ...(method && { method: method.toUpperCase() }), module, node: one, code }]
        : [];
    }),
  );
}

/** `functions/api/webhook.ts`. Cloudflare Pages documentation, “Functions: Routing”. */
function ofPages(module: Analysed, values: Values): Route[] {
  const path = PAGES.exec(module.file)?.[1];
  if (path === undefined || /(?:^|\/)_/.test(path)) return [];
  return [...module.exports].flatMap(([name, exported]): Route[] => {
    const [, method] = PAGES_HANDLER.exec(name) ?? [];
    if (!PAGES_HANDLER.test(name) || !('node' in exported)) return [];
    return [
      {
        path: `/${path.replace(/\[\[(\w+)\]\]/g, '*').replace(/\[(\w+)\]/g, ':$1')}`,
        ...(method && { method: method.toUpperCase() }),
        module,
        node: exported.node,
        code: codeOf(module, exported.node, values),
      },
    ];
  });
}
