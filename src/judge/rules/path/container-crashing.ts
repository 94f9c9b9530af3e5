import { pathRule } from '../../derived/path-rule.ts';

/** An essential container that ends by itself ends its task. */
export const containerCrashing = pathRule({
  id: 'container-crashing',
  severity: 'high',
  title: { fr: 'Conteneurs qui s’arrêtent d’eux-mêmes', en: 'Containers that end by themselves' },
  risk: {
    fr: 'Les tâches s’arrêtent à peine parties.',
    en: 'Tasks end as soon as they have started.',
  },
  remedy: {
    fr: 'Lire le code de sortie et les dernières lignes du journal du conteneur, puis corriger.',
    en: 'Read the exit code and the last lines of the container’s log, then mend what they tell.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html'],
});
