import { maskSecrets } from '#lib/mask.ts';
import type { ProxyMiddleware, ProxyRouter, RouteMatch } from '#model/proxy.ts';
import { maskProxyLine } from './masked.ts';
import type { NginxReader } from './reader.ts';
import { guardsOf, isClosed, type Scope, within } from './scope.ts';
import type { NginxServer } from './servers.ts';
import { PASSES, passedOf } from './targets.ts';
import type { Directive } from './tokens.ts';

type Target = ProxyRouter['target'];
type Path = RouteMatch['paths'][number];

/** Where a router stands: the rule of what is around it, and the prefix that `proxy_pass` with a path takes off. */
interface Level {
  rule: string;
  paths: Path[];
  prefix?: string;
  other: string[];
}

/** Answers of modules that are no files and no service. */
const INTERNAL =
  /^(?:stub_status|status|api|empty_gif|perl|mp4|flv|autoindex_exact|vhost_traffic_status_display|rtmp_stat|rtmp_control|nchan_\w{1,40}|push_stream_\w{1,40}|dav_methods|upload_pass|image_filter|f4f|hls|slice_status|upstream_show|check_status|upstream_conf|prometheus)$/;
const CODE = /^(?:content_by_lua\w{0,12}|js_content|rewrite_by_lua\w{0,12}|js_periodic)$/;
const REDIRECT = /^(?:https?:\/\/|\$scheme|\$\{scheme\}|\/\/)/i;
/** Expressions that every path fits. */
const ALL = /^(?:\^|\^\/?(?:\(?\.\*\)?)\$?|\(?\.\*\)?\$?|\^\/\(\.\*\)\$|\^\/\??\(\.\*\)\$|\/)$/;
/** Blocks that are understood, or that change nothing of where requests go. */
const KNOWN_BLOCKS = new Set(['location', 'if', 'limit_except', 'types', 'server', 'upstream', 'map', 'geo']);
const DEEPEST = 16;

/** The routers of one server: what it answers by itself first, then its locations as they stand. */
export function readServer(reader: NginxReader, server: NginxServer, http: Scope): void {
  const scope = within(http, server.block);
  if (server.listens.some(({ entryPoint }) => entryPoint.isTls))
    reader.certificate(scope.certificate && scope.variables.resolve(scope.certificate), server.label);
  new ServerRouters(reader, server).read(scope);
}

class ServerRouters {
  readonly #reader: NginxReader;
  readonly #server: NginxServer;
  /** Where named locations lead: filled before the others are read. */
  readonly #named = new Map<string, Target>();
  readonly #hosts: string[];

  constructor(reader: NginxReader, server: NginxServer) {
    this.#reader = reader;
    this.#server = server;
    const isOnlyDefault = server.listens.every(({ entryPoint }) =>
      server.defaultOn.includes(entryPoint.name),
    );
    this.#hosts = server.names.length > 0 ? server.names : isOnlyDefault ? [] : ['_'];
  }

  read(scope: Scope): void {
    const { block, directive } = this.#server;
    this.#tellUnknown(block);
    const level: Level = { rule: '', paths: [], other: [] };
    for (const one of block.filter(({ name }) => name === 'if')) this.#if(one, scope, level);
    const own = this.#answer(block, scope, true);
    if (own) {
      this.#push(own.directive, scope, { ...level, rule: written(own.directive) }, own.target, block);
      // everything is answered before a location is looked for
      if (own.isAlways) return;
    }
    const locations = block.filter(({ name }) => name === 'location');
    for (const one of locations.filter(({ args }) => args[0]?.startsWith('@'))) {
      const inner = within(scope, one.block ?? []);
      this.#named.set(one.args[0] ?? '', this.#target(one.block ?? [], inner, { ...level, rule: '@' }, one));
    }
    for (const one of locations) this.#location(one, scope, level, 0);
    if (!locations.some(({ args }) => args.at(-1) === '/' && args[0] !== '=')) {
      const target = this.#target(block, scope, { ...level, rule: 'server' }, directive);
      this.#push(directive, scope, { ...level, rule: 'server' }, target, block);
    }
  }

  #location(directive: Directive, outer: Scope, level: Level, depth: number): void {
    const block = directive.block ?? [];
    const scope = within(outer, block);
    if (depth > DEEPEST) {
      this.#reader.blind('location', directive);
      return;
    }
    this.#tellUnknown(block);
    const path = pathOf(directive.args);
    const own = `location ${shown(directive.args)}`;
    const isNamed = directive.args[0]?.startsWith('@');
    const isInternal = block.some(({ name }) => name === 'internal');
    const inner: Level = {
      rule: level.rule ? `${level.rule} { ${own} }` : own,
      paths: path ? [path] : [],
      other: [...level.other, ...(isNamed || isInternal ? ['internal'] : [])],
      ...(path && path.how !== 'regex' && { prefix: path.value }),
    };
    for (const one of block.filter(({ name }) => name === 'if')) this.#if(one, scope, inner);
    const target = this.#target(block, scope, inner, directive);
    this.#push(directive, scope, inner, target, block);
    for (const one of block.filter(({ name }) => name === 'location'))
      this.#location(one, scope, inner, depth + 1);
  }

  /** What an `if` leads elsewhere; those that only set variables lead nowhere. `ngx_http_rewrite_module`, `if`. */
  #if(directive: Directive, outer: Scope, level: Level): void {
    const block = directive.block ?? [];
    const scope = within(outer, block);
    this.#tellUnknown(block);
    const target =
      this.#answer(block, scope, false)?.target ??
      (block.some(({ name }) => PASSES.has(name)) ? this.#pass(block, scope, { ...level }) : undefined);
    if (!target) return;
    const condition = directive.args
      .join(' ')
      .replace(/^\(\s*|\s*\)$/g, '')
      .trim();
    const [, host] = /^\$(?:http_)?host\s+=\s+(\S{1,253})$/.exec(condition) ?? [];
    const told = maskProxyLine(condition);
    this.#push(
      directive,
      scope,
      {
        ...level,
        rule: level.rule ? `${level.rule} { if (${told}) }` : `if (${told})`,
        other: host === undefined ? [...level.other, told] : level.other,
      },
      target,
      block,
      host === undefined ? this.#hosts : [host.toLowerCase()],
    );
  }

  /** `return`, and `rewrite` that leads to another address: what answers before anything else is looked for. */
  #answer(
    block: readonly Directive[],
    scope: Scope,
    isServer: boolean,
  ): { target: Target; directive: Directive; isAlways: boolean } | undefined {
    for (const directive of block) {
      const { name, args } = directive;
      if (name === 'return') return { target: returned(args, scope), directive, isAlways: true };
      if (name !== 'rewrite') continue;
      const [expression = '', replacement = '', flag] = args;
      const leads = REDIRECT.test(replacement) || flag === 'permanent' || flag === 'redirect';
      if (!leads) continue;
      if (!ALL.test(expression)) {
        // it holds for some paths only; a server without locations of its own is told by the middleware
        if (isServer) this.#some(directive, scope);
        continue;
      }
      const status = flag === 'permanent' ? 301 : 302;
      return {
        target: { to: 'answer', status, location: tell(replacement, scope) },
        directive,
        isAlways: true,
      };
    }
    return undefined;
  }

  /** A `rewrite` of the server that leads some paths elsewhere. */
  #some(directive: Directive, scope: Scope): void {
    const [expression = '', replacement = '', flag] = directive.args;
    this.#push(
      directive,
      scope,
      { rule: written(directive), paths: [{ how: 'regex', value: expression }], other: [] },
      { to: 'answer', status: flag === 'permanent' ? 301 : 302, location: tell(replacement, scope) },
      [],
    );
  }

  #target(block: readonly Directive[], scope: Scope, level: Level, at: Directive): Target {
    const answer = level.rule === 'server' ? undefined : this.#answer(block, scope, false);
    if (answer) return answer.target;
    const code = block.find(({ name }) => CODE.test(name));
    if (code) {
      this.#reader.blind(code.name, code);
      return { to: 'unknown' };
    }
    if (isClosed(scope)) return { to: 'answer', status: 403 };
    const passed = this.#pass(block, scope, level);
    if (passed) return passed;
    const internal = block.find(({ name }) => INTERNAL.test(name));
    if (internal) {
      if (internal.name === 'stub_status') this.#status(internal, level, scope);
      return { to: 'internal', what: internal.name };
    }
    const tried = block.findLast(({ name }) => name === 'try_files')?.args.at(-1);
    const named = tried === undefined ? undefined : this.#named.get(tried);
    if (named) return named;
    const unknown = block.find(
      ({ name }) => /_pass$/.test(name) && !/^(?:proxy|fastcgi|uwsgi|scgi|grpc)_\w+_pass$/.test(name),
    );
    if (unknown) {
      this.#reader.blind(unknown.name, unknown);
      return { to: 'unknown' };
    }
    const alias = block.findLast(({ name }) => name === 'alias')?.args[0];
    // the folder `html` of its prefix is what nginx serves where nothing is said
    return { to: 'files', root: tell(alias ?? scope.root ?? 'html', scope) || at.name };
  }

  #pass(block: readonly Directive[], scope: Scope, level: Level): Target | undefined {
    const pass = block.findLast(({ name }) => PASSES.has(name));
    const value = pass?.args[0];
    if (!pass || value === undefined) return undefined;
    const hasVariable = scope.variables.resolve(value).includes('$') || value.includes('$');
    const passed = passedOf(pass.name, scope.variables.resolve(value));
    // with a variable in it the path is sent as it is given, and replaces no prefix
    const prefix = hasVariable || pass.name !== 'proxy_pass' ? undefined : level.prefix;
    return { to: 'service', service: this.#reader.service(passed, prefix, pass) };
  }

  #status(directive: Directive, level: Level, scope: Scope): void {
    const guards = guardsOf(scope);
    const isUnknown = this.#reader.config.dashboard?.isGuarded === false;
    if (isUnknown) return;
    this.#reader.config.dashboard = {
      isOn: true,
      router: this.#nameOf(level),
      isGuarded: guards.length > 0,
      at: this.#reader.at(directive),
    };
  }

  #nameOf(level: Level): string {
    return `${this.#server.label} ${level.rule.replace(/location /g, '') || 'server'}`;
  }

  #push(
    directive: Directive,
    scope: Scope,
    level: Level,
    target: Target,
    block: readonly Directive[],
    hosts: string[] = this.#hosts,
  ): void {
    const { listens, defaultOn, site } = this.#server;
    const isTls = listens.some(({ entryPoint }) => entryPoint.isTls);
    const certificate = scope.certificate?.startsWith('data:') ? undefined : scope.certificate;
    this.#reader.config.routers.push({
      name: this.#nameOf(level),
      site,
      ...(defaultOn.length > 0 && hosts === this.#hosts && { defaultOn: [...defaultOn] }),
      entryPoints: [...new Set(listens.map(({ entryPoint }) => entryPoint.name))],
      match: { hosts: [...hosts], paths: level.paths, other: level.other },
      rule: level.rule,
      middlewares: this.#middlewares(block, scope),
      target,
      ...(isTls && { tls: certificate === undefined ? {} : { certificate } }),
      errors: [],
      guards: guardsOf(scope),
      at: this.#reader.at(directive),
    });
  }

  #middlewares(block: readonly Directive[], scope: Scope): string[] {
    const add = (type: string, directive: Directive, settings: ProxyMiddleware['settings']): string => {
      const name = maskProxyLine(`${type} ${directive.args.join(' ')}`).slice(0, 200);
      return this.#reader.middleware({ name, type, settings }, directive);
    };
    return [
      ...scope.limits.map((one) => {
        const zone = one.args.find((text) => text.startsWith('zone='))?.slice(5) ?? one.args[0] ?? '';
        return add(one.name, one, { zone });
      }),
      ...block.flatMap((one): string[] => {
        if (one.name === 'rewrite') {
          const [expression = '', replacement = '', flag = ''] = one.args.map((text) => maskSecrets(text));
          return [add('rewrite', one, { expression, replacement, flag })];
        }
        if (one.name !== 'try_files') return [];
        return [add('try_files', one, { files: one.args.map((text) => maskSecrets(text)) })];
      }),
    ];
  }

  /** A block that nobody here knows may lead requests anywhere. */
  #tellUnknown(block: readonly Directive[]): void {
    for (const directive of block) {
      if (!directive.block || KNOWN_BLOCKS.has(directive.name) || CODE.test(directive.name)) continue;
      if (/_by_lua_block$/.test(directive.name) && !directive.name.startsWith('rewrite')) continue;
      this.#reader.blind(directive.name, directive);
    }
  }
}

const tell = (text: string, scope: Scope): string => maskSecrets(scope.variables.resolve(text));
const shown = (args: readonly string[]): string => maskSecrets(args.join(' '));
const written = ({ name, args }: Directive): string =>
  name === 'return'
    ? `return ${/^\d{3}$/.test(args[0] ?? '') ? args[0] : ''}`.trim()
    : maskProxyLine(`${name} ${args.join(' ')}`);

function pathOf(args: readonly string[]): Path | undefined {
  const [modifier = '', value] = args;
  if (modifier.startsWith('@')) return undefined;
  // the modifier may stand against its value: `~*\.php$`, `=/health`
  const [, mark = '', rest = ''] =
    value === undefined ? (/^(\^~|~\*|~|=)?(.*)$/s.exec(modifier) ?? []) : [modifier, modifier, value];
  if (mark === '=') return { how: 'exact', value: rest };
  if (mark === '~*') return { how: 'regex', value: `(?i)${rest}` };
  return { how: mark === '~' ? 'regex' : 'prefix', value: rest };
}

/** `return code [text]`, `return code URL`, `return URL`. The text of an answer is not kept. */
function returned([first = '', second]: readonly string[], scope: Scope): Target {
  const status = /^\d{3}$/.test(first) ? Number(first) : 302;
  const to = /^\d{3}$/.test(first) ? second : first;
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  return { to: 'answer', status, ...(isRedirect && to !== undefined && { location: tell(to, scope) }) };
}
