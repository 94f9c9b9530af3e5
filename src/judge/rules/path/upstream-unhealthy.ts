import { pathRule } from '../../derived/path-rule.ts';

/** All servers of the service to which a proxy leads are switched off, or down by its health check. */
export const upstreamUnhealthy = pathRule({
  id: 'upstream-unhealthy',
  severity: 'critical',
  title: {
    fr: 'Service du proxy sans serveur en état',
    en: 'Service of the proxy without a server that is up',
  },
  risk: {
    fr: 'Le proxy n’envoie plus rien à aucun serveur\u00a0: le visiteur reçoit 502 ou 503.',
    en: 'The proxy sends nothing to any server any more: the visitor is given 502 or 503.',
  },
  remedy: {
    fr: 'Lire pourquoi le contrôle de santé échoue, ou remettre un serveur en service dans la configuration.',
    en: 'Read why the health check fails, or switch a server on again in the configuration.',
  },
  references: ['https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/'],
});
