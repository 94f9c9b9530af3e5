import type { Node } from '@babel/types';
import type { WorkerCode } from '#model/worker.ts';
import type { Module } from './modules.ts';
import { calleeOf, chainOf, entryOf, propertyName, textOf, walk } from './walk.ts';

/** Headers that answers bear for the safety of whoever reads them, and those of CORS. */
const ANSWER_HEADER =
  /^(?:content-security-policy(?:-report-only)?|strict-transport-security|x-frame-options|x-content-type-options|referrer-policy|permissions-policy|cross-origin-(?:opener|embedder|resource)-policy|x-xss-protection|access-control-[a-z-]+|retry-after|ratelimit(?:-[a-z]+)?|x-ratelimit-[a-z]+)$/;
/** What `secureHeaders()` sets without options. Hono documentation, “Secure Headers Middleware”. */
const OF_HONO = [
  'cross-origin-resource-policy',
  'cross-origin-opener-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-xss-protection',
];
/** Helmet documentation, “Reference”. */
const OF_HELMET = [...OF_HONO, 'content-security-policy'];
const LIMITERS =
  /^(?:hono-rate-limiter|@hono-rate-limiter\/|@upstash\/ratelimit|@elithrar\/workers-hono-rate-limit|express-rate-limit|itty-router-extras|rate-limiter-flexible)/;
const HEALTH =
  /^\/(?:(?:[\w-]+\/){0,3}_?(?:health(?:z|check|-check|_check)?|livez?|liveness|readyz?|readiness)|(?:api\/)?(?:v\d\/)?_?(?:ping|status|up))$/i;
/** The first argument of a router's method. */
const ROUTES = /^(?:get|all|on|use|head|any|route|add|openapi)$/;
const LOCAL_ORIGIN = /^(?:https?:\/\/|chrome-extension:\/\/|capacitor:\/\/)[^\s/]+$/;

type Found = Pick<WorkerCode, 'headers' | 'cors' | 'rateLimits' | 'health'>;

/** What the answers of some modules bear: headers, origins, limits, and health checks. */
export function answersOf(modules: readonly Module[]): Found {
  const found: Found = { headers: [], cors: [], rateLimits: [], health: [] };
  for (const module of modules) {
    for (const { name, line } of module.packages)
      if (LIMITERS.test(name)) found.rateLimits.push({ source: 'repo', file: module.file, line });
    walk(module.ast.program, (node, parents) => {
      headerIn(node, module, found);
      middlewareIn(node, module, found);
      limitIn(node, parents, module, found);
      healthIn(node, parents, module, found);
    });
  }
  // a list in the options of a middleware is told with it
  const known = new Set(found.cors.map(({ origins }) => origins.join()));
  found.cors.push(
    ...originsOf(modules).filter(({ policy, origins }) => policy !== 'list' || !known.has(origins.join())),
  );
  return found;
}

function add(found: Found, module: Module, node: Node, name: string, value: Node | null | undefined): void {
  const own = name.toLowerCase();
  if (!ANSWER_HEADER.test(own)) return;
  const text = textOf(value);
  found.headers.push({ name: own, ...(text !== undefined && { value: text }), at: module.at(node) });
}

/** `{ 'X-Frame-Options': … }`, `headers.set('X-Frame-Options', …)`, `['X-Frame-Options', …]`, `h['X-Frame-Options'] = …`. */
function headerIn(node: Node, module: Module, found: Found): void {
  if (node.type === 'ObjectProperty') {
    const name = propertyName(node);
    if (name !== undefined) add(found, module, node, name, node.value as Node);
  } else if (node.type === 'ArrayExpression' && node.elements.length === 2) {
    const [name, value] = node.elements;
    const text = textOf(name);
    if (text !== undefined) add(found, module, node, text, value);
  } else if (node.type === 'CallExpression') {
    const callee = calleeOf(node);
    const text = textOf(node.arguments[0] as Node | undefined);
    if (text !== undefined && callee && /^(?:set|append|header|setHeader|setHeaders)$/.test(callee.name))
      add(found, module, node, text, node.arguments[1] as Node | undefined);
  } else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
    const name = propertyName(node.left);
    if (name !== undefined) add(found, module, node, name, node.right);
  }
}

/** Middlewares that set headers by themselves, with the package that each is of. */
function middlewareIn(node: Node, module: Module, found: Found): void {
  const callee = calleeOf(node);
  if (!callee || node.type !== 'CallExpression') return;
  const isOf = (name: RegExp) => module.packages.some((one) => name.test(one.name));
  const options = node.arguments[0] as Node | undefined;
  if (callee.name === 'secureHeaders' && isOf(/^hono\/secure-headers$/)) {
    for (const name of OF_HONO) found.headers.push({ name, at: module.at(node) });
    if (entryOf(options, 'contentSecurityPolicy'))
      found.headers.push({ name: 'content-security-policy', at: module.at(node) });
  }
  if (callee.name === 'helmet' && isOf(/^helmet$/))
    for (const name of OF_HELMET) found.headers.push({ name, at: module.at(node) });
  if (callee.name === 'cors' && isOf(/^(?:hono\/cors|cors|itty-router)$/)) {
    found.headers.push({ name: 'access-control-allow-origin', at: module.at(node) });
    const origin = entryOf(options, 'origin');
    const texts = origin ? literalsIn(origin) : [];
    if (!origin && (options === undefined || options.type === 'ObjectExpression'))
      found.cors.push({ policy: 'any', origins: [], at: module.at(node) });
    else if (texts.includes('*')) found.cors.push({ policy: 'any', origins: [], at: module.at(node) });
    else if (texts.length > 0 || origin)
      found.cors.push({ policy: 'list', origins: texts, at: module.at(node) });
  }
}

const literalsIn = (node: Node): string[] => {
  const texts: string[] = [];
  walk(node, (one) => {
    const text = textOf(one);
    if (text !== undefined && (text === '*' || LOCAL_ORIGIN.test(text))) texts.push(text);
  });
  return texts;
};

/** What is called a limiter, and is no error or header that speaks of one, nor what slows the Worker's own requests down. */
const LIMITER =
  /^(?!.*(?:fetch|error|exception|exceeded|response|header|info|remaining|reset|fail|status|warn|log|alert)).*(?:rate_?limit|limiter|throttl)/i;

/** An answer of 429, something called a limiter, or a binding that counts. What was answered by others is only compared. */
function limitIn(node: Node, parents: readonly Node[], module: Module, found: Found): void {
  const callee = calleeOf(node);
  const isLimiter =
    callee !== undefined &&
    (LIMITER.test(callee.name) || LIMITER.test(chainOf(callee.of).split('.').at(-1) ?? ''));
  const isCounted =
    callee?.name === 'limit' &&
    callee.of !== undefined &&
    node.type === 'CallExpression' &&
    entryOf(node.arguments[0] as Node, 'key') !== undefined;
  if (isLimiter || isCounted) found.rateLimits.push(module.at(node));
  if (node.type !== 'NumericLiteral' || node.value !== 429) return;
  const parent = parents.at(-1);
  const isStatus = parent?.type === 'ObjectProperty' && propertyName(parent) === 'status';
  const call = parent && calleeOf(parent);
  const isGiven =
    call !== undefined &&
    /^(?:json|text|body|status|error|html|newResponse|HTTPException|Response|errorResponse|jsonResponse|abort)$/i.test(
      call.name,
    );
  if (isStatus || isGiven) found.rateLimits.push(module.at(node));
}

/** A path of health checks that is routed or compared. */
function healthIn(node: Node, parents: readonly Node[], module: Module, found: Found): void {
  const path = textOf(node);
  if (path === undefined || !HEALTH.test(path)) return;
  const parent = parents.at(-1);
  const call = parent && calleeOf(parent);
  const isRouted = call !== undefined && call.of !== undefined && ROUTES.test(call.name);
  const isCompared =
    (parent?.type === 'BinaryExpression' && /^===?$/.test(parent.operator)) ||
    (parent?.type === 'SwitchCase' && parent.test === node) ||
    (call !== undefined && /^(?:startsWith|endsWith|includes|has)$/.test(call.name)) ||
    (parent?.type === 'ObjectProperty' && parent.key === node);
  if (isRouted || isCompared) found.health.push({ path, at: module.at(node) });
}

/** Who may read answers from a page of another origin. */
function originsOf(modules: readonly Module[]): WorkerCode['cors'] {
  const cors: WorkerCode['cors'] = [];
  for (const module of modules) {
    const lists: { origins: string[]; at: WorkerCode['cors'][number]['at'] }[] = [];
    let isChecked = false;
    const given: { value: Node; node: Node }[] = [];
    const requested = new Set<string>();
    walk(module.ast.program, (node, parents) => {
      if (node.type === 'ArrayExpression' && node.elements.length > 0) {
        const texts = node.elements.flatMap((one) => textOf(one as Node) ?? []);
        if (
          texts.length === node.elements.length &&
          texts.every((text) => LOCAL_ORIGIN.test(text)) &&
          isOfOrigins(parents)
        )
          lists.push({ origins: texts, at: module.at(node) });
      }
      const callee = calleeOf(node);
      if (
        callee &&
        /^(?:includes|has|test|match|endsWith|startsWith|some|find|indexOf|isAllowedOrigin|isOriginAllowed)$/.test(
          callee.name,
        ) &&
        /origin/i.test(module.text.slice(node.start ?? 0, node.end ?? 0))
      )
        isChecked = true;
      if (
        node.type === 'BinaryExpression' &&
        /^[!=]==?$/.test(node.operator) &&
        /origin/i.test(module.text.slice(node.start ?? 0, node.end ?? 0))
      )
        isChecked = true;
      if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && isRequestOrigin(node.init))
        requested.add(node.id.name);
      const header = allowOrigin(node);
      if (header) given.push({ value: header, node });
    });
    const own = given.map(({ value, node }): WorkerCode['cors'][number] | undefined => {
      const at = module.at(node);
      if (textOf(value) === '*') return { policy: 'any', origins: [], at };
      const text = textOf(value);
      if (text !== undefined) return { policy: 'list', origins: [text], at };
      const isRequested = [
        value,
        ...(value.type === 'LogicalExpression' ? [value.left, value.right] : []),
      ].some((one) => isRequestOrigin(one) || (one.type === 'Identifier' && requested.has(one.name)));
      return isRequested && !isChecked ? { policy: 'reflected', origins: [], at } : undefined;
    });
    cors.push(...own.flatMap((one) => one ?? []));
    cors.push(...lists.map(({ origins, at }) => ({ policy: 'list' as const, origins, at })));
  }
  return cors;
}

/** The array is what a name with “origin” or “cors” is. */
const isOfOrigins = (parents: readonly Node[]): boolean =>
  parents.slice(-4).some((node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
      return /origin|cors|allow/i.test(node.id.name);
    const name = propertyName(node);
    return name !== undefined && /origin|cors|allow/i.test(name);
  });

const isRequestOrigin = (node: Node | null | undefined): boolean => {
  if (node?.type === 'LogicalExpression') return isRequestOrigin(node.left);
  if (node?.type !== 'CallExpression' && node?.type !== 'OptionalCallExpression') return false;
  const callee = calleeOf(node);
  return (
    /^(?:get|header)$/.test(callee?.name ?? '') &&
    textOf(node.arguments[0] as Node)?.toLowerCase() === 'origin' &&
    !/^(?:res|response)\b/.test(chainOf(callee?.of))
  );
};

/** The value that `Access-Control-Allow-Origin` is given. */
function allowOrigin(node: Node): Node | undefined {
  const isName = (text: string | undefined) => text?.toLowerCase() === 'access-control-allow-origin';
  if (node.type === 'ObjectProperty' && isName(propertyName(node))) return node.value as Node;
  if (
    node.type === 'CallExpression' &&
    /^(?:set|append|header)$/.test(calleeOf(node)?.name ?? '') &&
    isName(textOf(node.arguments[0] as Node))
  )
    return node.arguments[1] as Node | undefined;
  return undefined;
}
