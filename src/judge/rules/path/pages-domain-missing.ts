import { pathRule } from '../../derived/path-rule.ts';

/** A record leads to a project that does not know the name. */
export const pagesDomainMissing = pathRule({
  id: 'pages-domain-missing',
  severity: 'high',
  title: { fr: 'Domaine absent du projet Pages', en: 'Domain missing from the Pages project' },
  risk: {
    fr: 'L’enregistrement seul ne suffit pas\u00a0: le visiteur reçoit une erreur 522.',
    en: 'The record alone is not enough: the visitor is given an error 522.',
  },
  remedy: {
    fr: 'Ajouter le domaine au projet, dans ses domaines personnalisés.',
    en: 'Add the domain to the project, in its custom domains.',
  },
  references: ['https://developers.cloudflare.com/pages/configuration/custom-domains/'],
});
