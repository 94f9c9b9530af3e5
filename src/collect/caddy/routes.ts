import { maskSecrets } from '#lib/mask.ts';
import type { ProxyConfig, ProxyPlace, ProxyRouter } from '#model/proxy.ts';
import { both, covers, type Matcher, matcherOf, matchersIn } from './matchers.ts';
import type { CaddyLine } from './tokens.ts';
import { serviceOf } from './upstreams.ts';

/** The order in which directives of a site apply, however they are written. Caddy documentation, “Directive order”. */
const ORDER = [
  'tracing',
  'map',
  'vars',
  'fs',
  'root',
  'log_append',
  'log_skip',
  'skip_log',
  'log_name',
  'header',
  'copy_response_headers',
  'request_body',
  'redir',
  'method',
  'rewrite',
  'uri',
  'try_files',
  'basic_auth',
  'basicauth',
  'forward_auth',
  'request_header',
  'encode',
  'push',
  'intercept',
  'templates',
  'invoke',
  'handle',
  'handle_path',
  'route',
  'abort',
  'error',
  'copy_response',
  'respond',
  'metrics',
  'reverse_proxy',
  'php_fastcgi',
  'file_server',
  'acme_server',
];
/** Directives that change nothing of where a request goes. */
const ASIDE =
  /^(?:tls|bind|log|import|handle_errors|handle_response|tracing|map|vars|fs|log_\w{1,20}|skip_log|header|copy_response\w{0,10}|request_body|method|request_header|encode|push|intercept|templates|@.{0,100}|order|rate_limit|crowdsec|cache|cors|coraza_waf|push|ratelimit|replace|realip|geoip|precompressed|redis|nobots|supervisor|exec|filter)$/;
/** Plugins that ask who comes. */
const GUARDS =
  /^(?:authorize|authenticate|authp|security|jwtauth|oauth2|webauth|authcrunch|crowdsec|appsec|defender)$/;
const ANSWERS = new Map([
  ['permanent', 301],
  ['temporary', 302],
  ['html', 200],
]);
const DEEPEST = 16;

/** Where one goes through the blocks of a site. */
interface Level {
  matcher: Matcher;
  rule: string;
  root?: string;
  guards: readonly string[];
  /** Guards that hold for some paths only. */
  partial: readonly { paths: ProxyRouter['match']['paths']; guard: string }[];
  middlewares: readonly string[];
  strip?: string;
  named: ReadonlyMap<string, Matcher>;
}

export interface SiteOf {
  site: string;
  hosts: string[];
  entryPoints: string[];
  tls?: ProxyRouter['tls'];
  path?: Matcher;
}

/** Goes through one site's directives, in the order in which Caddy asks them, and adds its routers and services. */
export class SiteRoutes {
  readonly #config: ProxyConfig;
  readonly #site: SiteOf;
  readonly #at: (line: CaddyLine) => ProxyPlace;
  readonly #routes: ReadonlyMap<string, readonly CaddyLine[]>;

  constructor(
    config: ProxyConfig,
    site: SiteOf,
    routes: ReadonlyMap<string, readonly CaddyLine[]>,
    at: (line: CaddyLine) => ProxyPlace,
  ) {
    this.#config = config;
    this.#site = site;
    this.#routes = routes;
    this.#at = at;
  }

  read(body: readonly CaddyLine[]): void {
    const matcher = this.#site.path ?? { other: [] };
    this.#block(
      body,
      { matcher, rule: '', guards: [], partial: [], middlewares: [], named: new Map() },
      true,
      0,
    );
  }

  #block(body: readonly CaddyLine[], outer: Level, isSorted: boolean, depth: number): void {
    const named = matchersIn(body, outer.named);
    let level: Level = { ...outer, named };
    const lines = isSorted ? sorted(body, named) : body;
    for (const line of lines) {
      if (depth > DEEPEST) {
        this.#config.blindSpots.push({ what: line.name, at: this.#at(line) });
        return;
      }
      level = this.#line(line, level, depth);
    }
  }

  /** What one directive adds; the level as it is for those after it. */
  #line(line: CaddyLine, level: Level, depth: number): Level {
    const { name } = line;
    const { matcher, rest, written } = matcherOf(line.args, level.named);
    const inner: Level = {
      ...level,
      matcher: both(level.matcher, matcher),
      rule: [level.rule, `${name}${written ? ` ${written}` : ''}`].filter(Boolean).join(' { '),
    };
    const answer = (status: number, location?: string): Level => {
      this.#push(line, inner, {
        to: 'answer',
        status,
        ...(location !== undefined && { location: maskSecrets(location) }),
      });
      return level;
    };
    switch (name) {
      case 'root':
        return { ...level, root: rest[0] ?? level.root ?? '' };
      case 'basic_auth':
      case 'basicauth':
        return guarded(level, matcher, 'basic_auth');
      case 'forward_auth':
        return guarded(level, matcher, maskSecrets(`forward_auth ${rest[0] ?? ''}`.trim()));
      case 'uri':
        return rest[0] === 'strip_prefix' && rest[1] !== undefined
          ? {
              ...level,
              strip: rest[1],
              middlewares: [...level.middlewares, this.#middleware(line, 'uri', rest)],
            }
          : { ...level, middlewares: [...level.middlewares, this.#middleware(line, 'uri', rest)] };
      case 'rewrite':
      case 'try_files':
        return { ...level, middlewares: [...level.middlewares, this.#middleware(line, name, rest)] };
      case 'handle_path': {
        const strip = matcher.paths?.[0]?.value.replace(/\/$/, '');
        this.#block(line.block ?? [], { ...inner, ...(strip && { strip }) }, true, depth + 1);
        return level;
      }
      case 'handle':
      case 'route':
        this.#block(line.block ?? [], inner, name === 'handle', depth + 1);
        return level;
      case 'invoke': {
        const route = this.#routes.get(rest[0] ?? '');
        if (route) this.#block(route, inner, false, depth + 1);
        else
          this.#config.blindSpots.push({ what: maskSecrets(`invoke ${rest[0] ?? ''}`), at: this.#at(line) });
        return level;
      }
      case 'redir':
        return answer(ANSWERS.get(rest[1] ?? 'temporary') ?? (Number(rest[1]) || 302), rest[0] ?? '');
      case 'respond':
        return answer(Number(rest.find((word) => /^\d{3}$/.test(word)) ?? statusIn(line) ?? 200));
      case 'error':
        return answer(Number(rest.findLast((word) => /^\d{3}$/.test(word)) ?? 500));
      case 'abort':
      case 'metrics':
      case 'acme_server':
        this.#push(line, inner, { to: 'internal', what: name });
        return level;
      case 'file_server': {
        const own = line.block?.find((one) => one.name === 'root')?.args[0];
        // the folder that Caddy was started in is what it serves where nothing is said
        this.#push(line, inner, { to: 'files', root: maskSecrets(own ?? level.root ?? '.') });
        return level;
      }
      case 'reverse_proxy':
      case 'php_fastcgi':
        return this.#proxy(line, rest, inner, level);
      default:
        if (GUARDS.test(name)) return guarded(level, matcher, name);
        if (!ASIDE.test(name)) this.#config.blindSpots.push({ what: maskSecrets(name), at: this.#at(line) });
        return level;
    }
  }

  #proxy(line: CaddyLine, addresses: readonly string[], inner: Level, level: Level): Level {
    const { service, isDynamic } = serviceOf(line, addresses, this.#at(line));
    if (isDynamic) this.#config.blindSpots.push({ what: 'dynamic', at: this.#at(line) });
    if (service.servers.length === 0) {
      this.#push(line, inner, { to: 'unknown' });
      return level;
    }
    const own: typeof service = inner.strip
      ? { ...service, name: `${service.name} (${inner.strip} → )`, rewrites: { strip: inner.strip } }
      : service;
    if (!this.#config.services.some(({ name }) => name === own.name)) this.#config.services.push(own);
    this.#push(line, inner, { to: 'service', service: own.name });
    return level;
  }

  #middleware(line: CaddyLine, type: string, rest: readonly string[]): string {
    const name = maskSecrets(`${line.name} ${line.args.join(' ')}`).slice(0, 200);
    const { middlewares } = this.#config;
    if (!middlewares.some((one) => one.name === name))
      middlewares.push({
        name,
        type,
        settings: { arguments: rest.map((one) => maskSecrets(one)) },
        errors: [],
        at: this.#at(line),
      });
    return name;
  }

  #push(line: CaddyLine, level: Level, target: ProxyRouter['target']): void {
    const { site, hosts, entryPoints, tls } = this.#site;
    const { matcher, rule } = level;
    const router = (paths: ProxyRouter['match']['paths'], guards: readonly string[]): ProxyRouter => ({
      name: `${site} ${rule}`,
      site,
      entryPoints,
      match: { hosts: [...(matcher.hosts ?? hosts)], paths, other: matcher.other },
      rule,
      middlewares: [...level.middlewares],
      target,
      ...(tls && { tls }),
      errors: [],
      guards: [...new Set(guards)],
      at: this.#at(line),
    });
    const paths = matcher.paths ?? [];
    const holding = level.partial.filter(
      (one) => paths.length > 0 && paths.every((path) => one.paths.some((outer) => covers(outer, path))),
    );
    const some = level.partial.filter((one) => !holding.includes(one));
    for (const one of some) {
      const within = one.paths.filter(
        (path) => paths.length === 0 || paths.some((outer) => covers(outer, path)),
      );
      if (within.length > 0) this.#config.routers.push(router(within, [...level.guards, one.guard]));
    }
    this.#config.routers.push(router(paths, [...level.guards, ...holding.map(({ guard }) => guard)]));
  }
}

/** A guard for all paths, or for some. One that hangs on something else than paths is asked of some only: none is claimed. */
function guarded(level: Level, matcher: Matcher, guard: string): Level {
  if (matcher.other.length > 0 || matcher.hosts) return level;
  return matcher.paths
    ? { ...level, partial: [...level.partial, { paths: matcher.paths, guard }] }
    : { ...level, guards: [...level.guards, guard] };
}

const statusIn = ({ block }: CaddyLine): string | undefined =>
  block?.find(({ name }) => name === 'status')?.args[0];

/** By directive, then the longest path first, and those without a matcher last. Caddy documentation, “Sorting algorithm”. */
function sorted(body: readonly CaddyLine[], named: ReadonlyMap<string, Matcher>): CaddyLine[] {
  // `handle` and `handle_path` exclude each other, and are sorted as one
  const place = ({ name }: CaddyLine) => {
    const at = ORDER.indexOf(name === 'handle_path' ? 'handle' : name);
    return at < 0 ? ORDER.indexOf('basic_auth') : at;
  };
  const length = (line: CaddyLine) => {
    const { matcher, written } = matcherOf(line.args, named);
    const [path] = matcher.paths ?? [];
    if (written === '') return -1;
    return matcher.paths?.length === 1 && matcher.other.length === 0 && path ? path.value.length : 0;
  };
  return body
    .map((line, index) => ({ line, index, place: place(line), length: length(line) }))
    .sort((a, b) => a.place - b.place || b.length - a.length || a.index - b.index)
    .map(({ line }) => line);
}
