import type { Firewall, FirewallRule, HostListener, HostState, Reach } from '#model/host.ts';

type Told = NonNullable<HostListener['reach']>;
type Family = 'ipv4' | 'ipv6';

/** RFC 1918, RFC 6598, RFC 3927; RFC 4193 and RFC 4291 of IPv6. */
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;
/** Interfaces behind which stand the host's own containers and virtual machines. */
const OWN = /^(?:lo|docker|br-|veth|virbr|cni|podman|lxc|lxd|flannel|cali|kube)/;
/** Those of tunnels: only who is in the network comes in by them. */
const TUNNEL = /^(?:wg|tun|tap|tailscale|zt|ppp)/;
const WIDEST_BAN = 4;

/** Programs that take what containers publish; their own port is that of Docker's API. */
const FORWARDER = /^(?:docker-proxy|dockerd|conmon)$/;
const ENGINE_PORTS: readonly number[] = [2375, 2376];

const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address);

/**
 * The state with, on each listener, from where it can be reached: its address, then what the host's own firewall lets in.
 * Pure. A firewall outside of the host is not known here.
 */
export function withReach(state: HostState): HostState {
  return { ...state, listeners: state.listeners.map((one) => ({ ...one, reach: reachOf(one, state) })) };
}

function reachOf(listener: HostListener, state: HostState): Told {
  const { address } = listener;
  if (isLoopback(address)) return { from: 'host', because: 'loopback' };
  const isPrivate = PRIVATE.test(address);
  const { firewall } = state;
  const filtered: Told = firewall
    ? behind(listener, firewall, state)
    : { from: 'unknown', because: 'not-read' };
  if (isPrivate && (filtered.from === 'anywhere' || filtered.from === 'unknown'))
    return { from: 'some', because: 'private-address' };
  return filtered;
}

/** The port inside of a container that is published by translation of addresses; undefined of any other socket. */
function publishedPort({ container, port, protocol }: HostListener, state: HostState): number | undefined {
  const found = state.containers.find(({ name }) => name === container);
  const isRootless = state.engines.some(({ product, isRootless: is }) => product === found?.engine && is);
  const published = found?.ports.find((one) => one.hostPort === port && one.protocol === protocol);
  return found?.networkMode === 'host' || isRootless ? undefined : published?.containerPort;
}

/** A socket that an engine holds for a container that is not known, or for a service of Swarm: its port inside is not told. */
function forwarded(
  { process, container, port }: HostListener,
  { engines }: HostState,
): 'unknown' | undefined {
  const isHeld = process !== undefined && FORWARDER.test(process.name) && container === undefined;
  const isRootless = engines.some((engine) => engine.isRootless);
  return isHeld && !isRootless && !ENGINE_PORTS.includes(port) ? 'unknown' : undefined;
}

function behind(listener: HostListener, firewall: Firewall, state: HostState): Told {
  const { port, protocol } = listener;
  const inner = publishedPort(listener, state) ?? forwarded(listener, state);
  if (inner !== undefined) {
    if (firewall.publishedAreFiltered === 'unknown') return { from: 'unknown', because: 'not-read' };
    const past = firewall.isActive ? 'published-past-firewall' : 'no-firewall';
    if (!firewall.publishedAreFiltered) return { from: 'anywhere', because: past };
    if (inner === 'unknown') return { from: 'unknown', because: 'not-read' };
    const asked = { chain: 'forward', protocol, port: inner, family: 'ipv4' } as const;
    const told = decided(firewall, asked, 'accept', state);
    return told.from === 'anywhere' ? { from: 'anywhere', because: past } : told;
  }
  if (!firewall.isActive && firewall.unread.length === 0) return { from: 'anywhere', because: 'no-firewall' };
  const told = familiesOf(listener, state).map((family) =>
    decided(
      firewall,
      { chain: 'input', protocol, port, family },
      family === 'ipv4' ? firewall.policy.input : firewall.policy.inputV6,
      state,
    ),
  );
  const ORDER: readonly Reach[] = ['anywhere', 'unknown', 'some', 'host'];
  const widest = told.toSorted((a, b) => ORDER.indexOf(a.from) - ORDER.indexOf(b.from))[0];
  const sources = [...new Set(told.flatMap((one) => one.sources ?? []))];
  return widest?.from === 'some' && sources.length > 0
    ? { ...widest, sources }
    : (widest ?? { from: 'unknown', because: 'not-read' });
}

/** A socket of `::` takes IPv4 too, and IPv6 only where the host has an address that others reach. */
function familiesOf({ address }: HostListener, state: HostState): Family[] {
  if (address !== '::') return [address.includes(':') ? 'ipv6' : 'ipv4'];
  const isOnV6 =
    state.interfaces.length === 0 ||
    state.interfaces.some(({ address: own, isUp }) => isUp && /^[23][0-9a-f]{0,3}:/i.test(own));
  return isOnV6 ? ['ipv4', 'ipv6'] : ['ipv4'];
}

interface Asked {
  chain: FirewallRule['chain'];
  protocol: 'tcp' | 'udp';
  port: number;
  family: Family;
}

function decided(
  firewall: Firewall,
  asked: Asked,
  policy: Firewall['policy']['input'],
  state: HostState,
): Told {
  const unknown: Told = { from: 'unknown', because: 'not-read' };
  if (asked.chain === 'input' && firewall.unread.some(({ rule }) => mayConcern(rule, asked))) return unknown;
  const sources = new Set<string>();
  let isPartly = false;
  const closed = (): Told =>
    sources.size > 0 || isPartly
      ? { from: 'some', ...(sources.size > 0 && { sources: [...sources] }), because: 'firewall' }
      : { from: 'host', because: 'firewall' };
  for (const rule of firewall.rules) {
    if (!takes(rule, asked)) continue;
    const where = placeOf(rule.interface, state);
    if (where === 'unknown') return unknown;
    if (where === 'own') continue;
    if (rule.action === 'accept') {
      if (rule.source !== undefined) sources.add(rule.source);
      else if (where === 'tunnel') isPartly = true;
      else return { from: 'anywhere', because: 'firewall' };
    } else if (where === 'outside' || where === 'any') {
      // single addresses that are banned leave it open to all others
      if (rule.source === undefined) return closed();
      if (prefixOf(rule.source) < WIDEST_BAN) return unknown;
    } else if (where === 'partly') return unknown;
  }
  if (policy === 'unknown') return unknown;
  if (policy === 'drop') return closed();
  return { from: 'anywhere', because: firewall.rules.length === 0 ? 'no-firewall' : 'firewall' };
}

const takes = ({ chain, family, protocol, ports }: FirewallRule, asked: Asked): boolean =>
  chain === asked.chain &&
  (family === 'both' || family === asked.family) &&
  (protocol === undefined || protocol === asked.protocol) &&
  (ports === undefined || ports.some(({ from, to }) => from <= asked.port && asked.port <= to));

/** Whether an interface is one on which others than containers and tunnels come in. `partly`: one of several. */
function placeOf(
  name: string | undefined,
  { interfaces }: HostState,
): 'any' | 'outside' | 'partly' | 'tunnel' | 'own' | 'unknown' {
  if (name === undefined) return 'any';
  if (OWN.test(name)) return 'own';
  if (TUNNEL.test(name)) return 'tunnel';
  const outside = [
    ...new Set(
      interfaces
        .filter((one) => one.isUp && !OWN.test(one.name) && !TUNNEL.test(one.name))
        .map((one) => one.name),
    ),
  ];
  const stem = /^(.{0,40})[+*]$/.exec(name)?.[1];
  const own = outside.filter((one) => (stem === undefined ? one === name : one.startsWith(stem)));
  if (outside.length === 0) return 'unknown';
  // an interface that is not there lets nobody in
  if (own.length === 0) return 'own';
  return own.length === outside.length ? 'outside' : 'partly';
}

const prefixOf = (network: string): number => {
  const length = /\/(\d{1,3})$/.exec(network)?.[1];
  return length === undefined ? 128 : Number(length);
};

/** A rule that was not understood may concern any port, unless it names others. */
function mayConcern(rule: string, { port, protocol }: Asked): boolean {
  const [, named, list] =
    /(?:-p (tcp|udp) .{0,200})?(?:--dports?|\b(?:tcp|udp|th) dport|\bdport) (?!!=)([\d,:-]{1,200})(?:\s|$)/.exec(
      rule,
    ) ?? [];
  const of = named ?? /\b(tcp|udp) dport/.exec(rule)?.[1];
  if (of !== undefined && of !== protocol) return false;
  if (list === undefined || /! --dport/.test(rule)) return true;
  return list.split(',').some((one) => {
    const [from, to = from] = one.split(/[:-]/).map(Number);
    return from === undefined || to === undefined || (from <= port && port <= to) || Number.isNaN(from);
  });
}
