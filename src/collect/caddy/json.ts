import { maskSecrets } from '#lib/mask.ts';
import { emptyProxyConfig, type ProxyConfig, type ProxyPlace, type ProxyRouter } from '#model/proxy.ts';
import type { JsonValue } from '../repo/json-source.ts';
import { both, type Matcher, pathOf } from './matchers.ts';
import { serversOf } from './upstreams.ts';

const DEEPEST = 20;
const ASIDE =
  /^(?:headers|encode|vars|map|request_body|tracing|templates|copy_response\w{0,10}|push|intercept|log_append)$/;

interface Level {
  matcher: Matcher;
  guards: readonly string[];
  strip?: string;
  root?: string;
}

/**
 * Caddy's own JSON in the shape of all proxies: `apps.http.servers`. Caddy documentation, “JSON Config Structure”. It has
 * the form that Caddyfiles are made into: routes in their order, the first handler that answers answering.
 */
export function caddyJson(
  root: JsonValue,
  given: Pick<ProxyConfig, 'source' | 'standing' | 'files'>,
  at: (value: JsonValue) => ProxyPlace,
): ProxyConfig {
  const config = emptyProxyConfig({ product: 'caddy', ...given });
  const admin = root.get('admin');
  const listen = admin.get('listen').text;
  if (admin.get('disabled').isTrue) config.dashboard = { isOn: false, isGuarded: 'unknown', at: at(admin) };
  else if (listen !== undefined && !/^(?:localhost|127\.|\[::1\]|unix)/.test(listen)) {
    const port = /:(\d{1,5})$/.exec(listen)?.[1];
    config.dashboard = {
      isOn: true,
      isGuarded: false,
      ...(port !== undefined && { insecurePort: Number(port) }),
      at: at(admin),
    };
  }
  for (const [name, server] of root.get('apps').get('http').get('servers').entries)
    readServer(config, name, server, at);
  return config;
}

function readServer(
  config: ProxyConfig,
  name: string,
  server: JsonValue,
  at: (value: JsonValue) => ProxyPlace,
): void {
  const isTls = server.get('tls_connection_policies').items.length > 0;
  const entryPoints = server.get('listen').items.flatMap((value): string[] => {
    const [, address = '', port] =
      /^(?:tcp\/)?\[?([^[\]]{0,200}?)\]?:(\d{1,5})(?:-\d{1,5})?$/.exec(value.text ?? '') ?? [];
    if (port === undefined) {
      config.blindSpots.push({ what: maskSecrets(value.text ?? 'listen'), at: at(value) });
      return [];
    }
    const plain = address === '0.0.0.0' ? '' : address;
    const own = `${plain.includes(':') ? `[${plain}]` : plain}:${port}`;
    if (!config.entryPoints.some((one) => one.name === own))
      config.entryPoints.push({
        name: own,
        address: plain,
        port: Number(port),
        protocol: 'tcp',
        isTls: isTls || port === '443',
        at: at(value),
      });
    return [own];
  });
  const add = (value: JsonValue, level: Level, what: string, target: ProxyRouter['target']) => {
    const { hosts = [], paths = [], other } = level.matcher;
    const rule = [...hosts, ...paths.map((path) => path.value), what].join(' ');
    config.routers.push({
      name: `${name} ${rule}`,
      site: name,
      entryPoints,
      match: { hosts, paths, other },
      rule,
      middlewares: [],
      target,
      errors: [],
      guards: [...level.guards],
      at: at(value),
    });
  };
  const routes = (list: readonly JsonValue[], outer: Level, depth: number): void => {
    for (const route of list) {
      if (depth > DEEPEST) {
        config.blindSpots.push({ what: 'subroute', at: at(route) });
        return;
      }
      const sets = route.get('match').items;
      // one route with several sets of matchers answers where any of them holds
      for (const matcher of sets.length > 0 ? sets.map(matcherOf) : [{ other: [] }]) {
        let level: Level = { ...outer, matcher: both(outer.matcher, matcher) };
        for (const handler of route.get('handle').items) level = handle(handler, level, depth);
      }
    }
  };
  const handle = (handler: JsonValue, level: Level, depth: number): Level => {
    const kind = handler.get('handler').text ?? '';
    switch (kind) {
      case 'subroute':
        routes(handler.get('routes').items, level, depth + 1);
        return level;
      case 'authentication':
        return { ...level, guards: [...level.guards, 'authentication'] };
      case 'vars':
        return {
          ...level,
          ...(handler.get('root').text !== undefined && { root: handler.get('root').text as string }),
        };
      case 'rewrite': {
        const strip = handler.get('strip_path_prefix').text;
        return { ...level, ...(strip !== undefined && { strip }) };
      }
      case 'error':
        add(handler, level, kind, { to: 'answer', status: Number(handler.get('status_code').text) || 500 });
        return level;
      case 'static_response':
        if (handler.get('abort').isTrue) {
          add(handler, level, kind, { to: 'internal', what: 'abort' });
          return level;
        }
        add(handler, level, kind, answerOf(handler));
        return level;
      case 'file_server':
        add(handler, level, kind, {
          to: 'files',
          root: maskSecrets(handler.get('root').text ?? level.root ?? '.'),
        });
        return level;
      case 'reverse_proxy': {
        // what `forward_auth` is made into: another service is asked, and what it answers goes on where it lets in
        if (handler.get('handle_response').exists && handler.get('rewrite').get('method').text === 'GET')
          return { ...level, guards: [...level.guards, 'forward_auth'] };
        const dials = handler.get('upstreams').items.flatMap((one) => one.get('dial').text ?? []);
        if (dials.length === 0 || handler.get('dynamic_upstreams').exists) {
          config.blindSpots.push({ what: 'dynamic_upstreams', at: at(handler) });
          add(handler, level, kind, { to: 'unknown' });
          return level;
        }
        const isTls = handler.get('transport').get('tls').exists;
        const isFastcgi = handler.get('transport').get('protocol').text === 'fastcgi';
        const text = dials.map((dial) => maskSecrets(dial)).join(', ');
        const service = level.strip === undefined ? text : `${text} (${level.strip} → )`;
        if (!config.services.some((one) => one.name === service))
          config.services.push({
            name: service,
            servers: dials.flatMap((dial) =>
              serversOf(dial, isFastcgi ? 'fastcgi' : isTls ? 'https' : 'http'),
            ),
            ...(level.strip !== undefined && { rewrites: { strip: level.strip } }),
            errors: [],
            at: at(handler),
          });
        add(handler, level, kind, { to: 'service', service });
        return level;
      }
      case 'acme_server':
      case 'metrics':
        add(handler, level, kind, { to: 'internal', what: kind });
        return level;
      default:
        if (!ASIDE.test(kind))
          config.blindSpots.push({ what: maskSecrets(kind || 'handle'), at: at(handler) });
        return level;
    }
  };
  routes(server.get('routes').items, { matcher: { other: [] }, guards: [] }, 0);
}

function answerOf(handler: JsonValue): ProxyRouter['target'] {
  const status = Number(handler.get('status_code').text) || 200;
  const location = handler.get('headers').entries.find(([key]) => key.toLowerCase() === 'location')?.[1]
    .items[0]?.text;
  return { to: 'answer', status, ...(location !== undefined && { location: maskSecrets(location) }) };
}

function matcherOf(set: JsonValue): Matcher {
  const made: Matcher = { other: [] };
  for (const [kind, value] of set.entries) {
    const words = value.items.flatMap((one) => one.text ?? []);
    if (kind === 'host') made.hosts = words.map((host) => host.toLowerCase());
    else if (kind === 'path') made.paths = words.map(pathOf);
    else if (kind === 'path_regexp') made.paths = [{ how: 'regex', value: value.get('pattern').text ?? '' }];
    else made.other.push(kind);
  }
  return made;
}
