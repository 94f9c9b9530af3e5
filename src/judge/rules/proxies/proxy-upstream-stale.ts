import { isInNetwork, isPrivateAddress, isSameAddress } from '#lib/ip-address.ts';
import type { HostState } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { addressOf, PRODUCTS, serversOf } from '../../derived/proxies.ts';

/** Interfaces behind which any network may lie: nobody sees from here where they lead. */
const TUNNEL = /^(?:wg|tun|tap|tailscale|zt|ppp|ipsec|vti|gre|nebula|utun)/;

/** An address that was written down once, and that the machine left behind when its networks changed. */
export const proxyUpstreamStale = defineRule({
  id: 'proxy-upstream-stale',
  severity: 'medium',
  confidence: 'medium',
  subject: 'proxy',
  title: {
    fr: 'Proxy menant à une adresse que l’hôte ne connaît pas',
    en: 'Proxy leading to an address that the host does not know',
  },
  risk: {
    fr: 'Les requêtes partent vers une adresse où rien ne répond, ou vers une autre machine du même réseau.',
    en: 'Requests go to an address where nothing answers, or to another machine of the same network.',
  },
  remedy: {
    fr: 'Remplacer l’adresse par le nom du service, ou par la passerelle du réseau de conteneurs qui mène à l’hôte.',
    en: 'Replace the address by the name of the service, or by the gateway of the container network that leads to the host.',
  },
  evaluate(proxy, { hosts, artifacts }) {
    if (proxy.standing === 'reference') return notApplicable;
    // what its files say is told of the files
    const inFiles = new Set(
      proxy.source === 'host'
        ? artifacts.proxies.flatMap((one) =>
            one.standing === 'declared' ? serversOf(one).map(({ server }) => addressOf(server)) : [],
          )
        : [],
    );
    const literal = serversOf(proxy).filter(
      ({ server }) => isPrivateAddress(server.host) && !inFiles.has(addressOf(server)),
    );
    if (literal.length === 0) return notApplicable;
    const read = proxy.source === 'host' ? hosts.filter(({ name }) => name === proxy.host) : hosts;
    if (read.length === 0)
      return unknown({
        fr: 'aucun hôte n’a été lu\u00a0: on ne sait pas quelles adresses existent',
        en: 'no host was read: which addresses exist is not known',
      });
    const judged = literal.map((one) => ({
      ...one,
      known: read.map((host) => isKnown(host, one.server.host)),
    }));
    const lost = judged.filter(({ known }) => known.every((one) => one === false));
    if (lost.length === 0 && judged.some(({ known }) => !known.includes(true))) return unknown(NOT_TOLD);
    return gaps(
      lost.map(({ service, server }): Gap => {
        const address = code(addressOf(server));
        const own = codes(read.flatMap((host) => host.interfaces.map((one) => one.address)));
        const names = codes(read.map(({ name }) => name));
        // of a network that the host is in its neighbours are another machine's matter; elsewhere only a route leads
        const isInNetworks = read.some((host) =>
          host.networks.some(({ subnets }) => subnets.some((subnet) => isInNetwork(server.host, subnet))),
        );
        return {
          key: addressOf(server),
          title: titled(
            address,
            `${PRODUCTS[proxy.product]} y mène, l’hôte ne la connaît pas`,
            `${PRODUCTS[proxy.product]} leads there, the host does not know it`,
          ),
          message: {
            fr: `Ni une interface, ni un conteneur, ni un réseau de ${names.fr} n’a l’adresse ${code(server.host)}\u00a0; ses adresses sont ${own.fr}.${isInNetworks ? '' : ' Seule une route vers un autre réseau pourrait y mener.'}`,
            en: `No interface, no container and no network of ${names.en} has the address ${code(server.host)}; its addresses are ${own.en}.${isInNetworks ? '' : ' Only a route to another network could lead there.'}`,
          },
          evidence: [service.at],
          ...((proxy.standing === 'retired' || !isInNetworks) && { severity: 'low' as const }),
        };
      }),
    );
  },
});

const NOT_TOLD: Text = {
  fr: 'l’adresse est peut-être celle d’une autre machine, que personne n’a lue',
  en: 'the address may be that of another machine, which nobody read',
};

/** Whether a host has an address, itself or in one of its containers; undefined where it may lead there by a network. */
function isKnown(host: HostState, address: string): boolean | undefined {
  const { interfaces, containers, networks, refusals } = host;
  if (interfaces.some((one) => isSameAddress(one.address, address))) return true;
  const inContainers = containers.flatMap((one) =>
    one.networks.flatMap(({ address: four, addressV6: six }) =>
      [four, six].filter((own) => own !== undefined),
    ),
  );
  if (inContainers.some((own) => isSameAddress(own, address))) return true;
  if (networks.some(({ gateways }) => gateways.some((own) => isSameAddress(own, address)))) return true;
  if (refusals.interfaces || refusals.containers || refusals.networks) return undefined;
  // of a network of containers every address was seen
  if (networks.some(({ subnets }) => subnets.some((subnet) => isInNetwork(address, subnet)))) return false;
  if (interfaces.some(({ name, isUp }) => isUp && TUNNEL.test(name))) return undefined;
  return interfaces.some((one) => isInNetwork(address, `${one.address}/${one.prefix}`)) ? undefined : false;
}
