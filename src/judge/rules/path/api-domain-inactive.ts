import { pathRule } from '../../derived/path-rule.ts';

/** A custom domain name of API Gateway that is being updated, or waits for its certificate. */
export const apiDomainInactive = pathRule({
  id: 'api-domain-inactive',
  severity: 'high',
  title: { fr: 'Nom de domaine d’API qui n’est pas disponible', en: 'API domain name that is not available' },
  risk: {
    fr: 'Les requêtes de ce nom peuvent échouer.',
    en: 'Requests for this name may fail.',
  },
  remedy: {
    fr: 'Attendre la fin de sa mise à jour, ou corriger son certificat.',
    en: 'Wait until it is updated, or mend its certificate.',
  },
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html'],
});
