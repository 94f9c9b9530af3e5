import type { Fact, Kind, RelationFact } from '#model/fact.ts';
import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import { statusOf } from './repo/name-status.ts';

const SITES: Partial<Record<ProxyConfig['product'], Kind>> = {
  nginx: 'Nginx::Server',
  caddy: 'Caddy::Site',
  haproxy: 'HAProxy::Frontend',
};
const GROUPS: Partial<Record<ProxyConfig['product'], Kind>> = {
  nginx: 'Nginx::Upstream',
  haproxy: 'HAProxy::Backend',
};
/** Names that any installation has: what two of them serve is not to be compared. */
const ANYBODYS = new Set(['_', 'localhost', ':80', ':443']);
const MOST_LISTED = 200;
const MOST_ROUTERS = 5_000;

/**
 * The facts of one configuration of nginx, Caddy or HAProxy: its servers, sites and frontends with where they lead, and
 * the groups of servers by name. The same for what files declare and for what a host runs, so that both can be compared.
 */
export function proxyFacts(config: ProxyConfig, environments: string[] = []): Fact[] {
  const { product } = config;
  const site = SITES[product];
  const group = GROUPS[product];
  const base: Pick<Fact, 'source' | 'sort' | 'environments' | 'verb' | 'certainty'> = {
    source: config.source,
    sort: config.source === 'host' ? 'observed' : config.standing,
    environments,
    ...(config.source === 'repo' && { verb: 'creates', certainty: 'static' }),
  };
  const place = {
    ...(config.host !== undefined && { host: config.host }),
    ...(config.runsIn?.container !== undefined && { container: config.runsIn.container }),
  };
  // a router of `stream` serves no host
  const routers = config.routers.filter(({ provider }) => provider !== 'stream' && provider !== 'mail');
  const services = new Map(config.services.map((service) => [service.name, service]));
  const facts: Fact[] = [];
  for (const [name, own] of site ? Map.groupBy(routers, (router) => siteName(config, router)) : []) {
    const status = statusOf(name);
    const [first] = own;
    if (!site || !first || !status || first.match.other.includes('server')) continue;
    facts.push({
      ...base,
      kind: site,
      name,
      nameStatus: status,
      evidence: (own.find(({ rule }) => rule === 'server') ?? first).at,
      properties: { ...place, ...siteProperties(config, name, own) },
      ...related(own, services, group),
    });
  }
  for (const service of group ? config.services : []) {
    const status = statusOf(service.name);
    if (!group || !status || !isGroup(service)) continue;
    facts.push({
      ...base,
      kind: group,
      name: service.name,
      nameStatus: status,
      evidence: service.at,
      properties: { ...place, servers: service.servers.map(addressOf).slice(0, MOST_LISTED) },
    });
  }
  return facts;
}

/** A service that is called by a name of its own, and not by the address of its server. */
const isGroup = ({ name }: ProxyService): boolean => !name.includes('://') && !/\s/.test(name);

/** The first name of a server or site: those after it are properties. */
const siteName = ({ product }: ProxyConfig, { site, name }: ProxyRouter): string => {
  if (product === 'nginx') return name.split(' ')[0] ?? name;
  return product === 'caddy' ? (site?.split(', ')[0] ?? name) : (site ?? name);
};

function siteProperties(config: ProxyConfig, name: string, own: readonly ProxyRouter[]) {
  const hosts = [
    ...new Set(own.slice(0, MOST_ROUTERS).flatMap(({ match }) => match.hosts.slice(0, MOST_LISTED))),
  ].filter((host) => host !== '_');
  // routers of one server share the list
  const lists = new Set(own.map(({ entryPoints }) => entryPoints));
  const listens = [
    ...new Set([...lists].slice(0, MOST_LISTED).flatMap((list) => list.slice(0, MOST_LISTED))),
  ];
  const routes = [
    ...new Set(own.map((router) => `${pathsOf(router, config.product)} → ${targetOf(router)}`)),
  ];
  const files = [...new Set(config.files)];
  return {
    ...(hosts.length > 0 && { names: hosts.slice(0, MOST_LISTED) }),
    ...(listens.length > 0 && { listens }),
    ...(ANYBODYS.has(name) ? {} : { routes: routes.slice(0, MOST_LISTED) }),
    ...(files.length > 0 && { files: files.slice(0, 20) }),
  };
}

const pathsOf = ({ rule, match }: ProxyRouter, product: ProxyConfig['product']): string =>
  [
    ...(match.paths.length > 0
      ? match.paths.map(({ how, value }) =>
          how === 'prefix' ? value : how === 'exact' ? `=${value}` : `~${value}`,
        )
      : [
          match.other.length === 0
            ? match.hosts.length > 0 && product === 'haproxy'
              ? match.hosts.join('|')
              : '*'
            : rule,
        ]),
  ].join(' ');

function targetOf({ target }: ProxyRouter): string {
  switch (target.to) {
    case 'service':
      return target.service;
    case 'files':
      return target.root;
    case 'answer':
      return target.location === undefined ? String(target.status) : `${target.status} ${target.location}`;
    case 'internal':
      return target.what;
    default:
      return '?';
  }
}

const addressOf = ({ host, port, text }: ProxyServer): string => {
  if (host === '') return text.split(' ')[0] ?? text;
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
};

function related(
  own: readonly ProxyRouter[],
  services: ReadonlyMap<string, ProxyService>,
  group: Kind | undefined,
): { relations?: RelationFact[] } {
  if (!group) return {};
  const names = new Set(
    own.flatMap(({ target }) => {
      const service = target.to === 'service' ? services.get(target.service) : undefined;
      if (!service) return [];
      if (isGroup(service)) return [service.name];
      // `http://backend/v1/` leads to the upstream `backend`
      const named = /^[a-z]+:\/\/([\w.-]{1,200})/.exec(service.name)?.[1];
      return named !== undefined && services.has(named) ? [named] : [];
    }),
  );
  const relations = [...names].map(
    (name): RelationFact => ({ type: 'routes-to', to: { kind: group, name } }),
  );
  return relations.length > 0 ? { relations } : {};
}
