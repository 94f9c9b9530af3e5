import type { EntryPoint, ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { hostFits, isHeld, type ProxyRequest, pathFits, type Routed, unknownRoute } from './proxy-match.ts';
import { nginxRoute } from './proxy-route-nginx.ts';

/**
 * The router of a configuration that takes a request, by each product's own order: nginx's names and locations
 * (“Server names”, `location`), Traefik's priorities (“Routers”, “Priority”), the order of HAProxy's rules (7.2, `use_backend`),
 * Caddy's most specific site and then its directives in their order (“Directive order”, which the collector has applied).
 */
export function routeOf(config: ProxyConfig, request: ProxyRequest): Routed {
  const asked = {
    ...request,
    host: request.host.toLowerCase().replace(/\.$/, ''),
    path: request.path.split(/[?#]/)[0] || '/',
  };
  const found = entryPointOf(config, asked);
  if ('is' in found) return found;
  if (found.redirect) return { is: 'redirect', entryPoint: found };
  const own = config.routers.filter(
    ({ entryPoints, provider, status }) =>
      (entryPoints.length === 0 || entryPoints.includes(found.name)) &&
      !/^(?:stream|mail|tcp)$/.test(provider ?? '') &&
      status !== 'disabled',
  );
  if (own.length === 0) return nothing(config, none('aucun routeur n’écoute là', 'no router listens there'));
  const isTls = asked.isTls ?? found.isTls;
  const routed =
    config.product === 'nginx'
      ? nginxRoute(own, asked, found, isTls)
      : inOrder(ordered(config, own, asked, isTls), asked, isTls, config.product === 'caddy');
  if (routed.is === 'none') return nothing(config, routed);
  if (routed.is !== 'router') return routed;
  const { unless } = routed;
  return { ...routed, isCertain: unless.length === 0 && config.blindSpots.length === 0 };
}

const none = (fr: string, en: string): Extract<Routed, { is: 'none' }> => ({ is: 'none', why: { fr, en } });

/** No claim of absence is made from a configuration of which a part was not understood. */
function nothing({ blindSpots }: ProxyConfig, found: Extract<Routed, { is: 'none' }>): Routed {
  const [first] = blindSpots;
  if (!first) return found;
  const what = code(first.what);
  return unknownRoute(`${what} n’a pas été lu`, `${what} was not read`);
}

/** The entry point of a port: that of the address where it is told, else the one that takes any address. */
function entryPointOf(
  config: ProxyConfig,
  { port, address }: ProxyRequest,
): EntryPoint | Exclude<Routed, { is: 'router' }> {
  const own = config.entryPoints.filter(
    (one) => one.port === port && one.protocol === 'tcp' && !/^(?:stream|mail) /.test(one.name),
  );
  const exact = address === undefined ? undefined : own.find((one) => one.address === address);
  const any =
    own.find((one) => one.address === '' || one.address === '0.0.0.0') ??
    own.find((one) => one.address === '::');
  const found = exact ?? any ?? (own.length === 1 && address === undefined ? own[0] : undefined);
  if (found) return found;
  const shown = code(port);
  if (own.length > 0)
    return unknownRoute(
      `le port ${shown} est écouté à plusieurs adresses`,
      `port ${shown} is listened on at several addresses`,
    );
  // a port that only the run knows may be this one
  const open = config.entryPoints.find((one) => one.port === 0 && /[$_%{]/.test(one.name));
  if (open)
    return unknownRoute(
      `${code(open.name)} n’est connu qu’à l’exécution`,
      `${code(open.name)} is known to the run alone`,
    );
  return nothing(
    config,
    none(`rien n’écoute sur le port ${shown}`, `nothing listens on port ${shown}`),
  ) as Exclude<Routed, { is: 'router' }>;
}

/** The routers in the order in which the product asks them. */
function ordered(
  config: ProxyConfig,
  routers: readonly ProxyRouter[],
  asked: ProxyRequest,
  isTls: boolean,
): ProxyRouter[] {
  if (config.product === 'traefik') {
    const weight = ({ priority, rule }: ProxyRouter) => priority || rule.length;
    return routers
      .filter(({ tls }) => asked.isTls === undefined || (tls !== undefined) === isTls)
      .sort((a, b) => weight(b) - weight(a));
  }
  if (config.product !== 'caddy') return [...routers];
  // the site whose name fits best takes the request, whatever the order of sites
  const fits = [...Map.groupBy(routers, ({ site }) => site ?? '')].map(([, own]) => ({
    own,
    best: Math.max(...own.map(({ match }) => hostFits(match.hosts, asked.host) ?? 1.5)),
  }));
  return fits.sort((a, b) => b.best - a.best).flatMap(({ own }) => own);
}

function inOrder(
  routers: readonly ProxyRouter[],
  asked: ProxyRequest,
  isTls: boolean,
  isBySite: boolean,
): Routed {
  const unless: ProxyRouter[] = [];
  let taken: string | undefined;
  for (const router of routers) {
    const { match } = router;
    const host = hostFits(match.hosts, asked.host);
    if (host === 0) continue;
    // once a site of Caddy has taken the request no other one is asked
    if (isBySite && taken !== undefined && router.site !== taken) break;
    if (host !== undefined) taken ??= router.site;
    const path = pathFits(match.paths, asked.path);
    const conditions = match.other.map((one) => isHeld(one, isTls));
    if (path === false || conditions.includes(false)) continue;
    if (host === undefined || path === undefined || conditions.includes(undefined)) {
      unless.push(router);
      continue;
    }
    return { is: 'router', router, unless, isCertain: false };
  }
  if (unless.length > 0) {
    const names = unless
      .slice(0, 3)
      .map(({ name }) => code(name))
      .join(', ');
    return unknownRoute(
      `cela dépend de conditions qui ne se lisent pas dans l’URL\u00a0: ${names}`,
      `it hangs on conditions that a URL does not tell: ${names}`,
    );
  }
  return none('aucune règle ne prend cet hôte et ce chemin', 'no rule takes this host and path');
}
