import { pathRule } from '../../derived/path-rule.ts';

/** ECS finds no place to run the tasks. */
export const capacityMissing = pathRule({
  id: 'capacity-missing',
  severity: 'high',
  title: { fr: 'Aucune place pour les tâches', en: 'No room for the tasks' },
  risk: {
    fr: 'Le service ne peut pas atteindre le nombre de tâches voulu.',
    en: 'The service cannot reach the number of tasks that it wants.',
  },
  remedy: {
    fr: 'Ajouter de la capacité, ou réduire ce que la tâche demande.',
    en: 'Add capacity, or reduce what the task asks for.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html',
  ],
});
