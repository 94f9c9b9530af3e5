import { isInNetwork, isIpAddress, isSameAddress } from '#lib/ip-address.ts';
import type { FirewallRule, HostListener, HostState } from '#model/host.ts';
import type { Check } from '#model/path.ts';
import { code, codes } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type At, partsOf, refusalOf } from './at.ts';

/** Whether what listens can be reached from outside, as far as the host itself tells. */
export function reachCheck(at: At, listener: HostListener): Check {
  const id = 'host-firewall-blocks';
  const { state } = at;
  const { reach, port } = listener;
  const parts = partsOf(at, 'firewall', { port, tool: state.firewall?.tool ?? '' });
  const shown = code(port);
  // what a container publishes passes before the firewall: whether this is published has to be known
  const refusal =
    refusalOf(state, 'firewall') ?? (reach?.from === 'anywhere' ? undefined : refusalOf(state, 'containers'));
  if (!reach || reach.from === 'unknown' || refusal)
    return unknown(
      id,
      say(
        `on ne sait pas si le pare-feu laisse entrer ${shown}`,
        `whether the firewall lets ${shown} in is not known`,
      ),
      refusal,
      parts,
    );
  if (reach.from === 'anywhere')
    return pass(
      id,
      reach.because === 'published-past-firewall'
        ? say(
            `le port ${shown} est publié par le moteur de conteneurs, avant le pare-feu`,
            `port ${shown} is published by the container engine, past the firewall`,
          )
        : reach.because === 'no-firewall'
          ? say(`aucun pare-feu de l’hôte ne filtre ${shown}`, `no firewall of the host filters ${shown}`)
          : say(`le pare-feu laisse entrer ${shown}`, `the firewall lets ${shown} in`),
      parts,
    );
  if (reach.from === 'some')
    return unknown(
      id,
      reach.sources
        ? say(
            `le pare-feu ne laisse entrer ${shown} que depuis ${codes(reach.sources, 4).fr}`,
            `the firewall lets ${shown} in from ${codes(reach.sources, 4).en} alone`,
          )
        : say(
            `${code(listener.address)} n’est joignable que de certains réseaux`,
            `${code(listener.address)} can be reached from some networks alone`,
          ),
      undefined,
      parts,
    );
  return fail(
    id,
    say(`le pare-feu ne laisse pas entrer ${shown}`, `the firewall does not let ${shown} in`),
    parts,
  );
}

/** Whether the host's firewall lets a container come to a port of the host itself: it passes the `INPUT` chain. */
export function fromContainer(at: At, source: string, port: number): Check | undefined {
  const id = 'host-firewall-blocks';
  const { state } = at;
  const { firewall } = state;
  const bridge = state.interfaces.find(
    (one) => one.address !== source && isInNetwork(source, `${one.address}/${one.prefix}`),
  )?.name;
  const network = state.networks.flatMap(({ subnets }) => subnets).find((one) => isInNetwork(source, one));
  const parts = partsOf(at, 'firewall', {
    port,
    tool: firewall?.tool ?? '',
    ...(network !== undefined && { source: network }),
  });
  const open = (refusal = refusalOf(state, 'firewall')): Check =>
    unknown(
      id,
      say(
        `on ne sait pas si le pare-feu laisse ${code(source)} joindre ${code(port)}`,
        `whether the firewall lets ${code(source)} reach ${code(port)} is not known`,
      ),
      refusal,
      parts,
    );
  if (!firewall || refusalOf(state, 'firewall') || bridge === undefined) return open();
  if (!firewall.isActive && firewall.unread.length === 0) return undefined;
  if (firewall.unread.length > 0) return open();
  const rule = firewall.rules.find((one) => takes(one, source, bridge, port));
  const { input, inputV6 } = firewall.policy;
  const decided = rule?.action ?? (source.includes(':') ? inputV6 : input);
  if (decided === 'unknown') return open();
  return decided === 'accept'
    ? pass(
        id,
        say(
          `le pare-feu laisse ${code(source)} joindre ${code(port)}`,
          `the firewall lets ${code(source)} reach ${code(port)}`,
        ),
        parts,
      )
    : fail(
        id,
        say(
          `le pare-feu ne laisse pas ${code(source)} joindre le port ${code(port)} de l’hôte`,
          `the firewall does not let ${code(source)} reach port ${code(port)} of the host`,
        ),
        parts,
      );
}

function takes(rule: FirewallRule, source: string, bridge: string, port: number): boolean {
  const family = source.includes(':') ? 'ipv6' : 'ipv4';
  const stem = rule.interface === undefined ? undefined : /^(.{0,40})[+*]$/.exec(rule.interface)?.[1];
  return (
    rule.chain === 'input' &&
    (rule.family === 'both' || rule.family === family) &&
    (rule.protocol === undefined || rule.protocol === 'tcp') &&
    (rule.ports === undefined || rule.ports.some(({ from, to }) => from <= port && port <= to)) &&
    (rule.interface === undefined ||
      (stem === undefined ? rule.interface === bridge : bridge.startsWith(stem))) &&
    (rule.source === undefined ||
      isInNetwork(source, rule.source) ||
      (isIpAddress(rule.source) && isSameAddress(source, rule.source)))
  );
}

/** The address with which a container comes to the host by one of its networks. */
export const addressIn = (
  state: HostState,
  container: string | undefined,
  gateway: string,
): string | undefined => {
  const own = state.containers.find(({ name }) => name === container)?.networks ?? [];
  const addresses = own
    .flatMap(({ address, addressV6 }) => [address, addressV6])
    .filter((one) => one !== undefined);
  const subnet = state.networks.flatMap(({ subnets }) => subnets).find((one) => isInNetwork(gateway, one));
  return (
    addresses.find((one) => subnet !== undefined && isInNetwork(one, subnet)) ??
    addresses.find((one) => one.includes(':') === gateway.includes(':'))
  );
};
