import { pathRule } from '../../derived/path-rule.ts';

/** Nothing listens on the port of the host to which a proxy leads. */
export const upstreamPortClosed = pathRule({
  id: 'upstream-port-closed',
  severity: 'critical',
  title: { fr: 'Proxy menant à un port fermé', en: 'Proxy leading to a closed port' },
  risk: {
    fr: 'Le proxy est refusé\u00a0: le visiteur reçoit 502.',
    en: 'The proxy is refused: the visitor is given 502.',
  },
  remedy: {
    fr: 'Démarrer ce qui doit écouter là, ou mener le proxy au port où il écoute.',
    en: 'Start what is to listen there, or lead the proxy to the port on which it listens.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html'],
});
