import type { CommandRoute } from '#model/settings.ts';
import { type Call, type Code, type Expression, type FunctionOfCode, pathOf, textsOf } from './code.ts';
import { combined, dependenciesOf, guardOf, listedDependencies, mayAsk, type Verdict } from './guards.ts';
import type { Spot } from './meaning.ts';
import { reachedFrom } from './reach.ts';
import type { Resolver } from './resolve.ts';
import { joined, Routers } from './routers.ts';
import type { Sources } from './sources.ts';
import { CHOSEN, type Taint } from './taint.ts';

/** A function that answers requests. */
interface Route {
  method: string;
  path: string;
  code: Code;
  fn: FunctionOfCode;
  from: number;
  /** Where it is registered, for evidence. */
  at: Code;
  given: ReadonlyMap<string, Taint>;
  verdict(): Verdict;
}

const METHODS =
  /^(?:get|post|put|patch|delete|head|options|all|any|handle|route|api_route|websocket|websocket_route|handlefunc)$/i;
const MOST_ROUTES = 2_000;
const MOST_COMMAND_ROUTES = 100;

/** Routes that start commands of the machine, with what is asked of who comes. */
export function commandRoutes(
  sources: Sources,
  resolver: Resolver,
  isWhole: boolean,
  files: readonly string[],
): CommandRoute[] {
  const routers = new Routers(sources, resolver);
  const found = new Map<string, CommandRoute>();
  let isGuarded: boolean | undefined;
  // a guard of NestJS that stands before all controllers may be given in any module
  const hasGlobalGuard = (): boolean => {
    isGuarded ??= files.some((file) =>
      /\b(?:APP_GUARD|useGlobalGuards)\b/.test(sources.tree.read(file) ?? ''),
    );
    return isGuarded;
  };
  for (const route of [...sources.codes]
    .flatMap((code) => routesOf(code, routers, resolver, hasGlobalGuard))
    .slice(0, MOST_ROUTES)) {
    if (found.size >= MOST_COMMAND_ROUTES) break;
    for (const { runs, through, functions } of reachedFrom(
      route.code,
      route.fn,
      route.given,
      sources,
      resolver,
    )) {
      const asked: Verdict = functions.some(({ code, fn }) => mayAsk(code, fn)) ? 'unknown' : 'no';
      const verdict = combined([route.verdict(), asked]);
      const key = [route.method, route.path, route.code.path, runs.at.file, runs.at.line].join('\n');
      const before = found.get(key);
      const own: CommandRoute = {
        method: route.method,
        path: route.path,
        runs,
        through,
        // a file that was not read may hold what asks
        authentication: verdict === 'no' && !isWhole ? 'unknown' : verdict,
        at: sources.at(route.at, route.from),
      };
      if (!before || RANK[own.runs.chosen] > RANK[before.runs.chosen]) found.set(key, own);
    }
  }
  return [...found.values()];
}

const RANK = { nothing: 0, unknown: 1, arguments: 2, command: 3 } as const;

function routesOf(code: Code, routers: Routers, resolver: Resolver, hasGlobalGuard: () => boolean): Route[] {
  if (code.language === 'python') return [...decorated(code, routers, resolver)];
  return [...registered(code, routers, resolver), ...controllers(code, resolver, hasGlobalGuard)];
}

/** `@router.post("/run")`, `@app.route("/run", methods=["POST"])`. */
function* decorated(code: Code, routers: Routers, resolver: Resolver): Generator<Route> {
  for (const fn of code.functions) {
    for (const decorator of fn?.decorators ?? []) {
      if (!fn || decorator.is !== 'call') continue;
      const [, owner = '', method = ''] = /^(.+)\.(\w+)$/.exec(decorator.path) ?? [];
      if (!METHODS.test(method)) continue;
      const router = routers.at(owner, { code, fn: fn.within });
      if (!router) continue;
      const path = decorator.args[0] ?? decorator.keywords.get('path') ?? decorator.keywords.get('rule');
      const methods = textsOf(decorator.keywords.get('methods'));
      const others = fn.decorators.filter(
        (one) =>
          one !== decorator && !METHODS.test(/(\w+)$/.exec(pathOf(one).replaceAll('()', ''))?.[1] ?? ''),
      );
      yield {
        method:
          method === 'route' || method === 'api_route'
            ? (methods?.join(', ').toUpperCase() ?? 'GET')
            : method.startsWith('websocket')
              ? 'WEBSOCKET'
              : method.toUpperCase(),
        path: joined(routers.prefix(router), path?.is === 'text' ? path.text : ''),
        code,
        fn,
        from: decorator.from,
        at: code,
        given: new Map(
          fn.parameters.filter((one) => isGiven(one.type, one.default)).map(({ name }) => [name, CHOSEN]),
        ),
        verdict: () => {
          const spot: Spot = { code, fn: fn.within };
          const listed = listedDependencies(decorator.keywords.get('dependencies'));
          return combined([
            ...others.map((one) => guardOf(one, spot, resolver)),
            ...dependenciesOf(fn).map((one) => guardOf(one, spot, resolver)),
            ...(listed ? listed.map((one) => guardOf(one, spot, resolver)) : (['unknown'] as const)),
            decorator.isOpen ? 'unknown' : 'no',
            routers.verdict(router),
          ]);
        },
      };
    }
  }
}

/** A number or an identifier leaves nothing to choose, and what a dependency gives is not the request's. */
const isGiven = (type: string | undefined, otherwise: Expression | undefined): boolean =>
  !/^(?:int|float|bool|UUID|uuid\.UUID|date|datetime|BackgroundTasks|Response|Session|AsyncSession|\w*Dep)$/.test(
    type ?? '',
  ) &&
  !/Depends\(|Security\(/.test(type ?? '') &&
  !(otherwise?.is === 'call' && /(?:^|\.)(?:Depends|Security)$/.test(otherwise.path));

/** `router.post('/run', check, handler)`, `r.GET("/run", handler)`, `http.HandleFunc("/run", handler)`. */
function* registered(code: Code, routers: Routers, resolver: Resolver): Generator<Route> {
  for (const { call, fn: within } of code.calls) {
    const [, owner = '', method = ''] = /^(.+)\.(\w+)$/.exec(call.path) ?? [];
    const [path, ...rest] = call.args;
    if (!METHODS.test(method) || path?.is !== 'text' || rest.length === 0 || call.isOpen) continue;
    const spot: Spot = { code, fn: within };
    const isDefault = code.language === 'go' && code.imports.get(owner)?.module === 'net/http';
    const router = isDefault ? undefined : routers.at(owner, spot);
    if (!router && !isDefault) continue;
    const { handler, wrappers } = unwrapped(rest.at(-1), spot, resolver);
    const target = handler && resolver.meaning(handler, spot);
    if (target?.is !== 'function') continue;
    const first = target.fn.parameters
      .filter(
        ({ name }, at) =>
          !(at === 0 && target.fn.owner !== undefined && target.code.language === 'go' && name !== ''),
      )
      .at(0);
    const asked =
      code.language === 'go'
        ? (target.fn.parameters.find(({ type }) => /Request$|Context$|Ctx$/.test(type ?? '')) ?? first)
        : first;
    yield {
      method: /^(?:handle|handlefunc|all|any|route)$/i.test(method) ? 'ANY' : method.toUpperCase(),
      path: joined(router ? routers.prefix(router) : '', path.text),
      code: target.code,
      fn: target.fn,
      from: call.from,
      at: code,
      given: new Map((asked?.parts ?? (asked ? [asked.name] : [])).map((name) => [name, CHOSEN])),
      verdict: () =>
        combined([
          ...rest.slice(0, -1).map((one) => guardOf(one, spot, resolver)),
          ...wrappers.map((one) => guardOf(one, spot, resolver)),
          // the default mux may be wrapped where it is served
          router ? routers.verdict(router) : servesBare(code) ? 'no' : 'unknown',
        ]),
    };
  }
}

/** `asyncHandler(handler)`, `http.HandlerFunc(handler)`: what is wrapped, and by what. */
function unwrapped(
  expression: Expression | undefined,
  spot: Spot,
  resolver: Resolver,
): { handler: Expression | undefined; wrappers: Expression[] } {
  const wrappers: Expression[] = [];
  let at = expression;
  for (let depth = 0; depth < 4 && at?.is === 'call'; depth += 1) {
    if (resolver.meaning(at, spot)?.is === 'function') break;
    const [inner] = at.args;
    if (!inner || (inner.is !== 'name' && inner.is !== 'function' && inner.is !== 'call')) break;
    if (
      !/(?:^|\.)(?:HandlerFunc|async[_-]?handler|catchAsync|asyncWrap\w*|wrapAsync|expressAsyncHandler)$/i.test(
        at.path,
      )
    )
      wrappers.push(at.callee);
    at = inner;
  }
  return { handler: at, wrappers };
}

/** `http.ListenAndServe(addr, nil)`: nothing stands before the default mux. */
const servesBare = (code: Code): boolean =>
  code.calls.some(
    ({ call }) => /^http\.ListenAndServe(?:TLS)?$/.test(call.path) && call.args.at(-1)?.is === 'value',
  );

/** Classes of NestJS: `@Controller('x')` with `@Post('run')`. */
function* controllers(code: Code, resolver: Resolver, hasGlobalGuard: () => boolean): Generator<Route> {
  if (code.language !== 'javascript') return;
  for (const cls of code.classes) {
    const controller = cls.decorators.find((one) => one.is === 'call' && one.path === 'Controller');
    if (controller?.is !== 'call') continue;
    const prefix = textOf(controller.args[0]);
    for (const fn of code.functions) {
      if (fn?.owner !== cls.path || fn.within !== undefined) continue;
      const route = fn.decorators.find(
        (one): one is Call => one.is === 'call' && /^(?:Get|Post|Put|Patch|Delete|All)$/.test(one.path),
      );
      if (!route) continue;
      const guards = [...cls.decorators, ...fn.decorators].filter(
        (one) => one !== route && one !== controller,
      );
      yield {
        method: route.path.toUpperCase(),
        path: `/${[prefix, textOf(route.args[0])].filter(Boolean).join('/')}`,
        code,
        fn,
        from: route.from,
        at: code,
        given: new Map(
          fn.parameters
            .filter(({ decorators }) =>
              decorators?.some((one) => /^(?:Body|Query|Param|Headers|Req|Request)$/.test(one)),
            )
            .map(({ name }) => [name, CHOSEN]),
        ),
        verdict: () =>
          combined([
            hasGlobalGuard() ? 'unknown' : 'no',
            ...guards.map((one) =>
              /^Api|^Http|^Header|^Version/.test(pathOf(one)) ? 'no' : guardOf(one, { code }, resolver),
            ),
          ]),
      };
    }
  }
}

const textOf = (expression: Expression | undefined): string =>
  expression?.is === 'text' ? expression.text.replace(/^\//, '') : '';
