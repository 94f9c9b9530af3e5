import { pathRule } from '../../derived/path-rule.ts';

/** The firewall of a host drops what comes to a port, from outside or from the container of a proxy. */
export const hostFirewallBlocks = pathRule({
  id: 'host-firewall-blocks',
  severity: 'critical',
  title: { fr: 'Pare-feu de l’hôte sur le chemin', en: 'Firewall of the host in the way' },
  risk: {
    fr: 'Les paquets sont jetés avant d’atteindre le processus\u00a0: l’appelant attend jusqu’à l’échéance.',
    en: 'Packets are dropped before they reach the process: whoever asks waits until the time is over.',
  },
  remedy: {
    fr: 'Ouvrir le port dans le pare-feu de l’hôte, aux seuls réseaux qui en ont besoin.',
    en: 'Open the port in the firewall of the host, to the networks alone that need it.',
  },
  references: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
});
