import type { Evidence } from '#model/evidence.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';
import { type Bound, boundOf, overlaps } from './addresses.ts';
import { inspected, isUp, say, seen } from './effect.ts';

/** Whoever has a port of the host now. */
export interface Holder {
  protocol: 'tcp' | 'udp';
  port: number;
  address: string;
  bound: Bound;
  /** Where it is on `::`: it takes IPv4 too. */
  isDualStack: boolean;
  container?: HostContainer;
  unit?: string;
  process?: string;
  evidence: Evidence;
}

const shownAddress = (address: string, port: number) =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

/**
 * Every port of the host that is taken, once each: what containers publish, as their engine says it, then what listens
 * beside. What docker-proxy listens on for a container is that container's.
 */
export function holdersOf(host: HostState): Holder[] {
  const published = host.containers.filter(isUp).flatMap((container) =>
    container.ports.flatMap(({ hostAddress, hostPort, protocol }): Holder[] => {
      const bound = boundOf(hostAddress);
      if (bound === undefined || hostPort <= 0) return [];
      return [
        {
          protocol,
          port: hostPort,
          address: hostAddress === '' ? '0.0.0.0' : hostAddress,
          bound,
          isDualStack: false,
          container,
          evidence: inspected(host, container),
        },
      ];
    }),
  );
  const ofContainers = new Set(published.map(({ protocol, port }) => `${protocol} ${port}`));
  const byName = new Map(host.containers.map((container) => [container.name, container]));
  const others = host.listeners.flatMap((listener): Holder[] => {
    const { protocol, port, address, isAnyAddress, unit, process } = listener;
    const bound = boundOf(address);
    const isProxy =
      listener.container !== undefined || process === undefined || process.name === 'docker-proxy';
    if (bound === undefined) return [];
    if (isProxy && ofContainers.has(`${protocol} ${port}`)) return [];
    const container = listener.container === undefined ? undefined : byName.get(listener.container);
    return [
      {
        protocol,
        port,
        address,
        bound,
        isDualStack: isAnyAddress,
        ...(container && { container }),
        ...(unit !== undefined && { unit }),
        ...(process && { process: process.name }),
        evidence: seen(host, 'ss', `${protocol} ${shownAddress(address, port)}`),
      },
    ];
  });
  return [...published, ...others];
}

export const holds = (
  holder: Holder,
  { bound, protocol, from, to }: { bound: Bound; protocol: string; from: number; to: number },
): boolean =>
  holder.protocol === protocol &&
  holder.port >= from &&
  holder.port <= to &&
  overlaps(bound, holder.bound, holder.isDualStack);

/** Who it is, in a sentence, with where it listens. */
export function holderText(holder: Holder): Text {
  const at = code(shownAddress(holder.address, holder.port));
  const on = (fr: string, en: string) => say(`${fr} sur ${at}`, `${en} on ${at}`);
  if (holder.container)
    return on(`le conteneur ${code(holder.container.name)}`, `container ${code(holder.container.name)}`);
  if (holder.unit !== undefined) return on(`l’unité ${code(holder.unit)}`, `unit ${code(holder.unit)}`);
  if (holder.process !== undefined)
    return on(`le processus ${code(holder.process)}`, `process ${code(holder.process)}`);
  return on('un processus que la lecture ne nomme pas', 'a process that the reading does not name');
}

export function holderAffected(holder: Holder): Effect['affects'][number] {
  if (holder.container) return { kind: 'Docker::Container', name: holder.container.name };
  if (holder.unit !== undefined) return { kind: 'Systemd::Unit', name: holder.unit };
  return { kind: 'Host::Listener', name: shownAddress(holder.address, holder.port) };
}

const FURTHEST = 200;

/**
 * The next port above one that nothing has and nothing of the file takes. Undefined where what listens was not read, or
 * none is near.
 * @param taken ports that the file takes itself
 */
export function freePort(
  host: HostState,
  holders: readonly Holder[],
  port: number,
  taken: ReadonlySet<number>,
): number | undefined {
  if (host.refusals.listeners !== undefined) return undefined;
  // a stopped container has its port again once it is started
  const used = new Set([
    ...taken,
    ...holders.map((holder) => holder.port),
    ...host.containers.flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)),
  ]);
  for (let next = port + 1; next <= Math.min(port + FURTHEST, 65535); next += 1)
    if (!used.has(next)) return next;
  return undefined;
}
