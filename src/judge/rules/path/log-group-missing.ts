import { pathRule } from '../../derived/path-rule.ts';

/** The log group that a container writes to is not there, and its driver does not make it. */
export const logGroupMissing = pathRule({
  id: 'log-group-missing',
  severity: 'medium',
  title: { fr: 'Groupe de journaux manquant', en: 'Missing log group' },
  risk: {
    fr: 'Les tâches ne démarrent pas, ou leurs lignes sont perdues.',
    en: 'Tasks do not start, or their lines are lost.',
  },
  remedy: {
    fr: 'Créer le groupe de journaux dans la région que nomme la définition, ou y mettre `awslogs-create-group`.',
    en: 'Create the log group in the region that the definition names, or set `awslogs-create-group` in it.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html'],
});
