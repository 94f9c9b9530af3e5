import { pathRule } from '../../derived/path-rule.ts';

/** No router or server of a running proxy takes the host and path that the URL asks. */
export const routerMissing = pathRule({
  id: 'router-missing',
  severity: 'critical',
  title: { fr: 'Requête qu’aucun routeur ne prend', en: 'Request that no router takes' },
  risk: {
    fr: 'Le proxy répond 404, ou par le site par défaut.',
    en: 'The proxy answers 404, or with the default site.',
  },
  remedy: {
    fr: 'Ajouter le nom d’hôte et le chemin à un routeur ou à un `server`, sur le point d’entrée par lequel la requête arrive.',
    en: 'Add host name and path to a router or a `server`, on the entry point by which the request comes in.',
  },
  references: [
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/router/rules-and-priority/',
  ],
});
