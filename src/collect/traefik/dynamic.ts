import type { ProxyConfig, ProxyMiddleware, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import { middlewareOf } from './middleware.ts';
import type { Option } from './option.ts';
import { readRule } from './rule.ts';
import { plainUrl } from './static.ts';

/** A service, with the services that it hands requests on to. */
export interface DynamicService extends ProxyService {
  /** Of weighted, mirroring and failover ones: `name` or `name@provider`. */
  members: { service: string; isBackup: boolean }[];
}

/** What a dynamic configuration defines: one file, or the labels of one container. */
export interface DynamicConfig {
  provider: string;
  routers: ProxyRouter[];
  services: DynamicService[];
  middlewares: ProxyMiddleware[];
  blindSpots: ProxyConfig['blindSpots'];
}

const PROTOCOLS = ['http', 'tcp', 'udp'] as const;
type Protocol = (typeof PROTOCOLS)[number];
const MOST = 5_000;

export const emptyDynamic = (provider: string): DynamicConfig => ({
  provider,
  routers: [],
  services: [],
  middlewares: [],
  blindSpots: [],
});

/** Whether options are those of a dynamic configuration. */
export const isDynamic = (top: Option): boolean =>
  PROTOCOLS.some((protocol) =>
    ['routers', 'services', 'middlewares', 'serversTransports'].some(
      (part) => top.get(protocol, part).exists,
    ),
  ) ||
  top.get('tls', 'certificates').items.some((item) => item.get('certFile').exists) ||
  top.get('tls', 'options').entries.some(([, option]) => option.isTable) ||
  top.get('tls', 'stores').isTable;

/**
 * What dynamic options define. Traefik, “HTTP routers”, “HTTP services”, “HTTP middlewares” and those of TCP and UDP.
 * @param provider what the names of what is defined here end with: `file`, `docker`, `swarm`
 */
export function readDynamic(top: Option, provider: string): DynamicConfig {
  const read = emptyDynamic(provider);
  for (const protocol of PROTOCOLS) {
    const part = top.get(protocol);
    for (const [name, option] of part.get('routers').entries.slice(0, MOST))
      read.routers.push(routerOf(name, option, provider, protocol));
    for (const [name, option] of part.get('services').entries.slice(0, MOST))
      read.services.push(serviceOf(name, option, provider, protocol));
    for (const [name, option] of part.get('middlewares').entries.slice(0, MOST))
      read.middlewares.push(middlewareOf(name, option, provider));
  }
  for (const router of read.routers)
    if (router.rule !== '' && router.match.other.includes(router.rule))
      if (!readRule(router.rule).isUnderstood)
        read.blindSpots.push({ what: `rule of ${router.name}`, at: router.at });
  return read;
}

/** Where a router leads: a service of a provider, or one of Traefik's own. */
export function targetOf(service: string | undefined): ProxyRouter['target'] {
  if (service === undefined || service === '') return { to: 'unknown' };
  const own = /^([\w-]+)@internal$/.exec(service)?.[1];
  return own === undefined ? { to: 'service', service } : { to: 'internal', what: own };
}

export function routerOf(
  name: string,
  option: Option,
  provider: string,
  protocol: Protocol = 'http',
): ProxyRouter {
  const written = option.get('rule').text ?? '';
  const { match, shown } =
    written === '' ? { match: { hosts: [], paths: [], other: [] }, shown: '' } : readRule(written);
  const given = option.get('priority').number ?? 0;
  // the longest rule is asked first, unless a priority is set; of an open name nobody knows the length
  const ofRule = /[${}]/.test(written) || written === '' ? undefined : written.length;
  const priority = given === 0 ? ofRule : given;
  const tls = tlsOf(option.get('tls'));
  return {
    name,
    provider,
    entryPoints: option.get('entryPoints').texts,
    match,
    rule: shown,
    ...(priority !== undefined && { priority }),
    middlewares: option.get('middlewares').texts,
    target: targetOf(option.get('service').text),
    ...(tls && { tls }),
    errors: [],
    guards: match.other.some((one) => /^ClientIP\(/i.test(one)) && protocol !== 'udp' ? ['ClientIP'] : [],
    at: option.at,
  };
}

function tlsOf(option: Option): ProxyRouter['tls'] {
  if (!option.exists || (option.flag === false && !option.isTable)) return undefined;
  const resolver = option.get('certResolver').text;
  return resolver ? { resolver } : {};
}

/** A server as a file or the API writes it: a URL of an HTTP service, `host:port` of the others. */
export function serverOf(written: string, protocol: Protocol = 'http'): ProxyServer {
  const text = plainUrl(written);
  const [, scheme = protocol, address = text, rest = ''] =
    /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#\s]{0,300})([^\s]{0,300})$/i.exec(text) ?? [];
  const [, bracketed, plain, digits] =
    /^(?:\[([^\]]{1,100})\]|([^:]{0,253}))(?::(\d{1,5}))?$/.exec(address) ?? [];
  const host = bracketed ?? plain ?? '';
  const isOpen = /[${}<>⟨]/.test(address);
  const port = digits ?? (protocol === 'http' ? { http: '80', https: '443', h2c: '80' }[scheme] : undefined);
  return {
    scheme,
    host: isOpen ? '' : host,
    ...(port !== undefined && !isOpen && Number(port) <= 65_535 && { port: Number(port) }),
    ...(rest !== '' && rest !== '/' && { path: rest }),
    text,
  };
}

export function serviceOf(
  name: string,
  option: Option,
  provider: string,
  protocol: Protocol = 'http',
): DynamicService {
  const balancer = option.get('loadBalancer');
  const servers = balancer.get('servers').items.flatMap((item): ProxyServer[] => {
    const written = item.get('url').text ?? item.get('address').text;
    return written === undefined ? [] : [serverOf(written, protocol)];
  });
  const check = balancer.get('healthCheck');
  const path = check.get('path').text;
  const interval = check.get('interval').text;
  return {
    name,
    provider,
    servers,
    ...(path !== undefined && { healthCheck: { path, ...(interval !== undefined && { interval }) } }),
    members: membersOf(option),
    errors: [],
    at: option.at,
  };
}

/** Copies that `mirroring` makes are answered to nobody: its main service alone counts. */
function membersOf(option: Option): DynamicService['members'] {
  const named = (service: string | undefined, isBackup = false) =>
    service === undefined || service === '' ? [] : [{ service, isBackup }];
  return [
    ...['weighted', 'highestRandomWeight'].flatMap((sort) =>
      option.get(sort, 'services').items.flatMap((item) => named(item.get('name').text)),
    ),
    ...named(option.get('mirroring', 'service').text),
    ...named(option.get('failover', 'service').text),
    ...named(option.get('failover', 'fallback').text, true),
  ];
}
