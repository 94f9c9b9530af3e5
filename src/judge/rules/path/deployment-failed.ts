import { pathRule } from '../../derived/path-rule.ts';

/** ECS gave up the last deployment. */
export const deploymentFailed = pathRule({
  id: 'deployment-failed',
  severity: 'high',
  title: { fr: 'Déploiement ECS en échec', en: 'Failed ECS deployment' },
  risk: {
    fr: 'La nouvelle version ne tourne pas, et peut-être plus rien.',
    en: 'The new version does not run, and perhaps nothing does.',
  },
  remedy: {
    fr: 'Lire pourquoi les tâches s’arrêtent, corriger, puis redéployer.',
    en: 'Read why the tasks stop, mend that, then deploy again.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html'],
});
