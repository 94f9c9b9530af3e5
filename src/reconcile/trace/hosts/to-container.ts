import { isInNetwork, isIpAddress, isPrivateAddress, isSameAddress } from '#lib/ip-address.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { code, codes } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { onward, partsOf, refusalOf, together } from './at.ts';
import { isUp } from './listening.ts';
import { type Asked, dead, open, placeOf, toListener, type Way } from './to-host.ts';

const MOST_SERVERS = 8;

/** Interfaces of containers and machines of the host's own, and of tunnels behind which any network may lie. */
const OWN = /^(?:lo|docker|br-|veth|virbr|cni|podman|lxc|lxd|flannel|cali|kube)/;
const TUNNEL = /^(?:wg|tun|tap|tailscale|zt|ppp|ipsec|vti|gre|nebula|utun)/;

export function toAddress(asked: Asked): Way {
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
  return network?.driver !== 'bridge';
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

export function toName(asked: Asked): Way {
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
  const refusal = refusalOf(state, 'networks') ?? refusalOf(state, 'containers');
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
