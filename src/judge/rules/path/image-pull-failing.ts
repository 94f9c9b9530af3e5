import { pathRule } from '../../derived/path-rule.ts';

/** Tasks stopped since their image could not be pulled. */
export const imagePullFailing = pathRule({
  id: 'image-pull-failing',
  severity: 'high',
  title: { fr: 'Image qui ne peut pas être tirée', en: 'Image that cannot be pulled' },
  risk: {
    fr: 'Aucune nouvelle tâche ne démarre.',
    en: 'No new task starts.',
  },
  remedy: {
    fr: 'Vérifier que l’image existe, que le rôle d’exécution peut la lire et que la tâche joint le registre.',
    en: 'Check that the image is there, that the execution role may read it and that the task reaches the registry.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html'],
});
