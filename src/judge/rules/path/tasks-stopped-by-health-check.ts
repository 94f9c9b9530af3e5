import { pathRule } from '../../derived/path-rule.ts';

/** Tasks that start and are stopped since they do not answer a health check. */
export const tasksStoppedByHealthCheck = pathRule({
  id: 'tasks-stopped-by-health-check',
  severity: 'high',
  title: { fr: 'Tâches arrêtées par le contrôle de santé', en: 'Tasks stopped by the health check' },
  risk: {
    fr: 'Les tâches redémarrent sans fin, et le service ne répond que par moments.',
    en: 'Tasks start again and again, and the service answers at times only.',
  },
  remedy: {
    fr: 'Comparer ce que le contrôle demande avec ce que répond le conteneur, et le délai de grâce avec son démarrage.',
    en: 'Compare what the check asks for with what the container answers, and the grace period with its start.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html',
  ],
});
