import { pathRule } from '../../derived/path-rule.ts';

/** An older revision runs than the one that is wanted, or than the latest that is registered. */
export const serviceBehindRevision = pathRule({
  id: 'service-behind-revision',
  severity: 'medium',
  title: { fr: 'Service en retard sur sa définition de tâche', en: 'Service behind its task definition' },
  risk: {
    fr: 'Les visiteurs voient une version plus ancienne que celle qui est enregistrée.',
    en: 'Visitors see an older version than the one that is registered.',
  },
  remedy: {
    fr: 'Déployer la dernière révision, après avoir lu pourquoi elle ne démarre pas si elle a été essayée.',
    en: 'Deploy the latest revision, after reading why it does not start where it was tried.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html'],
});
