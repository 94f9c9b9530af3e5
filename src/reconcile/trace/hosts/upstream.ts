import { isInNetwork, isIpAddress, isPrivateAddress, isSameAddress } from '#lib/ip-address.ts';
import type { Kind } from '#model/fact.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import { code, codes } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import {
  type At,
  hopAt,
  isLoopback,
  type Onward,
  onward,
  partsOf,
  perhaps,
  plainHost,
  refusalOf,
  together,
} from './at.ts';
import { addressIn, fromContainer } from './firewall.ts';
import { isUp, listeningAt, mayForward, unitMeantFor } from './listening.ts';

const GROUPS: Partial<Record<ProxyConfig['product'], Kind>> = {
  traefik: 'Traefik::Service',
  nginx: 'Nginx::Upstream',
  haproxy: 'HAProxy::Backend',
};
/** Servers of one service that are told: of a hundred the first ones. */
const MOST_SERVERS = 8;

/** One way on from a service, and whether what stands there takes requests for all that was read. */
interface Way {
  told: Onward;
  isDead: boolean;
}

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

/** What each way is told with. */
interface Asked {
  at: At;
  /** The container that the proxy runs in, with networks of its own; undefined: it runs in those of the host. */
  own: HostContainer | undefined;
  /** It is in a container that was not read: in which networks it stands is not known. */
  isOpen: boolean;
  service: ProxyService;
  server: ProxyServer;
  host: string;
  port: number;
}

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

const placeOf = ({ host, port }: Asked): string => code(`${host.includes(':') ? `[${host}]` : host}:${port}`);

/** Where a server leads is not known. */
const open = (asked: Asked, why: { fr: string; en: string }, refusal?: Check['refusal']): Way => ({
  isDead: false,
  told: onward({
    checks: [
      unknown('upstream-address-unknown', why, refusal, {
        evidence: [asked.service.at],
        values: { host: asked.at.state.name },
      }),
    ],
  }),
});

function toLoopback(asked: Asked): Way {
  const { own, port } = asked;
  if (!own) return toListener(asked, asked.host === '::1' ? '::1' : '127.0.0.1');
  if (own.networkMode.startsWith('container:'))
    return open(
      asked,
      say('il partage le réseau d’un autre conteneur', 'it shares the network of another container'),
    );
  return open(
    asked,
    say(
      `${placeOf(asked)} est dans ${code(own.name)} même\u00a0; ce qui écoute sur ${code(port)} y est caché`,
      `${placeOf(asked)} is inside of ${code(own.name)} itself; what listens on ${code(port)} there is hidden`,
    ),
  );
}

/** The name by which containers call the host. Docker documentation, `--add-host host.docker.internal:host-gateway`. */
function toGateway(asked: Asked): Way {
  const { own, at } = asked;
  if (!own)
    return open(
      asked,
      say(
        `${code(asked.host)} n’est connu que des conteneurs`,
        `${code(asked.host)} is known to containers alone`,
      ),
    );
  const gateway =
    at.state.interfaces.find(({ name }) => name === 'docker0' || name === 'podman0')?.address ??
    at.state.networks.flatMap(({ gateways }) => gateways)[0];
  if (gateway === undefined)
    return open(
      asked,
      say('les interfaces n’ont pas été lues', 'the interfaces were not read'),
      refusalOf(at.state, 'interfaces'),
    );
  return toListener(asked, gateway);
}

/** To the host itself: something has to listen there, on an address that the proxy reaches. */
function toListener(asked: Asked, address: string): Way {
  const { at, own, port } = asked;
  const { state } = at;
  const shown = placeOf(asked);
  const found = listeningAt(state, port, address);
  if ('endpoint' in found) {
    const { endpoint, listener } = found;
    const source = own && addressIn(state, own.name, address);
    // what is published by translation of addresses does not pass the chain
    const check =
      source !== undefined && 'listener' in endpoint ? fromContainer(at, source, port) : undefined;
    const dead = check?.result === 'fail' || ('container' in endpoint && !isUp(endpoint.container));
    const ofAddress = listener && !listener.isAnyAddress ? listener.address : undefined;
    const inner: At = ofAddress === undefined ? at : { ...at, address: ofAddress };
    return {
      isDead: dead,
      told: together(
        onward({
          checks: [
            pass(
              'upstream-address-unknown',
              say(`${shown} est sur l’hôte`, `${shown} is on the host`),
              partsOf(at, 'interfaces'),
            ),
            ...(check ? [check] : []),
          ],
        }),
        check?.result === 'fail' ? onward() : at.ways.meet(inner, endpoint),
      ),
    };
  }
  const refusal = refusalOf(state, 'listeners');
  const parts = partsOf(at, 'listeners', { port, address });
  if (refusal || mayForward(state))
    return {
      isDead: false,
      told: onward({
        checks: [
          unknown(
            'upstream-port-closed',
            say(`on ne sait pas ce qui écoute à ${shown}`, `what listens at ${shown} is not known`),
            refusal,
            parts,
          ),
        ],
      }),
    };
  const local = found.elsewhere.filter((one) => isLoopback(one.address));
  if (own && local.length > 0) {
    const who = local.flatMap(({ unit, process }) => unit ?? process?.name ?? [])[0];
    return dead(
      fail(
        'upstream-listens-locally',
        say(
          `${who === undefined ? 'Le processus' : code(who)} n’écoute qu’à ${code(`${local[0]?.address}:${port}`)}\u00a0: ${code(own.name)} ne peut pas le joindre à ${shown}`,
          `${who === undefined ? 'The process' : code(who)} listens at ${code(`${local[0]?.address}:${port}`)} alone: ${code(own.name)} cannot reach it at ${shown}`,
        ),
        { ...parts, values: { ...parts.values, ...(who !== undefined && { unit: who }) } },
      ),
    );
  }
  const meant = found.elsewhere.length === 0 ? unitMeantFor(state, port) : undefined;
  if (meant && !refusalOf(state, 'units')) return { isDead: true, told: at.ways.meet(at, { unit: meant }) };
  return dead(
    fail('upstream-port-closed', say(`rien n’écoute à ${shown}`, `nothing listens at ${shown}`), parts),
  );
}

const dead = (check: Check): Way => ({ isDead: true, told: onward({ checks: [check] }) });

/** Interfaces of containers and machines of the host's own, and of tunnels behind which any network may lie. */
const OWN = /^(?:lo|docker|br-|veth|virbr|cni|podman|lxc|lxd|flannel|cali|kube)/;
const TUNNEL = /^(?:wg|tun|tap|tailscale|zt|ppp|ipsec|vti|gre|nebula|utun)/;

function toAddress(asked: Asked): Way {
  const { at, own, host } = asked;
  const { state, graph } = at;
  const refusal = refusalOf(state, 'interfaces', 'containers', 'networks');
  const shown = placeOf(asked);
  const container = state.containers.find(({ networks }) =>
    networks.some(
      ({ address = '', addressV6 = '' }) => isSameAddress(address, host) || isSameAddress(addressV6, host),
    ),
  );
  if (container) return toContainer(asked, [container]);
  if (
    state.interfaces.some(({ address }) => isSameAddress(address, host)) ||
    state.networks.some(({ gateways }) => gateways.some((one) => isSameAddress(one, host)))
  )
    return toListener(asked, host);
  const other = graph.hostAt(host, state);
  const resource = other && graph.named('Host', other.name, { account: other.name });
  if (resource && !at.passed.some(({ id }) => id === resource.id))
    return {
      isDead: false,
      told: onward({
        checks: [
          pass(
            'upstream-address-unknown',
            say(`${shown} est un autre hôte`, `${shown} is another host`),
            partsOf(at, 'interfaces'),
          ),
        ],
        next: [
          { resource, request: { ...at.request, host: at.request.host }, isPerhaps: at.isChanged === true },
        ],
      }),
    };
  const text = say(
    `ni une interface, ni un conteneur de ${code(state.name)} n’a l’adresse de ${shown}`,
    `no interface and no container of ${code(state.name)} has the address of ${shown}`,
  );
  if (refusal) return open(asked, text, refusal);
  const evidence = [asked.service.at];
  const values = { host: state.name, address: host };
  const inNetwork = state.networks.some(
    ({ driver, subnets }) =>
      /^(?:bridge|overlay)$/.test(driver) && subnets.some((one) => isInNetwork(host, one)),
  );
  const isBridged = state.networks.some(
    ({ driver, subnets }) => driver === 'bridge' && subnets.some((one) => isInNetwork(host, one)),
  );
  // of a bridge of the host every address was seen; an overlay has those of other hosts too
  if (isBridged) return dead(fail('upstream-address-unknown', text, { evidence, values }));
  if (
    inNetwork ||
    !isPrivateAddress(host) ||
    own?.networks.some(({ name }) => isRouted(state, name)) ||
    mayLead(state, host)
  )
    return open(
      asked,
      say(
        `${shown} est une autre machine, que personne n’a lue`,
        `${shown} is another machine, which nobody read`,
      ),
    );
  return dead(fail('upstream-address-unknown', text, { evidence, values, certainty: 'probable' }));
}

/** A network that is none of the host alone: machines beside it have addresses of it. */
const isRouted = ({ networks }: HostState, name: string): boolean => {
  const network = networks.find((one) => one.name === name);
  return !network || network.driver !== 'bridge';
};

const BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

/** Whether a private address may be that of another machine: a router leads to others of the same block, a tunnel to any. */
const mayLead = ({ interfaces }: HostState, address: string): boolean =>
  interfaces.length === 0 ||
  interfaces.some(
    (one) =>
      one.isUp &&
      (TUNNEL.test(one.name) ||
        (!OWN.test(one.name) &&
          BLOCKS.some((block) => isInNetwork(address, block) && isInNetwork(one.address, block)))),
  );

function toName(asked: Asked): Way {
  const { at, own, host } = asked;
  const { state } = at;
  const refusal = refusalOf(state, 'containers', 'networks');
  const shown = code(host);
  const nobody = say(`${shown} n’est de rien de ce qui a été lu`, `${shown} is of nothing that was read`);
  if (!own)
    return host === state.hostname?.toLowerCase() ? toListener(asked, '127.0.0.1') : open(asked, nobody);
  const called = state.containers.filter(
    ({ name, id, compose, networks }) =>
      name.toLowerCase() === host ||
      id === host ||
      compose?.service.toLowerCase() === host ||
      networks.some(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === host)),
  );
  if (called.length > 0) return toContainer(asked, called);
  if (refusal) return open(asked, nobody, refusal);
  const isBare = /^[a-z0-9][a-z0-9_-]{0,62}$/.test(host) && /[a-z]/.test(host);
  const isAlone = own.networks.length > 0 && own.networks.every(({ name }) => !isRouted(state, name));
  if (!isBare || !isAlone) return open(asked, nobody);
  return dead(
    fail(
      'upstream-address-unknown',
      say(
        `aucun conteneur de ${code(state.name)} ne s’appelle ${shown}`,
        `no container of ${code(state.name)} is called ${shown}`,
      ),
      {
        evidence: [asked.service.at],
        values: { host: state.name, address: host },
        // a name may be given to the container itself (`extra_hosts`)
        certainty: 'probable',
      },
    ),
  );
}

/** The network of an engine that gives no names. Docker documentation, “Bridge network driver”. */
const NAMELESS = new Set(['bridge', 'podman']);

/** To containers of a name or address: those that stand in a network of the proxy's own. */
function toContainer(asked: Asked, called: readonly HostContainer[]): Way {
  const { at, own, port } = asked;
  const { state } = at;
  const isName = !isIpAddress(asked.host);
  const running = called.filter(isUp);
  const shared = own
    ? called.filter((one) => one.name === own.name || sharedBy(own, one, isName).length > 0)
    : called;
  // what does not run has left its networks
  const reached = shared.length > 0 ? shared : running.length === 0 ? called : [];
  if (reached.length > 0) {
    const up = reached.filter(isUp);
    const ways = (up.length > 0 ? up : reached).slice(0, MOST_SERVERS);
    return {
      isDead: up.length === 0,
      told: together(...ways.map((container) => at.ways.meet(at, { container, port }))),
    };
  }
  const [target] = running;
  if (!target || !own) return open(asked, say('réseau non lu', 'network not read'));
  const isKnown =
    own.networks.length > 0 &&
    target.networks.length > 0 &&
    !own.networkMode.startsWith('container:') &&
    ![...own.networks, ...target.networks].some(({ name }) => isRouted(state, name)) &&
    // names are given by `--link` there
    !(isName && sharedBy(own, target, false).length > 0);
  const text = say(
    `${code(own.name)} (${
      codes(
        own.networks.map(({ name }) => name),
        4,
      ).fr
    }) et ${code(target.name)} (${
      codes(
        target.networks.map(({ name }) => name),
        4,
      ).fr
    }) n’ont aucun réseau en commun`,
    `${code(own.name)} (${
      codes(
        own.networks.map(({ name }) => name),
        4,
      ).en
    }) and ${code(target.name)} (${
      codes(
        target.networks.map(({ name }) => name),
        4,
      ).en
    }) have no network in common`,
  );
  const parts = partsOf(at, target, {
    container: target.name,
    proxy: own.name,
    network: target.networks.find(({ name }) => !NAMELESS.has(name))?.name ?? '',
  });
  const refusal = refusalOf(state, 'networks');
  if (!isKnown || refusal)
    return {
      isDead: false,
      told: onward({ checks: [unknown('proxy-network-unreachable', text, refusal, parts)] }),
    };
  return dead(fail('proxy-network-unreachable', text, parts));
}

/** Networks in which two containers stand; of names those alone that give any. */
const sharedBy = (a: HostContainer, b: HostContainer, isName: boolean): string[] =>
  a.networks
    .map(({ name }) => name)
    .filter((name) => !(isName && NAMELESS.has(name)) && b.networks.some((one) => one.name === name));
