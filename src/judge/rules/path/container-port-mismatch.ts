import { pathRule } from '../../derived/path-rule.ts';

/** The container does not expose the port that the target group sends to, or is not in the definition. */
export const containerPortMismatch = pathRule({
  id: 'container-port-mismatch',
  severity: 'high',
  title: {
    fr: 'Conteneur qui n’expose pas le port demandé',
    en: 'Container that does not expose the port asked for',
  },
  risk: {
    fr: 'Les requêtes arrivent là où rien n’écoute.',
    en: 'Requests arrive where nothing listens.',
  },
  remedy: {
    fr: 'Accorder le port de la définition de tâche, celui du service et celui du groupe de cibles.',
    en: 'Make the port of the task definition, that of the service and that of the target group agree.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html'],
});
