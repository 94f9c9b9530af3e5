import { pathRule } from '../../derived/path-rule.ts';

/** The service behind the target group was deleted, or is being deleted. */
export const serviceInactive = pathRule({
  id: 'service-inactive',
  severity: 'critical',
  title: { fr: 'Service ECS inactif sur le chemin', en: 'Inactive ECS service on the path' },
  risk: {
    fr: 'Aucune tâche ne répond, ou bientôt plus.',
    en: 'No task answers, or soon none will.',
  },
  remedy: {
    fr: 'Recréer le service, ou faire mener le chemin à celui qui le remplace.',
    en: 'Create the service again, or lead the path to the one that takes its place.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html'],
});
