import { pathRule } from '../../derived/path-rule.ts';

/** Redirects that a real client followed to where it had been. */
export const probeRedirectLoop = pathRule({
  id: 'probe-redirect-loop',
  severity: 'critical',
  title: { fr: 'Redirections qui tournent en rond', en: 'Redirects that lead in a circle' },
  risk: {
    fr: 'Le navigateur abandonne\u00a0: aucune page ne s’affiche.',
    en: 'The browser gives up: no page is shown.',
  },
  remedy: {
    fr: 'Retirer une des redirections qui se renvoient la requête.',
    en: 'Remove one of the redirects that send the request to each other.',
  },
  references: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4'],
});
