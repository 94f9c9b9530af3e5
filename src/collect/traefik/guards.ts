import type { Dashboard, ProxyConfig, ProxyMiddleware, ProxyRouter } from '#model/proxy.ts';
import type { StaticConfig } from './static.ts';

/** What a name of a middleware leads to; undefined where nothing that was read defines it. */
export type FindMiddleware = (name: string, provider: string | undefined) => ProxyMiddleware | undefined;

const GUARDS = new Set(['basicAuth', 'digestAuth', 'forwardAuth', 'ipAllowList', 'ipWhiteList']);
/** Plugins whose names say that they ask who comes. */
const PLUGIN_GUARD = /oidc|oauth|auth(?![a-z]*or)|sso|jwt|keycloak|ldap|allow-?list|white-?list|fail2ban/i;
const ANY_ADDRESS = /^(?:0\.0\.0\.0\/0|::\/0|0\.0\.0\.0\/1)$/;
const BOUNCER = /crowdsec|bouncer|fail2ban|geo-?(?:block|ip)|anubis/i;
const DEEPEST = 8;

/** `unknown`: a middleware that was not read, or a plugin that may ask or not. */
interface Asked {
  guards: string[];
  isUnknown: boolean;
  isRedirect: boolean;
}

/** What the middlewares of a router ask of who comes; chains are followed. */
export function askedBy(names: readonly string[], provider: string | undefined, find: FindMiddleware): Asked {
  const asked: Asked = { guards: [], isUnknown: false, isRedirect: false };
  const follow = (list: readonly string[], from: string | undefined, depth: number) => {
    for (const name of list) {
      const middleware = find(name, from);
      if (!middleware || depth > DEEPEST) asked.isUnknown = true;
      else if (middleware.type === 'chain')
        follow(textsOf(middleware.settings.middlewares), middleware.provider, depth + 1);
      else note(middleware, asked);
    }
  };
  follow(names, provider, 0);
  asked.guards = [...new Set(asked.guards)];
  return asked;
}

function note({ type, settings }: ProxyMiddleware, asked: Asked): void {
  if (type === 'redirectScheme') asked.isRedirect = true;
  if (type === 'redirectRegex' || type === 'unknown') asked.isUnknown = true;
  if (type.startsWith('plugin:')) {
    if (PLUGIN_GUARD.test(type)) asked.guards.push(type);
    else asked.isUnknown = true;
  }
  if (!GUARDS.has(type)) return;
  // what only turns away known attackers asks nothing of who comes
  if (type === 'forwardAuth' && BOUNCER.test(String(settings.address ?? ''))) return;
  const isOpen =
    type.startsWith('ip') && textsOf(settings.sourceRange).some((range) => ANY_ADDRESS.test(range));
  if (!isOpen) asked.guards.push(type);
}

const textsOf = (value: ProxyMiddleware['settings'][string] | undefined): string[] =>
  Array.isArray(value) ? value : [];

/** A name without the provider that it ends with. */
export const bare = (name: string): string => name.replace(/@[^@]*$/, '');

/** Looks a middleware up as Traefik does: without a provider in the name, among those of the same one. */
export function findIn(middlewares: readonly ProxyMiddleware[]): FindMiddleware {
  const byName = Map.groupBy(middlewares, ({ name }) => name);
  return (written, from) => {
    const [, name = written, named] = /^(.*)@([^@]*)$/.exec(written) ?? [];
    const provider = named ?? from;
    return byName.get(name)?.find((one) => sameProvider(one.provider, provider));
  };
}

/** Swarm's services are `docker` in version 2 and `swarm` since 3: which one it is the labels do not say. */
export const sameProvider = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b || (isContainers(a) && isContainers(b));

const isContainers = (provider: string): boolean => provider === 'docker' || provider === 'swarm';

/** The routers with what is asked of who comes through them. */
export const guarded = (routers: readonly ProxyRouter[], find: FindMiddleware): ProxyRouter[] =>
  routers.map((router) => {
    const { guards } = askedBy(router.middlewares, router.provider, find);
    return { ...router, guards: [...new Set([...router.guards, ...guards])] };
  });

const isDashboard = ({ target, match, middlewares }: ProxyRouter): boolean =>
  target.to === 'internal' &&
  /^(?:api|dashboard)$/.test(target.what) &&
  // it answers below `/api` and `/dashboard` alone, unless something changes the path before
  (match.paths.length === 0 || middlewares.length > 0 || match.paths.some(reachesIt));

const reachesIt = ({ how, value }: ProxyRouter['match']['paths'][number]): boolean =>
  how === 'regex' ||
  ['/api', '/dashboard'].some((own) => value.startsWith(own) || (how === 'prefix' && own.startsWith(value)));

/**
 * Traefik's dashboard and API: the least guarded way to it counts. One that only leads to HTTPS is none.
 * Traefik, “API”: without `insecure` it answers where a router leads to `api@internal`.
 */
export function dashboardOf(
  { routers, entryPoints }: Pick<ProxyConfig, 'routers' | 'entryPoints'>,
  api: StaticConfig['api'],
  find: FindMiddleware,
): Dashboard | undefined {
  const ways = routers
    .filter((router) => isDashboard(router) && router.provider !== 'internal')
    .map((router) => {
      const { guards, isUnknown, isRedirect } = askedBy(router.middlewares, router.provider, find);
      const isGuarded =
        guards.length > 0 || router.guards.length > 0 ? true : isUnknown ? ('unknown' as const) : false;
      return { router, isGuarded, isRedirect };
    })
    .filter(({ isRedirect }) => !isRedirect);
  const worst =
    ways.find(({ isGuarded }) => isGuarded === false) ??
    ways.find(({ isGuarded }) => isGuarded === 'unknown') ??
    ways[0];
  const place = api?.isInsecure === true ? api.at : (worst?.router.at ?? api?.at);
  if (!place) return undefined;
  const port = entryPoints.find(({ name }) => name === 'traefik')?.port ?? 8080;
  return {
    isOn: api !== undefined || worst !== undefined,
    ...(api?.isInsecure === true && { insecurePort: port }),
    ...(worst && { router: worst.router.name }),
    // of the router; what answers without one asks nothing
    isGuarded: worst?.isGuarded ?? api?.isInsecure !== true,
    at: place,
  };
}
