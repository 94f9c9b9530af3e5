import { isSameAddress } from '#lib/ip-address.ts';
import type { HostContainer, HostListener, HostState } from '#model/host.ts';
import { type Endpoint, isLoopback } from './at.ts';

export const isUp = ({ state }: HostContainer): boolean => state === 'running';

/** What takes TCP at a port of a host, or that nothing does. */
export type Listening =
  | { endpoint: Endpoint; listener?: HostListener }
  /** Only at loopback, or at other addresses than the one that is asked. */
  | { elsewhere: readonly HostListener[] };

/**
 * What answers at a port of the host itself.
 * @param address that the request comes to; undefined: any that others reach
 */
export function listeningAt(state: HostState, port: number, address?: string): Listening {
  const own = state.listeners.filter((one) => one.protocol === 'tcp' && one.port === port);
  const fits = (one: HostListener): boolean => {
    if (one.isAnyAddress)
      // what listens on 0.0.0.0 takes no IPv6; `::` takes both (ip(7), IPV6_V6ONLY)
      return address === undefined || !address.includes(':') || one.address.includes(':');
    if (address === undefined) return !isLoopback(one.address);
    return isSameAddress(one.address, address) || (address === 'localhost' && isLoopback(one.address));
  };
  const exact = own.find((one) => !one.isAnyAddress && fits(one));
  const listener = exact ?? own.find((one) => !one.address.includes(':') && fits(one)) ?? own.find(fits);
  if (listener) return { endpoint: endpointOf(state, listener), listener };
  // an engine may publish a port by rules of the firewall alone, without a socket
  const published = state.containers.find(
    (one) =>
      isUp(one) &&
      one.ports.some(
        (one) =>
          one.protocol === 'tcp' &&
          one.hostPort === port &&
          (isAny(one.hostAddress)
            ? !(address !== undefined && isLoopback(address))
            : address !== undefined && isSameAddress(one.hostAddress, address)),
      ),
  );
  return published
    ? { endpoint: { container: published, port: innerPort(published, port) } }
    : { elsewhere: own };
}

const isAny = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::';

/** What holds a socket: the container for which it is published, or in which its process runs. */
function endpointOf(state: HostState, listener: HostListener): Endpoint {
  const container = state.containers.find(({ name }) => name === listener.container);
  return container ? { container, port: innerPort(container, listener.port) } : { listener };
}

/** The port of a container that a port of the host leads to; in the host's own network they are the same. */
function innerPort({ ports, networkMode }: HostContainer, port: number): number {
  const found = ports.find((one) => one.protocol === 'tcp' && one.hostPort === port);
  return networkMode === 'host' ? port : (found?.containerPort ?? port);
}

/** Units and interfaces of what leads ports on by rules of the kernel, without a socket that listens. */
const BY_RULES = /^(?:k3s|rke2|kubelet|microk8s|crio)[\w.-]{0,60}\.service$/;
const OF_CLUSTER = /^(?:cni|flannel|cali|kube|cilium|lxcbr|incusbr|lxdbr)/;

/** Whether a port on which nothing listens may lead on all the same. */
export const mayForward = ({ units, interfaces }: HostState): boolean =>
  units.some(({ name, active }) => active === 'active' && BY_RULES.test(name)) ||
  interfaces.some(({ name }) => OF_CLUSTER.test(name));

/** The one unit of somebody's own that is meant to listen at a port and does not run: its command or its settings name it. */
export function unitMeantFor({ units }: HostState, port: number) {
  const named = new RegExp(`(?:^|[\\s:=])${port}(?:\\s|$)`);
  const found = units.filter(
    (unit) =>
      !unit.isVendor &&
      unit.type === 'service' &&
      (unit.execStart.some((line) => named.test(line.slice(0, 4_000))) ||
        [...unit.environment, ...unit.environmentFiles.flatMap(({ variables }) => variables)].some(
          ({ name, shown }) => shown === String(port) && /PORT/i.test(name),
        )),
  );
  const [only] = found;
  return found.length === 1 && only && only.active !== 'active' ? only : undefined;
}
