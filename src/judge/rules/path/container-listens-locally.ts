import { pathRule } from '../../derived/path-rule.ts';

/** A variable of the container says to listen on the loopback address. */
export const containerListensLocally = pathRule({
  id: 'container-listens-locally',
  severity: 'high',
  confidence: 'medium',
  title: { fr: 'Conteneur qui n’écoute que sur lui-même', en: 'Container that listens only to itself' },
  risk: {
    fr: 'Le répartiteur ne peut pas le joindre, bien qu’il tourne.',
    en: 'The load balancer cannot reach it, although it runs.',
  },
  remedy: {
    fr: 'Faire écouter le processus sur toutes les adresses (`0.0.0.0`).',
    en: 'Let the process listen on all addresses (`0.0.0.0`).',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html'],
});
