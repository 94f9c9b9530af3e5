import { maskSecrets } from '#lib/mask.ts';
import {
  type EntryPoint,
  emptyProxyConfig,
  type ProxyConfig,
  type ProxyPlace,
  type ProxyRouter,
} from '#model/proxy.ts';
import type { LoadedCaddy } from './expand.ts';
import { pathOf } from './matchers.ts';
import { SiteRoutes } from './routes.ts';
import type { CaddyLine } from './tokens.ts';

/** An address of a site. Caddy documentation, “Caddyfile Concepts”, “Addresses”. */
interface Address {
  scheme?: string;
  /** Empty: any. */
  host: string;
  port?: number;
  path?: string;
}

const LOCAL = /^(?:localhost|127\.|\[?::1\]?|unix\/)/;

function addressOf(text: string): Address {
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?(.*)$/i.exec(text) ?? [];
  // `{$DOMAIN:localhost}` holds a colon of its own
  const [, host = '', port, path] =
    /^(\{[^}]{0,200}\}[\w.*-]{0,200}|\[[0-9a-fA-F:.]{2,64}\]|[^:/]{0,253})(?::(\d{1,5}))?(\/.*)?$/.exec(
      rest,
    ) ?? [];
  return {
    host: host.includes('{') ? host : host.replace(/^\[|\]$/g, '').toLowerCase(),
    ...(scheme !== undefined && { scheme: scheme.toLowerCase() }),
    ...(port !== undefined && { port: Number(port) }),
    ...(path !== undefined && path !== '/' && { path }),
  };
}

/** One Caddyfile in the shape of all proxies. */
export function caddyConfig(
  loaded: LoadedCaddy,
  given: Pick<ProxyConfig, 'source' | 'standing'>,
  at: (line: CaddyLine) => ProxyPlace,
): ProxyConfig {
  const config: ProxyConfig = {
    ...emptyProxyConfig({ product: 'caddy', files: loaded.files, ...given }),
    blindSpots: loaded.blind.map(({ what, at: line }) => ({ what: maskSecrets(what), at: at(line) })),
  };
  const options = new Options(loaded.options);
  const admin = loaded.options.find(({ name }) => name === 'admin');
  if (admin) config.dashboard = dashboardOf(admin, at(admin));
  const explicit = new Set(
    loaded.sites.flatMap(({ addresses }) =>
      addresses
        .map(addressOf)
        .flatMap(({ scheme, host, port }) => (scheme === 'http' || port === options.http ? [host] : [])),
    ),
  );
  for (const one of loaded.sites) readSite(config, options, explicit, loaded, one, at);
  return config;
}

/** Global options that say where sites listen. Caddy documentation, “Global options”. */
class Options {
  readonly http: number;
  readonly https: number;
  readonly bind: readonly string[];
  readonly autoHttps: string | undefined;

  constructor(lines: readonly CaddyLine[]) {
    const first = (name: string) => lines.find((line) => line.name === name)?.args;
    this.http = Number(first('http_port')?.[0]) || 80;
    this.https = Number(first('https_port')?.[0]) || 443;
    this.bind = first('default_bind') ?? [];
    this.autoHttps = first('auto_https')?.[0];
  }
}

function readSite(
  config: ProxyConfig,
  options: Options,
  explicit: ReadonlySet<string>,
  loaded: LoadedCaddy,
  site: LoadedCaddy['sites'][number],
  at: (line: CaddyLine) => ProxyPlace,
): void {
  const place = at(site.at);
  const addresses = site.addresses.map(addressOf);
  const tls = site.body.filter(({ name }) => name === 'tls');
  const bind = site.body.find(({ name }) => name === 'bind')?.args ?? options.bind;
  const listen = (port: number, isTls: boolean): string[] =>
    (bind.length > 0 ? bind : ['']).map((address) => {
      const plain = address === '0.0.0.0' || address.startsWith('{') ? '' : address.replace(/^\[|\]$/g, '');
      const name = `${plain.includes(':') ? `[${plain}]` : plain}:${port}`;
      const entryPoint: EntryPoint = { name, address: plain, port, protocol: 'tcp', isTls, at: place };
      const known = config.entryPoints.find((one) => one.name === name);
      if (!known) config.entryPoints.push(entryPoint);
      else if (isTls) known.isTls = true;
      return name;
    });
  const label = site.addresses.map((name) => maskSecrets(name)).join(', ');
  const [certificate] = tls.flatMap(({ args }) => (args.length === 2 ? args.slice(0, 1) : []));
  // each address is served at its own port, and only there
  const groups = Map.groupBy(addresses, ({ scheme, port, host, path }) =>
    JSON.stringify([scheme, port, host === '', path]),
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { scheme, host, port, path } = first;
    const isPlain = scheme === 'http' || (scheme === undefined && port === options.http);
    const isTls =
      !isPlain &&
      (scheme === 'https' ||
        tls.length > 0 ||
        port === options.https ||
        (host !== '' && options.autoHttps !== 'off'));
    new SiteRoutes(
      config,
      {
        site: label,
        hosts: host === '' ? [] : [...new Set(group.map((one) => one.host))],
        entryPoints: listen(port ?? (isPlain ? options.http : options.https), isTls),
        ...(isTls && { tls: certificate === undefined ? {} : { certificate } }),
        ...(path !== undefined && { path: { paths: [pathOf(path)], other: [] } }),
      },
      loaded.routes,
      at,
    ).read(site.body);
  }
  // Caddy documentation, “Automatic HTTPS”: what comes by HTTP is led to HTTPS
  const led = addresses.filter(
    ({ scheme, host, port }) =>
      host !== '' &&
      scheme !== 'http' &&
      port !== options.http &&
      (port === undefined || port === options.https) &&
      !explicit.has(host),
  );
  if (led.length === 0 || options.autoHttps === 'off' || options.autoHttps === 'disable_redirects') return;
  const redirect: ProxyRouter = {
    name: `${label} automatic HTTPS`,
    site: label,
    entryPoints: listen(options.http, false),
    match: { hosts: [...new Set(led.map(({ host }) => host))], paths: [], other: [] },
    rule: 'automatic HTTPS',
    middlewares: [],
    target: { to: 'answer', status: 308, location: 'https://{host}{uri}' },
    errors: [],
    guards: [],
    at: place,
  };
  config.routers.push(redirect);
}

/** The administration endpoint: `off`, or an address. Nothing is asked of who reaches it. Caddy documentation, “API”. */
function dashboardOf({ args }: CaddyLine, at: ProxyPlace): NonNullable<ProxyConfig['dashboard']> {
  const [address = 'localhost:2019'] = args;
  if (address === 'off') return { isOn: false, isGuarded: 'unknown', at };
  if (LOCAL.test(address)) return { isOn: true, isGuarded: 'unknown', at };
  const port = /:(\d{1,5})$/.exec(address)?.[1];
  return { isOn: true, isGuarded: false, ...(port !== undefined && { insecurePort: Number(port) }), at };
}
