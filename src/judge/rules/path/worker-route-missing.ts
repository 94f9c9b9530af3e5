import { pathRule } from '../../derived/path-rule.ts';

/** The record leads to a placeholder, and routes take other paths of its host alone. */
export const workerRouteMissing = pathRule({
  id: 'worker-route-missing',
  severity: 'high',
  title: { fr: 'Adresse qu’aucune route de Worker ne prend', en: 'Address that no Worker route takes' },
  risk: {
    fr: 'Cloudflare cherche une origine qui n’existe pas\u00a0: le visiteur reçoit une erreur 52x.',
    en: 'Cloudflare looks for an origin that does not exist: the visitor is given an error 52x.',
  },
  remedy: {
    fr: 'Élargir le motif de la route (ou en ajouter une) dans la configuration du Worker, puis redéployer.',
    en: 'Widen the pattern of the route (or add one) in the configuration of the Worker, then deploy again.',
  },
  references: ['https://developers.cloudflare.com/workers/configuration/routing/routes/'],
});
