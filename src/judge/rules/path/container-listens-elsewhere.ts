import { pathRule } from '../../derived/path-rule.ts';

/** A variable of the container names another port than the one that is sent to; another may have the last word. */
export const containerListensElsewhere = pathRule({
  id: 'container-listens-elsewhere',
  severity: 'high',
  confidence: 'medium',
  title: {
    fr: 'Conteneur dont une variable nomme un autre port',
    en: 'Container of which a variable names another port',
  },
  risk: {
    fr: 'Rien ne répond sur le port que le répartiteur interroge.',
    en: 'Nothing answers on the port that the load balancer asks.',
  },
  remedy: {
    fr: 'Donner à la variable le port auquel le groupe de cibles envoie, ou l’inverse.',
    en: 'Give the variable the port that the target group sends to, or the other way round.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html'],
});
