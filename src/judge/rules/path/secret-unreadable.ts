import { pathRule } from '../../derived/path-rule.ts';

/** Tasks stopped since a secret or a parameter could not be read. */
export const secretUnreadable = pathRule({
  id: 'secret-unreadable',
  severity: 'high',
  title: { fr: 'Secret que les tâches ne peuvent pas lire', en: 'Secret that the tasks cannot read' },
  risk: {
    fr: 'Aucune nouvelle tâche ne démarre.',
    en: 'No new task starts.',
  },
  remedy: {
    fr: 'Vérifier que le secret existe, que le rôle d’exécution peut le lire et que la tâche joint Secrets Manager ou Systems Manager.',
    en: 'Check that the secret is there, that the execution role may read it and that the task reaches Secrets Manager or Systems Manager.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html'],
});
