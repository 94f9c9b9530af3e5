import type { Node } from '@babel/types';
import type { WorkerCode } from '#model/worker.ts';
import type { Module } from './modules.ts';
import { bare, calleeOf, chainOf, propertyName, textOf, walk } from './walk.ts';

/** Cloudflare Workers documentation, “Handlers”. */
const EVENTS = /^(?:fetch|scheduled|queue|email|tail|tailStream|trace|alarm)$/;
const PAGES_EVENT = /^onRequest(?:Get|Post|Put|Patch|Delete|Head|Options)?$/;
const WRITE = /^(?:POST|PUT|PATCH|DELETE)$/i;
/** Applications that are exported whole, and whose `fetch` the runtime calls. */
const APPLICATION =
  /^(?:Hono|OpenAPIHono|Router|AutoRouter|IttyRouter|OpenAPIRouter|Elysia|fromHono|fromIttyRouter|Sunder|OAuthProvider|App)$/;
const MOST_HOPS = 8;

type Found = Pick<WorkerCode, 'handlers' | 'writes' | 'pages' | 'forwards'>;

/** What a Worker answers to, and how: its handlers, what changes something, pages, and requests that it hands on. */
export function handlersOf(modules: readonly Module[], entries: readonly string[]): Found {
  const found: Found = { handlers: [], writes: [], pages: [], forwards: [] };
  const byFile = new Map(modules.map((module) => [module.file, module]));
  for (const module of modules) {
    if (entries.includes(module.file)) exportsOf(module, byFile, found);
    const packages = ofPackages(module);
    walk(module.ast.program, (node, parents) => {
      writeIn(node, parents, module, found);
      pageIn(node, parents, module, found);
      const forward = forwardOf(node, packages);
      if (forward) found.forwards.push({ ...forward, at: module.at(node) });
      const callee = calleeOf(node);
      if (callee?.name === 'addEventListener' && node.type === 'CallExpression') {
        const event = textOf(node.arguments[0] as Node);
        if (event !== undefined && EVENTS.test(event)) found.handlers.push({ event, at: module.at(node) });
      }
    });
  }
  return found;
}

/** The handlers that an entry exports, by default or, for functions of Pages, by name. */
function exportsOf(module: Module, byFile: ReadonlyMap<string, Module>, found: Found): void {
  for (const node of module.ast.program.body) {
    if (node.type === 'ExportDefaultDeclaration')
      handlersIn(node.declaration, module, byFile, found, module.at(node), 0);
    if (node.type !== 'ExportNamedDeclaration') continue;
    const declared =
      node.declaration?.type === 'FunctionDeclaration'
        ? [node.declaration.id?.name]
        : node.declaration?.type === 'VariableDeclaration'
          ? node.declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : undefined))
          : [];
    for (const name of declared)
      if (name !== undefined && PAGES_EVENT.test(name)) {
        found.handlers.push({ event: 'fetch', at: module.at(node) });
        if (/^onRequest(?:Post|Put|Patch|Delete)$/.test(name)) found.writes.push(module.at(node));
      }
    for (const one of node.specifiers) {
      if (one.type !== 'ExportSpecifier' || nameOf(one.exported) !== 'default') continue;
      const local = node.source ? imported(module, node.source.value, byFile) : undefined;
      if (local) defaultOf(local, byFile, found, 1);
      else if (!node.source) handlersIn(one.local, module, byFile, found, module.at(node), 1);
    }
  }
}

const nameOf = (node: { type: string; name?: string; value?: unknown }): unknown => node.name ?? node.value;

const imported = (module: Module, name: string, byFile: ReadonlyMap<string, Module>): Module | undefined => {
  const file = module.imports.get(name);
  return file === undefined ? undefined : byFile.get(file);
};

function defaultOf(module: Module, byFile: ReadonlyMap<string, Module>, found: Found, hops: number): void {
  for (const node of module.ast.program.body)
    if (node.type === 'ExportDefaultDeclaration')
      handlersIn(node.declaration, module, byFile, found, module.at(node), hops);
}

/** The handlers of what is exported: an object, a class, an application, or one of them inside a wrapper. */
function handlersIn(
  given: Node,
  module: Module,
  byFile: ReadonlyMap<string, Module>,
  found: Found,
  at: Found['handlers'][number]['at'],
  hops: number,
): void {
  if (hops > MOST_HOPS) return;
  const node = bare(given);
  const follow = (next: Node) => handlersIn(next, module, byFile, found, at, hops + 1);
  if (node.type === 'ObjectExpression') {
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') follow(property.argument);
      else {
        const name = propertyName(property);
        if (name !== undefined && EVENTS.test(name) && !isConstant(name, property))
          found.handlers.push({ event: name, at });
      }
    }
  } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    for (const member of node.body.body)
      if (
        'key' in member &&
        member.key.type === 'Identifier' &&
        EVENTS.test(member.key.name) &&
        !isConstant(member.key.name, member)
      )
        found.handlers.push({ event: member.key.name, at });
  } else if (node.type === 'Identifier') {
    const declared = declarationOf(node.name, module);
    if (declared) follow(declared);
    else {
      const source = sourceOf(node.name, module);
      const from = source && imported(module, source.from, byFile);
      if (!from || !source) return;
      if (source.name === 'default') defaultOf(from, byFile, found, hops + 1);
      else {
        const own = declarationOf(source.name, from);
        if (own) handlersIn(own, from, byFile, found, at, hops + 1);
      }
    }
  } else if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const callee = calleeOf(node);
    if (callee && APPLICATION.test(callee.name)) found.handlers.push({ event: 'fetch', at });
    // `app.get(…).post(…)` is the application; `withX(options, handler)` the handler
    else if (callee?.of) follow(callee.of);
    else if (callee && node.type === 'CallExpression') followMade(callee.name, module, byFile, follow);
    const before = found.handlers.length;
    if (!callee || !APPLICATION.test(callee.name))
      for (const one of node.arguments) {
        if (found.handlers.length > before) break;
        if (/^(?:ObjectExpression|Identifier)$/.test(bare(one as Node).type)) follow(one as Node);
      }
  }
}

/** A `fetch` that takes no request says the same to everybody: there is nothing behind it. */
const isConstant = (event: string, member: Node): boolean => {
  const own = member.type === 'ObjectProperty' || member.type === 'ClassProperty' ? member.value : member;
  return event === 'fetch' && own != null && 'params' in own && own.params?.length === 0;
};

/** What a function of the repository gives: `const app = createApp()`. */
function followMade(
  name: string,
  module: Module,
  byFile: ReadonlyMap<string, Module>,
  follow: (node: Node) => void,
): void {
  const source = sourceOf(name, module);
  const from = source ? imported(module, source.from, byFile) : module;
  if (!from) return;
  const maker = functionOf(
    source && source.name !== 'default' ? source.name : name,
    from,
    source?.name === 'default',
  );
  if (!maker) return;
  const made = new Map<string, Node>();
  walk(maker, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      made.set(node.id.name, node.init);
  });
  walk(maker, (node) => {
    if (node.type !== 'ReturnStatement' || !node.argument) return;
    const given = bare(node.argument);
    const init = given.type === 'Identifier' ? made.get(given.name) : undefined;
    if (init && /^(?:NewExpression|ObjectExpression|CallExpression)$/.test(bare(init).type)) follow(init);
    else if (given.type === 'NewExpression' || given.type === 'ObjectExpression') follow(given);
  });
}

function functionOf(name: string, { ast }: Module, isDefault: boolean): Node | undefined {
  for (const statement of ast.program.body) {
    if (isDefault && statement.type === 'ExportDefaultDeclaration') return statement.declaration;
    const node =
      statement.type === 'ExportNamedDeclaration' && statement.declaration
        ? statement.declaration
        : statement;
    if (node.type === 'FunctionDeclaration' && node.id?.name === name) return node;
    if (node.type === 'VariableDeclaration')
      for (const { id, init } of node.declarations)
        if (id.type === 'Identifier' && id.name === name && init?.type === 'ArrowFunctionExpression')
          return init;
  }
  return undefined;
}

/** What a name of a module's top level stands for. */
function declarationOf(name: string, { ast }: Module): Node | undefined {
  for (const statement of ast.program.body) {
    const node =
      statement.type === 'ExportNamedDeclaration' && statement.declaration
        ? statement.declaration
        : statement;
    if (node.type === 'ClassDeclaration' && node.id?.name === name) return node;
    if (node.type === 'VariableDeclaration')
      for (const { id, init } of node.declarations)
        if (id.type === 'Identifier' && id.name === name && init) return init;
  }
  return undefined;
}

function sourceOf(name: string, { ast }: Module): { from: string; name: string } | undefined {
  for (const node of ast.program.body)
    if (node.type === 'ImportDeclaration')
      for (const one of node.specifiers)
        if (one.local.name === name)
          return {
            from: node.source.value,
            name: one.type === 'ImportSpecifier' ? String(nameOf(one.imported)) : 'default',
          };
  return undefined;
}

/** `app.post('/orders', …)`, `request.method === 'POST'`, `case 'DELETE':`. What is asked of others is none. */
function writeIn(node: Node, parents: readonly Node[], module: Module, found: Found): void {
  const callee = calleeOf(node);
  if (callee?.of && WRITE.test(callee.name) && node.type === 'CallExpression') {
    const path = textOf(node.arguments[0] as Node | undefined);
    if (path?.startsWith('/') && node.arguments.length > 1) found.writes.push(module.at(node));
    return;
  }
  const text = textOf(node);
  if (text === undefined || !/^(?:POST|PUT|PATCH|DELETE)$/.test(text)) return;
  const parent = parents.at(-1);
  const isCompared =
    parent?.type === 'BinaryExpression' &&
    /^[!=]==?$/.test(parent.operator) &&
    /method/i.test(chainOf(bare(parent.left as Node)) + chainOf(bare(parent.right)));
  if (isCompared || (parent?.type === 'SwitchCase' && parent.test === node))
    found.writes.push(module.at(node));
}

/** `'Content-Type': 'text/html'`, `c.html(…)`. */
function pageIn(node: Node, parents: readonly Node[], module: Module, found: Found): void {
  const callee = calleeOf(node);
  if (callee?.name === 'html' && callee.of && chainOf(callee.of) !== '') found.pages.push(module.at(node));
  if (!/^text\/html\b/i.test(textOf(node) ?? '')) return;
  const parent = parents.at(-1);
  const call = parent && calleeOf(parent);
  const isGiven =
    (parent?.type === 'ObjectProperty' &&
      parent.value === node &&
      /^content-type$/i.test(propertyName(parent) ?? '')) ||
    (call !== undefined && /^(?:set|append|header)$/.test(call.name));
  if (isGiven) found.pages.push(module.at(node));
}

/** The name with which a chain of calls and accesses begins. */
function rootOf(given: Node): string {
  let node = bare(given);
  for (;;) {
    if (node.type === 'Identifier') return node.name;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') node = bare(node.callee);
    else if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
      node = bare(node.object);
    else return '';
  }
}

/** Routers whose answers are those of the handlers that they are given. */
const ROUTER = /^(?:hono|itty-router|chanfana|@tsndr\/|@hono\/|zod)/;

/** Names of what a module has from packages, or makes with them: what these answer is not read. */
function ofPackages({ ast, packages }: Module): ReadonlySet<string> {
  const sources = new Set(packages.map(({ name }) => name).filter((name) => !ROUTER.test(name)));
  const names = new Set(
    ast.program.body.flatMap((node) =>
      node.type === 'ImportDeclaration' && sources.has(node.source.value)
        ? node.specifiers.map(({ local }) => local.name)
        : [],
    ),
  );
  walk(ast.program, (node) => {
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      /^(?:NewExpression|CallExpression)$/.test(node.init?.type ?? '') &&
      node.init &&
      names.has(rootOf(node.init))
    )
      names.add(node.id.name);
  });
  return names;
}

const OWN = /stub|object|room|durable|^do$|^obj$|\bapp$|router|handler|worker|instance|^this\b|^$/i;

const REQUEST =
  /^(?:(?:original|incoming|new|modified|proxy|upstream)?_?[rR]eq(?:uest)?|(?:c|ctx|context|event)\.req(?:uest)?(?:\.raw)?)$/;

/** The request, or a copy of it, is given to another: the origin, a binding, a container. */
function forwardOf(node: Node, packages: ReadonlySet<string>): { binding?: string } | undefined {
  const callee = calleeOf(node);
  const isGiven = node.type === 'CallExpression' && REQUEST.test(chainOf(node.arguments[0] as Node));
  // what a package answers by itself: `routeAgentRequest(request, env)`
  if (isGiven && packages.has(rootOf(node))) return {};
  if (node.type !== 'CallExpression' || !callee || !/^(?:fetch|containerFetch|wsConnect)$/.test(callee.name))
    return undefined;
  const [first, second] = node.arguments as Node[];
  const isRequest = (one: Node | undefined): boolean =>
    one !== undefined &&
    (REQUEST.test(chainOf(bare(one))) ||
      (one.type === 'NewExpression' &&
        calleeOf(one)?.name === 'Request' &&
        one.arguments.some((inner) => isRequest(inner as Node))));
  if (!isRequest(first) && !isRequest(second)) return undefined;
  if (!callee.of || callee.name !== 'fetch') return {};
  const chain = chainOf(bare(callee.of));
  const binding = /(?:^|\.)env\.(\w+)$/.exec(chain)?.[1];
  if (binding !== undefined) return { binding };
  // a durable object or an application of the same program; of others nobody knows who they are
  return OWN.test(chain) ? undefined : {};
}
