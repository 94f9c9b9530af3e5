import { pathRule } from '../../derived/path-rule.ts';

/** Tasks stopped since their log driver could not be started. */
export const logsUnwritable = pathRule({
  id: 'logs-unwritable',
  severity: 'high',
  title: { fr: 'Journaux que les tâches ne peuvent pas écrire', en: 'Logs that the tasks cannot write' },
  risk: {
    fr: 'Aucune nouvelle tâche ne démarre.',
    en: 'No new task starts.',
  },
  remedy: {
    fr: 'Créer le groupe de journaux, permettre au rôle d’exécution d’y écrire et ouvrir la voie vers CloudWatch Logs.',
    en: 'Create the log group, allow the execution role to write to it and open the way to CloudWatch Logs.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html'],
});
