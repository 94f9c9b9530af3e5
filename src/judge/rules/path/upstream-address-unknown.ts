import { pathRule } from '../../derived/path-rule.ts';

/** No interface and no container of the host has the address or the name to which a proxy leads. */
export const upstreamAddressUnknown = pathRule({
  id: 'upstream-address-unknown',
  severity: 'high',
  title: { fr: 'Proxy menant à une adresse de personne', en: 'Proxy leading to nobody’s address' },
  risk: {
    fr: 'Rien ne répond à cette adresse\u00a0: le visiteur reçoit 502 ou 504, ou une autre machine répond.',
    en: 'Nothing answers at the address: the visitor is given 502 or 504, or another machine answers.',
  },
  remedy: {
    fr: 'Remplacer l’adresse par le nom du conteneur, ou par la passerelle du réseau de conteneurs qui mène à l’hôte.',
    en: 'Replace the address by the name of the container, or by the gateway of the container network that leads to the host.',
  },
  references: ['https://docs.docker.com/engine/network/'],
});
