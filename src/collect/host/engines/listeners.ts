import type { HostContainer, HostListener, HostState } from '#model/host.ts';

/** Programs that listen for a container: what comes in goes on to it. */
const FORWARDERS = /^(?:docker-proxy|rootlessport|slirp4netns|conmon|pasta(?:\.avx2)?|gvproxy)$/;

const isAny = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::';
const isSame = (a: string, b: string): boolean => a === b || (isAny(a) && isAny(b));

/**
 * Which container stands behind each socket: by the port that it publishes, by the control group of the process, by its
 * process where it uses the host's network. Where the engine forwards ports in the kernel alone (no userland proxy) no socket
 * is seen, and one is added for what the container publishes.
 */
export function withContainers(state: HostState): HostListener[] {
  const running = state.containers.filter((one) => one.state === 'running');
  const publishing = (one: HostListener): HostContainer | undefined =>
    running.find(({ ports }) =>
      ports.some(
        ({ hostPort, hostAddress, protocol }) =>
          hostPort === one.port && protocol === one.protocol && isSame(hostAddress, one.address),
      ),
    );
  const byPid = new Map(
    running.flatMap(({ pid, name }) => (pid === undefined ? [] : [[pid, name] as const])),
  );
  const byId = new Map(running.map(({ id, name }) => [id, name]));
  const seen = state.listeners.map((one): HostListener => {
    const isForwarder = one.process === undefined || FORWARDERS.test(one.process.name);
    const name =
      (isForwarder ? publishing(one)?.name : undefined) ??
      (one.container === undefined ? undefined : byId.get(one.container)) ??
      (one.process === undefined ? undefined : byPid.get(one.process.pid));
    if (name === undefined) return one;
    // the unit of a forwarder is the engine's, which does not answer
    const { unit: _unit, ...rest } = one;
    return { ...rest, container: name };
  });
  const unseen = running.flatMap(({ name, ports }) =>
    ports.flatMap(({ hostAddress, hostPort, protocol }): HostListener[] => {
      const address = hostAddress === '' ? '0.0.0.0' : hostAddress;
      const isThere = seen.some(
        (one) => one.port === hostPort && one.protocol === protocol && isSame(one.address, address),
      );
      return isThere
        ? []
        : [{ protocol, address, port: hostPort, isAnyAddress: isAny(address), container: name }];
    }),
  );
  return [...seen, ...unseen];
}
