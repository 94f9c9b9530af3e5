import type { Kind } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { ProxyConfig, ProxyMiddleware, ProxyRouter } from '#model/proxy.ts';
import { code, codes } from '#model/text.ts';
import type { ProxyRequest, Routed } from '../../proxy-match.ts';
import { routeOf } from '../../proxy-route.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type At, hopAt, type Onward, onward, perhaps, plainHost, refusalOf, together } from './at.ts';
import { certificateSide } from './certificate.ts';
import { serviceAt } from './upstream.ts';

/** What a router, server or site of each product is seen as. */
const SITES: Readonly<Record<ProxyConfig['product'], Kind>> = {
  traefik: 'Traefik::Router',
  nginx: 'Nginx::Server',
  caddy: 'Caddy::Site',
  haproxy: 'HAProxy::Frontend',
};

/** The name under which facts call what a router stands in. */
function siteName({ product }: ProxyConfig, { name, site, provider }: ProxyRouter): string {
  if (product === 'traefik') return provider === 'internal' ? `${name}@internal` : name;
  if (product === 'nginx') return name.split(' ')[0] ?? name;
  return product === 'caddy' ? (site?.split(', ')[0] ?? name) : (site ?? name);
}

/**
 * Where a proxy leads a request that comes to one of its ports.
 * @param port as the proxy itself sees it
 */
export function routed(at: At, config: ProxyConfig, port: number): Onward {
  const { request } = at;
  const asked: ProxyRequest = {
    host: plainHost(request.host),
    port,
    path: request.path,
    isTls: request.scheme === 'https',
    ...(at.address !== undefined && { address: at.address }),
  };
  const { address: _, ...here } = at;
  const found = routeOf(config, asked);
  const told = together(disabledRouter(here, config, asked, found), taken(here, config, asked, found));
  return at.isChanged ? perhaps(told) : told;
}

function taken(at: At, config: ProxyConfig, { host, path }: ProxyRequest, found: Routed): Onward {
  const shown = code(`${host}${path}`);
  const evidence = config.routers.slice(0, 1).map((one) => one.at);
  const values = { host: at.state.name, product: config.product };
  const refusal = refusalOf(at.state, config.product);
  if (found.is === 'redirect') {
    const { redirect = {}, name } = found.entryPoint;
    const to = config.entryPoints.find((one) => one.name === redirect.entryPoint);
    const scheme = redirect.scheme ?? 'https';
    return redirected(at, { scheme, port: redirect.port ?? to?.port }, `${name}`, found.entryPoint.at);
  }
  if (found.is === 'router') {
    const way = hopAt(
      at,
      { kind: SITES[config.product], name: siteName(config, found.router), role: 'router' },
      (here) => through(here, config, found.router, host),
    );
    return found.isCertain ? way : perhaps(way);
  }
  const parts = { evidence, values };
  if (found.is === 'unknown' || refusal) {
    const why = found.is === 'unknown' ? found.because : found.why;
    return onward({
      checks: [
        unknown(
          'router-missing',
          say(
            `on ne sait pas quel routeur prend ${shown}\u00a0: ${why.fr}`,
            `which router takes ${shown} is not known: ${why.en}`,
          ),
          refusal,
          parts,
        ),
      ],
    });
  }
  // one that is disabled is told instead
  if (isDisabledMeant(config, at, host)) return onward();
  return onward({
    checks: [
      fail(
        'router-missing',
        say(
          `aucun routeur ne prend ${shown}\u00a0: ${found.why.fr}`,
          `no router takes ${shown}: ${found.why.en}`,
        ),
        parts,
      ),
    ],
  });
}

/** A configuration in which what is disabled would run. */
const allEnabled = (config: ProxyConfig): ProxyConfig => ({
  ...config,
  routers: config.routers.map((one) => (one.status === 'disabled' ? { ...one, status: 'enabled' } : one)),
});

const isDisabledMeant = (config: ProxyConfig, { request }: At, host: string): boolean =>
  config.routers.some(
    (one) =>
      one.status === 'disabled' &&
      (one.match.hosts.length === 0 || one.match.hosts.includes(host)) &&
      (one.match.paths.length === 0 || one.match.paths.some(({ value }) => request.path.startsWith(value))),
  );

/** A router that would take the request, and that the proxy has switched off for what is wrong with it. */
function disabledRouter(at: At, config: ProxyConfig, asked: ProxyRequest, found: Routed): Onward {
  if (found.is === 'redirect' || !config.routers.some(({ status }) => status === 'disabled')) return onward();
  const all = allEnabled(config);
  const would = routeOf(all, asked);
  if (would.is !== 'router') return onward();
  const meant = config.routers[all.routers.indexOf(would.router)];
  if (meant?.status !== 'disabled') return onward();
  const why = meant.errors.slice(0, 3).join('; ').slice(0, 300);
  const told = hopAt(at, { kind: SITES[config.product], name: siteName(config, meant), role: 'router' }, () =>
    onward({
      checks: [
        fail(
          'router-disabled',
          say(
            `le routeur ${code(meant.name)} prendrait la requête, mais il est désactivé${why && `\u00a0: ${code(why)}`}`,
            `the router ${code(meant.name)} would take the request, but it is disabled${why && `: ${code(why)}`}`,
          ),
          { evidence: [meant.at], values: { host: at.state.name, router: meant.name } },
        ),
      ],
    }),
  );
  return would.isCertain ? told : perhaps(told);
}

/** What a router does with what it takes. */
function through(at: At, config: ProxyConfig, router: ProxyRouter, host: string): Onward {
  const { target } = router;
  const values = { host: at.state.name, product: config.product, router: router.name };
  const parts = { evidence: [router.at], values };
  const isByName = router.match.hosts.includes(host) || router.match.hosts.some((one) => /[*~]/.test(one));
  const own = router.middlewares.length > 0 ? codes(router.middlewares, 4) : undefined;
  const shown = code(router.name);
  const good = (fr: string, en: string): Check =>
    pass(
      'router-missing',
      say(
        `${shown} prend la requête${own ? `, par ${own.fr}` : ''}${fr}`,
        `${shown} takes the request${own ? `, through ${own.en}` : ''}${en}`,
      ),
      parts,
    );
  const side =
    at.request.scheme === 'https' && at.isInside !== true ? certificateSide(at, config, router) : [];
  const middlewares = router.middlewares.flatMap((name) => middlewareOf(config, name) ?? []);
  const isSecured = middlewares.find(
    ({ type, settings }) => type === 'redirectScheme' && settings.scheme === 'https',
  );
  if (isSecured && at.request.scheme === 'http') {
    const port = Number(isSecured.settings.port);
    const way = redirected(
      at,
      { scheme: 'https', port: port > 0 ? port : undefined },
      isSecured.name,
      router.at,
    );
    return together(onward({ checks: [good('', '')], side }), way);
  }
  switch (target.to) {
    case 'service': {
      const changed = requestAfter(at.request, middlewares);
      const way = serviceAt(
        { ...at, request: changed.request, ...(changed.isOpen && { isChanged: true }) },
        config,
        target.service,
        router,
      );
      const isElsewhere = middlewares.some(({ type }) => type === 'redirectRegex');
      return together(onward({ checks: [good('', '')], side }), isElsewhere ? perhaps(way) : way);
    }
    case 'files': {
      const root = code(target.root);
      return onward({
        checks: [good(`, servie des fichiers de ${root}`, `, served from the files of ${root}`)],
        side,
      });
    }
    case 'answer': {
      const { status, location } = target;
      if (location !== undefined && status >= 300 && status < 400)
        return together(
          onward({ checks: [good(`, et répond ${code(status)}`, `, and answers ${code(status)}`)], side }),
          toLocation(at, config, location, router),
        );
      if (status < 400 || isByName)
        return onward({
          checks: [good(`, et répond ${code(status)}`, `, and answers ${code(status)}`)],
          side,
        });
      return onward({
        checks: [
          fail(
            'router-missing',
            say(
              `rien ne nomme ${code(host)}\u00a0: ${shown} prend ce que rien ne nomme, et répond ${code(status)}`,
              `nothing names ${code(host)}: ${shown} takes what nothing names, and answers ${code(status)}`,
            ),
            { ...parts, certainty: 'probable' },
          ),
        ],
        side,
      });
    }
    case 'internal':
      return onward({ checks: [good(`, vers ${code(target.what)}`, `, to ${code(target.what)}`)], side });
    default:
      return onward({
        checks: [
          unknown(
            'upstream-address-unknown',
            say(`on ne sait pas où ${shown} mène`, `where ${shown} leads is not known`),
            undefined,
            parts,
          ),
        ],
        side,
      });
  }
}

function middlewareOf({ middlewares }: ProxyConfig, name: string): ProxyMiddleware | undefined {
  const [own, provider] = name.split('@');
  return middlewares.find((one) => one.name === own && (provider === undefined || one.provider === provider));
}

/** The path after the middlewares of Traefik that change it. Traefik documentation, “StripPrefix”, “AddPrefix”, “ReplacePath”. */
function requestAfter(
  request: PathRequest,
  middlewares: readonly ProxyMiddleware[],
): { request: PathRequest; isOpen: boolean } {
  let { path } = request;
  let isOpen = false;
  for (const { type, settings } of middlewares) {
    const { prefixes, prefix, path: whole } = settings;
    if (type === 'stripPrefix' && Array.isArray(prefixes)) {
      const own = prefixes.find((one) => path.startsWith(one));
      if (own !== undefined) path = `/${path.slice(own.length).replace(/^\/+/, '')}`;
    } else if (type === 'addPrefix' && typeof prefix === 'string')
      path = `${prefix.replace(/\/$/, '')}${path}`;
    else if (type === 'replacePath' && typeof whole === 'string') path = whole;
    else if (/^(?:stripPrefixRegex|replacePathRegex|chain|plugin:.*)$/.test(type)) isOpen = true;
  }
  return { request: { ...request, path }, isOpen };
}

interface To {
  scheme: string;
  /** As the proxy sees it; undefined: the scheme's own. */
  port: number | undefined;
}

/** The client is sent elsewhere, and comes again. */
function redirected(at: At, to: To, by: string, place: ProxyRouter['at']): Onward {
  const { request } = at;
  // a port is sent as the proxy calls its own, whatever it is published as
  const own = to.scheme === 'https' ? 443 : 80;
  const next: PathRequest = { ...request, scheme: to.scheme, port: to.port ?? own };
  return again(at, next, by, place);
}

/** Variables by which products write the host that was asked for. */
const SAME_HOST =
  /^(?:\$host|\$http_host|\$server_name|\{host\}|\{hostport\}|%\[(?:hdr\(host\)|req\.hdr\(host\))\])$/i;

function toLocation(at: At, config: ProxyConfig, location: string, router: ProxyRouter): Onward {
  const shown = code(location);
  const told =
    /^(https?|\$scheme):\/\/([^/:$]{1,253}|\$\w{1,40}|\{\w{1,40}\})(?::(\d{1,5}))?(\/.*|\$request_uri|\{uri\})?$/i.exec(
      location.slice(0, 600),
    );
  const host = told?.[2] ?? '';
  const isSame = SAME_HOST.test(host) || plainHost(host) === plainHost(at.request.host);
  const scheme = told?.[1] === '$scheme' ? at.request.scheme : (told?.[1]?.toLowerCase() ?? '');
  const rest = told?.[4] ?? '/';
  const path = /^(?:\$request_uri|\{uri\}|\/?\$uri)/.test(rest) ? at.request.path : rest;
  if (told && isSame && !/[${]/.test(path)) {
    const port = Number(told[3] ?? (scheme === 'https' ? 443 : 80));
    return again(at, { ...at.request, scheme, port, path }, router.name, router.at);
  }
  return onward({
    checks: [
      pass('router-missing', say(`le client est renvoyé vers ${shown}`, `the client is sent to ${shown}`), {
        evidence: [router.at],
        values: { host: at.state.name, product: config.product },
      }),
    ],
  });
}

function again(at: At, request: PathRequest, by: string, place: ProxyRouter['at']): Onward {
  const { scheme, host, port, path } = request;
  const where = `${scheme}://${host}:${port}${path}`;
  const parts = { evidence: [place], values: { host: at.state.name } };
  const text = say(
    `${code(by)} renvoie vers ${code(`${scheme}://${host}:${port}`)}`,
    `${code(by)} redirects to ${code(`${scheme}://${host}:${port}`)}`,
  );
  if (at.entered.includes(where))
    return onward({
      checks: [
        unknown(
          'router-missing',
          say(`${text.fr}, d’où la requête vient`, `${text.en}, where the request came from`),
          undefined,
          parts,
        ),
      ],
    });
  const way = at.ways.enter({ ...at, request });
  const told = onward({ checks: [pass('router-missing', text, parts)] });
  // who stands before the host is asked again first
  return together(told, at.passed.some(({ kind }) => kind.startsWith('Cloudflare::')) ? perhaps(way) : way);
}
