import { pathRule } from '../../derived/path-rule.ts';

/** No listener on the port that is asked for, or one that speaks another protocol. */
export const listenerMissing = pathRule({
  id: 'listener-missing',
  severity: 'critical',
  title: { fr: 'Aucun écouteur pour la requête', en: 'No listener for the request' },
  risk: {
    fr: 'Les connexions à ce port n’aboutissent pas\u00a0: la distribution ou le navigateur n’obtient rien.',
    en: 'Connections to this port fail: the distribution or the browser gets nothing.',
  },
  remedy: {
    fr: 'Créer l’écouteur de ce port et de ce protocole, avec un certificat qui couvre le nom.',
    en: 'Create the listener of this port and protocol, with a certificate that covers the name.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
  ],
});
