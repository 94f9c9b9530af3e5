import type { CallEvidence } from '#model/evidence.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { assemble } from './assemble.ts';
import { type DynamicConfig, type DynamicService, emptyDynamic, routerOf, serviceOf } from './dynamic.ts';
import { middlewareOf } from './middleware.ts';
import { Option, optionOf } from './option.ts';
import { addressOf, redirectOf, type StaticConfig, type StaticEntryPoint } from './static.ts';

/**
 * Texts that a running Traefik answered, each by its path: `/api/rawdata`, `/api/entrypoints`, `/api/version`,
 * `/api/overview`. Where the first gave none, those of `/api/http/routers`, `/services` and `/middlewares` stand in.
 */
export interface TraefikAnswers {
  rawdata?: string;
  routers?: string;
  services?: string;
  middlewares?: string;
  entrypoints?: string;
  version?: string;
  overview?: string;
}

const LONGEST = 30_000_000;

/**
 * The effective configuration of a running Traefik 2 or 3 from answers of its API. What is missing, cut or no answer of
 * Traefik is a blind spot; users of basicAuth and other credentials, which the API shows, are dropped. Names are split
 * from their providers. Never throws. Traefik, “API”, “Endpoints”.
 * @param at the read that gave the answers; its operation is kept
 */
export function traefikFromApi(
  answers: TraefikAnswers,
  at: CallEvidence,
  runsIn: ProxyConfig['runsIn'],
): ProxyConfig {
  const blindSpots: ProxyConfig['blindSpots'] = [];
  const read = (name: keyof TraefikAnswers, isNeeded: boolean): Option => {
    const option = jsonOf(answers[name], at);
    if (!option && (isNeeded || answers[name] !== undefined)) blindSpots.push({ what: PATHS[name], at });
    return option ?? new Option(undefined, () => at);
  };
  const raw = read('rawdata', answers.routers === undefined);
  const isWhole = answers.rawdata !== undefined && raw.exists;
  const isRaw = isWhole && RAW_KEYS.some((key) => raw.get(key).exists);
  if (isWhole && !isRaw) blindSpots.push({ what: PATHS.rawdata, at });
  const dynamic = isRaw
    ? rawDynamic(raw)
    : {
        ...emptyDynamic(''),
        routers: listed(read('routers', false)).map(routerFrom),
        services: listed(read('services', false)).map(serviceFrom),
        middlewares: listed(read('middlewares', false)).map(([name, option]) => middlewareFrom(name, option)),
      };
  const settings = staticOf(read('entrypoints', true), read('overview', false), dynamic);
  const version = read('version', false).get('Version').text;
  return assemble({
    source: 'host',
    files: [],
    standing: 'declared',
    ...(version !== undefined && /^[\w.+-]{1,40}$/.test(version) && { version }),
    ...(runsIn && { runsIn }),
    static: settings,
    dynamic: [{ ...dynamic, routers: joined(dynamic.routers) }],
    blindSpots,
  });
}

const PATHS: Readonly<Record<keyof TraefikAnswers, string>> = {
  rawdata: '/api/rawdata',
  routers: '/api/http/routers',
  services: '/api/http/services',
  middlewares: '/api/http/middlewares',
  entrypoints: '/api/entrypoints',
  version: '/api/version',
  overview: '/api/overview',
};
const RAW_KEYS = 'routers services middlewares tcpRouters tcpServices udpRouters udpServices'.split(' ');

function jsonOf(text: string | undefined, at: CallEvidence): Option | undefined {
  if (text === undefined || text.length > LONGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { option, isCut } = optionOf(value, () => at);
    return isCut ? undefined : option;
  } catch {
    return undefined;
  }
}

/** `api@file` is `api` of the provider `file`. */
function named(written: string): { name: string; provider?: string } {
  const [, name = written, provider] = /^(.+)@([^@]{1,100})$/.exec(written) ?? [];
  return { name, ...(provider !== undefined && { provider }) };
}

const listed = (list: Option): [string, Option][] =>
  list.items.flatMap((item): [string, Option][] => {
    const name = item.get('name').text;
    return name === undefined ? [] : [[name, item]];
  });

function rawDynamic(raw: Option): DynamicConfig {
  const of = (...keys: string[]) => keys.flatMap((key) => raw.get(key).entries);
  return {
    ...emptyDynamic(''),
    routers: of('routers', 'tcpRouters', 'udpRouters').map(routerFrom),
    services: [
      ...of('services').map(serviceFrom),
      ...of('tcpServices', 'udpServices').map(([name, option]) => serviceFrom([name, option], 'tcp')),
    ],
    middlewares: of('middlewares', 'tcpMiddlewares').map(([name, option]) => middlewareFrom(name, option)),
  };
}

/** What Traefik says of the state of a thing; its errors are an item or a list. */
const stateOf = (option: Option): { status?: string; errors: string[] } => {
  const status = option.get('status').text;
  const error = option.get('error');
  const errors = error.items.length > 0 ? error.items.flatMap(({ text }) => text ?? []) : (error.text ?? []);
  return {
    ...(status !== undefined && { status }),
    errors: [errors]
      .flat()
      .map((text) => text.slice(0, 300))
      .slice(0, 20),
  };
};

function routerFrom([written, option]: [string, Option]): ProxyRouter {
  const { name, provider } = named(written);
  const router = routerOf(name, option, provider ?? '');
  const { provider: _, ...rest } = router;
  // a service without a provider is of the router's own
  const service = option.get('service').text;
  const isOwn = service !== undefined && provider !== undefined && !service.includes('@');
  return {
    ...rest,
    ...(provider !== undefined && { provider }),
    ...(isOwn && provider !== 'internal' && { target: { to: 'service', service: `${service}@${provider}` } }),
    ...stateOf(option),
  };
}

function serviceFrom(
  [written, option]: [string, Option],
  protocol: 'http' | 'tcp' | number = 'http',
): DynamicService {
  const { name, provider } = named(written);
  const { provider: _, ...service } = serviceOf(
    name,
    option,
    provider ?? '',
    protocol === 'tcp' ? 'tcp' : 'http',
  );
  const seen = new Map(
    option.get('serverStatus').entries.map(([url, one]) => [url, one.text?.toUpperCase()]),
  );
  const urls = option
    .get('loadBalancer', 'servers')
    .items.map((item) => item.get('url').text ?? item.get('address').text);
  return {
    ...service,
    ...(provider !== undefined && { provider }),
    servers: service.servers.map((server, index) => {
      const status = seen.get(urls.filter((url) => url !== undefined)[index] ?? '');
      if (status === 'UP') return { ...server, status: 'up' };
      return status === 'DOWN' ? { ...server, status: 'down' } : server;
    }),
    ...stateOf(option),
  };
}

function middlewareFrom(written: string, option: Option) {
  const { name, provider } = named(written);
  const { provider: _, ...middleware } = middlewareOf(name, option, provider ?? '');
  return { ...middleware, ...(provider !== undefined && { provider }), ...stateOf(option) };
}

function staticOf(entryPoints: Option, overview: Option, { routers }: DynamicConfig): StaticConfig {
  const providers = overview
    .get('providers')
    .items.flatMap(({ text, at }) =>
      text === undefined ? [] : [{ name: `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`, at }],
    );
  // without `insecure` no router of Traefik's own leads to its API
  const isInsecure = routers.some(
    ({ name, provider, entryPoints: names }) =>
      name === 'api' && provider === 'internal' && names.includes('traefik'),
  );
  return {
    entryPoints: listed(entryPoints).flatMap(([name, option]): StaticEntryPoint[] => {
      const address = addressOf(option.get('address').text ?? '');
      if (!address) return [];
      const redirect = redirectOf(option);
      return [
        {
          name,
          ...address,
          isTls: option.get('http', 'tls').exists,
          ...(redirect && { redirect }),
          // those of the entry point already stand in its routers
          middlewares: [],
          isDefault: false,
          at: option.at,
        },
      ];
    }),
    providers,
    watched: [],
    resolvers: [],
    api: { isInsecure, at: entryPoints.at },
    isOld: false,
    blindSpots: [],
  };
}

/**
 * A router on several entry points of which one puts something before its routers is one for each, with the entry point's
 * name before its own: they are put together again. pkg/server/aggregator.go, applyModel.
 */
function joined(routers: readonly ProxyRouter[]): ProxyRouter[] {
  const baseOf = ({ name, entryPoints, provider, rule }: ProxyRouter): string | undefined => {
    const [only, ...more] = entryPoints;
    const isSplit =
      only !== undefined && more.length === 0 && name.startsWith(`${only}-`) && provider !== 'internal';
    return isSplit ? JSON.stringify([name.slice(only.length + 1), provider, rule]) : undefined;
  };
  const keyOf = (router: ProxyRouter) =>
    baseOf(router) ?? JSON.stringify([router.name, router.provider, router.rule]);
  return [...Map.groupBy(routers, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    const own = group.find((router) => baseOf(router) === undefined) ?? first;
    const base = baseOf(own);
    const name = base === undefined ? own.name : String((JSON.parse(base) as unknown[])[0]);
    const entryPoints = [...new Set(group.flatMap((router) => router.entryPoints))];
    const middlewares = group.map((router) => router.middlewares);
    const longest = middlewares.reduce((a, b) => (b.length > a.length ? b : a));
    const worst = group.find(({ status }) => status !== undefined && status !== 'enabled') ?? own;
    return [
      {
        ...own,
        name,
        entryPoints,
        middlewares: longest,
        ...(worst.status !== undefined && { status: worst.status }),
        errors: [...new Set(group.flatMap(({ errors }) => errors))],
      },
    ];
  });
}
