import type { CallEvidence, FileEvidence } from './evidence.ts';

export const PROXIES = ['traefik', 'nginx', 'caddy', 'haproxy'] as const;
export type ProxyProduct = (typeof PROXIES)[number];

/**
 * The configuration of one reverse proxy, in one shape for all of them: as files declare it (`source: 'repo'`), or as a
 * running one says it is in effect (`source: 'host'`). Entry point → router → middlewares → service → server. Holds no
 * secret value. Not part of the JSON report.
 */
export interface ProxyConfig {
  product: ProxyProduct;
  source: 'repo' | 'host';
  /** Of a declaration: the files it is made of, the first one first. For labels of Compose: the compose file. */
  files: string[];
  /** What its files' names say: a copy out of use, or an example to be copied, is not the running one. */
  standing: 'declared' | 'reference' | 'retired';
  /** Of a running one: the host, and the container or unit that it runs in. */
  host?: string;
  runsIn?: { container?: string; unit?: string };
  version?: string;
  /** Of a declaration: the services of Compose whose containers are given its files, by a mount or by their image. */
  givenTo?: { file: string; service: string }[];
  entryPoints: EntryPoint[];
  routers: ProxyRouter[];
  services: ProxyService[];
  middlewares: ProxyMiddleware[];
  resolvers: { name: string; type: string; at: ProxyPlace }[];
  /** Traefik's dashboard and API, Caddy's admin, HAProxy's stats, nginx's `stub_status`. */
  dashboard?: Dashboard;
  /** Traefik's providers that are switched on (`docker`, `file`, `swarm`…), and where the files are watched. */
  providers: { name: string; at: ProxyPlace; path?: string; exposedByDefault?: boolean }[];
  /**
   * What stands in the files and was not understood, or an include that leads to no file: what it would change is not
   * known. No claim of absence is made from a configuration that has any.
   */
  blindSpots: { what: string; at: ProxyPlace }[];
}

export type ProxyPlace = FileEvidence | CallEvidence;

/** Where requests come in: an entry point of Traefik, a `listen` of nginx, a `bind` of HAProxy. */
export interface EntryPoint {
  name: string;
  /** Empty: every address. */
  address: string;
  port: number;
  protocol: 'tcp' | 'udp';
  isTls: boolean;
  /** Everything is led elsewhere: `{ scheme: 'https', port: 443 }`. */
  redirect?: { scheme?: string; port?: number; entryPoint?: string };
  at: ProxyPlace;
}

export interface RouteMatch {
  /** Lower case; `*.example.org` and `~regex` as the product writes them; empty: any. */
  hosts: string[];
  /** Any of these; empty: any path. */
  paths: { how: 'prefix' | 'exact' | 'regex'; value: string }[];
  /** Conditions that are not on host or path, as written: whether they hold is not told. */
  other: string[];
}

/** One way of a request: a router of Traefik, a location of an nginx server, a route of Caddy, a `use_backend` of HAProxy. */
export interface ProxyRouter {
  /** As the product names it (`api@file` is `api` with the provider `file`); of nginx `<server_name> <location>`. */
  name: string;
  /**
   * Routers that are asked only once one thing has taken the request have its name, unique in the configuration: an nginx
   * `server`, a site of Caddy, a frontend of HAProxy.
   */
  site?: string;
  /** Of nginx: names of {@link EntryPoint} on which its server takes the hosts that no other names. */
  defaultOn?: string[];
  /** `file`, `docker`, `internal`… */
  provider?: string;
  /** Names of {@link EntryPoint}; empty: all of them. */
  entryPoints: string[];
  match: RouteMatch;
  /** As written. */
  rule: string;
  /** The higher one is asked first; undefined: the product's own order. */
  priority?: number;
  /** `name` or `name@provider`, in order. */
  middlewares: string[];
  /** Where it leads: a service by name (with provider where it is said), files, or an answer of its own. */
  target:
    | { to: 'service'; service: string }
    | { to: 'files'; root: string }
    | { to: 'answer'; status: number; location?: string }
    | { to: 'internal'; what: string }
    | { to: 'unknown' };
  tls?: { resolver?: string; certificate?: string };
  /** Of a running one: `enabled`, `disabled`, `warning`, and what it says is wrong. */
  status?: string;
  errors: string[];
  /** What is asked of who comes: a password, an address, another service; from middlewares or directives. */
  guards: string[];
  at: ProxyPlace;
}

export interface ProxyService {
  name: string;
  provider?: string;
  servers: ProxyServer[];
  healthCheck?: { path: string; interval?: string };
  /** The path of the request is changed before it goes on: the prefix that is taken off, the path that is put before. */
  rewrites?: { strip?: string; add?: string };
  status?: string;
  errors: string[];
  at: ProxyPlace;
}

export interface ProxyServer {
  scheme: string;
  /** A name, or an address without brackets; empty where it is a socket or a variable (`text` has it). */
  host: string;
  port?: number;
  path?: string;
  /** As written. */
  text: string;
  isBackup?: boolean;
  isDown?: boolean;
  /** Of a running one: what its health check says. */
  status?: 'up' | 'down';
}

export interface ProxyMiddleware {
  name: string;
  provider?: string;
  /** As the product writes it: `basicAuth`, `ipAllowList`, `stripPrefix`, `redirectScheme`, `rateLimit`, `plugin:geoblock`… */
  type: string;
  /** What it does to requests, without secret values: prefixes, networks, schemes. */
  settings: Record<string, string | number | boolean | string[]>;
  status?: string;
  errors: string[];
  at: ProxyPlace;
}

export interface Dashboard {
  isOn: boolean;
  /** It answers without a router of its own (Traefik's `api.insecure`), on this port. */
  insecurePort?: number;
  /** The router that leads to it, and whether anything is asked of who comes. */
  router?: string;
  isGuarded: boolean | 'unknown';
  at: ProxyPlace;
}

/** A configuration in which nothing was found yet. */
export const emptyProxyConfig = (
  given: Pick<ProxyConfig, 'product' | 'source' | 'files' | 'standing'>,
): ProxyConfig => ({
  ...given,
  entryPoints: [],
  routers: [],
  services: [],
  middlewares: [],
  resolvers: [],
  providers: [],
  blindSpots: [],
});
