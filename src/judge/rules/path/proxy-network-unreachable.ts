import { pathRule } from '../../derived/path-rule.ts';

/** The container to which a proxy leads stands in none of the networks of the container of the proxy. */
export const proxyNetworkUnreachable = pathRule({
  id: 'proxy-network-unreachable',
  severity: 'critical',
  title: {
    fr: 'Proxy et conteneur sans réseau commun',
    en: 'Proxy and container without a network in common',
  },
  risk: {
    fr: 'Le proxy ne joint pas le conteneur\u00a0: le visiteur reçoit 502 ou 504.',
    en: 'The proxy does not reach the container: the visitor is given 502 or 504.',
  },
  remedy: {
    fr: 'Mettre les deux conteneurs dans un même réseau, dans leurs fichiers Compose.',
    en: 'Put both containers into one network, in their compose files.',
  },
  references: ['https://docs.docker.com/engine/network/drivers/bridge/'],
});
