import { maskSecrets } from '#lib/mask.ts';
import {
  type EntryPoint,
  emptyProxyConfig,
  type ProxyConfig,
  type ProxyPlace,
  type ProxyRouter,
  type ProxyService,
} from '#model/proxy.ts';
import { maskHaproxyLine } from '../nginx/masked.ts';
import { aclsOf, type Way, waysOf } from './conditions.ts';
import type { HaproxyLine, HaproxySection } from './sections.ts';
import { bindsOf, serversOf } from './servers.ts';

type At = (place: { file: string; line: number }) => ProxyPlace;
type Target = ProxyRouter['target'];

/** A frontend, backend or `listen`, with what its `defaults` hand down. */
interface Proxy {
  section: HaproxySection;
  name: string;
  lines: readonly HaproxyLine[];
  defaults: readonly HaproxyLine[];
  mode: string;
}

const MOST_MIDDLEWARES = 50;
const STATUS = new Map([
  ['deny', 403],
  ['tarpit', 500],
  ['reject', 400],
]);

/** One configuration of HAProxy in the shape of all proxies. HAProxy configuration manual, chapter 4 “Proxies”. */
export function haproxyConfig(
  sections: readonly HaproxySection[],
  astray: readonly HaproxyLine[],
  given: Pick<ProxyConfig, 'source' | 'standing' | 'files'>,
  at: At,
): ProxyConfig {
  const config: ProxyConfig = {
    ...emptyProxyConfig({ product: 'haproxy', ...given }),
    blindSpots: astray.map((line) => ({
      what: maskHaproxyLine(line.words.join(' ')).slice(0, 80),
      at: at(line),
    })),
  };
  const proxies = proxiesOf(sections);
  for (const proxy of proxies) if (proxy.section.kind !== 'frontend') addBackend(config, proxy, at);
  const known = new Map<string, EntryPoint>();
  const guarded = new Set(proxies.filter(isGuarded).map(({ name }) => name));
  for (const proxy of proxies)
    if (proxy.section.kind !== 'backend') new Frontend(config, proxy, guarded, known, at).read();
  return config;
}

/** What stands in `defaults` is handed down to the proxies after it, or to those that name it (`from`). */
function proxiesOf(sections: readonly HaproxySection[]): Proxy[] {
  const named = new Map<string, readonly HaproxyLine[]>();
  let last: readonly HaproxyLine[] = [];
  return sections.flatMap((section): Proxy[] => {
    const [name = '', word, other] = section.words;
    if (section.kind === 'defaults') {
      const parent =
        (name === 'from' ? named.get(word ?? '') : word === 'from' ? named.get(other ?? '') : undefined) ??
        [];
      last = [...parent, ...section.lines];
      if (name !== '' && name !== 'from') named.set(name, last);
      return [];
    }
    if (!/^(?:frontend|backend|listen)$/.test(section.kind)) return [];
    const from = section.words.indexOf('from');
    const defaults = (from > 0 ? named.get(section.words[from + 1] ?? '') : undefined) ?? last;
    const mode = [...defaults, ...section.lines].findLast(({ words }) => words[0] === 'mode')?.words[1];
    // 4.2 “mode”: TCP where nothing is said
    return [{ section, name, lines: section.lines, defaults, mode: mode ?? 'tcp' }];
  });
}

function addBackend(config: ProxyConfig, { section, name, lines, defaults, mode }: Proxy, at: At): void {
  const defaultServer = [...defaults, ...lines]
    .filter(({ words }) => words[0] === 'default-server')
    .flatMap(({ words }) => words);
  const servers = lines.flatMap(({ words }) => serversOf(words, mode, defaultServer));
  if (section.kind === 'listen' && servers.length === 0) return;
  const all = [...defaults, ...lines];
  const check = all.findLast(({ words }) => words[0] === 'option' && words[1] === 'httpchk')?.words.slice(2);
  const sent = all.findLast(({ words }) => words[0] === 'http-check' && words[1] === 'send')?.words;
  const uri = sent?.[sent.indexOf('uri') + 1];
  // `option httpchk URI`, or with a method before it
  const path = sent?.includes('uri') ? uri : check?.find((word) => word.startsWith('/'));
  const [, interval] =
    /(?:^|\s)inter\s+(\S{1,12})/.exec(
      lines
        .map(({ words }) => words.join(' '))
        .join(' ')
        .slice(0, 20_000),
    ) ?? [];
  const service: ProxyService = {
    name,
    servers,
    ...(mode === 'tcp' && { provider: 'tcp' }),
    ...(path !== undefined && {
      healthCheck: { path: maskSecrets(path), ...(interval !== undefined && { interval }) },
    }),
    errors: [],
    at: at(section),
  };
  config.services.push(service);
}

class Frontend {
  readonly #config: ProxyConfig;
  readonly #proxy: Proxy;
  readonly #guarded: ReadonlySet<string>;
  /** The entry points of all frontends, by name. */
  readonly #known: Map<string, EntryPoint>;
  readonly #at: At;
  readonly #entryPoints: string[];
  readonly #isTls: boolean;
  readonly #certificate: string | undefined;
  readonly #acls: ReturnType<typeof aclsOf>;
  #guards: readonly string[] = [];
  readonly #middlewares: string[] = [];

  constructor(
    config: ProxyConfig,
    proxy: Proxy,
    guarded: ReadonlySet<string>,
    known: Map<string, EntryPoint>,
    at: At,
  ) {
    this.#config = config;
    this.#proxy = proxy;
    this.#guarded = guarded;
    this.#known = known;
    this.#at = at;
    this.#acls = aclsOf([...proxy.defaults, ...proxy.lines]);
    const binds = bindsOf(proxy.section, at);
    this.#entryPoints = binds.map(({ entryPoint }) => entryPoint.name);
    this.#isTls = binds.some(({ entryPoint }) => entryPoint.isTls);
    this.#certificate = binds.find(({ certificate }) => certificate !== undefined)?.certificate;
    for (const { entryPoint } of binds) this.#listen(entryPoint);
  }

  #listen(entryPoint: EntryPoint): void {
    const known = this.#known.get(entryPoint.name);
    if (known) {
      known.isTls ||= entryPoint.isTls;
      return;
    }
    this.#known.set(entryPoint.name, entryPoint);
    this.#config.entryPoints.push(entryPoint);
  }

  read(): void {
    const { lines, defaults, section, name, mode } = this.#proxy;
    if (this.#entryPoints.length === 0 && lines.length === 0) return;
    this.#stats();
    // what is asked of requests comes first, whatever its place; then the choice of a backend
    const rules = [...defaults, ...lines].filter(({ words }) => words[0] === 'http-request');
    const guards = rules.filter(({ words }) => words[1] === 'auth');
    for (const line of guards)
      if (isForAll(waysOf(line.words, this.#acls))) this.#guards = ['http-request auth'];
    for (const line of rules) this.#request(line);
    for (const line of lines.filter(({ words }) => words[0] === 'redirect'))
      this.#redirect(line, line.words.slice(1));
    const uri = lines.findLast(({ words }) => words[0] === 'monitor-uri');
    if (uri)
      this.#push(
        uri,
        `monitor-uri ${uri.words[1] ?? ''}`,
        { hosts: [], paths: [{ how: 'exact', value: uri.words[1] ?? '' }], other: [] },
        { to: 'answer', status: 200 },
      );
    for (const line of lines.filter(({ words }) => words[0] === 'use_backend')) this.#use(line);
    const fallback = [...defaults, ...lines].findLast(({ words }) => words[0] === 'default_backend');
    const anyWay: Way = { hosts: [], paths: [], other: [] };
    if (fallback)
      this.#push(
        fallback,
        `default_backend ${fallback.words[1] ?? ''}`,
        anyWay,
        this.#service(fallback.words[1] ?? '', fallback),
      );
    else if (
      section.kind === 'listen' &&
      this.#config.services.some((one) => one.name === name && one.servers.length > 0)
    )
      this.#push(section, `listen ${name}`, anyWay, { to: 'service', service: name });
    else if (section.kind === 'frontend' && mode === 'http' && !this.#isOwnAnswer())
      this.#push(section, `frontend ${name}`, anyWay, { to: 'answer', status: 503 });
  }

  #isOwnAnswer(): boolean {
    const last = this.#config.routers.at(-1);
    return (
      last?.site === this.#proxy.name &&
      last.match.hosts.length + last.match.paths.length + last.match.other.length === 0
    );
  }

  #request(line: HaproxyLine): void {
    const [, action = '', ...rest] = line.words;
    if (action === 'redirect') this.#redirect(line, rest);
    else if (STATUS.has(action) || action === 'return') {
      const given = rest[rest.indexOf(action === 'return' ? 'status' : 'deny_status') + 1];
      const stated = rest.includes(action === 'return' ? 'status' : 'deny_status')
        ? Number(given)
        : Number.NaN;
      const status = stated || (action === 'return' ? 200 : (STATUS.get(action) ?? 403));
      for (const way of waysOf(line.words, this.#acls))
        this.#push(line, this.#written(line), way, { to: 'answer', status });
    } else if (action === 'use-service') {
      const service = rest[0] ?? '';
      const isOwn = service === 'prometheus-exporter';
      if (!isOwn)
        this.#config.blindSpots.push({ what: maskHaproxyLine(`use-service ${service}`), at: this.#at(line) });
      for (const way of waysOf(line.words, this.#acls))
        this.#push(
          line,
          this.#written(line),
          way,
          isOwn ? { to: 'internal', what: service } : { to: 'unknown' },
        );
    } else if (/^(?:set-path|replace-path|replace-uri|set-uri|set-pathq|auth)$/.test(action)) {
      const name = this.#written(line);
      if (
        this.#middlewares.length < MOST_MIDDLEWARES &&
        !this.#config.middlewares.some((one) => one.name === name)
      )
        this.#config.middlewares.push({ name, type: action, settings: {}, errors: [], at: this.#at(line) });
      this.#middlewares.push(name);
    } else if (action.startsWith('lua.'))
      this.#config.blindSpots.push({ what: maskHaproxyLine(action), at: this.#at(line) });
  }

  /** 4.2 “redirect”: `scheme https`, `location URL`, `prefix URL`, `code 301`. */
  #redirect(line: HaproxyLine, words: readonly string[]): void {
    const [kind = '', to = ''] = words;
    const code = words[words.indexOf('code') + 1];
    const status = words.includes('code') ? Number(code) || 302 : 302;
    const location = kind === 'scheme' ? `${to}://` : to;
    for (const way of waysOf(line.words, this.#acls))
      this.#push(line, this.#written(line), way, { to: 'answer', status, location: maskSecrets(location) });
  }

  #use(line: HaproxyLine): void {
    const target = this.#service(line.words[1] ?? '', line);
    for (const way of waysOf(line.words, this.#acls)) this.#push(line, this.#written(line), way, target);
  }

  #service(name: string, line: HaproxyLine): Target {
    // a name that is made of the request, or of a map
    if (/[%$]/.test(name)) {
      this.#config.blindSpots.push({ what: maskHaproxyLine(`backend ${name}`), at: this.#at(line) });
      return { to: 'unknown' };
    }
    return { to: 'service', service: name };
  }

  #written({ words }: HaproxyLine): string {
    return maskHaproxyLine(words.join(' ')).slice(0, 300);
  }

  /** What a backend asks before it hands on. */
  #guardsOf(target: Target): readonly string[] {
    return target.to === 'service' && this.#guarded.has(target.service) ? ['http-request auth'] : [];
  }

  #push(line: { file: string; line: number }, rule: string, way: Way, target: Target): void {
    const { name, mode } = this.#proxy;
    const login = way.login === 'known' ? ['http_auth'] : [];
    const isTcp = mode === 'tcp';
    this.#config.routers.push({
      name: `${name} ${rule}`,
      site: name,
      ...(isTcp && { provider: 'tcp' }),
      entryPoints: this.#entryPoints,
      match: {
        hosts: way.hosts,
        paths: way.paths,
        other: [...way.other, ...(isTcp ? ['tcp'] : []), ...(way.login === 'unknown' ? ['!http_auth'] : [])],
      },
      rule,
      middlewares: this.#middlewares.slice(0, MOST_MIDDLEWARES),
      target,
      ...(this.#isTls && { tls: this.#certificate === undefined ? {} : { certificate: this.#certificate } }),
      errors: [],
      guards: [...new Set([...this.#guards, ...this.#guardsOf(target), ...login])],
      at: this.#at(line),
    });
  }

  /** The page of statistics: 4.2 “stats enable”, “stats uri”, “stats auth”, “stats http-request”. */
  #stats(): void {
    const { lines, defaults, mode } = this.#proxy;
    const stats = [...defaults, ...lines].filter(({ words }) => words[0] === 'stats');
    const on = stats.find(({ words }) => /^(?:enable|uri|auth|realm|admin)$/.test(words[1] ?? ''));
    if (!on || mode !== 'http') return;
    const uri = stats.findLast(({ words }) => words[1] === 'uri')?.words[2] ?? '/haproxy?stats';
    const isGuarded = stats.some(
      ({ words }) => words[1] === 'auth' || (words[1] === 'http-request' && words[2] === 'auth'),
    );
    const rule = maskHaproxyLine(`stats uri ${uri}`);
    const path = uri.split('?')[0] ?? uri;
    const before = this.#guards;
    if (isGuarded) this.#guards = ['stats auth'];
    this.#push(
      on,
      rule,
      { hosts: [], paths: [{ how: 'prefix', value: path }], other: [] },
      { to: 'internal', what: 'stats' },
    );
    this.#guards = before;
    if (this.#config.dashboard && this.#config.dashboard.isGuarded !== true) return;
    this.#config.dashboard = {
      isOn: true,
      router: `${this.#proxy.name} ${rule}`,
      isGuarded,
      at: this.#at(on),
    };
  }
}

/** A demand for a password that nobody passes by: without a condition, or unless a user is known. */
const isForAll = (ways: readonly Way[]): boolean =>
  ways.some(
    ({ hosts, paths, other, login }) => hosts.length + paths.length + other.length === 0 && login !== 'known',
  );

/** A backend that asks everybody for a password. */
function isGuarded({ section, lines, defaults }: Proxy): boolean {
  if (section.kind !== 'backend') return false;
  const acls = aclsOf([...defaults, ...lines]);
  return lines.some(
    ({ words }) => words[0] === 'http-request' && words[1] === 'auth' && isForAll(waysOf(words, acls)),
  );
}
