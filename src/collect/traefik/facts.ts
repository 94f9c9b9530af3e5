import type { Fact, Json, Kind, NameStatus, RelationFact } from '#model/fact.ts';
import type { ProxyConfig, ProxyMiddleware, ProxyPlace, ProxyRouter, ProxyService } from '#model/proxy.ts';
import { bare } from './guards.ts';

/** What of one configuration is not in the configuration itself. */
export interface FactContext {
  /** The environments that a file is of; of a running one, those of the host. */
  environmentsOf(place: ProxyPlace): string[];
  /** How a name is known; undefined where it can be none, or is only made at run time: no fact is made of it. */
  statusOf(name: string): NameStatus | undefined;
  /** The compose service that answers for a service of labels. */
  containerOf?(service: ProxyService): { name: string; scope: string } | undefined;
}

/**
 * The facts of a configuration, the same for what files declare and for what a running Traefik has: names without
 * providers, hosts and paths as properties. What is not known to the end (a variable in a host) is not stated.
 */
export function traefikFacts(config: ProxyConfig, context: FactContext): Fact[] {
  const isObserved = config.source === 'host';
  const make = (
    kind: Kind,
    { name, at }: { name: string; at: ProxyPlace },
    properties: Record<string, Json | undefined>,
    relations: RelationFact[] = [],
  ): Fact[] => {
    const nameStatus = context.statusOf(name);
    if (nameStatus === undefined) return [];
    return [
      {
        kind,
        name,
        source: isObserved ? 'host' : 'repo',
        sort: isObserved ? 'observed' : config.standing,
        nameStatus,
        evidence: at,
        environments: context.environmentsOf(at),
        ...(!isObserved && { verb: 'creates', certainty: 'static' }),
        properties: Object.fromEntries(
          Object.entries(properties).filter((entry): entry is [string, Json] => entry[1] !== undefined),
        ),
        ...(relations.length > 0 && { relations }),
      },
    ];
  };
  const isWhole = isObserved || config.entryPoints.length > 0;
  return [
    ...config.entryPoints.flatMap((entryPoint) =>
      make('Traefik::EntryPoint', entryPoint, {
        ...(entryPoint.port > 0 && { port: entryPoint.port }),
        ...(entryPoint.address !== '' && { address: entryPoint.address }),
        protocol: entryPoint.protocol,
      }),
    ),
    ...config.routers.flatMap((router) =>
      make('Traefik::Router', router, routerProperties(router, isWhole), routerRelations(router)),
    ),
    ...config.services.flatMap((service) => {
      const container = context.containerOf?.(service);
      return make(
        'Traefik::Service',
        service,
        serviceProperties(service, isObserved),
        container ? [{ type: 'routes-to', to: { kind: 'Compose::Service', ...container } }] : [],
      );
    }),
    ...config.middlewares.flatMap((middleware) =>
      make('Traefik::Middleware', middleware, middlewareProperties(middleware)),
    ),
  ];
}

const OPEN = /[$⟨⟩<>]|\{\{|…/;
/** A list whose every item is known, else nothing: what is known of a part is no statement of the whole. */
const known = (list: readonly string[]): string[] | undefined =>
  list.length === 0 || list.some((one) => OPEN.test(one)) ? undefined : [...list];

const PATHS = { prefix: 'PathPrefix', exact: 'Path', regex: 'PathRegexp' } as const;

function routerProperties(router: ProxyRouter, isWhole: boolean): Record<string, Json | undefined> {
  const { match, middlewares, status, tls, priority, guards, errors } = router;
  const paths = match.paths.map(({ how, value }) => `${PATHS[how]}(${value})`);
  return {
    provider: router.provider,
    hosts: known(match.hosts),
    paths: known(paths),
    conditions: known(match.other),
    entryPoints: known(router.entryPoints),
    // those of entry points stand before the router's own: without the entry points the list is not whole
    middlewares: isWhole ? known(middlewares.map(bare)) : undefined,
    guards: known(guards),
    resolver: tls?.resolver,
    priority,
    status,
    errors: known(errors),
  };
}

function routerRelations({ target, middlewares, entryPoints }: ProxyRouter): RelationFact[] {
  return [
    ...(target.to === 'service'
      ? [{ type: 'routes-to', to: { kind: 'Traefik::Service' as const, name: bare(target.service) } }]
      : []),
    ...[...new Set(middlewares.filter((name) => !name.endsWith('@internal')).map(bare))].map((name) => ({
      type: 'uses-middleware',
      to: { kind: 'Traefik::Middleware' as const, name },
    })),
    ...entryPoints.map((name) => ({
      type: 'listens-on',
      to: { kind: 'Traefik::EntryPoint' as const, name },
    })),
  ];
}

function serviceProperties(service: ProxyService, isObserved: boolean): Record<string, Json | undefined> {
  const servers = known(service.servers.map(({ text }) => text.replace(/\/$/, '')));
  // a container is declared by its name, and served at its address
  const isContainer = service.provider === 'docker' || service.provider === 'swarm';
  return {
    provider: service.provider,
    ...(isObserved && isContainer ? { addresses: servers } : { servers }),
    healthCheck: service.healthCheck?.path,
    status: service.status,
    errors: known(service.errors),
  };
}

function middlewareProperties({ provider, type, settings, status, errors }: ProxyMiddleware) {
  return {
    provider,
    type,
    prefixes: Array.isArray(settings.prefixes) ? known(settings.prefixes) : undefined,
    sourceRange: Array.isArray(settings.sourceRange) ? known(settings.sourceRange) : undefined,
    status,
    errors: known(errors),
  };
}
