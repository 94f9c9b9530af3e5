import { pathRule } from '../../derived/path-rule.ts';

/** An API without a stage is not deployed. */
export const apiStageMissing = pathRule({
  id: 'api-stage-missing',
  severity: 'critical',
  title: { fr: 'API sans étape déployée', en: 'API without a deployed stage' },
  risk: {
    fr: 'Aucune requête ne trouve l’API.',
    en: 'No request finds the API.',
  },
  remedy: {
    fr: 'Déployer l’API dans une étape.',
    en: 'Deploy the API to a stage.',
  },
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html'],
});
