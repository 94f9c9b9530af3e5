import { isSameAddress } from '#lib/ip-address.ts';
import type { HostContainer, HostListener, HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import type { OpenPort } from './host-ports.ts';
import { isUp } from './hosts.ts';
import { isBareName } from './proxies.ts';
import { isSameProvider, writtenName } from './traefik.ts';

/** Names by which a container reaches the host that it runs on. Docker documentation, “host-gateway”; Podman. */
const HOST_NAMES = /^(?:host\.docker\.internal|gateway\.docker\.internal|host\.containers\.internal)$/;
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
/** Ports of servers that are written without one. */
const BY_SCHEME: Readonly<Record<string, number>> = { http: 80, https: 443, h2c: 80 };

/** Where a server of a running proxy is, as far as the host that it runs on tells. */
export type ServerPlace =
  | { is: 'container'; container: HostContainer; port: number | undefined }
  | { is: 'host'; port: number; listeners: HostListener[] }
  /** No container has the name, in any network that the proxy is in. */
  | { is: 'nowhere' }
  | { is: 'unknown' };

export const portOf = ({ port, scheme }: ProxyServer): number | undefined => port ?? BY_SCHEME[scheme];

/** The container that a running proxy is in. */
export const containerOfProxy = ({ runsIn }: ProxyConfig, host: HostState): HostContainer | undefined =>
  host.containers.find(({ name }) => name === runsIn?.container);

/** What a server of a proxy that runs on this host leads to. */
export function placeOfServer(server: ProxyServer, proxy: ProxyConfig, host: HostState): ServerPlace {
  const own = containerOfProxy(proxy, host);
  if (server.host === '' || (proxy.runsIn?.container !== undefined && !own)) return { is: 'unknown' };
  const isInHost = own === undefined || own.networkMode === 'host';
  if (isLoopback(server.host)) return isInHost ? onHost(server, host) : { is: 'unknown' };
  if (HOST_NAMES.test(server.host)) return onHost(server, host);
  const byAddress = host.containers.find(({ networks }) =>
    networks.some(({ address, addressV6 }) =>
      [address, addressV6].some((one) => one !== undefined && isSameAddress(one, server.host)),
    ),
  );
  if (byAddress) return { is: 'container', container: byAddress, port: portOf(server) };
  const addresses = [
    ...host.interfaces.map(({ address }) => address),
    ...host.networks.flatMap(({ gateways }) => gateways),
  ];
  if (addresses.some((one) => isSameAddress(one, server.host))) return onHost(server, host);
  return own && !isInHost && isBareName(server.host) ? byName(server, own, host) : { is: 'unknown' };
}

function onHost(server: ProxyServer, host: HostState): ServerPlace {
  const port = portOf(server);
  if (port === undefined) return { is: 'unknown' };
  return {
    is: 'host',
    port,
    listeners: host.listeners.filter((one) => one.port === port && one.protocol === 'tcp'),
  };
}

/** The engine resolves names for containers that share a network: a container's own, its service's, its aliases. */
function byName(server: ProxyServer, own: HostContainer, host: HostState): ServerPlace {
  const networks = new Set(own.networks.map(({ name }) => name));
  const named = host.containers.filter(({ name, id, networks: theirs }) =>
    theirs.some(
      (one) =>
        networks.has(one.name) &&
        (one.aliases.includes(server.host) || name === server.host || id === server.host),
    ),
  );
  const found = named.find(isUp) ?? named[0];
  if (found) return { is: 'container', container: found, port: portOf(server) };
  // the default network resolves no names, and a name of the machine's own domain may be asked of its resolver
  const isAmongContainers = own.networks.length > 0 && !networks.has('bridge') && !networks.has('podman');
  return isAmongContainers && !host.refusals.containers && !host.refusals.networks
    ? { is: 'nowhere' }
    : { is: 'unknown' };
}

/** Whether a socket takes what is sent to a server of this address. */
export const takes = (listener: HostListener, address: string): boolean =>
  listener.isAnyAddress ||
  isSameAddress(listener.address, address) ||
  (isLoopback(listener.address) && isLoopback(address));

/** Routers of the host's proxies that lead to what answers at an open port: the container itself, or the port of the host. */
export function routersTo(open: OpenPort, host: HostState): string[] {
  return host.proxies.flatMap((proxy) =>
    proxy.services.flatMap((service) => {
      const leads = service.servers.some((server) => {
        const place = placeOfServer(server, proxy, host);
        if (place.is === 'container')
          return (
            place.container.name === open.container?.name &&
            (place.port === undefined || open.inner === undefined || place.port === open.inner)
          );
        return place.is === 'host' && place.port === open.port && open.protocol === 'tcp';
      });
      return leads
        ? routersOf(proxy, service).flatMap(({ name, status }) => (status === 'disabled' ? [] : [name]))
        : [];
    }),
  );
}

/** The routers of a configuration that lead to a service. */
export const routersOf = ({ routers }: ProxyConfig, { name, provider }: ProxyService): ProxyRouter[] =>
  routers.filter(({ target, provider: own }) => {
    if (target.to !== 'service') return false;
    const written = writtenName(target.service, own);
    return (
      written.name === name &&
      (provider === undefined || written.provider === undefined || isSameProvider(written.provider, provider))
    );
  });

/** The sockets of the host behind which a port of the proxy is. */
export function listenersAt(port: number, proxy: ProxyConfig, host: HostState): HostListener[] {
  const own = containerOfProxy(proxy, host);
  const published = own?.ports.filter(
    ({ containerPort, protocol }) => containerPort === port && protocol === 'tcp',
  );
  return host.listeners.filter(({ port: at, protocol, container, unit }) => {
    if (protocol !== 'tcp') return false;
    if (own && own.networkMode !== 'host')
      return container === own.name && published?.some(({ hostPort }) => hostPort === at) === true;
    const isOwn = own ? container === own.name : unit !== undefined && unit === proxy.runsIn?.unit;
    return at === port && isOwn;
  });
}

/**
 * Whether a port is the door of a proxy: one that leads on to services answers there, and no other proxy of the host leads
 * to it. Its dashboard has a rule of its own.
 */
export function isDoorOfProxy(open: OpenPort, host: HostState): boolean {
  const { container, inner, port, listener } = open;
  const isDoor = host.proxies.some(
    ({ runsIn, entryPoints, dashboard, routers }) =>
      (container
        ? runsIn?.container === container.name
        : runsIn?.unit !== undefined && runsIn.unit === listener.unit) &&
      (dashboard?.insecurePort === (inner ?? port) ||
        (entryPoints.some((one) => one.port === (inner ?? port)) &&
          routers.some(({ target }) => target.to === 'service'))),
  );
  return isDoor && routersTo(open, host).length === 0;
}
