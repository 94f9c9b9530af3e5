import { type Code, type Expression, type FunctionOfCode, partsOf, pathOf } from './code.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';

/** Whether who comes is asked who they are. `unknown`: what stands on the way was not understood. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** What people call a thing that asks who comes. */
const GUARD_NAME =
  /auth(?!ors?(?![a-z]))|protect|jwt|passport|login|guard|permission|admin|session|token|secur|verify|credential|api_?key|current_?(?:active_?)?user|acting_?user|require_?(?:user|role|scope)|ensure|access|role|identity|signature|csrf/i;
/** Text in which somebody may be asked who they are. */
const MAY_ASK =
  /auth(?!ors?(?![a-z]))|token|credential|passw|secret|api[_-]?key|session|login|permission|current_?user|jwt|signature|hmac|verif|admin|forbidden|\b40[13]\b|allow_?list|white_?list|access_?control|localhost|127\.0\.0\.1|remote_?addr|client\.host|\buser\b|\bip\b/i;
/** What stands before many routes and asks nothing: by what it is called, its package told or not. */
const HARMLESS =
  /(?:^|[./])(?:CORSMiddleware|GZipMiddleware|TrustedHostMiddleware|HTTPSRedirectMiddleware|ProxyHeadersMiddleware|CorrelationIdMiddleware|PrometheusMiddleware|SlowAPIMiddleware|BrotliMiddleware|cors|helmet|morgan|compression|express\.(?:json|urlencoded|static|text|raw)|body-parser(?:\.\w+)?|bodyParser(?:\.\w+)?|cookie-?[pP]arser|serve-static|response-time|express-rate-limit|rateLimit(?:er)?|multer(?:\.\w+)*|express-fileupload|pino-http|hpp|xss-clean|express-mongo-sanitize|connect-timeout|method-override|favicon|serve-favicon|gin\.(?:Logger|Recovery)|gin-contrib\/(?:cors|gzip|requestid|zap|pprof|static)(?:\.\w+)?|middleware\.(?:Logger|Recover|Recoverer|RequestID|RealIP|Timeout|Compress|CORS|Gzip|Heartbeat|StripSlashes|CleanPath|NoCache)(?:WithConfig)?|limiter\.limit|limiter\.exempt|cache\.cached|cross_origin|csrf_exempt|csrf\.exempt|api_view|require_http_methods|require_POST|require_GET|never_cache|cache_page|staticmethod|functools\.wraps|wraps|inject)(?:\(\)(?:\.\w+)*)?$/;
const MOST_DEPTH = 4;

export const combined = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no';

/** Whether the text of a function may ask who comes: that it asks is not told, only that it cannot be excluded. */
export const mayAsk = (code: Code, { from, to }: { from: number; to: number }): boolean =>
  MAY_ASK.test(code.text.slice(from, to));

/** What stands before a route: a middleware, a dependency, a decorator. */
export function guardOf(expression: Expression, spot: Spot, resolver: Resolver, depth = 0): Verdict {
  if (depth > MOST_DEPTH) return 'unknown';
  if (expression.is === 'list')
    return combined(expression.items.map((item) => guardOf(item, spot, resolver, depth + 1)));
  if (expression.is === 'text' || expression.is === 'value' || expression.is === 'object') return 'no';
  const path = pathOf(expression).replaceAll(/\(\)|\[\]/g, '');
  const meaning = resolver.meaning(expression.is === 'call' ? expression.callee : expression, spot);
  const external = meaning?.is === 'external' ? meaning.path.replaceAll('()', '') : undefined;
  if (HARMLESS.test(external ?? path) || HARMLESS.test(path)) return 'no';
  if (GUARD_NAME.test(path) || (external !== undefined && GUARD_NAME.test(external))) return 'yes';
  if (
    expression.is === 'call' &&
    [...partsOf(expression)].some((part) => part.is === 'name' && GUARD_NAME.test(part.path))
  )
    return 'unknown';
  if (meaning?.is === 'function') return ofFunction(meaning.code, meaning.fn, resolver, depth);
  if (meaning?.is === 'class') {
    const next = meaning.code.classes.filter(({ from }) => from > meaning.cls.from).map(({ from }) => from);
    return mayAsk(meaning.code, { from: meaning.cls.from, to: Math.min(...next, meaning.code.text.length) })
      ? 'unknown'
      : 'no';
  }
  return 'unknown';
}

function ofFunction(code: Code, fn: FunctionOfCode, resolver: Resolver, depth: number): Verdict {
  const asked = dependenciesOf(fn).map((one) => guardOf(one, { code }, resolver, depth + 1));
  const verdict = combined(asked);
  return verdict === 'no' && mayAsk(code, fn) ? 'unknown' : verdict;
}

/** What FastAPI resolves before a function is called: `Depends(…)`, `Security(…)`, in defaults and in `Annotated` types. */
export function dependenciesOf(fn: FunctionOfCode): Expression[] {
  return fn.parameters.flatMap((parameter): Expression[] => {
    const given = parameter.default;
    if (given?.is === 'call' && /(?:^|\.)(?:Depends|Security)$/.test(given.path))
      return [given.args[0] ?? { is: 'name', path: parameter.type ?? '', from: fn.from }];
    const written = [...(parameter.type ?? '').matchAll(/(?:Depends|Security)\(\s*([\w.]+)/g)].map(
      ([, path = '']): Expression => ({ is: 'name', path, from: fn.from }),
    );
    if (written.length > 0) return written;
    // a type that is short for a dependency: `CurrentUser`, `SessionDep`
    return parameter.type !== undefined &&
      /^[A-Z]\w*$/.test(parameter.type) &&
      GUARD_NAME.test(`${parameter.type} `.replace(/^Session(?:Dep)? $/, ''))
      ? [{ is: 'name', path: parameter.type, from: fn.from }]
      : [];
  });
}

/** `dependencies=[Depends(…)]` of a route, a router or an application. */
export const listedDependencies = (expression: Expression | undefined): Expression[] | undefined => {
  if (!expression) return [];
  if (expression.is !== 'list') return undefined;
  return expression.items.map((item) =>
    item.is === 'call' && /(?:^|\.)(?:Depends|Security)$/.test(item.path) ? (item.args[0] ?? item) : item,
  );
};
