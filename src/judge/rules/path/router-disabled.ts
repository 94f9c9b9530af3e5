import { pathRule } from '../../derived/path-rule.ts';

/** A router that would take the request is disabled by the running proxy, for what is wrong with it. */
export const routerDisabled = pathRule({
  id: 'router-disabled',
  severity: 'high',
  title: { fr: 'Routeur désactivé par ses erreurs', en: 'Router disabled by its errors' },
  risk: {
    fr: 'Le proxy écarte le routeur entier\u00a0: la requête reçoit 404, ou part vers un routeur plus large.',
    en: 'The proxy leaves the whole router out: the request is answered 404, or goes to a wider router.',
  },
  remedy: {
    fr: 'Corriger ce que le proxy signale (un middleware, un service ou un point d’entrée que rien ne définit), ou retirer le routeur.',
    en: 'Mend what the proxy says (a middleware, a service or an entry point that nothing defines), or take the router out.',
  },
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/'],
});
