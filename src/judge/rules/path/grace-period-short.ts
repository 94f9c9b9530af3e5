import { pathRule } from '../../derived/path-rule.ts';

/** The health check counts before the container has had its time to start. */
export const gracePeriodShort = pathRule({
  id: 'grace-period-short',
  severity: 'low',
  title: { fr: 'Délai de grâce plus court que le démarrage', en: 'Grace period shorter than the start' },
  risk: {
    fr: 'Des tâches saines sont arrêtées avant d’avoir fini de démarrer.',
    en: 'Sound tasks are stopped before they have started.',
  },
  remedy: {
    fr: 'Porter `healthCheckGracePeriodSeconds` au-delà du temps de démarrage.',
    en: 'Raise `healthCheckGracePeriodSeconds` above the time to start.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html'],
});
