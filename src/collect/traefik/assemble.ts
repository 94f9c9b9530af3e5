import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import type { DynamicConfig, DynamicService } from './dynamic.ts';
import { bare, dashboardOf, type FindMiddleware, findIn, guarded, sameProvider } from './guards.ts';
import type { StaticConfig } from './static.ts';

/** What one configuration is made of. Without a static part nobody knows the entry points. */
export interface TraefikParts {
  source: ProxyConfig['source'];
  files: string[];
  standing: ProxyConfig['standing'];
  version?: string;
  runsIn?: ProxyConfig['runsIn'];
  static?: StaticConfig;
  dynamic: readonly DynamicConfig[];
  blindSpots?: ProxyConfig['blindSpots'];
}

/**
 * One configuration of its parts, as Traefik makes it: default entry points, what entry points put before routers,
 * services that hand on to others. pkg/server/aggregator.go, applyModel.
 * @param find where names of middlewares lead, where more was read than this configuration
 */
export function assemble(parts: TraefikParts, find?: FindMiddleware): ProxyConfig {
  const { static: settings, dynamic } = parts;
  const middlewares = once(dynamic, (one) => one.middlewares);
  const known = find ?? findIn(middlewares);
  const services = balanced(once(dynamic, (one) => one.services));
  const entryPoints = settings?.entryPoints ?? [];
  const routers = guarded(
    once(dynamic, (one) => one.routers).map((router) => onEntryPoints(router, entryPoints)),
    known,
  );
  const dashboard = dashboardOf({ routers, entryPoints }, settings?.api, known);
  return {
    product: 'traefik',
    source: parts.source,
    files: parts.files,
    standing: parts.standing,
    ...(parts.version !== undefined && { version: parts.version }),
    ...(parts.runsIn && { runsIn: parts.runsIn }),
    entryPoints: entryPoints.map(
      ({ middlewares: _, resolver: __, isDefault: ___, ...entryPoint }) => entryPoint,
    ),
    routers,
    services: services.map((service) => withMembers(service, services)),
    middlewares,
    resolvers: settings?.resolvers ?? [],
    ...(dashboard && { dashboard }),
    providers: settings?.providers ?? [],
    blindSpots: [
      ...(settings?.blindSpots ?? []),
      ...dynamic.flatMap((one) => one.blindSpots),
      ...(parts.blindSpots ?? []),
    ],
  };
}

interface Named {
  name: string;
  provider?: string;
}

/**
 * Of two files that define one name the first is read, by the names of the files (pkg/provider/file, file.go); of two
 * containers that say the same, one.
 */
function once<T extends Named>(dynamic: readonly DynamicConfig[], partsOf: (one: DynamicConfig) => T[]): T[] {
  const seen = new Set<string>();
  return dynamic.flatMap((one) => {
    const keyOf = (part: T) =>
      `${part.provider} ${part.name} ${part.provider === 'file' ? '' : saidBy(part)}`;
    // names that templates make may differ
    const left = partsOf(one).filter((part) => part.name.includes('$') || !seen.has(keyOf(part)));
    for (const part of left) seen.add(keyOf(part));
    return left;
  });
}

const saidBy = (part: object): string => JSON.stringify({ ...part, at: undefined });

/** A service of several containers has the servers of all of them. */
function balanced(services: readonly DynamicService[]): DynamicService[] {
  const byName = new Map<string, DynamicService>();
  for (const service of services) {
    const key = `${service.provider} ${service.name} ${service.servers[0]?.scheme}`;
    const known = byName.get(key);
    const isShared = known && service.provider !== 'file';
    if (isShared) byName.set(key, { ...known, servers: [...known.servers, ...service.servers] });
    else byName.set(known ? `${key} ${byName.size}` : key, service);
  }
  return [...byName.values()];
}

/** Routers that name none listen on the default ones; what their entry points state comes before what they state. */
function onEntryPoints(router: ProxyRouter, entryPoints: StaticConfig['entryPoints']): ProxyRouter {
  if (entryPoints.length === 0) return router;
  const defaults = entryPoints.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  const names = router.entryPoints.length > 0 ? router.entryPoints : defaults;
  const own = entryPoints.filter(({ name }) => names.includes(name));
  const isAll = own.length > 0 && own.length === names.length;
  const before = own[0]?.middlewares ?? [];
  // where they differ, the router is another one on each
  const isAlike = isAll && own.every((one) => String(one.middlewares) === String(before));
  const isTls = isAll && own.every((one) => one.isTls);
  const resolver = own[0]?.resolver;
  const isSameResolver = own.every((one) => one.resolver === resolver);
  const tls =
    router.tls ?? (isTls ? { ...(isSameResolver && resolver !== undefined && { resolver }) } : undefined);
  return {
    ...router,
    entryPoints: names,
    middlewares: isAlike ? [...before, ...router.middlewares] : router.middlewares,
    ...(tls && { tls }),
  };
}

const DEEPEST = 8;
const MOST_SERVERS = 500;

/** A service that hands on to others answers by their servers. */
function withMembers(service: DynamicService, all: readonly DynamicService[]): ProxyService {
  const serversOf = ({ servers, members, provider }: DynamicService, depth: number): ProxyServer[] => [
    ...servers,
    ...(depth > DEEPEST ? [] : members).flatMap(({ service: written, isBackup }) => {
      const named = /@([^@]*)$/.exec(written)?.[1] ?? provider;
      const member = all.find((one) => one.name === bare(written) && sameProvider(one.provider, named));
      const servers = member ? serversOf(member, depth + 1) : [];
      return isBackup ? servers.map((server) => ({ ...server, isBackup })) : servers;
    }),
  ];
  const { members: _, ...rest } = service;
  return { ...rest, servers: serversOf(service, 0).slice(0, MOST_SERVERS) };
}
