import { pathRule } from '../../derived/path-rule.ts';

/** Nothing on the host listens on the port that the URL asks, or only at loopback. */
export const hostPortClosed = pathRule({
  id: 'host-port-closed',
  severity: 'critical',
  title: { fr: 'Port fermé sur l’hôte', en: 'Closed port of the host' },
  risk: {
    fr: 'La connexion est refusée\u00a0: le visiteur n’obtient aucune réponse.',
    en: 'The connection is refused: the visitor is given no answer.',
  },
  remedy: {
    fr: 'Démarrer ce qui doit écouter sur ce port, ou le faire écouter sur l’adresse que les visiteurs joignent.',
    en: 'Start what is to listen on the port, or let it listen on the address that visitors reach.',
  },
  references: ['https://man7.org/linux/man-pages/man8/ss.8.html'],
});
