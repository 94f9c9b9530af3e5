import { pathRule } from '../../derived/path-rule.ts';

/** A proxy in a container leads to a port of the host on which its process listens at 127.0.0.1 alone. */
export const upstreamListensLocally = pathRule({
  id: 'upstream-listens-locally',
  severity: 'critical',
  title: {
    fr: 'Service qui n’écoute que sur la boucle locale',
    en: 'Service that listens at loopback alone',
  },
  risk: {
    fr: 'Un conteneur ne joint pas la boucle locale de l’hôte\u00a0: le visiteur reçoit 502.',
    en: 'A container does not reach the loopback of the host: the visitor is given 502.',
  },
  remedy: {
    fr: 'Faire écouter le service sur la passerelle du réseau de conteneurs, et n’ouvrir ce port qu’à ce réseau.',
    en: 'Let the service listen on the gateway of the container network, and open the port to that network alone.',
  },
  references: ['https://docs.docker.com/engine/network/drivers/bridge/'],
});
