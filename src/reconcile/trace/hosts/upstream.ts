import { isIpAddress } from '#lib/ip-address.ts';
import type { Kind } from '#model/fact.ts';
import type { PathRequest } from '#model/path.ts';
import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { fail, say, unknown } from '../checks.ts';
import {
  type At,
  hopAt,
  isLoopback,
  type Onward,
  onward,
  perhaps,
  plainHost,
  refusalOf,
  together,
} from './at.ts';
import { toAddress, toName } from './to-container.ts';
import { type Asked, open, toGateway, toLoopback, type Way } from './to-host.ts';

const GROUPS: Partial<Record<ProxyConfig['product'], Kind>> = {
  traefik: 'Traefik::Service',
  nginx: 'Nginx::Upstream',
  haproxy: 'HAProxy::Backend',
};
/** Servers of one service that are told: of a hundred the first ones. */
const MOST_SERVERS = 8;

/** Where a service of a proxy leads: to one of its servers, of which one that answers is enough. */
export function serviceAt(at: At, config: ProxyConfig, name: string, router: ProxyRouter): Onward {
  const [own = name, provider] = name.split(/@(?=[^@]*$)/);
  const named = (one: ProxyService) =>
    one.name === name || (one.name === own && (provider === undefined || one.provider === provider));
  const service =
    config.services.find(
      (one) => named(one) && (one.provider ?? '') === (provider ?? router.provider ?? ''),
    ) ?? config.services.find(named);
  if (!service)
    return onward({
      checks: [
        unknown(
          'upstream-address-unknown',
          say(`le service ${code(name)} n’a pas été lu`, `the service ${code(name)} was not read`),
          refusalOf(at.state, config.product),
          { evidence: [router.at] },
        ),
      ],
    });
  const kind = GROUPS[config.product];
  if (!kind) return through(at, config, service);
  const seen = service.provider === 'internal' ? `${service.name}@internal` : service.name;
  return hopAt(at, { kind, name: seen, role: 'service' }, (here) => through(here, config, service));
}

function through(at: At, config: ProxyConfig, service: ProxyService): Onward {
  const path = rewritten(at.request.path, service);
  const up = service.servers.filter(({ isDown }) => isDown !== true);
  // who is asked only where all others fail is none of the path while one of them is up
  const first = up.filter(({ isBackup }) => isBackup !== true);
  const asked = (first.length > 0 ? first : up).slice(0, MOST_SERVERS);
  const parts = { evidence: [service.at], values: { host: at.state.name, service: service.name } };
  if (asked.length === 0)
    return onward({
      checks: [
        service.servers.length > 0 && config.blindSpots.length === 0
          ? fail(
              'upstream-unhealthy',
              say(
                `tous les serveurs de ${code(service.name)} sont mis hors service`,
                `all servers of ${code(service.name)} are switched off`,
              ),
              parts,
            )
          : unknown(
              'upstream-address-unknown',
              say(
                `aucun serveur de ${code(service.name)} n’a été vu`,
                `no server of ${code(service.name)} was seen`,
              ),
              undefined,
              parts,
            ),
      ],
    });
  const ways = asked.map((server) =>
    toServer({ ...at, request: { ...at.request, path } }, config, service, server),
  );
  const isAllDead = ways.every(({ isDead }) => isDead);
  const told = together(...ways.map(({ told: one, isDead }) => (isDead && !isAllDead ? perhaps(one) : one)));
  // what stands behind is the better explanation, where it is told
  const isSaidDown = asked.every(({ status }) => status === 'down') && !isAllDead;
  return together(
    onward({
      checks: isSaidDown
        ? [
            fail(
              'upstream-unhealthy',
              say(
                `le contrôle de santé de ${code(service.name)} dit tous ses serveurs hors service`,
                `the health check of ${code(service.name)} says that all of its servers are down`,
              ),
              parts,
            ),
          ]
        : [],
    }),
    told,
  );
}

function rewritten(path: string, { rewrites }: ProxyService): string {
  if (!rewrites) return path;
  const { strip = '', add = '' } = rewrites;
  const rest = strip !== '' && path.startsWith(strip) ? path.slice(strip.length) : path;
  const whole = `${add}${rest}`;
  return whole.startsWith('/') ? whole : `/${whole}`;
}

const portOf = ({ port, scheme }: ProxyServer): number => port ?? (/^(?:https|h2)/.test(scheme) ? 443 : 80);

function toServer(at: At, config: ProxyConfig, service: ProxyService, server: ProxyServer): Way {
  const { state, request } = at;
  const port = portOf(server);
  const container = state.containers.find(({ name }) => name === config.runsIn?.container);
  const next: PathRequest = {
    ...request,
    scheme: /^(?:https|h2)$/.test(server.scheme) ? 'https' : 'http',
    port,
  };
  const asked: Asked = {
    // nginx asks by the name of the server unless it is told otherwise (ngx_http_proxy_module, `proxy_set_header`)
    at: { ...at, request: next, isInside: true, ...(config.product === 'nginx' && { isChanged: true }) },
    own: container && container.networkMode !== 'host' ? container : undefined,
    isOpen: config.runsIn?.container !== undefined && !container,
    service,
    server,
    host: plainHost(server.host),
    port,
  };
  if (asked.host === '' || /[$%{<⟨]/.test(asked.host))
    return open(
      asked,
      say(
        `${code(server.text)} ne se lit qu’à l’exécution`,
        `${code(server.text)} is known to the run alone`,
      ),
    );
  if (asked.isOpen)
    return open(
      asked,
      say('le conteneur du proxy n’a pas été lu', 'the container of the proxy was not read'),
      refusalOf(state, 'containers'),
    );
  if (isLoopback(asked.host)) return toLoopback(asked);
  if (/^host\.(?:docker|containers)\.internal$/.test(asked.host)) return toGateway(asked);
  return isIpAddress(asked.host) ? toAddress(asked) : toName(asked);
}
